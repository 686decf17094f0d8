"""Hear what happens outside of deskcron, and let the jobs run that listen to it."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.happening import EventKind, EventSource, FileEvents, Happening, Watched
from deskcron.domain.listening import Topic
from deskcron.domain.ports import Clock
from deskcron.domain.run import RunId
from deskcron.domain.storage import Store, Tables
from deskcron.engine.definitions import Definitions
from deskcron.engine.occurring import Occurring, Origin
from deskcron.engine.ready import Ready
from deskcron.engine.settlement import Settlement
from deskcron.triggers.filechange import FileChange, topic_of

logger = logging.getLogger(__name__)

_SESSION = "session"
_OF_MACHINE = frozenset(EventKind) - {EventKind.STARTED, EventKind.FILE_CHANGED}
ONE_WAKE_S = 60.0
"""What the system and the clock tell within this time is one wake-up; each tells of it once.

The time is that of a clock that stands still in sleep.
"""
_SEEN_BY_CLOCK = Happening(EventKind.RESUMED, MappingProxyType({"seen_by": "clock"}))


class _Wake(NamedTuple):
    """A wake-up that the system or the clock has told of, and not the other one yet."""

    told: Happening
    at_s: float


class Occasions:
    """Take happenings from their sources. Thread: tick, but for what the sources call.

    `nudge` lets the tick look at once.
    """

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        occurring: Occurring,
        sources: Sequence[EventSource],
        files: FileEvents | None,
        clock: Clock,
        *,
        submit: Callable[[Sequence[Ready]], None],
        replace: Callable[[Sequence[RunId]], None],
        nudge: Callable[[], object],
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._occurring = occurring
        self._sources = sources
        self._files = files
        self._clock = clock
        self._submit = submit
        self._replace = replace
        self._nudge = nudge
        self._waiting: deque[Happening] = deque()
        self._watched: Collection[Watched] = frozenset()
        self._begun = self._hears = self._looks_at_files = False
        self._wake: _Wake | None = None

    def start(self) -> None:
        """Tell of our own start, and begin to hear as soon as somebody listens."""
        self.happened(Happening(EventKind.STARTED))
        self._begun = True
        self.look()

    def happened(self, happening: Happening) -> None:
        """Note what happened. Thread: any; returns at once."""
        self._waiting.append(happening)
        self._nudge()

    def look(self) -> None:
        """Hear what jobs listen to now, and no more than that."""
        if not self._begun:
            return
        listens, wanted = self._store.read(self._wanted)
        if listens and not self._hears:
            self._hears = True
            for source in self._sources:
                source.start(self.happened)
        if self._files is not None and wanted != self._watched:
            if not self._looks_at_files:
                self._looks_at_files = True
                self._files.start(self.happened)
            self._watched = wanted
            for watched, obstacle in self._files.watch(wanted).items():
                logger.warning("Changes of %s are not heard of: %s", watched.path, obstacle)

    def slept(self) -> None:
        """Tell that the machine was asleep, as its clock shows. Thread: tick."""
        if self._hears:
            self.happened(_SEEN_BY_CLOCK)

    def see_to(self) -> bool:
        """Let jobs run for what has happened; tell whether there was anything.

        Raises StoreUnavailable; what is not written by then is seen to by the next call.
        """
        found = False
        while self._waiting:
            happening = self._waiting[0]
            if not self._is_echo(happening):
                found = True
                self._let_run(happening)
            self._waiting.popleft()
        return found

    def close(self) -> None:
        """Hear nothing any more."""
        for source in self._sources:
            source.close()
        if self._files is not None:
            self._files.close()

    def _is_echo(self, happening: Happening) -> bool:
        """Tell whether this is a wake-up that the other one has told of, system or clock."""
        if happening.kind is not EventKind.RESUMED:
            return False
        first, self._wake = self._wake, None
        now_s = self._clock.monotonic()
        if first and first.told != happening and now_s - first.at_s <= ONE_WAKE_S:
            return True
        self._wake = _Wake(happening, now_s)
        return False

    def _let_run(self, happening: Happening) -> None:
        try:
            settlement = self._store.write(partial(self._happen, happening))
        except StoreUnavailable:
            raise
        except Exception:
            logger.exception("No job runs for %s, which had an error", happening)
            return
        self._submit(settlement.ready)
        self._replace(settlement.replaced)

    def _happen(self, happening: Happening, tables: Tables) -> Settlement:
        settlement = Settlement()
        if happening.kind is EventKind.LOGIN:
            session = happening.args["session"]
            if tables.settings.get(_SESSION) == session:
                return settlement  # an earlier process has heard of it
            tables.settings.set(_SESSION, session)
        topic, origin = Topic(happening.kind.value), _origin_of(happening)
        if happening.watched is not None:
            topic = topic_of(happening.watched)
        self._occurring.happen(tables, topic, origin, self._clock.now(), settlement)
        return settlement

    def _wanted(self, tables: Tables) -> tuple[bool, Collection[Watched]]:
        """Return whether any job listens to the machine, and the files that are to be watched."""
        listens = any(tables.listeners.of_kind(kind.value) for kind in _OF_MACHINE)
        wanted = set()
        for listener in tables.listeners.of_kind(EventKind.FILE_CHANGED.value):
            stored = tables.jobs.get(listener.job_id)
            if stored is not None and stored.enabled:
                triggers = self._definitions.present(stored).listening
                wanted |= {one.watched for one in triggers if isinstance(one, FileChange)}
        return listens, wanted


def _origin_of(happening: Happening) -> Origin:
    path = happening.args.get("path")
    return {"event": happening.kind.value} if path is None else {"file": path}
