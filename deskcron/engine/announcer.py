"""Tell a person by banners: what waits in the inbox, and by their number the runs that went well.

Failures and reminders are rows of the inbox, so whichever process has a screen shows them, once;
who tells successes is decided in successes.py.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import NamedTuple

from deskcron.domain.action import Presentation
from deskcron.domain.answers import InboxEntry
from deskcron.domain.banner import Notification, Press
from deskcron.domain.errors import DeskcronError, StoreUnavailable
from deskcron.domain.ports import Clock, Notifier
from deskcron.domain.records import InboxItem, InboxKind, RunEnd
from deskcron.domain.run import Cause, JobId
from deskcron.domain.storage import Store, Tables
from deskcron.engine.banners import (
    SUCCESSES,
    catch_up_banner,
    entry_banner,
    error_banner,
    muted_banner,
    tally_banner,
    trial_banner,
)
from deskcron.engine.fold import Fold, Tally
from deskcron.engine.inboxentries import entry_of, folded
from deskcron.engine.presses import Presses
from deskcron.engine.ready import Ready
from deskcron.engine.screen import Screen
from deskcron.engine.settlement import Settlement
from deskcron.engine.successes import Successes

logger = logging.getLogger(__name__)

BURST = 5
"""Banners about failures within BURST_S; what comes on top is told by one summary."""
BURST_S = 10.0
BACK_OFF_S = 5.0
LONGEST_BACK_OFF_S = 60.0
"""The first and the longest pause between looks at entries that no back end takes."""
TRIAL_S = 30.0
"""A back end that has not answered a test by then does not work."""
END_S = 2.0


class _News(NamedTuple):
    """An entry with those of its items that no banner has told yet."""

    entry: InboxEntry
    item_ids: tuple[int, ...]


class Announcer:
    """Show banners from a thread of its own; nobody waits for it."""

    def __init__(
        self, store: Store, screen: Screen, successes: Successes, presses: Presses, clock: Clock
    ) -> None:
        self._store = store
        self._screen = screen
        self._successes = successes
        self._presses = presses
        self._clock = clock
        self._orders: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._is_look_ordered = False
        self._fold = Fold()
        self._shown_s: deque[float] = deque(maxlen=BURST)
        self._burst_ends_s: float | None = None
        self._back_off_s = 0.0
        self._retry_at_s: float | None = None
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
            banner = catch_up_banner(settlement.caught_up, has_window=self._presses.has_window)
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
                self._back_off()
            except Exception:
                logger.exception("A banner had an error; the next ones are shown")
                self._back_off()  # what is due stays due, and would be tried without a pause
        self._screen.close()

    def _next_order(self) -> Callable[[], object] | None:
        """Wait for an order, at most until something has to be told or tried again."""
        moments = [self._burst_ends_s or self._fold.due_s(), self._retry_at_s]
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
        if self._burst_ends_s is not None:
            if now_s >= self._burst_ends_s:
                self._summarise()
        elif due_s is not None and now_s >= due_s:
            self._screen.show(tally_banner(self._fold.take(now_s)))
        if self._retry_at_s is not None and now_s >= self._retry_at_s:
            self._look()

    def _look(self) -> None:
        self._is_look_ordered = False
        for job in self._successes.look(has_screen=self._screen.is_there()):
            self._fold.add(job.id, job.name, self._clock.monotonic())
        for entry_id in self._store.read(self._outdated):
            self._screen.withdraw_entry(entry_id)
        if self._retry_at_s is None or self._clock.monotonic() >= self._retry_at_s:
            self._show_inbox()

    def _show_inbox(self) -> None:
        """Show what is new; without a screen it waits in the inbox for a process that has one."""
        self._retry_at_s = None
        is_taken = not self._screen.is_there() or all(
            self._show(news) for news in self._store.read(self._news)
        )
        if is_taken:
            self._back_off_s = 0.0
        else:
            if not self._back_off_s:
                logger.warning("No notification service takes banners; they are tried again")
            self._back_off()

    def _news(self, tables: Tables) -> Sequence[_News]:
        """Return the entries with something new, oldest first; what is put off is not news."""
        now = self._clock.now()
        new = {item.id for item in tables.inbox.unpresented(now)}
        news = []
        for items in folded(tables.inbox.waiting()) if new else ():
            item_ids = tuple(item.id for item in items if item.id in new)
            until = items[-1].snoozed_until
            if item_ids and (until is None or until <= now):
                news.append(_News(entry_of(tables, items), item_ids))
        return news[::-1]

    def _show(self, news: _News) -> bool:
        """Show an entry unless somebody else does; False when no back end takes it."""
        if news.entry.kind is InboxKind.TROUBLE and self._is_burst():
            return True  # it is told when the burst is over
        return self._present([news], entry_banner(news.entry, has_window=self._presses.has_window))

    def _is_burst(self) -> bool:
        """Tell whether there are too many failures to show each; if not, count one more."""
        now_s = self._clock.monotonic()
        if self._burst_ends_s is None:
            if len(self._shown_s) < BURST or now_s - self._shown_s[0] >= BURST_S:
                self._shown_s.append(now_s)
                return False
            self._burst_ends_s = now_s + BURST_S
        return True

    def _summarise(self) -> None:
        """Tell by one banner what has failed and succeeded in a burst."""
        self._burst_ends_s = None
        all_news = self._store.read(self._news)
        troubles = [news for news in all_news if news.entry.kind is InboxKind.TROUBLE]
        if not troubles:
            return  # somebody else has told them; successes are told as ever
        tally = self._fold.take(self._clock.monotonic(), is_last=True)
        failed = sum(len(news.item_ids) for news in troubles)
        jobs = {JobId(n.entry.job_id): n.entry.title for n in troubles if n.entry.job_id}
        self._screen.withdraw(SUCCESSES)
        summary = Tally(failed, tally.succeeded, jobs | tally.jobs)
        if not self._present(troubles, tally_banner(summary)):
            self._back_off()

    def _present(self, all_news: Sequence[_News], banner: Notification) -> bool:
        """Show a banner about items unless somebody else does; False when nobody takes it."""
        now = self._clock.now()

        def claim(tables: Tables) -> list[int]:
            return [
                item_id
                for news in all_news
                if _is_waiting(tables.inbox.get(news.entry.id), now)
                for item_id in news.item_ids
                if tables.inbox.presented(item_id, now)
            ]

        def release(tables: Tables) -> None:
            for item_id in claimed:
                tables.inbox.release(item_id, now)

        claimed = self._store.write(claim)
        if not claimed or self._screen.show(banner):
            return True
        self._store.write(release)
        return False

    def _back_off(self) -> None:
        """Look again later; each pause is twice the one before."""
        self._back_off_s = min(max(2 * self._back_off_s, BACK_OFF_S), LONGEST_BACK_OFF_S)
        self._retry_at_s = self._clock.monotonic() + self._back_off_s

    def _outdated(self, tables: Tables) -> Sequence[int]:
        """Return the entries whose banners are seen, but dealt with or put off since."""
        now = self._clock.now()
        return [
            entry_id
            for entry_id in self._screen.shown_entries()
            if not _is_waiting(tables.inbox.get(entry_id), now)
        ]

    def _obey(self, press: Press) -> None:
        try:
            muted = self._presses.obey(press)
            if muted:
                self._screen.show(muted_banner(muted, press.about))
        except DeskcronError as error:
            logger.info("A press on a banner could not be obeyed: %s", error)
            self._screen.show(error_banner(error, press.about))


def _is_waiting(first: InboxItem | None, now: datetime) -> bool:
    """Tell whether the entry with this first item waits for a person and is not put off."""
    if first is None or first.done_at is not None:
        return False
    return first.snoozed_until is None or first.snoozed_until <= now


def _nothing() -> None:
    """Stand for an order where only the time has to be looked at."""
