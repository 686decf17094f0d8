"""Mend what the doctor finds where that is safe, and say each thing in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from deskcron.domain.answers import Mended
from deskcron.domain.datafolder import DataFolder, Listener
from deskcron.domain.errors import DeskcronError
from deskcron.domain.ports import Autostart, Clock, EngineLock, WakeChannel
from deskcron.domain.sizewords import size_words
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.engine.charge import FOREGROUND
from deskcron.engine.looseends import LooseEnds


class Mending:
    """Put right what has one right state. Thread: any, not the GUI's.

    Its locks are its own, not those by which this process may be the engine or the window.
    """

    def __init__(
        self,
        store: Store,
        lock: EngineLock,
        window_lock: EngineLock,
        wake: WakeChannel,
        autostarts: Sequence[Autostart],
        loose_ends: LooseEnds,
        clock: Clock,
        folder: DataFolder,
    ) -> None:
        self._store = store
        self._lock = lock
        self._window_lock = window_lock
        self._wake = wake
        self._autostarts = autostarts
        self._loose_ends = loose_ends
        self._clock = clock
        self._folder = folder

    def mend(self) -> Mended:
        """Mend; one thing that cannot be mended keeps no other from it."""
        parts: tuple[Callable[[], Iterator[str]], ...] = (
            self._close_to_others,
            self._take_leftovers_away,
            *(partial(self._renew, autostart) for autostart in self._autostarts),
            self._set_wakeups,
            self._give_space_back,
        )
        done: list[str] = []
        failed: list[str] = []
        for part in parts:
            try:
                done.extend(part())  # and stays if a later one of it fails
            except DeskcronError as error:
                failed.append(str(error))
            except OSError as error:
                failed.append(
                    f"{error.filename}: {error.strerror}" if error.filename else str(error)
                )
        return Mended(done=tuple(done), failed=tuple(failed))

    def _close_to_others(self) -> Iterator[str]:
        for path in self._folder.open_to_others():
            self._folder.close_to_others(path)
            yield _("{path} can be read by nobody else now.").format(path=path)

    def _take_leftovers_away(self) -> Iterator[str]:
        """Remove what engine and window listen at, where none runs: the next makes it anew.

        Meanwhile none begins; who starts an engine waits for the end of a foreground one.
        """
        for lock, listener in (
            (self._lock, Listener.ENGINE),
            (self._window_lock, Listener.WINDOW),
        ):
            path = self._folder.listened_at(listener)
            if path is None or not lock.acquire(FOREGROUND):
                continue
            try:
                self._folder.take_away(listener)
            finally:
                lock.release()
            yield _("{path} was taken away; nobody listened there.").format(path=path)

    def _renew(self, autostart: Autostart) -> Iterator[str]:
        if autostart.state().is_stale:
            autostart.enable()
            yield _("deskcron is started at login from where it is now.")

    def _set_wakeups(self) -> Iterator[str]:
        def set_missing(tables: Tables) -> int:
            missing = self._loose_ends.missing(tables, self._clock.now())
            for wakeup in missing:
                tables.wakeups.set(wakeup)
            return len(missing)

        count = self._store.write(set_missing)
        if count:
            self._wake.nudge()
            text = ngettext("{count} wakeup was set anew.", "{count} wakeups were set anew.", count)
            yield text.format(count=count)

    def _give_space_back(self) -> Iterator[str]:
        """Shrink the database step by step, so that nobody waits for long to write."""
        before = present = self._store.figures().free_bytes
        while present:
            self._store.shrink()
            left = self._store.figures().free_bytes
            if left >= present:
                break
            present = left
        if present < before:
            size = size_words(before - present)
            yield _("The database gave {size} back to the disk.").format(size=size)
