"""Tell a person by banners: when what is shown, from a thread that nobody waits for.

Failures and reminders are rows of the inbox, shown by inboxbanners.py; runs that went well are told
by their number, and who tells them is decided in successes.py.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from deskcron.domain.action import Presentation
from deskcron.domain.banner import Press
from deskcron.domain.errors import DeskcronError, StoreUnavailable
from deskcron.domain.ports import Clock, Notifier
from deskcron.domain.records import RunEnd
from deskcron.domain.run import Cause, Status
from deskcron.domain.storage import Store
from deskcron.engine.banners import (
    catch_up_banner,
    error_banner,
    muted_banner,
    tally_banner,
    trial_banner,
)
from deskcron.engine.fold import Fold
from deskcron.engine.inboxbanners import InboxBanners
from deskcron.engine.presses import Presses
from deskcron.engine.ready import Ready
from deskcron.engine.screen import Screen
from deskcron.engine.settlement import Settlement
from deskcron.engine.successes import Successes

logger = logging.getLogger(__name__)

TRIAL_S = 30.0
"""A back end that has not answered a test by then does not work."""
END_S = 2.0


class Announcer:
    """Show banners from a thread of its own; nobody waits for it."""

    def __init__(
        self, store: Store, screen: Screen, successes: Successes, presses: Presses, clock: Clock
    ) -> None:
        self._screen = screen
        self._successes = successes
        self._presses = presses
        self._clock = clock
        self._orders: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._is_look_ordered = False
        self._fold = Fold()
        self._inbox = InboxBanners(store, screen, presses, clock)
        self._thread = Thread(target=self._loop, name="deskcron-notify", daemon=True)
        self._starting = Lock()
        screen.listen(self.pressed)

    @property
    def notifiers(self) -> Sequence[Notifier]:
        """The back ends, the best first."""
        return self._screen.notifiers

    def start(self) -> None:
        """Begin, and show what nobody has seen yet; a later call only looks. Thread: any."""
        self._run()
        self.look()

    def serve(self) -> None:
        """Begin as the engine's process, which tells what its runs come to. Thread: any."""
        self._successes.serve()
        self.start()

    def look(self) -> None:
        """Show what is new in the inbox, take away what is dealt with. Thread: any."""
        if not self._is_look_ordered:
            self._is_look_ordered = True
            self._orders.put(self._look)

    def run_ended(self, ready: Ready, end: RunEnd, presentation: Presentation | None) -> None:
        """Tell the end of a run as its job wants it. Thread: any."""
        if presentation is not None or end.status.is_trouble:
            self.look()  # it is in the inbox
            return
        if end.status is not Status.SUCCEEDED:
            return  # a person ended it, or it never began
        job = ready.job
        is_wanted = ready.cause is not Cause.TEST and job.policy.notify.wants(end.status)
        is_told = is_wanted and self._successes.are_told_by_engine()
        if is_told and self._fold.add(job.id, job.name, self._clock.monotonic()):
            self._orders.put(_nothing)  # so that the waiting time is thought over

    def settled(self, settlement: Settlement) -> None:
        """Tell what was missed, from the inbox, and what is caught up. Thread: any."""
        if settlement.inbox_woken or settlement.missed:
            self.look()
        if settlement.caught_up > 1:
            banner = catch_up_banner(
                settlement.caught_up, settlement.late_since, has_window=self._presses.has_window
            )
            self._orders.put(partial(self._screen.show, banner))

    def pressed(self, press: Press) -> None:
        """Do what was pressed on a banner, as soon as there is time. Thread: any."""
        self._orders.put(partial(self._obey, press))

    def test(self, name: str) -> bool:
        """Show a banner by this back end; True where it was taken. Thread: any but ours."""
        self._run()
        answer: Future[bool] = Future()
        self._orders.put(lambda: answer.set_result(self._screen.show_by(name, trial_banner())))
        try:
            return answer.result(TRIAL_S)
        except TimeoutError:
            return False

    def close(self) -> None:
        """End after the banner that is being shown; a back end that hangs is left behind."""
        with self._starting:
            if self._thread.ident is None:
                return
        self._orders.put(None)
        self._thread.join(END_S)

    def _run(self) -> None:
        with self._starting:
            if self._thread.ident is None:
                self._thread.start()

    def _loop(self) -> None:
        while (order := self._next_order()) is not None:
            try:
                order()
                self._see_to_time()
            except StoreUnavailable as error:
                logger.warning("What is in the inbox waits to be shown: %s", error)
                self._inbox.back_off()
            except Exception:
                logger.exception("A banner had an error; the next ones are shown")
                self._inbox.back_off()  # what is due stays due, and would be tried without a pause
        self._screen.close()

    def _next_order(self) -> Callable[[], object] | None:
        """Wait for an order, at most until something has to be told or tried again."""
        moments = [self._inbox.burst_ends_s or self._fold.due_s(), self._inbox.retry_at_s]
        given = [moment for moment in moments if moment is not None]
        try:
            if not given:
                return self._orders.get()
            return self._orders.get(timeout=max(0.0, min(given) - self._clock.monotonic()))
        except Empty:
            return _nothing

    def _see_to_time(self) -> None:
        """Do what has been put off until now."""
        now_s = self._clock.monotonic()
        due_s = self._fold.due_s()
        if self._inbox.burst_ends_s is not None:
            if now_s >= self._inbox.burst_ends_s:
                self._inbox.summarise(self._fold)
        elif due_s is not None and now_s >= due_s:
            self._screen.show(tally_banner(self._fold.take(now_s)))
        if self._inbox.retry_at_s is not None and now_s >= self._inbox.retry_at_s:
            self._look()

    def _look(self) -> None:
        self._is_look_ordered = False
        for job in self._successes.look(has_screen=self._screen.is_there()):
            self._fold.add(job.id, job.name, self._clock.monotonic())
        self._inbox.withdraw_outdated()
        self._inbox.show_new()

    def _obey(self, press: Press) -> None:
        try:
            muted = self._presses.obey(press)
            if muted:
                self._screen.show(muted_banner(muted, press.about))
        except DeskcronError as error:
            logger.info("A press on a banner could not be obeyed: %s", error)
            self._screen.show(error_banner(error, press.about))


def _nothing() -> None:
    """Stand for an order where only the time has to be looked at."""
