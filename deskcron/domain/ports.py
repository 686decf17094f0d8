"""What the engine asks of the machine; the adapters live in system/ and notify/."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from deskcron.domain.action import ProcessLaunch
from deskcron.domain.banner import Notification, Press


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """Return the wall clock as aware UTC."""

    def monotonic(self) -> float:
        """Return seconds of a clock that is never set."""

    def asleep_s(self) -> float | None:
        """Return for how long the machine has been asleep since it started, None if not known."""


class Zones(Protocol):
    """What the machine says about time zones."""

    def local_zone(self) -> str:
        """Return the IANA name of the computer's zone, read anew; "UTC" where unknown."""

    def fault(self) -> str:
        """Say in words why the computer's zone is not known, "" where it is."""

    def rules_version(self) -> str:
        """Return what changes when zone rules change: the version of the tz database."""

    def renew(self) -> None:
        """Let zones go by the present rules from now on, where others were read before."""


class ProcessIdentity(NamedTuple):
    """Tell a process from every other one this machine has had.

    `start_ticks` is the kernel's start time of the process, `boot_id` names the boot.
    """

    pid: int
    start_ticks: int
    boot_id: str


class Exit(NamedTuple):
    """How a process ended: by code, by signal, or unknown (both None)."""

    code: int | None = None
    signal: int | None = None


class Process(Protocol):
    """A started or adopted process and its whole tree. Thread: any, one at a time."""

    @property
    def identity(self) -> ProcessIdentity:
        """Return what is stored to find the process again."""

    def fileno(self) -> int:
        """Return a descriptor that becomes readable when the process has ended; -1 without."""

    def wait(self, timeout_s: float | None) -> Exit | None:
        """Wait for the direct child and return how it ended, None when the time is over.

        An adopted process ends with an unknown exit.
        """

    def terminate(self) -> None:
        """Ask the whole tree to end (TERM), escaped sessions included."""

    def kill(self) -> None:
        """End the whole tree by force (KILL), including what terminate() has seen."""

    def has_leftovers(self) -> bool:
        """Tell, after the end, whether processes of its group are still there."""

    def close(self) -> None:
        """Give back descriptors; safe to call twice."""


class Processes(Protocol):
    """Start programs and find them again after a restart."""

    def start(self, launch: ProcessLaunch, output_fd: int, error_fd: int | None = None) -> Process:
        """Start a program in a session of its own, output to `output_fd`, stdin closed.

        Errors go there, too, or to `error_fd`.

        Raises StartFailed with its own reason for a missing program or directory, one that is
        not executable, and one that is no program.
        """

    def recorded(self, launch: ProcessLaunch, record: Path) -> ProcessLaunch:
        """Wrap a launch so that its start and exit code are written to `record`.

        For jobs that ask for exact evidence; returns the launch unchanged where the system
        has no POSIX shell.
        """

    def adopt(self, identity: ProcessIdentity) -> Process | None:
        """Return the process if it still runs on this boot, else None."""

    def holder_of(self, log: Path) -> ProcessIdentity | None:
        """Find the session leader that writes to `log`, None where none does."""

    def boot_id(self) -> str:
        """Name the present boot of the machine."""


class ExitRecord(NamedTuple):
    """What the wrapper of an exact job has written: that it started, and how it ended."""

    has_started: bool
    exit: Exit | None


class LogChunk(NamedTuple):
    """A piece of decoded output and the offset to go on from."""

    text: str
    next_offset: int


