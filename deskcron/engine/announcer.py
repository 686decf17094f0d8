"""Tell a person by banners: each run by its job's rule, bursts folded, reminders always."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from deskcron.domain.action import Presentation, Urgency
from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.policy import Notify
from deskcron.domain.ports import Clock, Notification, Notifier
from deskcron.domain.records import InboxItem, RunEnd
from deskcron.domain.run import Cause, Status
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.words import end_words, inbox_text
from deskcron.engine.inboxentries import entry_of, together_with
from deskcron.engine.preferences import preferences_in
from deskcron.engine.ready import Ready
from deskcron.engine.settlement import Settlement

logger = logging.getLogger(__name__)

BURST = 5
"""Banners about runs within BURST_S; what comes on top is told by one summary."""
BURST_S = 10.0
BACK_OFF_S = 5.0
LONGEST_BACK_OFF_S = 60.0
"""The first and the longest pause between looks at reminders that no back end takes."""
_CLOSE = Notification("", "", "", Urgency.LOW)
_LOOK = Notification("inbox", "", "", Urgency.LOW)
_FOLDED = Notification("summary", "", "", Urgency.LOW)


class Announcer:
    """Hand banners to the first back end that takes them; nobody waits for it."""

    def __init__(self, store: Store, notifiers: Sequence[Notifier], clock: Clock) -> None:
        self._store = store
        self._notifiers = notifiers
        self._clock = clock
        self._orders: SimpleQueue[Notification] = SimpleQueue()
        self._shown_s: deque[float] = deque(maxlen=BURST)
        self._folded = 0
        self._tell_at_s = 0.0
        self._back_off_s = 0.0
        self._retry_at_s = 0.0
        self._folding = Lock()
        self._thread = Thread(target=self._loop, name="deskcron-notify", daemon=True)

    def start(self) -> None:
        """Begin with the reminders nobody has seen yet."""
        self._thread.start()
        self.look()

    def look(self) -> None:
        """Show what is in the inbox and was not shown. Thread: any."""
        self._orders.put(_LOOK)

    def run_ended(self, ready: Ready, end: RunEnd, presentation: Presentation | None) -> None:
        """Tell the end of a run as its job wants it. Thread: any."""
        if presentation is not None:
            self.look()
        elif ready.cause is not Cause.TEST and is_wanted(ready.job.policy.notify, end.status):
            if self._folds_more():
                return  # in a burst only the number matters; nobody is woken for it
            urgency = Urgency.CRITICAL if end.status.is_trouble else Urgency.NORMAL
            name, text = ready.job.name, end_words(end.status, end.why)
            self._orders.put(Notification(f"job-{ready.job.id}", name, text, urgency))

    def settled(self, settlement: Settlement) -> None:
        """Tell what was missed, from the inbox, and what is caught up. Thread: any."""
        if settlement.inbox_woken or settlement.missed:
            self.look()
        if settlement.caught_up > 1:
            text = ngettext(
                "{count} run is caught up.", "{count} runs are caught up.", settlement.caught_up
            )
            text = text.format(count=settlement.caught_up)
            title = _("While deskcron was away")
            self._orders.put(Notification("away", title, text, Urgency.NORMAL))

    def close(self) -> None:
        """End after the banner that is being shown; a back end that hangs is left behind."""
        if self._thread.ident is None:
            return
        self._orders.put(_CLOSE)
        self._thread.join(timeout=2)

    def _loop(self) -> None:
        while (order := self._next_order()) is not _CLOSE:
            try:
                self._see_to(order)
            except Exception:
                logger.exception("A banner had an error; the next ones are shown")
        for notifier in self._notifiers:
            notifier.close()

    def _next_order(self) -> Notification:
        """Wait for an order, at most until something has to be told or tried again."""
        moments = [self._tell_at_s] if self._folded else []
        moments += [self._retry_at_s] if self._back_off_s else []
        if not moments:
            return self._orders.get()
        try:
            return self._orders.get(timeout=max(0.0, min(moments) - self._clock.monotonic()))
        except Empty:
            return _LOOK if self._back_off_s else _FOLDED

    def _see_to(self, order: Notification) -> None:
        if order is _LOOK:
            self._show_inbox()
        elif order is not _FOLDED:
            self._show_or_fold(order)
        if self._folded and self._clock.monotonic() >= self._tell_at_s:
            self._summarise()

    def _show_or_fold(self, order: Notification) -> None:
        now_s = self._clock.monotonic()
        is_burst = len(self._shown_s) == BURST and now_s - self._shown_s[0] < BURST_S
        if self._folds_more():
            return
        if is_burst:
            self._folded, self._tell_at_s = 1, now_s + BURST_S
        else:
            self._shown_s.append(now_s)
            self._show(order)

    def _folds_more(self) -> bool:
        """Count one more banner that is told by the summary; False when nothing is folded."""
        with self._folding:
            self._folded += self._folded > 0
            return self._folded > 0

    def _summarise(self) -> None:
        with self._folding:
            count, self._folded = self._folded, 0
        text = ngettext("{count} more run ended.", "{count} more runs ended.", count)
        text = text.format(count=count)
        self._show(Notification("summary", _("deskcron"), text, Urgency.LOW))

    def _show_inbox(self) -> None:
        if self._back_off_s and self._clock.monotonic() < self._retry_at_s:
            return
        backed_off_s, self._back_off_s = self._back_off_s, 0.0
        if not any(notifier.is_available() for notifier in self._notifiers):
            return  # what is in the inbox waits there for a process with a screen
        try:
            waiting = self._store.read(self._unpresented)
            if not all(self._present(item, text) for item, text in waiting):
                self._back_off(backed_off_s)
        except StoreUnavailable as error:
            logger.warning("Reminders wait to be shown: %s", error)

    def _unpresented(self, tables: Tables) -> list[tuple[InboxItem, str]]:
        """Return what is to be shown, with its text."""
        items = tables.inbox.unpresented(self._clock.now())
        return [(item, inbox_text(entry_of(tables, together_with(tables, item)))) for item in items]

    def _present(self, item: InboxItem, text: str) -> bool:
        """Show an item unless somebody else does; False when no back end takes it."""
        now = self._clock.now()
        if not self._store.write(lambda tables: tables.inbox.presented(item.id, now)):
            return True
        banner = Notification(f"inbox-{item.id}", item.title, text, Urgency(item.urgency))
        if self._show(banner):
            return True
        self._store.write(lambda tables: tables.inbox.release(item.id, now))
        return False

    def _back_off(self, before_s: float) -> None:
        """Look again later, where nothing takes reminders: each pause is twice the one before."""
        if not before_s:
            logger.warning("No notification service takes reminders; they are tried again")
        self._back_off_s = min(max(2 * before_s, BACK_OFF_S), LONGEST_BACK_OFF_S)
        self._retry_at_s = self._clock.monotonic() + self._back_off_s

    def _show(self, notification: Notification) -> bool:
        """Hand a banner to the first back end that takes it; False when none does."""
        return any(
            notifier.is_available() and notifier.notify(notification)
            for notifier in self._in_order()
        )

    def _in_order(self) -> Sequence[Notifier]:
        """Return the back ends, the preferred one first."""
        try:
            preferred = self._store.read(preferences_in).notifier
        except StoreUnavailable:
            return self._notifiers
        return sorted(self._notifiers, key=lambda notifier: notifier.name != preferred)


def is_wanted(rule: Notify, status: Status) -> bool:
    """Tell whether the end of a run is to be told under a job's rule."""
    if status is Status.CANCELLED or rule is Notify.NEVER:
        return False
    return rule is Notify.ALWAYS or (rule is Notify.SUCCESS) == (status is Status.SUCCEEDED)
