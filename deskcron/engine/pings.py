"""Tell the addresses of a job of its runs, and a person when that fails."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial

from deskcron.domain.instant import from_us, to_us
from deskcron.domain.pinging import Pinger
from deskcron.domain.ports import Clock
from deskcron.domain.records import InboxKind, RunEnd
from deskcron.domain.run import Cause, Status
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.ready import Ready
from deskcron.engine.watchdogs import bark

logger = logging.getLogger(__name__)

NOT_BEFORE = timedelta(days=1)
"""Between two entries of the inbox about failed pings of a job; the log has all."""
_TOLD = "failed-pings"
"""When a failed ping was last told of, by job."""


class RunPings:
    """Ping at the first start and the last end of each run but tests. Thread: any."""

    def __init__(self, store: Store, pinger: Pinger, clock: Clock) -> None:
        self._store = store
        self._pinger = pinger
        self._clock = clock

    def started(self, ready: Ready) -> None:
        """Ping for an attempt that starts, where it is the first."""
        if ready.attempt == 1:
            self._ping(ready, ready.job.policy.pings.start)

    def ended(self, ready: Ready, end: RunEnd) -> None:
        """Ping for a run that has ended; what was stopped is neither a success nor a failure."""
        pings = ready.job.policy.pings
        if end.status is Status.SUCCEEDED:
            self._ping(ready, pings.success)
        elif end.status.is_trouble:
            self._ping(ready, pings.failure)

    def close(self) -> None:
        """Ping no more."""
        self._pinger.close()

    def _ping(self, ready: Ready, url: str) -> None:
        if url and ready.cause is not Cause.TEST:
            self._pinger.ping(url, partial(self._failed, ready))

    def _failed(self, ready: Ready, why: str) -> None:
        logger.warning("A ping of job %s failed: %s", ready.job.name, why)
        now = self._clock.now()

        def told(_none: None, error: BaseException | None) -> None:
            if error is not None:
                logger.error("That a ping failed could not be told: %s", error)

        self._store.post(lambda tables: _tell(tables, ready, why, now), told)


def _tell(tables: Tables, ready: Ready, why: str, now: datetime) -> None:
    """Put it into the inbox, unless that has an entry of the job from within a day."""
    told = tables.settings.get(_TOLD) or {}
    lately = {job: at for job, at in told.items() if abs(now - from_us(at)) < NOT_BEFORE}
    if ready.job.id in lately:
        return
    tables.settings.set(_TOLD, {**lately, ready.job.id: to_us(now)})
    text = _("An address could not be told of a run: {why}").format(why=why)
    bark(tables, ready.job, text, now, ready.run_id, InboxKind.PING)
