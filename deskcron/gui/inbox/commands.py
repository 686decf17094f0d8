"""What is done to entries: asked of the core, then said in a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject

from deskcron.domain.answers import InboxEntry
from deskcron.domain.daywords import moment
from deskcron.domain.run import JobId
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.engine.facade import Facade
from deskcron.gui.doing import Doing, Names, Waiting, about
from deskcron.gui.inbox.words import run_in_question
from deskcron.gui.pagecontext import PageContext

Entries = Sequence[InboxEntry]


class InboxCommands(Doing):
    """Deal with entries without waiting for it.

    What was marked as done can be taken back step by step, the last one first.
    """

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(context, parent)
        self._marked: list[Sequence[int]] = []

    @property
    def may_take_back(self) -> bool:
        """Tell whether there is something to take back."""
        return bool(self._marked)

    def deal_with(self, entries: Entries) -> None:
        """Mark entries as done."""
        ids = frozenset(entry.id for entry in entries)
        text = ngettext("{name} is done.", "{count} entries are done.", len(entries))

        def then(marked: Sequence[int]) -> None:
            if marked:
                self._marked.append(marked)
            self._say(_about(text, entries))

        self.ask(lambda facade: facade.inbox.deal_with(ids), then)

    def take_back(self) -> None:
        """Let what was marked last wait again."""
        if self._marked:
            marked = self._marked.pop()
            self.ask(
                lambda facade: facade.inbox.take_back(marked),
                lambda _nothing: self._say(_("Back in the inbox.")),
            )

    def snooze(self, entries: Entries, until: datetime) -> None:
        """Put entries off until an instant, and with a question the run it is about."""
        now = self._context.clock.now()
        seconds = max(1, round((until - now).total_seconds()))

        def call(facade: Facade) -> None:
            for entry in entries:
                run_id = run_in_question(entry)
                if run_id is not None:
                    facade.control.put_off(run_id, seconds)
                else:
                    facade.inbox.snooze(entry.id, seconds)

        text = ngettext(
            "{name} comes back {time}.", "{count} entries come back {time}.", len(entries)
        )
        words = _about(text, entries, time=moment(until, now, self._context.zones.zone()))
        self.ask(call, lambda _nothing: self._say(words))

    def run_again(self, entries: Entries) -> None:
        """Run the jobs of entries now, each once."""
        self.run(_jobs_of(entries))

    def start(self, entries: Entries) -> None:
        """Let the runs start that entries ask about."""
        self.proceed(_runs_of(entries))

    def skip(self, entries: Entries) -> None:
        """Have the runs skipped that entries ask about."""
        self.decline(_runs_of(entries))

    def resume_jobs(self, entries: Entries) -> None:
        """Let the jobs of entries run on that are held."""
        self.resume(_jobs_of(entries))

    def set_muted(self, entries: Entries, *, is_muted: bool) -> None:
        """Let the jobs of entries end without banners, or with them again."""
        self.mute(_jobs_of(entries), is_muted=is_muted)

    def _say(self, text: str) -> None:
        self._context.signals.say.emit(text)


def _jobs_of(entries: Entries) -> Names:
    """Return the jobs with the titles of their entries, which are their names."""
    return {JobId(entry.job_id): entry.title for entry in entries if entry.job_id}


def _runs_of(entries: Entries) -> Waiting:
    """Return the runs that entries ask about, with the names of their jobs."""
    found = ((run_in_question(entry), entry.title) for entry in entries)
    return {run_id: title for run_id, title in found if run_id is not None}


def _about(text: str, entries: Entries, **more: str) -> str:
    return about(text, [entry.title for entry in entries], **more)
