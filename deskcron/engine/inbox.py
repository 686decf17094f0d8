"""Deal with what needs a person: mark as done, put off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from deskcron.domain.answers import InboxEntry
from deskcron.domain.errors import BadInput, NotFound, RequestFailed
from deskcron.domain.ports import Clock, WakeChannel
from deskcron.domain.records import InboxItem, WakeKind, Wakeup
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.inboxentries import entry_of, folded, together_with
from deskcron.engine.references import LARGEST_NUMBER

_MINUTE_S = 60


class InboxService:
    """The inbox as a person uses it. Thread: any; never call it on a GUI thread."""

    def __init__(self, store: Store, wake: WakeChannel, clock: Clock) -> None:
        self._store = store
        self._wake = wake
        self._clock = clock

    def waiting(self) -> Sequence[InboxEntry]:
        """Return what is not dealt with, newest first."""

        def look(tables: Tables) -> list[InboxEntry]:
            return [entry_of(tables, items) for items in folded(tables.inbox.waiting())]

        return self._store.read(look)

    def done(self, item_id: int) -> InboxEntry:
        """Mark an entry as dealt with, and return it as it was.

        Raises NotFound, and RequestFailed when it was done before.
        """
        now = self._clock.now()

        def mark(tables: Tables) -> InboxEntry:
            items = _waiting(tables, item_id)
            entry = entry_of(tables, items)
            _mark(tables, items, now)
            return entry

        return self._store.write(mark)

    def done_all(self) -> int:
        """Mark everything as dealt with, also what is put off; return how many entries."""
        now = self._clock.now()

        def mark(tables: Tables) -> int:
            items = tables.inbox.waiting()
            _mark(tables, items, now)
            return len(folded(items))

        return self._store.write(mark)

    def deal_with(self, item_ids: Collection[int]) -> Sequence[int]:
        """Mark several entries as dealt with, silent about those that are.

        Returns the items that were marked, for `take_back`.
        """
        now, ids = self._clock.now(), frozenset(item_ids)

        def mark(tables: Tables) -> list[int]:
            entries = folded(tables.inbox.waiting())
            wanted = [items for items in entries if any(item.id in ids for item in items)]
            for items in wanted:
                _mark(tables, items, now)
            return [item.id for items in wanted for item in items]

        return self._store.write(mark)

    def take_back(self, item_ids: Collection[int]) -> None:
        """Let items that were marked wait again, those put off until their time."""

        def reopen(tables: Tables) -> None:
            for item_id in item_ids:
                item = tables.inbox.get(item_id)
                if item is None or not tables.inbox.reopen(item_id):
                    continue
                if item.snoozed_until is not None and item.presented_at is None:
                    tables.wakeups.set(Wakeup(item.snoozed_until, WakeKind.SNOOZE, str(item_id)))

        self._store.write(reopen)
        self._wake.nudge()

    def snooze(self, item_id: int, seconds: int) -> datetime:
        """Put an entry off and return until when, which is a full minute unless that is sooner.

        Raises NotFound, RequestFailed, BadInput.
        """
        if seconds < 1:
            raise BadInput(title=_("A snooze lasts at least a second"))
        until = self._clock.now() + timedelta(seconds=seconds)
        if seconds >= _MINUTE_S:
            until = _to_the_minute(until)

        def put_off(tables: Tables) -> None:
            first = _waiting(tables, item_id)[-1]
            tables.inbox.snooze(first.id, until)
            tables.wakeups.set(Wakeup(until, WakeKind.SNOOZE, str(first.id)))

        self._store.write(put_off)
        self._wake.nudge()
        return until


def _to_the_minute(instant: datetime) -> datetime:
    """Return the nearest full minute."""
    later = instant + timedelta(seconds=_MINUTE_S / 2)
    return later.replace(second=0, microsecond=0)


def _waiting(tables: Tables, item_id: int) -> Sequence[InboxItem]:
    """Return the items of the entry that holds an item, newest first."""
    item = tables.inbox.get(item_id) if 0 < item_id <= LARGEST_NUMBER else None
    if item is None:
        raise NotFound(
            title=_("There is no inbox item {item_id}").format(item_id=item_id),
            hint=_("The inbox and 'deskcron inbox' show what is waiting."),
        )
    if item.done_at is not None:
        raise RequestFailed(title=_("Inbox item {item_id} is done already").format(item_id=item_id))
    return together_with(tables, item)


def _mark(tables: Tables, items: Sequence[InboxItem], now: datetime) -> None:
    for item in items:
        tables.inbox.done(item.id, now)
        tables.wakeups.clear(WakeKind.SNOOZE, str(item.id))
