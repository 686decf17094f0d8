"""Several things of which any may be chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from deskcron.gui.theme.flow import FlowLayout
from deskcron.gui.theme.spacing import GAP_L


class ChecksField(QWidget):
    """A switch for each, in as many lines as needed."""

    edited = Signal()

    def __init__(self, name: str, choices: Mapping[str, str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = FlowLayout(GAP_L, self)
        self._switches = {value: QCheckBox(words) for value, words in choices.items()}
        for switch in self._switches.values():
            row.addWidget(switch)
            switch.toggled.connect(self.edited)
        self.setFocusProxy(next(iter(self._switches.values())))

    def chosen(self) -> list[str]:
        """Return what is chosen, in the order that is offered."""
        return [value for value, switch in self._switches.items() if switch.isChecked()]

    def choose(self, values: Collection[str]) -> None:
        """Choose exactly these."""
        for value, switch in self._switches.items():
            switch.setChecked(value in values)
