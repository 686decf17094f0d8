"""Buttons that come with what every button needs: an icon, a name, a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.spacing import ICON


def button(text: str, name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a button with words and, where named, an icon before them."""
    control = QPushButton(text, parent)
    if name:
        control.setIcon(icon(name))
    return control


def icon_button(name: str, text: str, parent: QWidget | None = None) -> QToolButton:
    """Return a button that is only an icon; `text` is its name and tooltip."""
    control = QToolButton(parent)
    control.setIcon(icon(name))
    control.setIconSize(QSize(ICON, ICON))
    control.setAccessibleName(text)
    control.setToolTip(tip(text))
    return control
