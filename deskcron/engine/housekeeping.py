"""Daily work in the background: backups, retention, space given back."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.instant import from_us, to_us
from deskcron.domain.ports import Clock, RunLogs
from deskcron.domain.preferences import Retention
from deskcron.domain.run import RunId
from deskcron.domain.storage import Store
from deskcron.engine.preferences import preferences_in

logger = logging.getLogger(__name__)

FINISHED = timedelta(days=30)
DAILY_KEPT = 7
WEEKLY_KEPT = 2
BATCH = 500
RETRY_S = 3600.0
"""After a failure; a full disk is not helped by a copy of the store each second."""
_DONE = "housekeeping"
_DONE_WHOLE = "whole-backup"


class Housekeeping:
    """Keep backups fresh and the history bounded. Thread: its own, one at a time."""

    def __init__(
        self, store: Store, logs: RunLogs, backups: Path, clock: Clock, stop: Event
    ) -> None:
        self._store = store
        self._logs = logs
        self._backups = backups
        self._clock = clock
        self._stop = stop
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
            if is_daily:
                self.back_up(now)
            self.forget(now)
            if self._stop.is_set():
                return  # cut short, so it is not done
            self._store.shrink()
            if is_daily:
                self._mark(_DONE, now)
        except (StoreUnavailable, OSError) as error:
            self._not_before_s = self._clock.monotonic() + RETRY_S
            logger.warning("Housekeeping was not finished and is tried again: %s", error)

    def back_up(self, now: datetime) -> None:
        """Write the daily backup, and once a week one with the whole history."""
        self._store.backup(self._backups / f"daily-{now:%Y%m%d-%H%M%S}.db", whole=False)
        self._keep("daily-*.db", DAILY_KEPT)
        if self._is_older(_DONE_WHOLE, timedelta(days=7)):
            self._store.backup(self._backups / f"weekly-{now:%Y%m%d-%H%M%S}.db", whole=True)
            self._keep("weekly-*.db", WEEKLY_KEPT)
            self._mark(_DONE_WHOLE, now)

    def forget(self, now: datetime) -> None:
        """Remove runs and what is done in the inbox by their age, then logs beyond their share."""
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
        self._store.write(lambda tables: tables.inbox.purge(oldest))
        self._store.write(lambda tables: tables.jobs.purge(now - FINISHED))
        self._clear_logs(retention.logs_bytes)
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

    def _keep(self, pattern: str, newest: int) -> None:
        for old in sorted(self._backups.glob(pattern))[:-newest]:
            old.unlink(missing_ok=True)

    def _retention(self) -> Retention:
        return self._store.read(preferences_in).retention

    def _is_day_over(self) -> bool:
        return self._is_older(_DONE, timedelta(days=1))

    def _is_older(self, key: str, age: timedelta) -> bool:
        done = self._store.read(lambda tables: tables.settings.get(key))
        return done is None or abs(self._clock.now() - from_us(done)) >= age

    def _mark(self, key: str, now: datetime) -> None:
        self._store.write(lambda tables: tables.settings.set(key, to_us(now)))
