"""Answers about a Linux machine: by kernel, D-Bus and X server, whoever knows."""

from __future__ import annotations

from collections.abc import Mapping

from deskcron.domain.ports import Processes
from deskcron.system.bounded import BoundedQuestions
from deskcron.system.bus import BusThread
from deskcron.system.machine import network, quiet, xserver
from deskcron.system.machine.idle import idle_by_desktop_s, idle_by_logind_s
from deskcron.system.machine.portable import PortableMachine
from deskcron.system.machine.power import power

SERVER_S = 3.0


class LinuxMachine(PortableMachine):
    """The Machine of Linux. Thread: any."""

    def __init__(
        self, environment: Mapping[str, str], processes: Processes, bus: BusThread
    ) -> None:
        super().__init__(processes)
        self._environment = environment
        self._bus = bus
        self._server = BoundedQuestions(SERVER_S)

    def on_mains(self) -> bool | None:
        """Tell whether it draws power from a socket; without a battery it does."""
        return power().on_mains

    def battery_percent(self) -> float | None:
        """Return how full the batteries are together, None without one."""
        return power().percent

    def is_online(self) -> bool | None:
        """Tell whether there is a way to other networks."""
        return network.is_online(self._bus)

    def idle_s(self) -> float | None:
        """Return for how long there was no touch.

        An X server under Wayland hears only a part of it and is not asked.
        """
        display = self._display()
        touched = self._server.ask("idle", lambda: xserver.idle_s(display)) if display else None
        if touched is None:
            touched = idle_by_desktop_s(self._bus)
        return idle_by_logind_s(self._bus) if touched is None else touched

    def is_presenting(self) -> bool | None:
        """Tell whether notifications are off or a window fills a screen.

        Wayland does not tell about windows: None there while notifications are on.
        """
        if quiet.is_quiet(self._bus, self._environment):
            return True
        display = self._display()
        if not display:
            return None
        return self._server.ask("windows", lambda: xserver.has_full_screen(display))

    def _display(self) -> str:
        """Return the X server of the session, "" where there is none or under Wayland."""
        is_wayland = (
            self._environment.get("WAYLAND_DISPLAY")
            or self._environment.get("XDG_SESSION_TYPE") == "wayland"
        )
        return "" if is_wayland else self._environment.get("DISPLAY", "")
