"""The choice of runs: job, result, cause and days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from deskcron.domain.run import Cause, JobId, Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.words import capital, cause_word, status_word
from deskcron.gui.history.choice import RunChoice, Span
from deskcron.gui.history.dayrange import DayRange
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.flow import FlowLayout
from deskcron.gui.theme.jobfield import JobField
from deskcron.gui.theme.spacing import GAP

_TROUBLE = "trouble"
T = TypeVar("T")


class FilterBar(QWidget):
    """`chosen` carries what is chosen now."""

    chosen = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = JobField(_("All jobs"))
        self._status = _List(_("Result"), _statuses())
        self._cause = _List(_("Cause"), _causes())
        self._span = _List(_("Days"), _spans())
        self._today = today
        self._range: DayRange | None = None
        self._clear = button(_("C&lear"), "close")
        self._clear.setProperty("flat", True)
        self._clear.setToolTip(_("Show all runs"))
        self._lay_out()
        self._jobs.chosen.connect(self._tell)
        for combo in (self._status, self._cause, self._span):
            combo.currentIndexChanged.connect(self._tell)
        self._clear.clicked.connect(self.clear)
        self._refresh()

    def _lay_out(self) -> None:
        row = FlowLayout(GAP)
        for control in (self._jobs, self._status, self._cause, self._span, self._clear):
            row.addWidget(control)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addLayout(row)

    def range(self) -> DayRange:
        """Return the fields of a range, made when they are first wanted."""
        if self._range is None:
            self._range = DayRange(self._today(), self)
            self._range.changed.connect(self._tell)
            self._range.hide()
            self._column.addWidget(self._range)
            for before, after in pairwise((self._clear, *self._range.ends)):
                QWidget.setTabOrder(before, after)
        return self._range

    def come(self) -> None:
        """Take the keyboard, to choose a job by its name."""
        self._jobs.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._jobs.select_text()

    def choice(self) -> RunChoice:
        """Return what is chosen."""
        result, span = self._status.value(), self._span.value()
        days = self.range().days() if span is Span.RANGE else None
        return RunChoice(
            job_id=self._jobs.job_id(),
            status=result if isinstance(result, Status) else None,
            trouble=result == _TROUBLE,
            cause=self._cause.value(),
            span=span,
            first=days and days.first,
            last=days and days.last,
        )

    def is_active(self) -> bool:
        """Tell whether anything is left out."""
        combos = (self._status, self._cause, self._span)
        return self._jobs.job_id() is not None or any(combo.currentIndex() for combo in combos)

    def clear(self) -> None:
        """Choose all runs."""
        self.choose_job(None)

    def choose_job(self, job_id: str | None) -> None:
        """Choose all runs of a job."""
        for combo in (self._status, self._cause, self._span):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(0)
        self._jobs.choose(job_id)
        self._tell()

    def set_jobs(self, names: Mapping[JobId, str]) -> None:
        """Offer these jobs, ids with names."""
        self._jobs.set_jobs(names)

    def add_removed(self, names: Mapping[JobId, str]) -> None:
        """Offer those of these jobs that are there no more."""
        self._jobs.add_removed(names)

    def _tell(self) -> None:
        self._refresh()
        self.chosen.emit(self.choice())

    def _refresh(self) -> None:
        if self._span.value() is Span.RANGE:
            self.range().show()
        elif self._range is not None:
            self._range.hide()
        self._clear.setVisible(self.is_active())


class _List(QComboBox, Generic[T]):
    """Words to choose from, each with a value; Qt would make plain texts of enumerations."""

    def __init__(self, name: str, entries: Mapping[str, T]) -> None:
        super().__init__()
        self._values = list(entries.values())
        self.setAccessibleName(name)
        # Qt on Linux takes what is chosen for the name; the description is read out with it.
        self.setAccessibleDescription(name)
        self.setMaxVisibleItems(len(entries))
        self.addItems(list(entries))

    def value(self) -> T:
        """Return what is chosen."""
        return self._values[self.currentIndex()]


def _statuses() -> dict[str, Status | str | None]:
    return {
        _("Any result"): None,
        _("Problems"): _TROUBLE,
        _("Running now"): Status.RUNNING,
        **{
            capital(status_word(status)): status
            for status in Status
            if status is not Status.RUNNING
        },
    }


def _causes() -> dict[str, Cause | None]:
    return {_("Any cause"): None, **{capital(cause_word(cause)): cause for cause in Cause}}


def _spans() -> dict[str, Span]:
    return {
        _("Any day"): Span.ANY,
        _("Today"): Span.TODAY,
        _("Last 7 days"): Span.WEEK,
        _("Last 30 days"): Span.MONTH,
        _("A range of days"): Span.RANGE,
    }
