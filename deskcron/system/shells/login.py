"""Keep what the login shell says, until one of its files changes."""

from __future__ import annotations

import logging
import math
import os
import sys
from collections.abc import Callable, Mapping
from threading import Event, Lock, Thread
from typing import NamedTuple

from deskcron.domain.environment import ShellReport
from deskcron.system.shells.capture import CaptureFailed, capture
from deskcron.system.shells.startfiles import FileState, start_files

logger = logging.getLogger(__name__)

LIMIT_S = 5.0
LOOK_S = 1.0
RETRY_S = 600.0
"""After a failure; runs do not wait for it again."""


class _Answer(NamedTuple):
    """What a shell said: the environment it was given, and what it made of it."""

    files: tuple[FileState, ...]
    given: Mapping[str, str]
    made: Mapping[str, str] | None
    took_s: float
    at_s: float
    fault: str


class _Question(NamedTuple):
    """A shell that is being asked."""

    thread: Thread
    answered: Event


class LoginShell:
    """The login shell of the person whose session `start` returns. Thread: any."""

    def __init__(
        self,
        start: Callable[[], Mapping[str, str]],
        monotonic: Callable[[], float],
        limit_s: float = LIMIT_S,
    ) -> None:
        self._start = start
        self._monotonic = monotonic
        self._limit_s = limit_s
        self._guard = Lock()
        self._answer: _Answer | None = None
        self._question: _Question | None = None
        self._looked_s = -math.inf
        self._closing = Event()

    def ask(self) -> None:
        """Begin to ask, unless the answer is known and holds."""
        with self._guard:
            self._renewed(self._start())

    def environment(self) -> tuple[Mapping[str, str], Mapping[str, str]] | None:
        """Return what the shell was given and what it made of it; waits for an answer.

        None where it gave none in time. What holds is looked at once in LOOK_S, as many runs may
        start at once.
        """
        answer, now_s = self._answer, self._monotonic()
        if answer is not None and answer.made is not None and now_s - self._looked_s < LOOK_S:
            return answer.given, answer.made
        with self._guard:
            question = self._renewed(self._start())
        if question is not None:
            question.answered.wait(self._limit_s)
        answer, self._looked_s = self._answer, now_s
        return None if answer is None or answer.made is None else (answer.given, answer.made)

    def report(self) -> ShellReport:
        """Say how it was asked last."""
        start, answer = self._start(), self._answer
        shell = _shell_of(start)
        files = answer.files if answer else start_files(shell, start)
        return ShellReport(
            shell=shell,
            files=tuple(file.path for file in files if file.path != shell),
            took_s=answer.took_s if answer else None,
            fault=answer.fault if answer else "",
            age_s=self._monotonic() - answer.at_s if answer else 0.0,
        )

    def close(self) -> None:
        """Ask no longer."""
        self._closing.set()
        question = self._question
        if question is not None:
            question.thread.join()

    def _renewed(self, start: Mapping[str, str]) -> _Question | None:
        """Ask where the answer no longer holds; return the question worth waiting for."""
        if self._question is not None and not self._question.answered.is_set():
            return self._question
        shell, answer = _shell_of(start), self._answer
        files = start_files(shell, start)
        is_known = answer is not None and answer.files == files
        if answer is not None and is_known:
            is_tried = answer.made is not None or self._monotonic() - answer.at_s < RETRY_S
            if is_tried:
                return None
        if self._closing.is_set():
            return None
        answered = Event()
        thread = Thread(
            target=self._have_answered,
            args=(shell, files, start, answered),
            name="deskcron-login-shell",
            daemon=True,
        )
        self._question = _Question(thread, answered)
        thread.start()
        return None if is_known else self._question

    def _have_answered(
        self, shell: str, files: tuple[FileState, ...], given: Mapping[str, str], answered: Event
    ) -> None:
        begun_s, made, fault = self._monotonic(), None, ""
        try:
            made = capture(shell, given, self._limit_s, self._monotonic, self._closing.is_set)
        except CaptureFailed as error:
            fault = str(error)
            logger.info("The login shell %s gave no environment: %s", shell, fault)
        now_s = self._monotonic()
        self._answer = _Answer(files, given, made, now_s - begun_s, now_s, fault)
        answered.set()


def _shell_of(environment: Mapping[str, str]) -> str:
    named = environment.get("SHELL", "")
    if named.startswith("/") or sys.platform == "win32":
        return named
    import pwd  # noqa: PLC0415 - not on Windows

    try:
        return pwd.getpwuid(os.getuid()).pw_shell or "/bin/sh"
    except KeyError:
        return "/bin/sh"
