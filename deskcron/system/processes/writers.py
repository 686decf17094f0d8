"""Find the process that writes to a file, by the open files that /proc lists."""

from __future__ import annotations

import os
from pathlib import Path

import psutil

from deskcron.domain.ports import ProcessIdentity
from deskcron.system.processes.machine import row_of


def session_leader_writing(file: Path, boot_id: str) -> ProcessIdentity | None:
    """Return the oldest session leader, other than ourselves, that has `file` open for writing.

    None where none has, or where the system does not tell (only Linux does).
    """
    try:
        wanted = file.stat()
    except OSError:
        return None
    leaders = []
    for pid in psutil.pids():
        row = row_of(pid)
        if row is None or row.session != pid or pid == os.getpid():
            continue
        if _writes_to(pid, wanted):
            leaders.append(ProcessIdentity(pid, row.ticks, boot_id))
    return min(leaders, key=lambda leader: leader.start_ticks, default=None)


def _writes_to(pid: int, wanted: os.stat_result) -> bool:
    try:
        descriptors = os.listdir(f"/proc/{pid}/fd")  # noqa: PTH208
    except OSError:
        return False
    for fd in descriptors:
        try:
            if os.path.samestat(os.stat(f"/proc/{pid}/fd/{fd}"), wanted) and _is_writing(pid, fd):  # noqa: PTH116
                return True
        except OSError:
            continue
    return False


def _is_writing(pid: int, fd: str) -> bool:
    with open(f"/proc/{pid}/fdinfo/{fd}", encoding="ascii") as file:  # noqa: PTH123
        for line in file:
            if line.startswith("flags:"):
                return int(line.split()[1], 8) & os.O_ACCMODE != os.O_RDONLY
    return False
