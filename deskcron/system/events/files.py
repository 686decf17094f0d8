"""Tell of files that change: what is heard about them, where it is wanted, once it has settled."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from threading import Condition, Lock, Thread

from deskcron.domain.happening import EventKind, Happening, Watched
from deskcron.domain.texts import gettext as _
from deskcron.system.events.listening import Listening
from deskcron.system.events.settling import Change, Settling
from deskcron.system.events.spots import Target, target_of

_log = logging.getLogger(__name__)

LOOK_S = 10.0
"""How often it is looked whether folders are still the same: a disk may be mounted over one."""
_END_S = 5.0


class WatchedFiles:
    """The FileEvents of every system; no thread runs while nothing is watched.

    Changes in `own` folders, deskcron's, are not told.
    """

    def __init__(self, own: Sequence[Path], look_s: float = LOOK_S) -> None:
        self._own = tuple(os.path.realpath(folder) + os.sep for folder in own)
        self._look_s = look_s
        self._happened: Callable[[Happening], None] | None = None
        self._arranging = Lock()
        self._listening = Listening(self._hear)
        # What follows is guarded by the condition.
        self._changed = Condition()
        self._targets: tuple[Target, ...] = ()
        self._settling = Settling()
        self._is_stale = False
        self._is_closed = False
        self._thread: Thread | None = None

    def start(self, happened: Callable[[Happening], None]) -> None:
        """Begin to tell."""
        self._happened = happened

    def watch(self, wanted: Collection[Watched]) -> Mapping[Watched, str]:
        """Look at these and no others; return in words why some cannot be looked at."""
        with self._changed:
            if wanted and self._thread is None and not self._is_closed:
                self._thread = Thread(target=self._work, name="deskcron-files", daemon=True)
                self._thread.start()
        return self._arrange(lambda: wanted)

    def close(self) -> None:
        """End all threads and tell nothing any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(_END_S)
        with self._arranging:
            self._listening.close()

    def _arrange(self, wanted: Callable[[], Collection[Watched]]) -> Mapping[Watched, str]:
        """Listen where that which is wanted is now."""
        with self._arranging:
            targets = tuple(map(target_of, dict.fromkeys(wanted())))
            with self._changed:
                if self._is_closed:
                    return {}
                before = {target.watched: target for target in self._targets}
                self._targets = targets
                self._settling.keep({target.watched for target in targets})
            refusals = self._listening.listen_to({t.spot for t in targets if t.spot is not None})
        for target in targets:
            if target.watched in before and target.is_new_folder(before[target.watched]):
                for path in target.content():
                    self._hear(path, True)
        return {
            target.watched: _("{path} cannot be watched: {why}").format(
                path=target.watched.path, why=refusals[target.spot]
            )
            for target in targets
            if target.spot is not None and target.spot in refusals
        }

    def _hear(self, path: str, is_new: bool) -> None:  # noqa: FBT001 - as Listening tells it
        if path.startswith(self._own):
            return
        now_s = time.monotonic()
        with self._changed:
            for target in self._targets:
                if path == target.place and (target.is_folder or os.path.isdir(path)):  # noqa: PTH112
                    self._is_stale = True
                elif (spelling := target.spelling_of(path)) is not None:
                    self._settling.touch(Change(target.watched, spelling), now_s, is_new=is_new)
            self._changed.notify()

    def _work(self) -> None:
        look_at_s = time.monotonic() + self._look_s
        known: Mapping[Watched, str] = {}
        while True:
            with self._changed:
                wake_at_s = min(look_at_s, self._settling.next_at_s() or look_at_s)
                if not (self._is_stale or self._is_closed):
                    self._changed.wait(max(0.0, wake_at_s - time.monotonic()))
                if self._is_closed:
                    return
                now_s = time.monotonic()
                due = list(self._settling.take_due(now_s))
                must_look = self._is_stale or now_s >= look_at_s
                self._is_stale = False
            for change, is_new in due:
                self._tell(change, is_new=is_new)
            if must_look:
                look_at_s = now_s + self._look_s
                known = self._look_again(known)

    def _look_again(self, known: Mapping[Watched, str]) -> Mapping[Watched, str]:
        """Follow folders that are others now, and log once what can be watched no longer."""
        obstacles = self._arrange(self._wanted)
        for watched, obstacle in obstacles.items():
            if watched not in known:
                _log.warning("%s", obstacle)
        return obstacles

    def _wanted(self) -> Collection[Watched]:
        with self._changed:
            return [target.watched for target in self._targets]

    def _tell(self, change: Change, *, is_new: bool) -> None:
        """Tell of a change, but not of a file that came and went meanwhile."""
        if self._happened is None or (is_new and not os.path.lexists(change.path)):
            return
        happening = Happening(EventKind.FILE_CHANGED, {"path": change.path}, change.watched)
        try:
            self._happened(happening)
        except Exception:  # noqa: BLE001 - a fault of the listener must not end the listening
            _log.exception("Nobody could be told of %s", happening)
