"""The engine's alarm clock: APScheduler's loop, shown one pulse at the earliest wakeup."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from threading import Lock

from apscheduler.executors.base import BaseExecutor
from apscheduler.job import Job
from apscheduler.jobstores.base import BaseJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import STATE_STOPPED
from apscheduler.triggers.base import BaseTrigger

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.ports import Clock

logger = logging.getLogger(__name__)

LONGEST_WAIT_S = 15.0
"""The loop looks at the wall clock at least this often, as waits stand still in sleep."""
FIRST_BACKOFF_S = 0.25
LONGEST_BACKOFF_S = 10.0

Claim = Callable[[datetime], datetime | None]
"""Claim what is due at `now` and return the next wakeup; runs on the clock thread."""


class PulseClock:
    """Call `claim` at each wakeup it has named, and at once after `poke`.

    A claim that raises is logged and tried again with back-off; the loop never ends by itself.
    """

    def __init__(self, clock: Clock, claim: Claim) -> None:
        self._clock = clock
        self._claim = claim
        self._next: datetime | None = clock.now()
        self._backoff_s = 0.0
        self._lock = Lock()
        self._scheduler = _GuardedScheduler(timezone=UTC, jobstore_retry_interval=1)
        self._scheduler.add_executor(_Handover(self._pulse), "default")
        self._scheduler.add_jobstore(_PulseStore(self), "default")

    def start(self) -> None:
        """Begin; the first claim follows at once."""
        self._scheduler.start()

    def poke(self) -> None:
        """Claim now, whatever was planned. Thread: any."""
        with self._lock:
            self._next = self._clock.now()
        self._scheduler.wakeup()

    def stop(self) -> None:
        """End the loop after the claim it is in. Thread: any but the clock's."""
        self._scheduler.shutdown(wait=False)

    def earliest(self) -> datetime | None:
        """Return when the loop has to call, None for "when poked"."""
        return self._next

    def _pulse(self) -> None:
        now = self._clock.now()
        self._next = None
        try:
            upcoming = self._claim(now)
        except StoreUnavailable as error:
            upcoming = self._later()
            logger.warning("Nothing can be claimed, trying again at %s: %s", upcoming, error)
        except Exception:
            upcoming = self._later()
            logger.exception("A claim failed; next try at %s", upcoming)
        else:
            self._backoff_s = 0.0
        # a poke that came during the claim has set an earlier instant and must not be lost
        with self._lock:
            wanted = [at for at in (self._next, upcoming) if at is not None]
            self._next = min(wanted, default=None)

    def _later(self) -> datetime:
        """Return when to try again, counted from the end of a claim that took its time to fail."""
        self._backoff_s = min(max(FIRST_BACKOFF_S, 2 * self._backoff_s), LONGEST_BACKOFF_S)
        return self._clock.now() + timedelta(seconds=self._backoff_s)


class _GuardedScheduler(BackgroundScheduler):  # type: ignore[misc] # no type information
    """Cap the waits of the loop, and keep it alive whatever happens in one round."""

    def wakeup(self) -> None:
        """End a wait of the loop; before the start there is none. Thread: any."""
        if self._event is not None:
            self._event.set()

    def _main_loop(self) -> None:
        wait_s = 0.0
        while self.state != STATE_STOPPED:
            self._event.wait(wait_s)
            self._event.clear()
            try:
                wanted = self._process_jobs()
            except Exception:
                logger.exception("The scheduling loop had an error and goes on")
                wanted = 1.0
            wait_s = LONGEST_WAIT_S if wanted is None else min(wanted, LONGEST_WAIT_S)


class _PulseStore(BaseJobStore):  # type: ignore[misc] # no type information
    """Show the loop one job, due at the earliest wakeup; nothing is stored here."""

    def __init__(self, pulses: PulseClock) -> None:
        super().__init__()
        self._pulses = pulses

    def lookup_job(self, job_id: str) -> None:
        """Return nothing: jobs are not looked up here."""

    def get_due_jobs(self, now: datetime) -> list[Job]:
        """Return the pulse when its time has come."""
        due_at = self._pulses.earliest()
        if due_at is None or due_at > now:
            return []
        job = Job.__new__(Job)
        job.__setstate__(
            {
                "version": 1,
                "id": "pulse",
                "func": "deskcron.engine.clock:_pulse_marker",
                "trigger": _OneShot(),
                "executor": "default",
                "args": (),
                "kwargs": {},
                "name": "pulse",
                "misfire_grace_time": None,
                "coalesce": True,
                "max_instances": 1,
                "next_run_time": due_at,
            }
        )
        job._scheduler = self._scheduler  # noqa: SLF001 - the contract of a job store
        job._jobstore_alias = self._alias  # noqa: SLF001 - the contract of a job store
        return [job]

    def get_next_run_time(self) -> datetime | None:
        """Return when the pulse is due."""
        return self._pulses.earliest()

    def get_all_jobs(self) -> list[Job]:
        """Return no jobs: there is nothing to list."""
        return []

    def add_job(self, job: Job) -> None:
        """Take nothing in."""

    def update_job(self, job: Job) -> None:
        """Change nothing: the wakeups are the truth."""

    def remove_job(self, job_id: str) -> None:
        """Remove nothing: the wakeups are the truth."""

    def remove_all_jobs(self) -> None:
        """Remove nothing."""


class _OneShot(BaseTrigger):  # type: ignore[misc] # no type information
    """Leave the next time to the pulse store: a trigger without one would be removed."""

    def get_next_fire_time(  # the signature is APScheduler's
        self,
        previous: datetime | None,  # noqa: ARG002
        now: datetime,
    ) -> datetime:
        """Return a time that is not reached."""
        return now + timedelta(days=1)


class _Handover(BaseExecutor):  # type: ignore[misc] # no type information
    """Claim on the clock thread, synchronously, when the pulse is due."""

    def __init__(self, pulse: Callable[[], None]) -> None:
        super().__init__()
        self._pulse = pulse

    def submit_job(self, job: Job, run_times: Sequence[datetime]) -> None:  # noqa: ARG002
        """Claim now."""
        self._pulse()

    def _do_submit_job(self, job: Job, run_times: Sequence[datetime]) -> None:
        """Do nothing: `submit_job` is where the work is handed over."""


def _pulse_marker() -> None:
    """Stand for the function of the pulse, which is never called by APScheduler."""
