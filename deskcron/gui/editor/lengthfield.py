"""A field for a length of time: a number and its unit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.calm import Combo, Number
from deskcron.gui.theme.spacing import GAP

SECOND, MINUTE, HOUR, DAY = 1, 60, 3600, 86_400
LONGEST_S = 10 * 366 * DAY


class LengthField(QWidget):
    """Whole seconds, shown in the largest of the units that holds them evenly."""

    edited = Signal()

    def __init__(self, name: str, units: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = {
            SECOND: _("seconds"),
            MINUTE: _("minutes"),
            HOUR: _("hours"),
            DAY: _("days"),
        }
        self._units = sorted(units)
        self._number = Number(_("{name}: number").format(name=name), 0, LONGEST_S)
        self._unit = Combo(
            _("{name}: unit").format(name=name), {str(unit): words[unit] for unit in self._units}
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._number)
        row.addWidget(self._unit)
        row.addStretch(1)
        self.setFocusProxy(self._number)
        self._number.valueChanged.connect(self.edited)
        self._unit.currentIndexChanged.connect(self.edited)

    def seconds(self) -> int:
        """Return the length."""
        return self._number.value() * int(self._unit.value())

    def set_seconds(self, seconds: int) -> None:
        """Show a length."""
        unit = max((unit for unit in self._units if seconds % unit == 0), default=self._units[0])
        self._unit.set_value(str(unit if seconds else self._units[-1]))
        self._number.setValue(seconds // int(self._unit.value()))
