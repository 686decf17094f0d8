"""The machine as the process sees it that is the engine, or would be one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskcron.domain.machine import Machine
    from deskcron.system.bus import BusThread

# Imports inside functions: each command pays only for the parts it uses.
# ruff: noqa: PLC0415


class SeenMachine:
    """Give the Machine, with connections of its own once it is asked. Thread: any.

    `session` returns the environment of the engine's session, the same one as long as it is the
    same engine.
    """

    def __init__(self, session: Callable[[], Mapping[str, str]]) -> None:
        self._session = session
        self._guard = Lock()
        self._made: tuple[Mapping[str, str], BusThread, Machine] | None = None

    def get(self) -> Machine:
        """Return it."""
        from deskcron.system.bus import BusThread
        from deskcron.system.machine import machine_for
        from deskcron.system.processes import processes_for

        session = self._session()
        with self._guard:
            if self._made is None or self._made[0] is not session:
                self._close()
                bus = BusThread(session)
                machine = machine_for(session, processes_for(sys.platform, session), bus)
                self._made = session, bus, machine
            return self._made[2]

    def close(self) -> None:
        """End the connections; safe to call twice."""
        with self._guard:
            self._close()

    def _close(self) -> None:
        if self._made is not None:
            self._made[1].close()
        self._made = None
