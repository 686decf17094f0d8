"""What the panel that holds the icon looks like, as far as that can be known."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

_DARK_PANELS = frozenset({"GNOME", "UNITY", "PANTHEON", "CINNAMON", "BUDGIE"})
"""Desktops whose panel is dark, whatever their windows are."""
_ON_DARK = QColor("#f2f4f7")
_ON_LIGHT = QColor("#2b323d")
_ON_EITHER = QColor("#808894")


def panel_ink(environ: Mapping[str, str], scheme: Qt.ColorScheme) -> QColor:
    """Return a colour that can be seen on the panel, on either kind where that is not known."""
    desktops = set(environ.get("XDG_CURRENT_DESKTOP", "").upper().split(":"))
    if desktops & _DARK_PANELS or scheme is Qt.ColorScheme.Dark:
        return _ON_DARK
    return _ON_LIGHT if scheme is Qt.ColorScheme.Light else _ON_EITHER
