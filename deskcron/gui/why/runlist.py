"""Rows of runs in words, each with the way to its details."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskcron.domain.run import Run
from deskcron.domain.texts import gettext as _
from deskcron.gui.history.words import when, when_exactly
from deskcron.gui.theme.icons import status_icon
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP, GAP_S
from deskcron.gui.why.readable import readable_label
from deskcron.gui.why.words import run_line
from deskcron.gui.zones import Zones

_WIDEST = "00 Mmm 0000 00:00"
"""A text as wide as the column of times, so that no time is broken into lines."""


class RunList(QWidget):
    """Show some runs. `opened` carries the number of a run whose details are wanted."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_S)

    def show_runs(self, runs: Sequence[Run], now: datetime, zones: Zones) -> None:
        """Show these runs; rows that are there are used again, so that the focus stays."""
        while len(self._rows) < len(runs):
            row = _Row(self)
            row.opened.connect(self.opened)
            self._rows.append(row)
            self._column.addWidget(row)
        for row, run in zip(self._rows, runs, strict=False):
            row.show_run(run, now, zones.zone(run.zone))
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(runs))


class _Row(QWidget):
    """One run: icon, when, what became of it, and the way to its details."""

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._picture = Picture(QIcon())
        self._when = readable_label(Tone.SOFT)
        self._when.setMinimumWidth(self.fontMetrics().horizontalAdvance(_WIDEST) + GAP_S)
        self._words = readable_label()
        self._details = QPushButton(_("Details"))
        self._details.setFlat(True)
        self._details.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._picture)
        row.addWidget(self._when)
        row.addWidget(self._words, 1)
        row.addWidget(self._details)

    def show_run(self, run: Run, now: datetime, zone: tzinfo | None) -> None:
        """Show a run."""
        self._run = run
        self._picture.set_icon(status_icon(run.status))
        self._when.setText(when(run, now, zone))
        self._when.setToolTip(tip(when_exactly(run, zone)))
        self._words.setText(run_line(run, zone))
        self._details.setAccessibleName(_("Details of run {number}").format(number=run.id))

    def _open(self) -> None:
        if self._run is not None:
            self.opened.emit(self._run.id)
