"""Show what is new in the inbox by banners: each entry by one, a burst of failures by a summary."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from deskcron.domain.answers import InboxEntry
from deskcron.domain.banner import Notification
from deskcron.domain.ports import Clock
from deskcron.domain.records import InboxItem, InboxKind
from deskcron.domain.run import JobId
from deskcron.domain.storage import Store, Tables
from deskcron.engine.banners import SUCCESSES, entry_banner, tally_banner
from deskcron.engine.fold import Fold, Tally
from deskcron.engine.inboxentries import entry_of, folded
from deskcron.engine.presses import Presses
from deskcron.engine.screen import Screen

logger = logging.getLogger(__name__)

BURST = 5
"""Banners about failures within BURST_S; what comes on top is told by one summary."""
BURST_S = 10.0
BACK_OFF_S = 5.0
LONGEST_BACK_OFF_S = 60.0
"""The first and the longest pause between looks at entries that no back end takes."""


class _News(NamedTuple):
    """An entry with those of its items that no banner has told yet."""

    entry: InboxEntry
    item_ids: tuple[int, ...]


class InboxBanners:
    """Show each item once, by whichever process has a screen. Thread: the announcer's.

    A burst is told at `burst_ends_s`, what no back end takes is tried again at `retry_at_s`, both
    on the monotonic clock; None for no such time.
    """

    def __init__(self, store: Store, screen: Screen, presses: Presses, clock: Clock) -> None:
        self._store = store
        self._screen = screen
        self._presses = presses
        self._clock = clock
        self._shown_s: deque[float] = deque(maxlen=BURST)
        self._back_off_s = 0.0
        self.burst_ends_s: float | None = None
        self.retry_at_s: float | None = None

    def show_new(self) -> None:
        """Show what is new, unless it is to be tried again only later.

        Without a screen it waits in the inbox for a process that has one.
        """
        if self.retry_at_s is not None and self._clock.monotonic() < self.retry_at_s:
            return
        self.retry_at_s = None
        is_taken = not self._screen.is_there() or all(
            self._show(news) for news in self._store.read(self._news)
        )
        if is_taken:
            self._back_off_s = 0.0
        else:
            if not self._back_off_s:
                logger.warning("No notification service takes banners; they are tried again")
            self.back_off()

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
        if self.burst_ends_s is None:
            if len(self._shown_s) < BURST or now_s - self._shown_s[0] >= BURST_S:
                self._shown_s.append(now_s)
                return False
            self.burst_ends_s = now_s + BURST_S
        return True

    def summarise(self, successes: Fold) -> None:
        """Tell by one banner what has failed and succeeded in a burst, which is over."""
        self.burst_ends_s = None
        all_news = self._store.read(self._news)
        troubles = [news for news in all_news if news.entry.kind is InboxKind.TROUBLE]
        if not troubles:
            return  # somebody else has told them; successes are told as ever
        tally = successes.take(self._clock.monotonic(), is_last=True)
        failed = sum(len(news.item_ids) for news in troubles)
        jobs = {JobId(n.entry.job_id): n.entry.title for n in troubles if n.entry.job_id}
        self._screen.withdraw(SUCCESSES)
        summary = Tally(failed, tally.succeeded, jobs | tally.jobs)
        if not self._present(troubles, tally_banner(summary)):
            self.back_off()

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

    def back_off(self) -> None:
        """Look again later; each pause is twice the one before."""
        self._back_off_s = min(max(2 * self._back_off_s, BACK_OFF_S), LONGEST_BACK_OFF_S)
        self.retry_at_s = self._clock.monotonic() + self._back_off_s

    def withdraw_outdated(self) -> None:
        """Take away the banners of entries that are dealt with or put off since."""
        for entry_id in self._store.read(self._outdated):
            self._screen.withdraw_entry(entry_id)

    def _outdated(self, tables: Tables) -> Sequence[int]:
        """Return the entries whose banners are seen, but dealt with or put off."""
        now = self._clock.now()
        return [
            entry_id
            for entry_id in self._screen.shown_entries()
            if not _is_waiting(tables.inbox.get(entry_id), now)
        ]


def _is_waiting(first: InboxItem | None, now: datetime) -> bool:
    """Tell whether the entry with this first item waits for a person and is not put off."""
    if first is None or first.done_at is not None:
        return False
    return first.snoozed_until is None or first.snoozed_until <= now
