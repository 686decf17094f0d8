"""See at a glance what is going on, and whether anything has changed since the last look."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deskcron.domain.answers import EngineState, Overview, Runnable
from deskcron.domain.ports import Clock
from deskcron.domain.storage import Store, Tables

MOST_WAITING = 100
"""As many waiting runs are told of one by one."""


class OverviewReader:
    """Answer what tray and window show of everything. Thread: any, not the GUI's."""

    def __init__(self, store: Store, engine: Callable[[], EngineState], clock: Clock) -> None:
        self._store = store
        self._engine = engine
        self._clock = clock

    def version(self) -> int:
        """Return a number that differs from the calling thread's last one after any commit."""
        return self._store.version()

    def look(self, ahead: int = 5) -> Overview:
        """Return what is going on, with at most `ahead` of the next due times."""
        engine, now = self._engine(), self._clock.now()

        def figures(tables: Tables) -> Overview:
            return Overview(
                engine=engine,
                jobs=tables.overview.jobs(),
                running=tuple(tables.overview.running()),
                needs_you=tables.overview.needs_you(now),
                upcoming=tuple(tables.overview.upcoming(ahead)),
                snoozed=tuple(tables.overview.snoozed(now)),
                waiting=tuple(tables.overview.waiting(MOST_WAITING)),
            )

        return self._store.read(figures)

    def runnable(self, limit: int) -> Sequence[Runnable]:
        """Return jobs to be run by hand: those that ran last, then by name."""
        return self._store.read(lambda tables: tables.overview.runnable(limit))
