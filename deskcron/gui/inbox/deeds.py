"""What is done to entries: asked of the core, then said in a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from deskcron.domain.answers import InboxEntry
from deskcron.domain.daywords import moment
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.engine.facade import Facade
from deskcron.gui.desk import Desk

Entries = Sequence[InboxEntry]


class Deeds(QObject):
    """Deal with entries without waiting for it; `done` follows each deed that came about.

    The last entries marked as done can be taken back until the next ones are.
    """

    done = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._marked: Sequence[int] = ()

    @property
    def may_take_back(self) -> bool:
        """Tell whether there is something to take back."""
        return bool(self._marked)

    def deal_with(self, entries: Entries) -> None:
        """Mark entries as done."""
        ids = frozenset(entry.id for entry in entries)
        text = ngettext("{name} is done.", "{count} entries are done.", len(entries))

        def then(marked: Sequence[int]) -> None:
            self._marked = marked or self._marked
            self._say(_about(text, entries))

        self._ask(lambda facade: facade.inbox.deal_with(ids), then)

    def take_back(self) -> None:
        """Let what was marked last wait again."""
        marked, self._marked = self._marked, ()
        if marked:
            self._ask(
                lambda facade: facade.inbox.take_back(marked),
                lambda _nothing: self._say(_("What was done is back.")),
            )

    def snooze(self, entries: Entries, until: datetime) -> None:
        """Put entries off until an instant."""
        now = self._desk.clock.now()
        seconds = max(1, round((until - now).total_seconds()))

        def call(facade: Facade) -> None:
            for entry in entries:
                facade.inbox.snooze(entry.id, seconds)

        text = ngettext(
            "{name} comes back {time}.", "{count} entries come back {time}.", len(entries)
        )
        words = _about(text, entries, time=moment(until, now))
        self._ask(call, lambda _nothing: self._say(words))

    def run_again(self, entries: Entries) -> None:
        """Run the jobs of entries now, each once."""
        job_ids = list(dict.fromkeys(entry.job_id for entry in entries if entry.job_id))

        def call(facade: Facade) -> None:
            for job_id in job_ids:
                facade.control.run(job_id)

        text = ngettext("{name} started.", "{count} jobs started.", len(job_ids))
        words = _about(text, entries, count=len(job_ids))
        self._ask(call, lambda _nothing: self._say(words))

    def mute(self, entries: Entries) -> None:
        """Let the jobs of entries end without banners."""
        job_ids = list(dict.fromkeys(entry.job_id for entry in entries if entry.job_id))

        def call(facade: Facade) -> None:
            for job_id in job_ids:
                facade.jobs.mute(job_id)

        text = ngettext("{name} is muted.", "{count} jobs are muted.", len(job_ids))
        words = _about(text, entries, count=len(job_ids))
        self._ask(call, lambda _nothing: self._desk.ways.say_undoable.emit(words))

    # Any: each deed has an answer of its own
    def _ask(self, call: Callable[[Facade], Any], then: Callable[[Any], None]) -> None:
        def told(answer: object) -> None:
            then(answer)
            self.done.emit()

        self._desk.bridge.ask(self, call, told)

    def _say(self, text: str) -> None:
        self._desk.ways.say.emit(text)


def _about(text: str, entries: Entries, *, count: int | None = None, time: str = "") -> str:
    name = _("“{name}”").format(name=" ".join(entries[0].title.split()))
    return text.format(name=name, count=count or len(entries), time=time)
