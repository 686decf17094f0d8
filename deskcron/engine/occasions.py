"""Hear what happens outside of deskcron, and let the jobs run that listen to it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from functools import partial
from queue import Empty, SimpleQueue

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
        self._sources = sources if files is None else (*sources, files)
        self._files = files
        self._clock = clock
        self._submit = submit
        self._replace = replace
        self._nudge = nudge
        self._waiting: SimpleQueue[Happening] = SimpleQueue()
        self._watched: Collection[Watched] = ()

    def start(self) -> None:
        """Begin to hear, and tell of our own start."""
        self.happened(Happening(EventKind.STARTED))
        for source in self._sources:
            source.start(self.happened)
        self.look()

    def happened(self, happening: Happening) -> None:
        """Note what happened. Thread: any; returns at once."""
        self._waiting.put(happening)
        self._nudge()

    def look(self) -> None:
        """Look at the files that jobs want to know of now."""
        if self._files is None:
            return
        wanted = self._store.read(self._wanted)
        if wanted != self._watched:
            self._watched = wanted
            self._files.watch(wanted)

    def see_to(self) -> bool:
        """Let jobs run for what has happened; tell whether there was anything."""
        settlement, found = Settlement(), False
        while True:
            try:
                happening = self._waiting.get_nowait()
            except Empty:
                break
            found = True
            self._store.write(partial(self._happen, happening, settlement))
        self._submit(settlement.ready)
        self._replace(settlement.replaced)
        return found

    def close(self) -> None:
        """Hear nothing any more."""
        for source in self._sources:
            source.close()

    def _happen(self, happening: Happening, settlement: Settlement, tables: Tables) -> None:
        if happening.kind is EventKind.LOGIN:
            session = happening.args["session"]
            if tables.settings.get(_SESSION) == session:
                return  # an earlier process has heard of it
            tables.settings.set(_SESSION, session)
        topic, origin = Topic(happening.kind.value), _origin_of(happening)
        if happening.watched is not None:
            topic = topic_of(happening.watched)
        self._occurring.happen(tables, topic, origin, self._clock.now(), settlement)

    def _wanted(self, tables: Tables) -> Collection[Watched]:
        wanted = set()
        for listener in tables.listeners.of_kind(EventKind.FILE_CHANGED.value):
            stored = tables.jobs.get(listener.job_id)
            if stored is not None and stored.enabled:
                triggers = self._definitions.present(stored).listening
                wanted |= {one.watched for one in triggers if isinstance(one, FileChange)}
        return wanted


def _origin_of(happening: Happening) -> Origin:
    path = happening.args.get("path")
    return {"event": happening.kind.value} if path is None else {"file": path}
