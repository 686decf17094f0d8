"""Answers about a Mac, by its own frameworks."""

from __future__ import annotations

import ctypes
from typing import Any

from deskcron.domain.ports import Processes
from deskcron.system.machine.portable import PortableMachine

_FRAMEWORK = "/System/Library/Frameworks/{0}.framework/{0}"
_SESSION_STATE, _ANY_INPUT = 0, 0xFFFFFFFF
_REACHABLE, _NEEDS_CONNECTION = 0x2, 0x4


class MacMachine(PortableMachine):
    """The Machine of macOS; its frameworks have no types. Thread: any."""

    def __init__(self, processes: Processes, services: Any, configuration: Any) -> None:
        super().__init__(processes)
        self._services = services
        self._configuration = configuration

    def is_online(self) -> bool | None:
        """Tell whether there is a way to other networks."""
        anywhere = (ctypes.c_ubyte * 16)(16, 2)  # a sockaddr_in: its size, IPv4, address 0.0.0.0
        flags = ctypes.c_uint32()
        target = self._configuration.SCNetworkReachabilityCreateWithAddress(
            None, ctypes.byref(anywhere)
        )
        if not target:
            return None
        is_known = self._configuration.SCNetworkReachabilityGetFlags(target, ctypes.byref(flags))
        self._configuration.CFRelease(target)
        if not is_known:
            return None
        return flags.value & (_REACHABLE | _NEEDS_CONNECTION) == _REACHABLE

    def idle_s(self) -> float | None:
        """Return for how long there was no touch in this session."""
        ask = self._services.CGEventSourceSecondsSinceLastEventType
        return float(ask(_SESSION_STATE, _ANY_INPUT))


def frameworks() -> tuple[Any, Any]:
    """Load what MacMachine asks, with the types of what it passes."""
    services: Any = ctypes.CDLL(_FRAMEWORK.format("ApplicationServices"))
    idle = services.CGEventSourceSecondsSinceLastEventType
    idle.argtypes, idle.restype = [ctypes.c_int32, ctypes.c_uint32], ctypes.c_double
    configuration: Any = ctypes.CDLL(_FRAMEWORK.format("SystemConfiguration"))
    create = configuration.SCNetworkReachabilityCreateWithAddress
    create.argtypes, create.restype = [ctypes.c_void_p, ctypes.c_void_p], ctypes.c_void_p
    flags = configuration.SCNetworkReachabilityGetFlags
    flags.argtypes, flags.restype = [ctypes.c_void_p, ctypes.c_void_p], ctypes.c_ubyte
    configuration.CFRelease.argtypes = [ctypes.c_void_p]
    return services, configuration
