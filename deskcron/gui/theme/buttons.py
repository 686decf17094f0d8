"""Buttons that come with what every button needs: a name, a tooltip, the right icon colour."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import ICON


def button(text: str, name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a button with words and, where named, an icon before them."""
    control = QPushButton(text, parent)
    if name:
        control.setIcon(icon(name))
    return control


def primary_button(text: str, name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return the one button of a page or dialog that stands out."""
    control = QPushButton(text, parent)
    control.setProperty("primary", True)
    if name:
        control.setIcon(icon(name, Tone.ON_ACCENT))
    return control


def icon_button(name: str, text: str, parent: QWidget | None = None) -> QToolButton:
    """Return a button that is only an icon; `text` is its name and tooltip."""
    control = QToolButton(parent)
    control.setIcon(icon(name))
    control.setIconSize(QSize(ICON, ICON))
    control.setAccessibleName(text)
    control.setToolTip(tip(text))
    return control
