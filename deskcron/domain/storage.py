"""What the engine asks of the store: all tables over one connection, and who runs transactions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from deskcron.domain.tables import (
    HoldTable,
    InboxTable,
    JobTable,
    ListenerTable,
    OverviewTable,
    RequestTable,
    RunTable,
    SettingTable,
    WakeupTable,
)
from deskcron.domain.vitals import StoreFigures

T = TypeVar("T")
Then = Callable[[T | None, BaseException | None], None]
"""What follows a change: it is given its result, or the error that has undone it."""


class Tables(Protocol):
    """All tables over one connection."""

    @property
    def jobs(self) -> JobTable:
        """Jobs."""

    @property
    def runs(self) -> RunTable:
        """Runs."""

    @property
    def wakeups(self) -> WakeupTable:
        """Wakeups."""

    @property
    def listeners(self) -> ListenerTable:
        """Listeners."""

    @property
    def holds(self) -> HoldTable:
        """Holds."""

    @property
    def requests(self) -> RequestTable:
        """Requests."""

    @property
    def inbox(self) -> InboxTable:
        """Inbox."""

    @property
    def settings(self) -> SettingTable:
        """Settings."""

    @property
    def overview(self) -> OverviewTable:
        """Figures about everything."""


class Store(Protocol):
    """Run transactions. Thread: any. Raises StoreUnavailable or one of its kinds."""

    @property
    def notices(self) -> Sequence[str]:
        """Say in words what was done to the file when it was opened, such as a restore."""

    def forget_notices(self) -> None:
        """Say no more of it: a person will find it elsewhere."""

    def read(self, query: Callable[[Tables], T]) -> T:
        """Run a query on a read-only connection of the calling thread."""

    def write(self, change: Callable[[Tables], T]) -> T:
        """Run a change in a transaction and return its result after the commit."""

    def post(self, change: Callable[[Tables], T], then: Then[T]) -> None:
        """Queue a change that must not be lost; it is tried until the store takes it.

        A change may run more than once before its transaction commits. `then` is given its
        result, or what it raised, after the commit, on the thread that writes: it must be short
        and must not write itself.
        """

    def foreign_changes(self) -> bool:
        """Tell whether another process has committed since the last call."""

    def version(self) -> int:
        """Return a number that differs from the calling thread's last one after any commit."""

    def check_schema(self) -> None:
        """Raise StoreNewer when another process has migrated the store beyond this code."""

    def backup(self, target: Path, *, whole: bool) -> None:
        """Write a copy that passes an integrity check; without the history unless `whole`."""

    def shrink(self) -> None:
        """Give freed pages back to the file system, a few at a time."""

    def forget(self) -> None:
        """Give back the memory of what was read; the next queries read it anew."""

    def check(self) -> str:
        """Return "ok" or what SQLite finds wrong with the file."""

    def check_copy(self, copy: Path) -> str:
        """Return "ok" or what is wrong with a backup, which nobody writes to."""

    def figures(self) -> StoreFigures:
        """Return how much the database takes."""

    def close(self) -> None:
        """Finish what is queued and close."""
