"""Deal with what needs a person: mark as done, put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from deskcron.domain.errors import BadInput, NotFound, RequestFailed
from deskcron.domain.ports import Clock, WakeChannel
from deskcron.domain.records import InboxItem, WakeKind, Wakeup
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.references import LARGEST_NUMBER


class InboxDesk:
    """The inbox as a person uses it. Thread: any; never call it on a GUI thread."""

    def __init__(self, store: Store, wake: WakeChannel, clock: Clock) -> None:
        self._store = store
        self._wake = wake
        self._clock = clock

    def waiting(self) -> Sequence[InboxItem]:
        """Return what is not dealt with, newest first."""
        return self._store.read(lambda tables: tables.inbox.waiting())

    def done(self, item_id: int) -> InboxItem:
        """Mark an item as dealt with; raises NotFound, RequestFailed when it was."""
        now = self._clock.now()

        def mark(tables: Tables) -> InboxItem:
            item = _item(tables, item_id)
            if not tables.inbox.done(item_id, now):
                raise _was_done(item_id)
            tables.wakeups.clear(WakeKind.SNOOZE, str(item_id))
            return item

        return self._store.write(mark)

    def snooze(self, item_id: int, seconds: int) -> datetime:
        """Put an item off and return until when; raises NotFound, RequestFailed, BadInput."""
        if seconds < 1:
            raise BadInput(title=_("A snooze lasts at least a second"))
        until = self._clock.now() + timedelta(seconds=seconds)

        def put_off(tables: Tables) -> None:
            _item(tables, item_id)
            if not tables.inbox.snooze(item_id, until):
                raise _was_done(item_id)
            tables.wakeups.set(Wakeup(until, WakeKind.SNOOZE, str(item_id)))

        self._store.write(put_off)
        self._wake.nudge()
        return until


def _item(tables: Tables, item_id: int) -> InboxItem:
    item = tables.inbox.get(item_id) if 0 < item_id <= LARGEST_NUMBER else None
    if item is None:
        raise NotFound(
            title=_("There is no inbox item {item_id}").format(item_id=item_id),
            hint=_("'deskcron inbox' shows what is waiting."),
        )
    return item


def _was_done(item_id: int) -> RequestFailed:
    return RequestFailed(title=_("Inbox item {item_id} is done already").format(item_id=item_id))
