"""Listen to folders through watchdog, whose threads run only while there is something to hear."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from errno import EMFILE, ENOSPC
from typing import TYPE_CHECKING

from deskcron.domain.texts import gettext as _
from deskcron.system.events.spots import Spot

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver, ObservedWatch

# Imports inside functions: the library takes 30 ms, which only those pay who watch files.
# ruff: noqa: PLC0415

_END_S = 5.0


class Listening:
    """Folders that are listened to. `heard` is told a path and whether it came into being.

    `heard` is called on a thread of the library. Thread: one at a time.
    """

    def __init__(self, heard: Callable[[str, bool], None]) -> None:
        self._heard = heard
        self._observer: BaseObserver | None = None
        self._watches: dict[Spot, ObservedWatch] = {}

    def listen_to(self, spots: Collection[Spot]) -> Mapping[Spot, str]:
        """Listen to these folders and no others; return in words why some refuse."""
        for spot in set(self._watches).difference(spots):
            if self._observer is not None:
                self._observer.unschedule(self._watches.pop(spot))
        refusals = {}
        for spot in set(spots).difference(self._watches):
            try:
                self._watches[spot] = self._listen(spot)
            except OSError as error:
                refusals[spot] = _reason(error)
        if not self._watches:
            self.close()
        return refusals

    def close(self) -> None:
        """End the threads; safe to call twice."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(_END_S)
        self._observer = None
        self._watches.clear()

    def _listen(self, spot: Spot) -> ObservedWatch:
        from watchdog import events
        from watchdog.observers import Observer

        if self._observer is None:
            self._observer = Observer()
            self._observer.name = "deskcron-listens"
            self._observer.start()
        handler = events.FileSystemEventHandler()
        handler.on_any_event = self._hear  # type: ignore[method-assign] # all that it has to do
        kinds: list[type[FileSystemEvent]] = [
            events.FileCreatedEvent,
            events.FileModifiedEvent,
            events.FileMovedEvent,
            events.FileDeletedEvent,
            events.FileClosedEvent,
            events.DirCreatedEvent,
            events.DirMovedEvent,
            events.DirDeletedEvent,
        ]
        return self._observer.schedule(
            handler, spot.folder, recursive=spot.is_recursive, event_filter=kinds
        )

    def _hear(self, event: FileSystemEvent) -> None:
        self._heard(str(event.src_path), event.event_type == "created")
        if event.dest_path:
            self._heard(str(event.dest_path), False)


def _reason(error: OSError) -> str:
    if error.errno == ENOSPC:
        return _("the system watches as many files as it may; raise fs.inotify.max_user_watches")
    if error.errno == EMFILE:
        return _("the system has as many watchers as it may; raise fs.inotify.max_user_instances")
    return error.strerror or str(error)
