"""Answers about the machine that are found the same way on every system."""

from __future__ import annotations

import os
import sys
from threading import Lock

import psutil

from deskcron.domain.action import Place, ProcessLaunch, StartFailed
from deskcron.domain.ports import Exit, Process, Processes
from deskcron.domain.reason import Why
from deskcron.system.bounded import BoundedQuestions
from deskcron.system.machine import places
from deskcron.system.machine.running import is_running

PLACE_S = 5.0
"""A disk that has to spin up, or a server far away, may take a moment."""
_UNKNOWN_EXIT = 255


class PortableMachine:
    """The Machine of a system that nothing special is known about. Thread: any."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes
        self._places = BoundedQuestions(PLACE_S)
        self._checks: list[Process] = []
        self._guard = Lock()

    def on_mains(self) -> bool | None:
        """Tell whether it draws power from a socket; without a battery it does."""
        battery = psutil.sensors_battery()
        return True if battery is None else battery.power_plugged

    def battery_percent(self) -> float | None:
        """Return how full the battery is, None without one."""
        battery = psutil.sensors_battery()
        return None if battery is None else float(battery.percent)

    def is_online(self) -> bool | None:
        """Return None: not known here."""
        return None

    def idle_s(self) -> float | None:
        """Return None: not known here."""
        return None

    def load(self) -> float | None:
        """Return the load average of the last minute, divided by the number of processors."""
        try:
            return psutil.getloadavg()[0] / (psutil.cpu_count() or 1)
        except OSError:
            return None

    def is_present(self, path: str) -> bool:
        """Tell whether there is something at a path that answers within PLACE_S."""
        return bool(self._places.ask(f"present {path}", lambda: places.is_present(path)))

    def free_bytes(self, path: str) -> int | None:
        """Return how much may still be written to the disk of a path that answers."""
        return self._places.ask(f"free {path}", lambda: places.free_bytes(path))

    def is_running(self, name: str) -> bool:
        """Tell whether a process runs: by the name of its program, or by the path of it."""
        return is_running(name)

    def is_presenting(self) -> bool | None:
        """Return None: not known here."""
        return None

    def check(self, command: str, timeout_s: float, place: Place) -> int | Why | None:
        """Run a shell line to its end or to the end of the time; its output is not kept."""
        output = os.open(os.devnull, os.O_WRONLY)
        try:
            process = self._processes.start(_shell(command, place), output)
        except StartFailed as failure:
            return failure.why
        finally:
            os.close(output)
        with self._guard:
            self._checks.append(process)
        try:
            end = process.wait(timeout_s)
            if end is None:
                process.kill()
                process.wait(PLACE_S)
            return None if end is None else _code(end)
        finally:
            with self._guard:
                self._checks.remove(process)
            process.close()

    def end_checks(self) -> None:
        """Kill the checks that run now."""
        with self._guard:
            for process in self._checks:
                process.kill()


def _shell(command: str, place: Place) -> ProcessLaunch:
    argv = ("cmd", "/d", "/c", command) if sys.platform == "win32" else ("/bin/sh", "-c", command)
    directory, environment, base = place
    return ProcessLaunch(argv, directory, environment, base=base, masks_itself=True)


def _code(end: Exit) -> int:
    if end.code is not None:
        return end.code
    return -end.signal if end.signal is not None else _UNKNOWN_EXIT
