"""The rows of hours: a span of the day on some weekdays, and days without any run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskcron.domain.errors import Problem
from deskcron.domain.hours import Window, days_of
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.weekdayfield import WeekdayField
from deskcron.gui.theme.clockfields import DateField, TimeField
from deskcron.gui.theme.flow import FlowLayout
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.spacing import GAP

_DEFAULT_HOURS = ("08:00", "18:00")
_ALL_DAY = Window()


class WindowRow(Part):
    """From, to, and the weekdays; one field, as a problem names the whole of it."""

    def __init__(self) -> None:
        super().__init__()
        self._raw: Document = {}
        self._begin, self._end = TimeField(_("From")), TimeField(_("To"))
        self._days = WeekdayField(_("Weekdays"))
        self.column.setContentsMargins(0, 0, 0, GAP)  # its lines belong together
        self._begin.set_iso(_DEFAULT_HOURS[0])
        self._end.set_iso(_DEFAULT_HOURS[1])
        control = QWidget()
        flow = FlowLayout(GAP, control)
        for one in (self._begin, _beside(plain_label(_("to")), self._end), self._days):
            flow.addWidget(one)
        control.setFocusProxy(self._begin)
        field = self.add("", Field("", control))
        for one in (self._begin, self._end, self._days):
            one.edited.connect(field.touched)

    def load(self, values: Document) -> None:
        """Show a window."""
        self._raw = values
        self._begin.set_iso(values.get("begin", _ALL_DAY.begin))
        self._end.set_iso(values.get("end", _ALL_DAY.end))
        self._days.set_days(values.get("days", _ALL_DAY.days))

    def values(self) -> dict[str, Any]:
        """Return the window."""
        times = {"begin": self._begin.iso(), "end": self._end.iso()}
        return {**self._raw, **times, "days": self._days.days()}

    def own_problems(self) -> Sequence[Problem]:
        """Say what is no time."""
        words = self._begin.problem() or self._end.problem()
        return [Problem("", words)] if words else []


class BlackoutRow(Part):
    """A day, or all days from a first to a last; in a document it is a text."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._days = _SpanField(today)
        self.add("", Field("", self._days, self._days.edited))

    def load(self, values: Document) -> None:
        """Show what `values` returns."""
        self._days.set_span(*map(date.isoformat, days_of(values[""])))

    def values(self) -> dict[str, Any]:
        """Return the text, which has no name."""
        first, last = self._days.span()
        return {"": first if first == last else f"{first}/{last}"}

    def own_problems(self) -> Sequence[Problem]:
        """Say what is no date."""
        words = self._days.problem()
        return [Problem("", words)] if words else []


class _SpanField(QWidget):
    """The last day goes along with the first until it is another."""

    edited = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.first, self.last = DateField(_("First day")), DateField(_("Last day"))
        flow = FlowLayout(GAP, self)
        flow.addWidget(self.first)
        flow.addWidget(_beside(plain_label(_("to")), self.last))
        self.setFocusProxy(self.first)
        self._is_one_day = True
        self.set_span(today.isoformat(), today.isoformat())
        self.first.edited.connect(self._on_first)
        self.last.edited.connect(self._on_last)

    def span(self) -> tuple[str, str]:
        """Return the first and the last day."""
        return self.first.iso(), self.last.iso()

    def set_span(self, first: str, last: str) -> None:
        """Show the first and the last day."""
        self.first.set_iso(first)
        self.last.set_iso(last)
        self._is_one_day = first == last

    def problem(self) -> str:
        """Say what is no date, "" where both are."""
        return self.first.problem() or self.last.problem()

    def _on_first(self) -> None:
        if self._is_one_day:
            self.last.set_iso(self.first.iso())
            self._is_one_day = True
        self.edited.emit()

    def _on_last(self) -> None:
        self._is_one_day = self.first.iso() == self.last.iso()
        self.edited.emit()


def _beside(label: QWidget, control: QWidget) -> QWidget:
    """Return both in a line that is not broken."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    row.addWidget(label)
    row.addWidget(control)
    return pair
