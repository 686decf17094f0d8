"""What is done to the jobs that are selected: asked of the core, then said in a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from deskcron.domain.answers import Undone
from deskcron.domain.job import JobSummary
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.words import change_words
from deskcron.engine.facade import Facade
from deskcron.gui.desk import Desk

Jobs = Sequence[JobSummary]


class Deeds(QObject):
    """Do things to jobs without waiting for them; `done` follows each that came about."""

    done = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def run(self, jobs: Jobs) -> None:
        """Have jobs run now."""

        def call(facade: Facade) -> None:
            for job in jobs:
                facade.control.run(job.id)

        text = ngettext("{name} started.", "{count} jobs started.", len(jobs))
        self._ask(call, _about(text, jobs))

    def stop(self, jobs: Jobs) -> None:
        """Stop the runs of jobs that are going on."""

        def call(facade: Facade) -> None:
            for job in jobs:
                facade.control.stop(job.id)

        text = ngettext("{name} is being stopped.", "{count} jobs are being stopped.", len(jobs))
        self._ask(call, _about(text, jobs))

    def set_enabled(self, jobs: Jobs, *, is_on: bool) -> None:
        """Switch jobs on or off."""
        ids = [job.id for job in jobs]
        if is_on:
            text = ngettext("{name} is on.", "{count} jobs are on.", len(jobs))
        else:
            text = ngettext("{name} is off.", "{count} jobs are off.", len(jobs))
        self._ask(
            lambda facade: facade.jobs.set_enabled(ids, is_on), _about(text, jobs), undoable=True
        )

    def mute(self, jobs: Jobs, *, is_muted: bool) -> None:
        """Let jobs end without notifications, or with them again."""

        def call(facade: Facade) -> None:
            for job in jobs:
                change = facade.jobs.mute if is_muted else facade.jobs.unmute
                change(job.id)

        if is_muted:
            text = ngettext("{name} is muted.", "{count} jobs are muted.", len(jobs))
        else:
            text = ngettext("{name} notifies again.", "{count} jobs notify again.", len(jobs))
        self._ask(call, _about(text, jobs), undoable=True)

    def duplicate(self, jobs: Jobs) -> None:
        """Copy jobs; the copies are off."""
        ids = [job.id for job in jobs]
        text = ngettext(
            "{name} was copied. The copy is off.",
            "{count} jobs were copied. The copies are off.",
            len(jobs),
        )
        self._ask(lambda facade: facade.jobs.duplicate(ids), _about(text, jobs), undoable=True)

    def remove(self, jobs: Jobs) -> None:
        """Delete jobs at once; undo brings them back."""
        ids = [job.id for job in jobs]
        text = ngettext("{name} was deleted.", "{count} jobs were deleted.", len(jobs))
        self._ask(lambda facade: facade.jobs.remove(ids), _about(text, jobs), undoable=True)

    def undo(self) -> None:
        """Take the newest change of jobs back."""
        self._desk.bridge.ask(self, lambda facade: facade.jobs.undo(), self._undone)

    # Any: what a change answers is not looked at
    def _ask(self, call: Callable[[Facade], Any], text: str, *, undoable: bool = False) -> None:
        ways = self._desk.ways
        say = ways.say_undoable if undoable else ways.say

        def then(_answer: object) -> None:
            say.emit(text)
            self.done.emit()

        self._desk.bridge.ask(self, call, then)

    def _undone(self, undone: Undone) -> None:
        words = change_words(undone.change)
        text = _("Undone: {change} {label}").format(change=words, label=undone.label)
        self._desk.ways.say.emit(text)
        self.done.emit()


def _about(text: str, jobs: Jobs) -> str:
    name = _("“{name}”").format(name=jobs[0].name)
    return text.format(name=name, count=len(jobs))