class RunLogs(Protocol):
    """The output files of attempts; a file's existence and lock are the start evidence."""

    def create(self, run_id: int, attempt: int) -> int:
        """Create the log (O_EXCL, 0600), lock it, and return its append descriptor.

        The lock lives as long as any process that inherited the descriptor.
        Raises FileExistsError when the attempt already has a log, OSError when it cannot be made.
        """

    def open_again(self, run_id: int, attempt: int) -> int:
        """Return another append descriptor of a log, with a position of its own from 0 on."""

    def path(self, run_id: int, attempt: int) -> Path:
        """Return where the log of an attempt is."""

    def exists(self, run_id: int, attempt: int) -> bool:
        """Tell whether an attempt has come as far as its log."""

    def is_held(self, run_id: int, attempt: int) -> bool:
        """Tell whether some process still holds the log's lock."""

    def record_path(self, run_id: int, attempt: int) -> Path:
        """Return where the wrapper of an exact job writes its record."""

    def read_record(self, run_id: int, attempt: int) -> ExitRecord:
        """Return what the wrapper has written so far."""

    def size_bytes(self, run_id: int, attempt: int) -> int:
        """Return the size of the log, 0 where there is none."""

    def free_bytes(self) -> int | None:
        """Return how much more output the disk takes, None where it does not tell."""

    def keep_newest(self, run_id: int, attempt: int, limit_bytes: int) -> int | None:
        """Cut the oldest part of a log that is written to, down to about half the limit.

        Returns the bytes dropped, or None where the file system cannot do it.
        """

    def keep_environment(self, run_id: int, attempt: int, environment: Mapping[str, str]) -> None:
        """Keep the environment an attempt is started with beside its log, masked; or OSError."""

    def environment(self, run_id: int, attempt: int) -> Mapping[str, str] | None:
        """Return the environment that was kept of an attempt, None where none was."""

    def drop_output(self, run_id: int, attempt: int) -> None:
        """Remove the log and record of an attempt alone; silent where there is none."""

    def discard(self, run_id: int, attempt: int) -> None:
        """Remove everything of an attempt; silent where there is nothing."""

    def read(self, run_id: int, attempt: int, offset: int, limit_bytes: int) -> LogChunk:
        """Return output from `offset` decoded; never fails on bytes that are not text."""

    def all_logs(self) -> Iterator[tuple[int, int, int]]:
        """Yield (run id, attempt, size in bytes) of every log, oldest run first."""


class EngineLock(Protocol):
    """The right to be the engine of a data directory; dies with its holder."""

    def acquire(self, role: str) -> bool:
        """Try to take the lock without waiting; `role` is told to others."""

    def release(self) -> None:
        """Give the lock back."""

    def beat(self, now: datetime) -> None:
        """Write the time of the last tick into the lock file."""

    def holder(self) -> LockHolder | None:
        """Say who holds the lock, None when it is free."""


class LockHolder(NamedTuple):
    """Who holds the engine lock, and when its first and last tick were."""

    pid: int
    role: str
    last_beat: datetime | None
    first_beat: datetime | None = None


class AutostartState(NamedTuple):
    """Whether deskcron starts at login, as the system itself has it.

    `starts` is the command in the system's spelling; `is_stale` when its program is gone;
    `remark` says in words what a person would not expect.
    """

    is_on: bool
    place: str
    starts: str = ""
    is_stale: bool = False
    remark: str = ""


class Autostart(Protocol):
    """Start deskcron at login. Thread: any, not the GUI's: systems may take their time."""

    def state(self) -> AutostartState:
        """Read from the system what is set there; raises RequestFailed."""

    def enable(self) -> None:
        """Have this very program started at login, also where it is set; raises RequestFailed."""

    def disable(self) -> None:
        """Have it started no longer, silent where it is not; raises RequestFailed."""


class WakeChannel(Protocol):
    """Nudge an engine in another process, or be nudged."""

    def nudge(self) -> bool:
        """Wake the engine; False when none listens."""

    def open(self) -> None:
        """Begin to listen (engine side)."""

    def wait(self, timeout_s: float) -> bool:
        """Wait for a nudge, True when one came before the time was over."""

    def close(self) -> None:
        """Stop listening."""


class Bundles(Protocol):
    """Write several job documents as one file, and read them back."""

    def dump(self, documents: Sequence[Mapping[str, Any]]) -> bytes:
        """Return the file's bytes, in a stable order."""

    def load(self, data: bytes) -> Sequence[dict[str, Any]]:
        """Return the documents of a file; raises BadInput in words."""


class Notifier(Protocol):
    """Show banners. Never raises; answers whether the banner was handed over."""

    @property
    def name(self) -> str:
        """Name the back end, as preferences do."""

    @property
    def label(self) -> str:
        """Name the back end for a person."""

    def listen(self, pressed: Callable[[Press], None]) -> None:
        """Report what is pressed on banners from now on.

        `pressed` returns at once. It is called on a thread of the back end's own.
        """

    def is_available(self) -> bool:
        """Tell at once whether this process has a session to show banners in. Thread: any."""

    def obstacle(self) -> str:
        """Say in words what keeps banners from being shown now, "" for nothing.

        Thread: any, not the GUI's: it asks the session and may take seconds.
        """

    def notify(self, notification: Notification) -> bool:
        """Show a banner. Thread: the notification thread only; may block for seconds."""

    def withdraw(self, key: str) -> None:
        """Take a banner away where it still is. Thread: the notification thread only."""

    def close(self) -> None:
        """End what the back end has started."""
