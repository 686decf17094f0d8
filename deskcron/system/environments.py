"""Make the environments that jobs ask for: of the login shell, of the session, or the least."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import NamedTuple

from deskcron.domain.environment import Base, Environment, ShellReport
from deskcron.system.environment import fresh_environment, minimal_environment
from deskcron.system.session import SESSION_NAMES, Session
from deskcron.system.shells.login import LoginShell

HOLDS_S = 1.0
MOST_MADE = 100


class _Made(NamedTuple):
    """What rules have come to, and when."""

    environment: Mapping[str, str]
    at_s: float


class SystemEnvironments:
    """The Environments of a process with the environment `own`, cleaned. Thread: any."""

    def __init__(self, own: Mapping[str, str], monotonic: Callable[[], float]) -> None:
        self.session = Session(own)
        self._monotonic = monotonic
        self._made: dict[Environment, _Made] = {}
        self._login = LoginShell(lambda: fresh_environment(self.session.now()), monotonic)

    def of(self, rules: Environment) -> Mapping[str, str]:
        """Return what a run gets before the additions of its action.

        It holds for a second, as many runs may start at once.
        """
        made, now_s = self._made.get(rules), self._monotonic()
        if made is None or now_s - made.at_s >= HOLDS_S:
            made = _Made(self._make(rules), self._monotonic())
            if len(self._made) >= MOST_MADE:
                self._made.clear()
            self._made[rules] = made
        return made.environment

    def _make(self, rules: Environment) -> Mapping[str, str]:
        if rules.base is Base.MINIMAL:
            base = minimal_environment(self.session.now())
        elif rules.base is Base.LOGIN:
            base = self._of_login()
        else:
            base = self.session.now()
        return rules.over(base, os.pathsep)

    def capture(self) -> None:
        """Begin to ask the login shell, unless its answer is known."""
        if os.name == "posix":
            self._login.ask()

    def meet(self, session: Mapping[str, str]) -> None:
        """Take the variables of the session in which a window last was."""
        self.session.meet(session)
        self._made.clear()

    def report(self) -> ShellReport | None:
        """Say how the login shell was asked, None where there is none to ask."""
        return self._login.report() if os.name == "posix" else None

    def close(self) -> None:
        """Ask the shell no longer."""
        self._login.close()

    def _of_login(self) -> dict[str, str]:
        """Return what the shell has made; where the session has changed since, as it is now."""
        session = self.session.now()
        answer = self._login.environment() if os.name == "posix" else None
        if answer is None:
            return session
        given, made = answer
        theirs = {
            name: value
            for name, value in made.items()
            if name not in SESSION_NAMES or given.get(name) != value
        }
        present = {name: session[name] for name in SESSION_NAMES if name in session}
        return {**present, **theirs}
