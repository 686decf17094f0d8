"""How the controls of one field stand beside each other."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskcron.gui.theme.spacing import GAP


def in_a_row(field: QWidget, *controls: QWidget, gap: int = GAP) -> None:
    """Put controls into a field, from the left; the first is given the keyboard."""
    row = QHBoxLayout(field)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for control in controls:
        row.addWidget(control)
    row.addStretch(1)
    field.setFocusProxy(controls[0])
