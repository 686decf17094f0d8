"""Say how to reach the person's session: by this process, or by the last window's."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

_SOCKETS_OF_X = Path("/tmp/.X11-unix")  # noqa: S108 - where X servers have them
_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY")
_WITH_DISPLAY = (
    *_DISPLAY,
    *("XAUTHORITY", "XDG_CURRENT_DESKTOP", "XDG_SESSION_DESKTOP", "DESKTOP_SESSION"),
    *("XDG_SESSION_TYPE", "XDG_SESSION_ID", "XDG_SESSION_CLASS", "XDG_SEAT", "XDG_VTNR"),
    *("GNOME_SETUP_DISPLAY", "KDE_FULL_SESSION", "KDE_SESSION_VERSION", "I3SOCK", "SWAYSOCK"),
)
_BY_THEMSELVES = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK")
SESSION_NAMES = frozenset((*_WITH_DISPLAY, *_BY_THEMSELVES))


class Session(Mapping[str, str]):
    """An environment whose session variables follow the person's last session. Thread: any.

    Those of this process come first. Where they lead nowhere, the last session's are taken, as
    far as the sockets they name are there. It is looked at whenever one is asked for.
    """

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own
        self._last: Mapping[str, str] = {}

    def meet(self, last: Mapping[str, str]) -> None:
        """Take the variables of the session in which a window last was."""
        self._last = dict(last)

    def now(self) -> dict[str, str]:
        """Return the whole environment as it is now."""
        needed = {name: self._of_session(name) for name in self._last if name in SESSION_NAMES}
        return {**self._own, **{name: value for name, value in needed.items() if value is not None}}

    def __getitem__(self, name: str) -> str:
        return self.now()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.now())

    def __len__(self) -> int:
        return len(self.now())

    def _of_session(self, name: str) -> str | None:
        """Return a variable of the last session where it is needed and holds."""
        last = self._last
        if name in _BY_THEMSELVES:
            is_needed = not _leads_on(name, self._own)
            return last[name] if is_needed and _leads_on(name, last) else None
        is_needed = not any(_leads_on(one, self._own) for one in _DISPLAY)
        holds = any(_leads_on(one, last) for one in _DISPLAY)
        own_place = name in {*_DISPLAY, "XAUTHORITY"}
        return (
            last[name] if is_needed and holds and (not own_place or _leads_on(name, last)) else None
        )


def snapshot(environment: Mapping[str, str]) -> dict[str, str]:
    """Copy an environment that may change meanwhile."""
    return environment.now() if isinstance(environment, Session) else dict(environment)


def session_of(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what of an environment says how to reach its session; nothing of a remote one."""
    if not any(_leads_on(one, environment) for one in _DISPLAY):
        return {}
    return {name: environment[name] for name in SESSION_NAMES if environment.get(name)}


def _leads_on(name: str, environment: Mapping[str, str]) -> bool:
    """Tell whether what a variable names is there."""
    value = environment.get(name, "")
    if not value:
        return False
    if name == "DISPLAY":
        return _is_screen(value)
    if name == "WAYLAND_DISPLAY":
        return os.path.exists(os.path.join(environment.get("XDG_RUNTIME_DIR", "/"), value))  # noqa: PTH110, PTH118
    if name == "DBUS_SESSION_BUS_ADDRESS":
        return any(_is_bus(address) for address in value.split(";"))
    return os.path.exists(value)  # noqa: PTH110


def _is_screen(display: str) -> bool:
    """Tell whether an X server of this machine is there; of others nothing is known."""
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    is_here = bool(colon) and host in {"", "unix"} and number.isdecimal()
    return is_here and (_SOCKETS_OF_X / f"X{number}").exists()


def _is_bus(address: str) -> bool:
    transport, _colon, rest = address.partition(":")
    pairs = dict(pair.partition("=")[::2] for pair in rest.split(","))
    return transport == "unix" and bool(pairs.get("path")) and Path(pairs["path"]).exists()
