"""A field for a day of the month: by its number, the last, or a weekday's place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskcron.domain.pattern import LAST, WEEKDAYS, Pattern
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.weekdayfield import long_weekday
from deskcron.gui.theme.inputs import ComboBox, SpinBox
from deskcron.gui.theme.rows import in_a_row

_BY_NUMBER, _LAST_DAY, _BY_WEEKDAY = "number", "last", "weekday"


class MonthDayField(QWidget):
    """Three ways to say it; what each was set to stays while another is chosen."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way = ComboBox(
            _("Which day of the month"),
            {
                _BY_NUMBER: _("Day"),
                _LAST_DAY: _("The last day"),
                _BY_WEEKDAY: _("First, second … last weekday"),
            },
        )
        self._number = SpinBox(_("Day of the month"), 1, 31)
        self._nth = ComboBox(
            _("Which of them"),
            {
                "1": _("first"),
                "2": _("second"),
                "3": _("third"),
                "4": _("fourth"),
                "5": _("fifth"),
                str(LAST): _("last"),
            },
        )
        self._weekday = ComboBox(
            _("Day of the week"), {code: long_weekday(code) for code in WEEKDAYS}
        )
        in_a_row(self, self._way, self._number, self._nth, self._weekday)
        for combo in (self._way, self._nth, self._weekday):
            combo.currentIndexChanged.connect(self._on_changed)
        self._number.valueChanged.connect(self._on_changed)
        self._on_changed()

    def pattern(self, every: int) -> Pattern:
        """Return the day as a pattern of each `every`-th month."""
        if self._way.value() == _BY_WEEKDAY:
            nth = int(self._nth.value())
            return Pattern("monthly", every, (self._weekday.value(),), nth=nth)
        day = LAST if self._way.value() == _LAST_DAY else self._number.value()
        return Pattern("monthly", every, day=day)

    def show_pattern(self, pattern: Pattern) -> None:
        """Show the day of a monthly pattern."""
        if pattern.nth:
            self._way.set_value(_BY_WEEKDAY)
            self._nth.set_value(str(pattern.nth))
            self._weekday.set_value(pattern.weekdays[0])
        elif pattern.day == LAST:
            self._way.set_value(_LAST_DAY)
        else:
            self._way.set_value(_BY_NUMBER)
            self._number.setValue(pattern.day)

    def _on_changed(self) -> None:
        way = self._way.value()
        self._number.setVisible(way == _BY_NUMBER)
        self._nth.setVisible(way == _BY_WEEKDAY)
        self._weekday.setVisible(way == _BY_WEEKDAY)
        self.edited.emit()
