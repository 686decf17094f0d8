"""What every page of the window is given: the core, the time, and the way to other pages."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from deskcron.domain.ports import Clock
from deskcron.gui.bridge import Bridge
from deskcron.gui.zones import Zones


class PageSignals(QObject):
    """The signals from one page to another; whoever owns the pages listens."""

    new_job = Signal(str)  # the name of a template, or "" for the choice of them
    edit_job = Signal(str)  # job id
    explain_job = Signal(str)  # job id: why did it (not) run?
    explain_run = Signal(object)  # run id: why did it go as it did?
    show_runs = Signal(str)  # job id: its history, or "" for that of all jobs
    show_run = Signal(object)  # run id: its details and output
    show_environment = Signal(str, object)  # job id, run id: what the run was started with
    show_statistics = Signal(str)  # job id: what its runs come to, or "" for those of all jobs
    show_inbox = Signal()
    show_review = Signal(object)  # an instant of an absence, None for the latest
    job_saved = Signal(str)  # job id: a person has made or changed it in a form
    say = Signal(str)  # a line at the foot of the window that goes away by itself
    say_undoable = Signal(str, object)
    """The same with a button that takes a change back: the line, the number of the operation."""
    say_editable = Signal(str, str)
    """The same with a button that opens a job in the form: the line, the id of the job."""
    say_surprising = Signal(str, str, str, int)
    """A strip that stays: what was done, what may surprise, the job's id and revision."""


class PageContext(NamedTuple):
    """The collaborators of a page."""

    bridge: Bridge
    clock: Clock
    signals: PageSignals
    zones: Zones
