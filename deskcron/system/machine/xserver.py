"""Ask an X server for the last touch, for windows that fill a screen, and for a place for icons."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from Xlib.display import Display

# Imports inside functions: the library takes 60 ms, which only those pay who ask.
# ruff: noqa: PLC0415

_log = logging.getLogger(__name__)

T = TypeVar("T")
_EVERY_DESKTOP = 0xFFFFFFFF


def idle_s(display: str) -> float | None:
    """Return for how long there was no touch, None where the server does not tell."""
    return _ask(display, _idle_s)


def has_full_screen(display: str) -> bool | None:
    """Tell whether a window that is to be seen fills a screen, None where there is no server."""
    return _ask(display, _has_full_screen)


def has_tray(display: str) -> bool | None:
    """Tell whether a panel takes in icons of programs, None where there is no server."""
    return _ask(display, _has_tray)


def _ask(display: str, question: Callable[[Display], T]) -> T | None:
    from Xlib import error
    from Xlib.display import Display

    try:
        connection = Display(display)
    except (error.DisplayError, OSError) as problem:
        _log.debug("No X server: %s", problem)
        return None
    try:
        return question(connection)
    except (error.XError, error.ConnectionClosedError, OSError) as problem:
        _log.debug("The X server does not answer: %s", problem)
        return None
    finally:
        _close(connection)


def _close(connection: Display) -> None:
    from Xlib import error

    try:
        connection.close()
    except (error.ConnectionClosedError, OSError) as problem:
        _log.debug("The X server has gone: %s", problem)


def _idle_s(connection: Display) -> float | None:
    if not connection.has_extension("MIT-SCREEN-SAVER"):
        return None
    info: Any = connection.screen().root.screensaver_query_info()  # the library has no types
    return float(info.idle) / 1000


def _has_full_screen(connection: Display) -> bool:
    from Xlib import X, error

    root = connection.screen().root
    atom = connection.intern_atom

    def values(window: Any, name: str) -> list[int]:  # the library has no types
        found = window.get_full_property(atom(name), X.AnyPropertyType)
        return [] if found is None else list(found.value)

    current = values(root, "_NET_CURRENT_DESKTOP") or [_EVERY_DESKTOP]
    full, hidden = atom("_NET_WM_STATE_FULLSCREEN"), atom("_NET_WM_STATE_HIDDEN")
    for number in values(root, "_NET_CLIENT_LIST"):
        window = connection.create_resource_object("window", number)
        try:
            states = values(window, "_NET_WM_STATE")
            desktop = values(window, "_NET_WM_DESKTOP") or [_EVERY_DESKTOP]
        except error.BadWindow:  # closed just now
            continue
        if full in states and hidden not in states and desktop[0] in {*current, _EVERY_DESKTOP}:
            return True
    return False


def _has_tray(connection: Display) -> bool:
    from Xlib import X

    tray = connection.intern_atom(f"_NET_SYSTEM_TRAY_S{connection.get_default_screen()}")
    return bool(connection.get_selection_owner(tray) != X.NONE)
