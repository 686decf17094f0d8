"""The menu of the icon: open, what comes next, run now, pause, inbox, quit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from deskcron.domain.answers import Overview, Runnable
from deskcron.domain.daywords import moment
from deskcron.domain.run import JobId
from deskcron.domain.texts import gettext as _
from deskcron.domain.words import ahead_name
from deskcron.gui.shell.pausemenu import PauseMenu

MOST_JOBS = 15
_MOST_AHEAD = 5
_LONGEST = 50
"""Letters of a name; panels do not cut long entries, they fill the screen."""
_DAY = timedelta(days=1)


class Entry(NamedTuple):
    """A job as an entry of the menu."""

    job_id: JobId
    text: str


class TrayMenu(QMenu):
    """Show what is given. Panels keep a copy of it, so it changes only where the words do."""

    open_chosen = Signal()
    runs_chosen = Signal(str)  # job id
    run_chosen = Signal(str)  # job id
    inbox_chosen = Signal()
    reminder_chosen = Signal()
    quit_chosen = Signal()

    def __init__(self, pause: PauseMenu) -> None:
        super().__init__()
        self._ahead: tuple[Sequence[Entry], str] | None = None
        self._jobs: Sequence[Entry] | None = None
        self.setDefaultAction(self.addAction(_("&Open deskcron"), self.open_chosen.emit))
        self.addAction(_("&New reminder…"), self.reminder_chosen.emit)
        self._above = self.addSeparator()
        self._below = self.addSeparator()
        self._run = self.addMenu(_("&Run now"))
        self.addMenu(pause)
        self.addAction(pause.resume)
        self._inbox = self.addAction("", self.inbox_chosen.emit)
        self.addSeparator()
        self.addAction(_("&Quit"), self.quit_chosen.emit)
        self.show_ahead((), otherwise=_("Nothing is planned"))
        self.show_jobs(())
        self.show_waiting(0)

    def show_ahead(self, ahead: Sequence[Entry], otherwise: str) -> None:
        """Show what comes next, or `otherwise`; an entry leads to the runs of its job."""
        if (ahead, otherwise) == self._ahead:
            return
        self._ahead = (ahead, otherwise)
        actions = self.actions()
        for old in actions[actions.index(self._above) + 1 : actions.index(self._below)]:
            self.removeAction(old)
            old.deleteLater()
        for entry in ahead:
            action = QAction(entry.text, self)
            action.triggered.connect(partial(self._choose_runs, entry.job_id))
            self.insertAction(self._below, action)
        if not ahead:
            nothing = QAction(plain(otherwise), self)
            nothing.setEnabled(False)
            self.insertAction(self._below, nothing)

    def show_jobs(self, jobs: Sequence[Entry]) -> None:
        """Show the jobs that can be run now."""
        if jobs == self._jobs:
            return
        self._jobs = jobs
        self._run.clear()
        for entry in jobs:
            action = self._run.addAction(entry.text)
            action.triggered.connect(partial(self._choose_run, entry.job_id))
        self._run.menuAction().setEnabled(bool(jobs))

    def show_waiting(self, count: int) -> None:
        """Show how many entries of the inbox wait for a person."""
        text = _("&Inbox ({count})").format(count=count) if count else _("&Inbox")
        if text != self._inbox.text():
            self._inbox.setText(text)

    def _choose_runs(self, job_id: JobId) -> None:
        self.runs_chosen.emit(job_id)

    def _choose_run(self, job_id: JobId) -> None:
        self.run_chosen.emit(job_id)


def ahead_entries(overview: Overview, now: datetime, zone: tzinfo | None) -> tuple[Entry, ...]:
    """Return what comes next, with times that stay as they are while they are ahead."""
    return tuple(
        Entry(
            one.job_id,
            _("{time}  {job}").format(time=_when(one.at, now, zone), job=plain(ahead_name(one))),
        )
        for one in overview.coming()[:_MOST_AHEAD]
    )


def job_entries(jobs: Sequence[Runnable]) -> tuple[Entry, ...]:
    """Return the jobs to offer."""
    return tuple(Entry(job.job_id, plain(job.job_name)) for job in jobs)


def plain(text: str) -> str:
    """Return a text as an entry: one line, not too long, and & as itself."""
    line = " ".join(text.split())
    if len(line) > _LONGEST:
        line = line[: _LONGEST - 1].rstrip() + "…"
    return line.replace("&", "&&")


def _when(at: datetime, now: datetime, zone: tzinfo | None) -> str:
    return f"{at.astimezone(zone):%H:%M}" if at - now < _DAY else moment(at, now, zone)
