"""Make fields begin their text where all others do."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

from deskcron.gui.theme.spacing import GAP


def inset(box: QAbstractSpinBox) -> None:
    """Move the text off the edge; style sheets cannot do that for boxes with arrows."""
    line = box.findChild(QLineEdit)
    if isinstance(line, QLineEdit):
        line.setTextMargins(GAP - 2, 0, 0, 0)
