"""Bring runs from the history into the rows: the first page, older ones, and what has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from deskcron.domain.errors import DeskcronError
from deskcron.domain.records import RunFilter
from deskcron.domain.run import Run, RunId
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge, Latest
from deskcron.gui.history.choice import fits
from deskcron.gui.history.model import RunsModel

PAGE = 200
FAR = 1_000
"""So many runs further down are loaded to show one that somebody asks for."""
MOST_COUNTED = 10_000


class _FeedUpdate(NamedTuple):
    """What is there now: the newest runs, what has become of open ones, how many in all."""

    wanted: RunFilter
    newest: Sequence[Run]
    asked: Sequence[RunId]
    changed: Sequence[Run]
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks for


class Feed(QObject):
    """Keep the rows of a model like the history.

    `looked` carries the number of runs there are, at most one more than `MOST_COUNTED`.
    """

    looked = Signal(int)

    def __init__(self, bridge: Bridge, model: RunsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._model = model
        self._latest = Latest(bridge, self)
        self._wanted = RunFilter(limit=PAGE)
        self._shown: RunFilter | None = None
        self._is_fetching = False
        self._afterwards: Callable[[], None] | None = None
        model.wanted_more.connect(self._fetch)

    def look(self, wanted: RunFilter) -> None:
        """Show the runs that are wanted; where they are shown already, what has changed."""
        wanted = self._wanted = wanted._replace(limit=PAGE)
        asked: Sequence[RunId] = self._model.open_ids() if wanted == self._shown else ()

        def ask(facade: Facade) -> _FeedUpdate:
            return _FeedUpdate(
                wanted,
                facade.history.page(wanted),
                asked,
                facade.history.runs(asked),
                facade.history.count(wanted, MOST_COUNTED + 1),
            )

        self._latest.ask(ask, self._take, about=wanted)

    def reach(self, run_id: int, then: Callable[[], None]) -> None:
        """Load older runs until one is among them, unless it is very far; call `then`."""
        oldest = self._model.oldest()
        if self._is_fetching:
            self._afterwards = lambda: self.reach(run_id, then)
        elif oldest is None or oldest.id <= run_id:
            then()
        else:
            self._fetch_older(FAR, then, until=run_id)

    def _take(self, look: _FeedUpdate) -> None:
        is_whole = len(look.newest) < PAGE
        if look.wanted != self._shown or self._has_gap(look.newest, is_whole=is_whole):
            self._shown = look.wanted
            self._is_fetching = False
            self._afterwards = None
            self._model.reset(look.newest, is_whole=is_whole)
        else:
            self._update(look)
            self._model.renew(look.newest, is_whole=is_whole)
        self.looked.emit(look.count)

    def _has_gap(self, newest: Sequence[Run], *, is_whole: bool) -> bool:
        """Tell whether so much is new that runs between are missing."""
        first = self._model.newest()
        return first is None or not (is_whole or newest[-1].id <= first.id)

    def _update(self, look: _FeedUpdate) -> None:
        found = {run.id: run for run in look.changed}
        for run_id in look.asked:
            run = found.get(run_id)
            if run is not None and fits(run, look.wanted):
                self._model.put(run)
            else:
                self._model.remove(run_id)

    def _fetch(self) -> None:
        if not self._is_fetching:
            self._fetch_older(PAGE, lambda: None)

    def _fetch_older(self, limit: int, then: Callable[[], None], until: int | None = None) -> None:
        """Load older runs; where they are to reach to one, only if they do."""
        oldest, shown = self._model.oldest(), self._shown
        if oldest is None or shown is None:
            return
        wanted = shown._replace(before=oldest.id, limit=limit)
        self._is_fetching = True

        def take(runs: Sequence[Run]) -> None:
            if self._shown is not shown:  # begun anew meanwhile
                return
            if until is None or any(run.id == until for run in runs):
                self._model.append(runs, is_whole=len(runs) < limit)
            then()
            self._end_fetching()

        def failed(error: DeskcronError) -> None:
            self._bridge.failed.emit(error)
            if self._shown is shown:
                self._end_fetching()

        self._bridge.ask(self, lambda facade: facade.history.page(wanted), take, failed)

    def _end_fetching(self) -> None:
        self._is_fetching = False
        afterwards, self._afterwards = self._afterwards, None
        if afterwards is not None:
            afterwards()
