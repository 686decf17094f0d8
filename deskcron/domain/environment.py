"""Which environment the runs of a job get."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, StrEnum, auto
from types import MappingProxyType
from typing import NamedTuple, Protocol

import msgspec


class Base(StrEnum):
    """What an environment begins with."""

    LOGIN = "login"
    SESSION = "session"
    MINIMAL = "minimal"


class Environment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the runs of a job find, before what its action adds.

    The base is what the login shell makes of the session, as a terminal has it; or the session
    of the engine itself; or as little as a program needs. Folders of `path_prefix` are looked
    into first; a leading ~ is the person's home.
    """

    base: Base = Base.LOGIN
    path_prefix: tuple[str, ...] = ()

    def over(self, base: Mapping[str, str], separator: str) -> dict[str, str]:
        """Return the base with the folders before its PATH."""
        if not self.path_prefix:
            return dict(base)
        home = base.get("HOME", "~")
        folders = [re.sub(r"^~(?=/|$)", lambda _tilde: home, one) for one in self.path_prefix]
        path = base.get("PATH", "")
        return {**base, "PATH": separator.join([*folders, *([path] if path else [])])}


class PathElsewhere(NamedTuple):
    """The PATH of a place where a person may find a program; `place` names it in words."""

    place: str
    path: str


class PythonTarget(NamedTuple):
    """A function as “module:function”, and how the Python is started that is to find it.

    `added` is added to the `base` of its environment, None for the one all children get.
    """

    interpreter: str
    name: str
    directory: str
    added: Mapping[str, str]
    base: Mapping[str, str] | None


class Lacks(Enum):
    """What a Python does not find of a function, as far as that can be known unrun."""

    NOTHING = auto()
    MODULE = auto()
    FUNCTION = auto()


def _lacks_nothing(_target: PythonTarget) -> Lacks:
    return Lacks.NOTHING


class Lookup(NamedTuple):
    """Where the programs of a job are looked for, and where else a person may find them.

    Without an environment it is that of this process. `lacks` asks a Python for a function.
    """

    environment: Mapping[str, str] = MappingProxyType({})
    elsewhere: Callable[[], Sequence[PathElsewhere]] = tuple
    lacks: Callable[[PythonTarget], Lacks] = _lacks_nothing

    def without_processes(self) -> Lookup:
        """Return the same, but that nothing is started to look."""
        return self._replace(lacks=_lacks_nothing)


class ShellReport(NamedTuple):
    """How the environment of the login shell was found out.

    `files` are those that it is read from. `fault` says in words why the session's own is used
    instead; "" also while it is being found out, when `took_s` is None. `age_s` is how long ago
    the answer came.
    """

    shell: str
    files: tuple[str, ...]
    took_s: float | None
    fault: str
    age_s: float = 0.0


class Environments(Protocol):
    """The environments that this machine has for jobs. Thread: any, not the GUI's."""

    def of(self, rules: Environment) -> Mapping[str, str]:
        """Return what a run gets before the additions of its action.

        It waits for the login shell where that is needed and not known: a few seconds at most.
        """

    def capture(self) -> None:
        """Begin to find out what the login shell says, unless it is known."""

    def meet(self, session: Mapping[str, str]) -> None:
        """Take the variables of the session in which a window last was."""

    def report(self) -> ShellReport | None:
        """Say how the login shell was asked, None where there is none to ask."""
