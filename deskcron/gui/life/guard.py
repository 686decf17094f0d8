"""Say in words why there can be no window, before Qt ends the process instead."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module

from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _

_PARTS = ("QtWidgets", "QtNetwork", "QtSvg")
_FIRST_FOR_312 = (6, 12)
"""From here on PySide6 counts on Python 3.12: older ones are aborted after some thousand calls."""
_PACKAGES = (
    "libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libgssapi-krb5-2 "
    "libbrotli1 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
)


class NoWindow(BadInput):
    """There can be no window here, and it says why."""


def require_qt() -> None:
    """Raise NoWindow where Qt is missing, incomplete, or not made for this Python."""
    try:
        version = import_module("PySide6").__version_info__
        require_match(sys.version_info[:2], version[:2])
        for part in _PARTS:
            import_module(f"PySide6.{part}")
    except ImportError as error:
        raise no_window(
            str(error), _("On Debian and Ubuntu: sudo apt install {packages}.")
        ) from error


def require_match(python: tuple[int, int], pyside: tuple[int, int]) -> None:
    """Raise NoWindow for a PySide6 that would abort this Python."""
    if pyside >= _FIRST_FOR_312 and python < (3, 12):
        raise no_window(
            _("PySide6 {pyside} needs Python 3.12 or newer").format(
                pyside=".".join(map(str, pyside))
            ),
            _("Install another one: pip install 'PySide6-Essentials<6.12'."),
        )


def require_display(environ: Mapping[str, str], platform: str) -> None:
    """Raise NoWindow where nothing says that there is a screen."""
    told = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET")
    if platform not in {"win32", "darwin"} and not any(environ.get(name) for name in told):
        raise no_window(_("there is no display"), "")


def no_window(reason: str, remedy: str) -> NoWindow:
    """Return the error, with what can be done without a window."""
    without = _(
        "Without a window: 'deskcron daemon' runs the jobs, 'deskcron --help' lists the commands."
    )
    return NoWindow(
        title=_("deskcron cannot open its window"),
        detail=reason,
        hint=f"{remedy.format(packages=_PACKAGES)} {without}".strip(),
    )
