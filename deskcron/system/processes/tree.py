"""Find and signal everything that belongs to one started program."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import NamedTuple

from deskcron.system.processes.machine import (
    Row,
    all_rows,
    initial_environment,
    row_of,
    send_signal,
)

RUN_KEY = "DESKCRON_RUN_KEY"
"""The variable that marks a tree: a random value for each start, inherited by all descendants.

It finds those that left the session and whose parent ended; a program that wipes its environment
as well as its session and its parent is out of reach.
"""

_ROUNDS = 30


class Member(NamedTuple):
    """A process that belongs to the tree."""

    pid: int
    ticks: int


class ProcessTree:
    """A program's process, its session, its descendants, and whoever carries its key."""

    def __init__(self, pid: int, key: str) -> None:
        self._pid = pid
        self._marker = f"{RUN_KEY}={key}".encode() if key else b""
        self._seen: set[Member] = set()

    def terminate(self, *, is_group_ours: bool) -> None:
        """Ask all to end, the stopped ones too. The group is left out when its number is reused."""
        members = self._members(is_group_ours=is_group_ours)
        self._seen |= members
        for number in (signal.SIGTERM, signal.SIGCONT):
            self._signal(members, number, is_group_ours=is_group_ours)

    def kill(self, *, is_group_ours: bool) -> None:
        """End all by force, with those seen earlier, until no new one appears."""
        members = self._members(is_group_ours=is_group_ours) | self._seen
        killed: set[Member] = set()
        for _round in range(_ROUNDS):
            self._signal(members - killed, signal.SIGKILL, is_group_ours=is_group_ours)
            killed |= members
            self._seen |= members
            members = self._members(is_group_ours=is_group_ours)
            if members <= killed:
                return

    def has_group_members(self) -> bool:
        """Tell whether a process of the group is alive; zombies have ended."""
        try:
            os.killpg(self._pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return any(row.group == self._pid and not row.is_zombie for row in all_rows().values())

    def _signal(self, members: set[Member], number: signal.Signals, *, is_group_ours: bool) -> None:
        if is_group_ours:  # the kernel signals a group as a whole: no fork slips through
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._pid, number)
        for member in members:
            row = row_of(member.pid)
            if row is not None and not (is_group_ours and row.group == self._pid):
                send_signal(member.pid, member.ticks, number)

    def _members(self, *, is_group_ours: bool) -> set[Member]:
        rows = {pid: row for pid, row in all_rows().items() if not row.is_zombie}
        rows.pop(os.getpid(), None)
        found = {pid for pid, ticks in self._seen if pid in rows and rows[pid].ticks == ticks}
        for pid, row in rows.items():
            is_near = is_group_ours and self._pid in {pid, row.group, row.session}
            if is_near or (self._marker and self._marker in initial_environment(pid)):
                found.add(pid)
        _add_descendants(found, rows)
        return {Member(pid, rows[pid].ticks) for pid in found}


def _add_descendants(found: set[int], rows: dict[int, Row]) -> None:
    newest = found
    while newest:
        newest = {pid for pid, row in rows.items() if row.parent in newest} - found
        found |= newest
