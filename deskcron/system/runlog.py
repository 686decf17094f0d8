"""Keep the output of attempts as plain files; a file and its lock are the start evidence."""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from deskcron.domain.ports import Exit, ExitRecord, LogChunk
from deskcron.system.collapse import collapse_front
from deskcron.system.keptenvironment import (
    EnvironmentFiles,
    discard_environment,
    kept_environment,
)
from deskcron.system.locking import is_held, try_lock

_RUNS_PER_DIRECTORY = 1000
_LONGEST_CHARACTER = 4
_LOG_NAME = re.compile(r"(\d+)-(\d+)\.log")
_NEW_LOG = (
    os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND
    | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
)  # fmt: skip
_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class FileRunLogs:
    """The RunLogs of a data directory: logs/<thousand>/<run>-<attempt>.log, and .env. Thread: any.

    Paths are text and calls are direct here: this is done for every start.
    """

    def __init__(self, directory: Path) -> None:
        self._root = os.fspath(directory)
        self._environments = EnvironmentFiles()

    def create(self, run_id: int, attempt: int) -> int:
        """Create the log (O_EXCL, 0600), lock it, and return its append descriptor.

        The lock lives as long as any process that inherited the descriptor.
        Raises FileExistsError when the attempt already has a log, OSError when it cannot be made.
        """
        name = self._name(run_id, attempt, "log")
        try:
            fd = os.open(name, _NEW_LOG, 0o600)
        except FileNotFoundError:  # the first of its thousand
            Path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fd = os.open(name, _NEW_LOG, 0o600)
        try:
            while not try_lock(fd):  # only a look by is_held() can be in the way, for an instant
                pass
        except BaseException:
            os.close(fd)
            os.unlink(name)  # noqa: PTH108
            raise
        return fd

    def open_again(self, run_id: int, attempt: int) -> int:
        """Return another append descriptor of a log, with a position of its own from 0 on."""
        return os.open(self._name(run_id, attempt, "log"), _NEW_LOG & ~(os.O_CREAT | os.O_EXCL))

    def path(self, run_id: int, attempt: int) -> Path:
        """Return where the log of an attempt is."""
        return Path(self._name(run_id, attempt, "log"))

    def exists(self, run_id: int, attempt: int) -> bool:
        """Tell whether an attempt has come as far as its log."""
        return os.path.lexists(self._name(run_id, attempt, "log"))

    def is_held(self, run_id: int, attempt: int) -> bool:
        """Tell whether some process still holds the log's lock."""
        return is_held(self._name(run_id, attempt, "log"))

    def record_path(self, run_id: int, attempt: int) -> Path:
        """Return where the wrapper of an exact job writes its record."""
        return Path(self._name(run_id, attempt, "exit"))

    def read_record(self, run_id: int, attempt: int) -> ExitRecord:
        """Return what the wrapper has written so far.

        A program that was ended by a signal has the code a shell gives it: 128 and the signal.
        """
        try:
            text = self.record_path(run_id, attempt).read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return ExitRecord(has_started=False, exit=None)
        lines = text.split("\n")[:-1]  # what has no line end is not written to its end
        ends = [line for line in lines if re.fullmatch(r"exit \d{1,3}", line)]
        return ExitRecord(
            has_started=any(line.startswith("started ") for line in lines),
            exit=Exit(code=int(ends[-1].removeprefix("exit "))) if ends else None,
        )

    def size_bytes(self, run_id: int, attempt: int) -> int:
        """Return the size of the log, 0 where there is none."""
        try:
            return os.stat(self._name(run_id, attempt, "log")).st_size  # noqa: PTH116
        except FileNotFoundError:
            return 0

    def free_bytes(self) -> int | None:
        """Return how much more output the disk takes, None where it does not tell."""
        try:
            return shutil.disk_usage(self._root).free
        except OSError:
            return None

    def keep_newest(self, run_id: int, attempt: int, limit_bytes: int) -> int | None:
        """Cut the oldest part of a log that is written to, down to about half the limit.

        Returns the bytes dropped, whole blocks of the file system, or None where it cannot do it.
        A log within the limit stays as it is.
        """
        size = self.size_bytes(run_id, attempt)
        if size <= limit_bytes:
            return 0
        return collapse_front(self._name(run_id, attempt, "log"), size - max(1, limit_bytes // 2))

    def keep_environment(self, run_id: int, attempt: int, environment: Mapping[str, str]) -> None:
        """Keep the environment an attempt is started with beside its log, masked; or OSError."""
        self._environments.keep(self._name(run_id, attempt, "env"), environment)

    def environment(self, run_id: int, attempt: int) -> Mapping[str, str] | None:
        """Return the environment that was kept of an attempt, None where none was."""
        return kept_environment(self._name(run_id, attempt, "env"))

    def drop_output(self, run_id: int, attempt: int) -> None:
        """Remove the log and record of an attempt alone; silent where there is none."""
        for suffix in ("log", "exit"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._name(run_id, attempt, suffix))  # noqa: PTH108

    def discard(self, run_id: int, attempt: int) -> None:
        """Remove everything of an attempt; silent where there is nothing."""
        self.drop_output(run_id, attempt)
        discard_environment(self._name(run_id, attempt, "env"))

    def read(self, run_id: int, attempt: int, offset: int, limit_bytes: int) -> LogChunk:
        """Return output from `offset` decoded; never fails on bytes that are not text.

        A character whose last bytes are not written yet is left for the next call, until no
        process holds the log any more. An offset behind the end comes back as the end: the log
        was cut by keep_newest(), begin anew.
        """
        try:
            fd = os.open(self._name(run_id, attempt, "log"), _READ)
        except FileNotFoundError:
            return LogChunk("", 0)
        try:
            size = os.fstat(fd).st_size
            if offset >= size:
                return LogChunk("", size)
            os.lseek(fd, offset, os.SEEK_SET)
            data = os.read(fd, max(limit_bytes, _LONGEST_CHARACTER))
        finally:
            os.close(fd)
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        text = decoder.decode(data)
        pending = len(decoder.getstate()[0])
        is_end = offset + len(data) >= size
        if pending and is_end and not self.is_held(run_id, attempt):
            text += decoder.decode(b"", final=True)
            pending = 0
        return LogChunk(text, offset + len(data) - pending)

    def all_logs(self) -> Iterator[tuple[int, int, int]]:
        """Yield (run id, attempt, size in bytes) of every log, oldest run first.

        What does not look like a log is passed over, and so is what goes away meanwhile.
        """
        for directory in _numbered_directories(self._root):
            found = []
            with contextlib.suppress(FileNotFoundError), os.scandir(directory) as entries:
                for entry in entries:
                    match = _LOG_NAME.fullmatch(entry.name)
                    if match:
                        with contextlib.suppress(FileNotFoundError):
                            size = entry.stat(follow_symlinks=False).st_size
                            found.append((int(match[1]), int(match[2]), size))
            yield from sorted(found)

    def _name(self, run_id: int, attempt: int, suffix: str) -> str:
        return f"{self._root}/{run_id // _RUNS_PER_DIRECTORY:06d}/{run_id}-{attempt}.{suffix}"


def _numbered_directories(root: str) -> list[str]:
    try:
        with os.scandir(root) as entries:
            found = [entry for entry in entries if entry.name.isdecimal() and entry.is_dir()]
    except FileNotFoundError:
        return []
    return [entry.path for entry in sorted(found, key=lambda entry: int(entry.name))]
