"""Look who is in charge: the engine and its last tick, a pause, what a window has left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from deskcron.domain.answers import Finding, Health
from deskcron.domain.datafolder import DataFolder, Listener
from deskcron.domain.ports import Clock, EngineLock, LockHolder
from deskcron.domain.storage import Store
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import local_and_relative, measured
from deskcron.engine.charge import DAEMON, FOREGROUND
from deskcron.engine.checks.finding import bad, good, mendable, note
from deskcron.engine.pause import is_paused, paused_until

STALE = timedelta(seconds=30)


class ChargeCheck:
    """Look at the locks of engine and window, and whether jobs are paused."""

    def __init__(
        self,
        store: Store,
        lock: EngineLock,
        window_lock: EngineLock,
        clock: Clock,
        folder: DataFolder,
    ) -> None:
        self._store = store
        self._lock = lock
        self._window_lock = window_lock
        self._clock = clock
        self._folder = folder

    def findings(self) -> Iterator[Finding]:
        """Go through what there is to say."""
        now = self._clock.now()
        yield self._engine(now)
        yield from self._pause(now)
        if self._window_lock.holder() is None:
            yield from self._leftovers()

    def _engine(self, now: datetime) -> Finding:
        holder = self._lock.holder()
        if holder is None or holder.role == FOREGROUND:
            why = _("Without an engine nothing starts by itself.")
            hint = _("Open the window, or type 'deskcron daemon'.")
            return bad("engine", self._without_engine(now), why, hint)
        if holder.last_beat is None or now - holder.last_beat > STALE:
            why = _("It keeps others from being the engine, and nothing may start meanwhile.")
            hint = _("If it is not asleep, end it and start it again.")
            return bad("engine", _silence(holder, now), why, hint)
        return good("engine", _presence(holder, now))

    def _without_engine(self, now: datetime) -> str:
        """Say that nothing runs on time, and how many jobs wait for it already."""
        count = len(self._store.read(lambda tables: tables.jobs.due(now, -1)))
        if not count:
            return _("No engine is running.")
        text = ngettext(
            "No engine is running, and {count} job is due.",
            "No engine is running, and {count} jobs are due.",
            count,
        )
        return text.format(count=count)

    def _pause(self, now: datetime) -> Iterator[Finding]:
        is_on, until = self._store.read(lambda tables: (is_paused(tables), paused_until(tables)))
        if not is_on or (until is not None and until <= now):
            return
        text = _("All jobs are paused.")
        if until is not None:
            text = _("All jobs are paused until {time}.").format(
                time=local_and_relative(until, now)
            )
        why = _("What becomes due meanwhile is skipped.")
        yield note("pause", text, why, _("Go on in the window, or with 'deskcron resume'."))

    def _leftovers(self) -> Iterator[Finding]:
        """Tell of what a window that was killed listened at; only where no window is open."""
        socket = self._folder.listened_at(Listener.WINDOW)
        if socket is not None:
            text = _("A window that was killed has left {path}.").format(path=socket)
            yield mendable("leftovers", text, _("It does no harm."), health=Health.NOTE)


def _presence(holder: LockHolder, now: datetime) -> str:
    if holder.first_beat is None or holder.last_beat is None:
        text = _("{role} is the engine, process {pid}.")
        return text.format(role=_role(holder), pid=holder.pid)
    text = _("{role} is the engine, process {pid}, since {since}; its last tick was {age} ago.")
    return text.format(
        role=_role(holder),
        pid=holder.pid,
        since=local_and_relative(holder.first_beat, now),
        age=_age(holder.last_beat, now),
    )


def _silence(holder: LockHolder, now: datetime) -> str:
    if holder.last_beat is None:
        text = _("{role}, process {pid}, holds the lock but has not ticked yet.")
        return text.format(role=_role(holder), pid=holder.pid)
    text = _("{role}, process {pid}, holds the lock but has not ticked for {age}.")
    return text.format(role=_role(holder), pid=holder.pid, age=_age(holder.last_beat, now))


def _age(beat: datetime, now: datetime) -> str:
    return measured(max(0.0, (now - beat).total_seconds()))


def _role(holder: LockHolder) -> str:
    return _("The daemon") if holder.role == DAEMON else _("The window")
