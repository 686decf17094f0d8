"""A field for a length of time: a number and its unit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.theme.inputs import ComboBox, SpinBox
from deskcron.gui.theme.rows import in_a_row

SECOND, MINUTE, HOUR, DAY = 1, 60, 3600, 86_400
LONGEST_S = 10 * 366 * DAY


class LengthField(QWidget):
    """Whole seconds, shown in the largest of the units that holds them evenly."""

    edited = Signal()

    def __init__(self, name: str, units: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units = sorted(units)
        self._number = SpinBox(_("{name}: number").format(name=name), 0, LONGEST_S)
        self._unit = ComboBox(
            _("{name}: unit").format(name=name),
            {str(unit): _unit_words(unit, self._number.value()) for unit in self._units},
        )
        self._unit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        in_a_row(self, self._number, self._unit)
        self._number.valueChanged.connect(self._on_number)
        self._unit.currentIndexChanged.connect(self.edited)

    def seconds(self) -> int:
        """Return the length."""
        return self._number.value() * int(self._unit.value())

    def set_seconds(self, seconds: int) -> None:
        """Show a length."""
        unit = max((unit for unit in self._units if seconds % unit == 0), default=self._units[0])
        self._unit.set_value(str(unit if seconds else self._units[-1]))
        self._number.setValue(seconds // int(self._unit.value()))

    def _on_number(self, number: int) -> None:
        for index, unit in enumerate(self._units):
            self._unit.setItemText(index, _unit_words(unit, number))
        self.edited.emit()


def _unit_words(unit: int, number: int) -> str:
    """Return the unit as it is called beside a number of them."""
    return {
        SECOND: ngettext("second", "seconds", number),
        MINUTE: ngettext("minute", "minutes", number),
        HOUR: ngettext("hour", "hours", number),
        DAY: ngettext("day", "days", number),
    }[unit]
