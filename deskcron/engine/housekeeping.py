"""Daily work in the background: backups, retention, space given back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event
from typing import NamedTuple

from deskcron.domain.action import Urgency
from deskcron.domain.datafolder import DataFolder
from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.instant import from_us, to_us
from deskcron.domain.ports import Clock, RunLogs
from deskcron.domain.preferences import Retention
from deskcron.domain.records import InboxItem, InboxKind
from deskcron.domain.run import RunId
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.preferences import preferences_in

logger = logging.getLogger(__name__)

FINISHED = timedelta(days=30)
DAILY_KEPT = 7
WEEKLY_KEPT = 2
BATCH = 500
RETRY_S = 3600.0
"""After a failure; a full disk is not helped by a copy of the store each second."""
_DONE = "housekeeping"
_DONE_DAILY = "daily-backup"
_DONE_WHOLE = "whole-backup"
_FAILED = "backup-failure"


class BackupFailure(NamedTuple):
    """When the last backup failed, and why in words."""

    at: datetime
    error: str


def backup_failure(tables: Tables) -> BackupFailure | None:
    """Return how the last backup failed, None where it did not."""
    stored = tables.settings.get(_FAILED)
    return None if stored is None else BackupFailure(from_us(stored["at"]), stored["error"])


class Housekeeping:
    """Keep backups fresh and the history bounded. Thread: its own, one at a time.

    `told` is called when there is something new in the inbox.
    """

    def __init__(
        self,
        store: Store,
        logs: RunLogs,
        folder: DataFolder,
        clock: Clock,
        stop: Event,
        told: Callable[[], None],
    ) -> None:
        self._store = store
        self._logs = logs
        self._folder = folder
        self._clock = clock
        self._stop = stop
        self._told = told
        self._not_before_s = clock.monotonic()
        self._applied: Retention | None = None

    def is_due(self) -> bool:
        """Tell whether a day has passed, or some time since a failure, or less is to be kept."""
        if self._applied is None:
            self._applied = self._retention()
        if self._clock.monotonic() < self._not_before_s:
            return False
        return self._is_day_over() or self._applied != self._retention()

    def run(self) -> None:
        """Back up once a day, and remove what is older than the retention allows."""
        now, is_daily = self._clock.now(), self._is_day_over()
        try:
            failure = self.back_up(now) if is_daily else None
            is_safe = failure is None
            try:
                self.forget(now)  # also where a backup has no room: this makes some
            finally:
                if is_daily:
                    self._note(failure)
            if self._stop.is_set():
                return  # cut short, so it is not done
            self._store.shrink()
            if is_daily and is_safe:
                self._mark(_DONE, now)
        except (StoreUnavailable, OSError) as error:
            is_safe = False
            logger.warning("Housekeeping was not finished and is tried again: %s", error)
        if not is_safe:
            self._not_before_s = self._clock.monotonic() + RETRY_S

    def back_up(self, now: datetime) -> BackupFailure | None:
        """Write the daily backup, and once a week one with the whole history; return what failed.

        What was written stays when the other one fails, so that trying again does not push older
        ones out.
        """
        try:
            self._folder.drop_drafts()  # of an engine that was killed meanwhile
            self._renew("daily", _DONE_DAILY, now, timedelta(days=1), DAILY_KEPT)
            self._renew("weekly", _DONE_WHOLE, now, timedelta(days=7), WEEKLY_KEPT)
        except (StoreUnavailable, OSError) as error:
            logger.warning("No backup could be made, which is tried again: %s", error)
            return BackupFailure(now, _words(error))
        return None

    def _note(self, failure: BackupFailure | None) -> None:
        """Remember whether the backup failed, and tell the person of it."""
        if failure is not None:
            self._store.write(lambda tables: _failed(tables, failure))
            self._told()
        elif self._store.read(backup_failure) is not None:
            self._store.write(lambda tables: tables.settings.set(_FAILED, None))

    def _renew(self, name: str, done: str, now: datetime, every: timedelta, kept: int) -> None:
        """Write a backup of a kind unless the newest is young enough, and drop the oldest."""
        if not self._is_older(done, every):
            return
        self._store.backup(self._folder.new_backup(name, now), whole=done == _DONE_WHOLE)
        self._folder.drop_backups(name, kept)
        self._mark(done, now)

    def forget(self, now: datetime) -> None:
        """Remove runs by their age, logs beyond their share, then what is done in the inbox."""
        retention = self._retention()
        oldest, kept = now - retention.history, retention.runs_per_job
        while not self._stop.is_set():
            runs = self._store.read(lambda tables: tables.runs.expired(oldest, kept, BATCH))
            if not runs:
                break
            for run in runs:
                for attempt in range(1, run.attempt + 1):
                    self._logs.discard(run.id, attempt)
            self._delete([run.id for run in runs])
        self._clear_logs(retention.logs_bytes)  # before what needs room on the disk
        self._store.write(lambda tables: tables.inbox.purge(oldest))
        self._store.write(lambda tables: tables.jobs.purge(now - FINISHED))
        self._applied = retention

    def _delete(self, run_ids: Sequence[RunId]) -> None:
        self._store.write(lambda tables: tables.runs.delete(run_ids))

    def _clear_logs(self, share_bytes: int) -> None:
        """Remove the logs of ended runs that stayed empty, then the oldest beyond their share."""
        logs = list(self._logs.all_logs())
        open_runs = self._store.read(lambda tables: tables.runs.open_runs())  # after the list
        is_open = {one.run.id for one in open_runs}
        excess = sum(size for _, _, size in logs) - share_bytes
        for run_id, attempt, size in logs:
            if self._stop.is_set():
                return
            is_wanted = run_id in is_open or (size and excess <= 0)
            if is_wanted or self._logs.is_held(run_id, attempt):
                continue
            if size or self._logs.size_bytes(run_id, attempt) == 0:
                self._logs.drop_output(run_id, attempt)
                excess -= size

    def _retention(self) -> Retention:
        return self._store.read(preferences_in).retention

    def _is_day_over(self) -> bool:
        return self._is_older(_DONE, timedelta(days=1))

    def _is_older(self, key: str, age: timedelta) -> bool:
        done = self._store.read(lambda tables: tables.settings.get(key))
        return done is None or abs(self._clock.now() - from_us(done)) >= age

    def _mark(self, key: str, now: datetime) -> None:
        self._store.write(lambda tables: tables.settings.set(key, to_us(now)))


def _words(error: StoreUnavailable | OSError) -> str:
    """Return a failure in whole sentences."""
    if isinstance(error, StoreUnavailable):
        return str(error)
    return f"{error.filename}: {error.strerror}." if error.filename else f"{error}."


def _failed(tables: Tables, failure: BackupFailure) -> None:
    """Remember in a transaction how a backup failed, and tell the person the first time."""
    if tables.settings.get(_FAILED) is None:
        item = InboxItem(
            id=0,
            kind=InboxKind.TROUBLE,
            run_id=None,
            job_id=None,
            title=_("No backup could be made"),
            text=_("{error} Jobs go on; it is tried again each hour.").format(error=failure.error),
            urgency=Urgency.NORMAL,
            created_at=failure.at,
        )
        tables.inbox.add(item)
    tables.settings.set(_FAILED, {"at": to_us(failure.at), "error": failure.error})
