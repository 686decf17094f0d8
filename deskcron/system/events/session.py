"""Tell of logins: the person's sessions at this machine, by logind or by the environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskcron.domain.happening import EventKind, Happening
from deskcron.system.bus import Bus, BusThread, Call
from deskcron.system.processes.machine import boot_id

SERVICE = "org.freedesktop.login1"
OBJECT = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
_SESSION = "org.freedesktop.login1.Session"
_LIST = Call(Bus.SYSTEM, SERVICE, OBJECT, MANAGER, "ListSessions")


class Sessions:
    """A Look at where a person is logged in, as themselves and at this machine.

    Where logind does not answer, the session is the one this process belongs to, if any. Without
    a `bus` (Windows, macOS) there is one session for each boot.
    """

    def __init__(self, environment: Mapping[str, str], bus: BusThread | None, user_id: int) -> None:
        self._environment = environment
        self._bus = bus
        self._user_id = user_id
        self._boot_id = boot_id()
        self._told: set[str] = set()

    def look(self) -> Iterator[Happening]:
        """Yield a login for each session that has not been told yet."""
        for session in self._present():
            if session not in self._told:
                self._told.add(session)
                yield Happening(EventKind.LOGIN, {"session": f"{self._boot_id}/{session}"})

    def _present(self) -> Iterator[str]:
        listed = None if self._bus is None else self._bus.ask(_LIST)
        if self._bus is None or listed is None:
            if (name := self._named_by_environment()) is not None:
                yield name
            return
        for name, user_id, _user, _seat, path in listed[0]:
            if user_id == self._user_id and (name in self._told or _is_login(self._bus, path)):
                yield name

    def _named_by_environment(self) -> str | None:
        if self._bus is None:
            return ""
        names = ("XDG_SESSION_ID", "WAYLAND_DISPLAY", "DISPLAY")
        return next((self._environment[name] for name in names if name in self._environment), None)


def _is_login(bus: BusThread, path: str) -> bool:
    """Tell whether a person sits there, and not a greeter, a service or somebody far away."""
    kind = bus.read(Bus.SYSTEM, SERVICE, path, _SESSION, "Class")
    is_remote = bus.read(Bus.SYSTEM, SERVICE, path, _SESSION, "Remote")
    return str(kind).startswith("user") and not is_remote
