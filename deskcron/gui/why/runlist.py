"""Rows of runs in words, each with the way to its details."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from deskcron.domain.daywords import until_words
from deskcron.domain.run import Run
from deskcron.domain.texts import gettext as _
from deskcron.gui.history.words import when, when_exactly
from deskcron.gui.theme.icons import status_icon
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP, GAP_S
from deskcron.gui.why.readable import readable_label
from deskcron.gui.why.words import Answer, attempt_lines, run_line

_WIDEST = "00 Mmm 0000 00:00"
"""A text as wide as the column of times, so that no time is broken into lines."""
_WORDS = 2
"""The column of words."""


class RunList(QWidget):
    """Show some runs. `opened` carries the number of a run whose details are wanted."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_S)

    def show_runs(self, runs: Sequence[Run], answer: Answer, now: datetime) -> None:
        """Show these runs; rows that are there are used again, so that the focus stays."""
        while len(self._rows) < len(runs):
            row = _Row(self)
            row.opened.connect(self.opened)
            self._rows.append(row)
            self._column.addWidget(row)
        for row, run in zip(self._rows, runs, strict=False):
            row.show_run(run, answer, now)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(runs))


class _Row(QWidget):
    """One run: icon, when, what became of it, its earlier attempts, the way to its details."""

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._picture = Picture(QIcon())
        self._when = readable_label(Tone.SOFT)
        self._when.setMinimumWidth(self.fontMetrics().horizontalAdvance(_WIDEST) + GAP_S)
        self._words = readable_label()
        self._attempts = readable_label(Tone.SOFT)
        self._details = QPushButton(_("Details"))
        self._details.setFlat(True)
        self._details.clicked.connect(self._open)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(0)
        for column, part in enumerate((self._picture, self._when, self._words, self._details)):
            grid.addWidget(part, 0, column)
        grid.addWidget(self._attempts, 1, _WORDS)
        grid.setColumnStretch(_WORDS, 1)

    def show_run(self, run: Run, answer: Answer, now: datetime) -> None:
        """Show a run."""
        self._run, zone = run, answer.zones.zone(run.zone)
        self._picture.set_icon(status_icon(run.status))
        self._when.setText(when(run, now, zone))
        self._when.setToolTip(tip(when_exactly(run, zone)))
        self._words.setText(run_line(run, zone))
        lines = attempt_lines(answer.job, run, lambda instant: until_words(instant, now, zone))
        self._attempts.setText("\n".join(lines))
        self._attempts.setVisible(bool(lines))
        self._details.setAccessibleName(_("Details of run {number}").format(number=run.id))

    def _open(self) -> None:
        if self._run is not None:
            self.opened.emit(self._run.id)
