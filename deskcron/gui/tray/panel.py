"""What the panel that holds the icon looks like, as far as that can be known."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

_DARK_PANELS = frozenset({"GNOME", "UNITY", "PANTHEON", "X-CINNAMON", "BUDGIE"})
"""Desktops whose panel is dark, whatever their windows are."""
_OWN_PANELS = frozenset({"XFCE", "LXQT", "LXDE", "MATE"})
"""Desktops whose panel may well be dark where their windows are light."""
_ON_DARK = QColor("#f2f4f7")
_ON_LIGHT = QColor("#2b323d")
_ON_EITHER = QColor("#808894")


def panel_ink(environ: Mapping[str, str], scheme: Qt.ColorScheme) -> QColor:
    """Return a colour that can be seen on the panel, on either kind where that is not known."""
    desktops = set(environ.get("XDG_CURRENT_DESKTOP", "").upper().split(":"))
    if desktops & _DARK_PANELS or scheme is Qt.ColorScheme.Dark:
        return _ON_DARK
    is_light = scheme is Qt.ColorScheme.Light and not desktops & _OWN_PANELS
    return _ON_LIGHT if is_light else _ON_EITHER
