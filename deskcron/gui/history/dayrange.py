"""The first and the last day of a range, to be typed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.announcing import announce
from deskcron.gui.theme.clockfields import DateField
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP
from deskcron.gui.theme.statuslabel import StatusLabel


class Days(NamedTuple):
    """From one day to another, both with all of their runs."""

    first: date
    last: date


class DayRange(QWidget):
    """Take two days in either order; `changed` when both are understood."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ends = (DateField(_("First day")), DateField(_("Last day")))
        self.trouble = StatusLabel()
        self._days = Days(today, today)
        self._lay_out()
        for field in self.ends:
            field.set_iso(today.isoformat())
            field.edited.connect(self._on_day)
            field.editingFinished.connect(self._say_trouble)

    def days(self) -> Days:
        """Return the days; while they are being typed, the last that were understood."""
        return self._days

    def _lay_out(self) -> None:
        first, last = self.ends
        days = QHBoxLayout()
        days.setSpacing(GAP)
        days.addWidget(plain_label(_("From"), Tone.SOFT))
        days.addWidget(first)
        days.addWidget(plain_label(_("to"), Tone.SOFT))
        days.addWidget(last)
        days.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(days)
        column.addWidget(self.trouble)
        self.trouble.hide()

    def _on_day(self) -> None:
        first, last = self.ends
        self.trouble.hide()
        if not first.problem() and not last.problem():
            self._days = Days(*sorted(date.fromisoformat(field.iso()) for field in self.ends))
            self.changed.emit()

    def _say_trouble(self) -> None:
        """Say which day is none, to whoever leaves it so."""
        first, last = self.ends
        words = first.problem() or last.problem()
        self.trouble.show_state("error", words, Tone.BAD)
        self.trouble.setVisible(bool(words))
        if words:
            announce(self, words)
