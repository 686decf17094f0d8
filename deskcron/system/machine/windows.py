"""Answers about a Windows machine, by its own libraries."""

from __future__ import annotations

import ctypes
from typing import Any

from deskcron.domain.ports import Processes
from deskcron.system.machine.portable import PortableMachine

_BUSY, _FULL_SCREEN_GAME, _PRESENTATION = 2, 3, 4
_WRAP = 1 << 32


class LastInput(ctypes.Structure):
    """LASTINPUTINFO: its own size, and the tick of the last touch."""

    _fields_ = (("size", ctypes.c_uint32), ("tick_ms", ctypes.c_uint32))


class WindowsMachine(PortableMachine):
    """The Machine of Windows; its libraries have no types. Thread: any."""

    def __init__(
        self, processes: Processes, user32: Any, kernel32: Any, shell32: Any, wininet: Any
    ) -> None:
        super().__init__(processes)
        self._user32 = user32
        self._kernel32 = kernel32
        self._shell32 = shell32
        self._wininet = wininet

    def is_online(self) -> bool | None:
        """Tell whether there is a connection, as the system sees it."""
        return bool(self._wininet.InternetGetConnectedState(ctypes.byref(ctypes.c_uint32()), 0))

    def idle_s(self) -> float | None:
        """Return for how long there was no touch in this session; ticks begin anew at 2**32."""
        last = LastInput(ctypes.sizeof(LastInput), 0)
        if not self._user32.GetLastInputInfo(ctypes.byref(last)):
            return None
        return float((self._kernel32.GetTickCount() - last.tick_ms) % _WRAP) / 1000

    def is_presenting(self) -> bool | None:
        """Tell whether a window fills the screen or presentation mode is on."""
        state = ctypes.c_int()
        if self._shell32.SHQueryUserNotificationState(ctypes.byref(state)) != 0:
            return None
        return state.value in {_BUSY, _FULL_SCREEN_GAME, _PRESENTATION}


def libraries() -> tuple[Any, Any, Any, Any]:
    """Load what WindowsMachine asks."""
    load: Any = ctypes.WinDLL  # type: ignore[attr-defined,unused-ignore] # on Windows only
    user32, kernel32, shell32, wininet = map(load, ("user32", "kernel32", "shell32", "wininet"))
    return user32, kernel32, shell32, wininet
