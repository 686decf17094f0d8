"""Look whether everything is as it should be, and say so in words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from deskcron.domain.answers import Finding, Health
from deskcron.domain.environment import Environment, Environments
from deskcron.domain.ports import Clock, EngineLock, Notifier, Zones
from deskcron.domain.records import RunFilter
from deskcron.domain.storage import Store
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import local_and_relative
from deskcron.engine.charge import FOREGROUND
from deskcron.engine.checkup import Checkup
from deskcron.engine.mending import Mending
from deskcron.engine.pause import is_paused, paused_until

LITTLE_SPACE_BYTES = 500 * 1024**2
STALE = timedelta(seconds=30)
SLOW_SHELL_S = 2.5


class Doctor:
    """Examine engine, store, clock, space and notifications. Thread: any, not the GUI's."""

    def __init__(
        self,
        store: Store,
        lock: EngineLock,
        zones: Zones,
        notifiers: Callable[[], Sequence[Notifier]],
        environments: Callable[[], Environments],
        clock: Clock,
        home: Path,
        location_warning: str | None,
        checkup: Checkup,
        mending: Mending,
    ) -> None:
        self._store = store
        self._lock = lock
        self._zones = zones
        self._notifiers = notifiers
        self._environments = environments
        self._clock = clock
        self._home = home
        self._location_warning = location_warning
        self._checkup = checkup
        self._mending = mending

    def examine(self) -> Sequence[Finding]:
        """Return a finding for each thing looked at; problems come with what to do."""
        return [
            self._engine(),
            *self._pause(),
            self._file(),
            *self._place(),
            self._space(),
            self._time(),
            self._banners(),
            *self._shell(),
            *self._checkup.findings(),
        ]

    def mend(self) -> Sequence[str]:
        """Put right what can be put right safely, and return in words what was done."""
        return self._mending.mend()

    def _engine(self) -> Finding:
        holder = self._lock.holder()
        if holder is None or holder.role == FOREGROUND:
            return _bad("engine", self._without_engine(), _("Start it with 'deskcron daemon'."))
        if holder.last_beat is None or self._clock.now() - holder.last_beat > STALE:
            text = _("Process {pid} holds the lock but has not ticked lately.")
            hint = _("If it is not asleep, end it and start it again.")
            return _bad("engine", text.format(pid=holder.pid), hint)
        text = _("Running as process {pid}; its last tick was at {time}.")
        beat = local_and_relative(holder.last_beat, self._clock.now())
        return _good("engine", text.format(pid=holder.pid, time=beat))

    def _without_engine(self) -> str:
        """Say that nothing runs on time, and how many jobs wait for it already."""
        now = self._clock.now()
        count = len(self._store.read(lambda tables: tables.jobs.due(now, -1)))
        if not count:
            return _("No engine is running.")
        text = ngettext(
            "No engine is running, and {count} job is due.",
            "No engine is running, and {count} jobs are due.",
            count,
        )
        return text.format(count=count)

    def _pause(self) -> Iterator[Finding]:
        is_on, until = self._store.read(lambda tables: (is_paused(tables), paused_until(tables)))
        now = self._clock.now()
        if not is_on or (until is not None and until <= now):
            return
        text = _("All jobs are paused; what becomes due is skipped.")
        if until is not None:
            text = _("All jobs are paused until {time}; what becomes due is skipped.").format(
                time=local_and_relative(until, now)
            )
        hint = _("Go on with 'deskcron resume'.")
        yield Finding(topic="pause", health=Health.NOTE, text=text, hint=hint)

    def _file(self) -> Finding:
        verdict = self._store.check()
        if verdict == "ok":
            return _good("store", _("The database is sound."))
        hint = _("Restore a copy from the backups folder.")
        return _bad("store", _("The database is damaged: {what}").format(what=verdict), hint)

    def _place(self) -> Iterator[Finding]:
        if self._location_warning:
            yield Finding(topic="place", health=Health.BAD, text=self._location_warning)
        else:
            text = _("Everything is kept in {path}.").format(path=self._home)
            yield _good("place", text)

    def _space(self) -> Finding:
        free = shutil.disk_usage(self._home).free
        text = _("{size} MB are free.").format(size=free // 1024**2)
        if free < LITTLE_SPACE_BYTES:
            return _bad("space", text, _("Free some space, or logs will be cut short."))
        return _good("space", text)

    def _time(self) -> Finding:
        newest = self._store.read(lambda tables: tables.runs.page(RunFilter(limit=1)))
        now = self._clock.now()
        if newest and newest[0].recorded_at > now + timedelta(minutes=1):
            return _bad(
                "clock",
                _("The clock is behind the newest run in the history."),
                _("Set the clock of the computer."),
            )
        zone = self._zones.local_zone()
        return _good("clock", _("The computer's time zone is {zone}.").format(zone=zone))

    def _banners(self) -> Finding:
        """Judge by the environment of this process: another one's cannot be tried."""
        working = [notifier.name for notifier in self._notifiers() if not notifier.obstacle()]
        if working:
            health, text = Health.GOOD, _("Banners can be shown by {name}.").format(name=working[0])
        else:
            health, text = Health.NOTE, _("No banner can be shown; reminders wait in the inbox.")
        holder = self._lock.holder()
        if holder is not None and holder.pid != os.getpid():
            more = _(
                "Judged by the session of this program; the engine, process {pid}, has its own."
            )
            text = f"{text} {more.format(pid=holder.pid)}"
        return Finding(topic="notifications", health=health, text=text)

    def _shell(self) -> Iterator[Finding]:
        """Judge what the login shell says, which the jobs of the engine get."""
        environments = self._environments()
        environments.of(Environment())  # so that there is an answer, or that there is none is known
        report = environments.report()
        if report is None:
            return
        shell, files = report.shell, ", ".join(report.files)
        if report.fault or report.took_s is None:
            text = _("The login shell {shell} gave no environment: {fault}.").format(
                shell=shell, fault=report.fault or _("it took too long")
            )
            hint = _("Jobs get the session's instead. Look at the files it reads: {files}.")
            hint = hint.format(files=files or "-")
            yield Finding(topic="shell", health=Health.NOTE, text=text, hint=hint)
            return
        text = _("The login shell {shell} gave its environment in {seconds:.2f} s, by {files}.")
        text = text.format(shell=shell, seconds=report.took_s, files=files or "-")
        if report.took_s < SLOW_SHELL_S:
            yield _good("shell", text)
        else:
            hint = _("Jobs wait for it when one of these files changes. Make them quicker.")
            yield Finding(topic="shell", health=Health.NOTE, text=text, hint=hint)


def _good(topic: str, text: str) -> Finding:
    return Finding(topic=topic, health=Health.GOOD, text=text)


def _bad(topic: str, text: str, hint: str) -> Finding:
    return Finding(topic=topic, health=Health.BAD, text=text, hint=hint)
