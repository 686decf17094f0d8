"""What happens outside of deskcron and may start jobs, and the ports of those who tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol


class EventKind(StrEnum):
    """What can happen; the words are stored."""

    STARTED = "started"
    LOGIN = "login"
    RESUMED = "resumed"
    NETWORK_UP = "network-up"
    PLUGGED_IN = "plugged-in"
    UNPLUGGED = "unplugged"
    FILE_CHANGED = "file-changed"


class Watched(NamedTuple):
    """Files to look at: one file, or those of a folder whose name matches a pattern.

    `pattern` is a shell pattern for names, "" for all. A file counts as changed when it was
    written, created, moved or removed, and nothing has happened to it for `settle_s` since.
    """

    path: str
    pattern: str = ""
    is_recursive: bool = False
    settle_s: float = 1.0


class Happening(NamedTuple):
    """Something that happened just now.

    RESUMED has `args["seen_by"]` where not the system has told of it.
    LOGIN has `args["session"]`, a name that no other session of this machine ever has.
    FILE_CHANGED has `args["path"]` and tells by `watched` who wanted to know.
    """

    kind: EventKind
    args: Mapping[str, str] = MappingProxyType({})
    watched: Watched | None = None


class EventSource(Protocol):
    """Tells of happenings of some kinds. Never raises; what it cannot learn it does not tell.

    A login that is as old as the source is told as well, and may have been told to an earlier
    process: only the listener knows.
    """

    def start(self, happened: Callable[[Happening], None]) -> None:
        """Begin to tell, and return at once.

        `happened` is called on a thread of the source's own and returns at once.
        """

    def close(self) -> None:
        """Tell nothing any more and end what was started; safe to call twice."""


class FileEvents(EventSource, Protocol):
    """Tells of files that change."""

    def watch(self, wanted: Collection[Watched]) -> Mapping[Watched, str]:
        """Look at these and no others from now on; return in words why some cannot be looked at.

        What is not there yet is looked at when it appears. Thread: any; may take seconds.
        """
