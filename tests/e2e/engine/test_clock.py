"""The pulse: called at each wakeup, at once when poked, and never for the last time by itself."""

from __future__ import annotations

import itertools
import threading
from datetime import timedelta
from queue import SimpleQueue

import pytest

from deskcron.domain.errors import StoreUnavailable
from deskcron.engine import clock as pulse
from deskcron.engine.clock import PulseClock
from deskcron.system.clock import SystemClock

DEADLINE_S = 20.0
CLOCK = SystemClock()


class Claims:
    """Answers claims from a list, then "nothing planned"; tells when each one came."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.came: SimpleQueue[float] = SimpleQueue()
        self.threads: set[str] = set()

    def __call__(self, now):
        """Answer a claim."""
        self.threads.add(threading.current_thread().name)
        self.came.put(CLOCK.monotonic())
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return now + timedelta(seconds=answer) if isinstance(answer, int | float) else answer

    def next(self) -> float:
        """Wait for the next claim and return when it came."""
        return self.came.get(timeout=DEADLINE_S)


@pytest.fixture
def started():
    """Return a function that starts a pulse on claims; it is stopped after the test."""
    pulses: list[PulseClock] = []

    def start(claims) -> PulseClock:
        pulses.append(PulseClock(CLOCK, claims))
        pulses[-1].start()
        return pulses[-1]

    yield start
    for one in pulses:
        one.stop()


def test_the_first_claim_is_at_once(started) -> None:
    """What is due at the start is claimed without waiting."""
    begun_s = CLOCK.monotonic()
    claims = Claims()
    started(claims)
    assert claims.next() - begun_s < DEADLINE_S


def test_claims_come_when_they_were_wanted(started) -> None:
    """The next claim comes at the instant the last one has named, not earlier."""
    claims = Claims(0.05, 0.1)
    started(claims)
    first, second, third = claims.next(), claims.next(), claims.next()
    assert second - first + 0.001 >= 0.05
    assert third - second + 0.001 >= 0.1


def test_all_claims_are_on_one_thread(started) -> None:
    """Claims are made one after the other on the clock's own thread."""
    claims = Claims(0, 0, 0)
    started(claims)
    for _ in range(4):
        claims.next()
    assert len(claims.threads) == 1
    assert threading.current_thread().name not in claims.threads


def test_nothing_planned_waits_for_a_poke(started) -> None:
    """Without a next wakeup nothing is claimed until somebody pokes."""
    claims = Claims()
    clock = started(claims)
    claims.next()
    assert clock.earliest() is None
    clock.poke()
    claims.next()


def test_a_poke_claims_before_its_time(started) -> None:
    """A poke claims now although the next wakeup is far away."""
    claims = Claims(3600)
    clock = started(claims)
    claims.next()
    clock.poke()
    claims.next()


def test_a_poke_during_a_claim_is_not_lost(started) -> None:
    """What changed while a claim was under way is claimed right after it."""
    inside, go_on = threading.Event(), threading.Event()
    came: SimpleQueue[int] = SimpleQueue()

    def claim(now):
        came.put(1)
        inside.set()
        go_on.wait(DEADLINE_S)
        return now + timedelta(hours=1)

    clock = started(claim)
    assert inside.wait(DEADLINE_S)
    came.get()
    clock.poke()
    go_on.set()
    came.get(timeout=DEADLINE_S)


def test_a_poke_before_the_start_does_no_harm() -> None:
    """Poking a clock that has not begun, or has ended, is silent."""
    clock = PulseClock(CLOCK, Claims())
    clock.poke()
    clock.start()
    clock.stop()
    clock.poke()


def test_a_claim_that_fails_is_tried_again(started, expected_logs, monkeypatch) -> None:
    """Errors are logged and the claim is repeated, each time after a longer while."""
    monkeypatch.setattr(pulse, "FIRST_BACKOFF_S", 0.02)
    monkeypatch.setattr(pulse, "LONGEST_BACKOFF_S", 0.05)
    claims = Claims(KeyError(1), StoreUnavailable(title="Full"), ValueError(), 3600)
    started(claims)
    came = [claims.next() for _ in range(4)]
    waits = [later - earlier for earlier, later in itertools.pairwise(came)]
    for wait, least in zip(waits, (0.02, 0.04, 0.05), strict=True):
        assert wait >= least - 0.002
    assert [record.levelname for record in expected_logs] == ["ERROR", "WARNING", "ERROR"]


def test_after_a_success_the_patience_is_new(started, expected_logs, monkeypatch) -> None:
    """Back-off begins anew after a claim that worked."""
    monkeypatch.setattr(pulse, "FIRST_BACKOFF_S", 0.02)
    clock = started(claims := Claims(KeyError(1), KeyError(2), 0.001, KeyError(3), 3600))
    for _ in range(5):
        claims.next()
    assert clock._backoff_s in {0.0, 0.02}


def test_the_loop_survives_errors_of_its_own(started, expected_logs, monkeypatch) -> None:
    """An error in the loop around the claims is logged, and claims go on."""
    claims = Claims(3600)
    clock = started(claims)
    claims.next()
    real = clock._scheduler._process_jobs
    raised = threading.Event()

    def broken():
        if not raised.is_set():
            raised.set()
            raise RuntimeError("inside the loop")
        return real()

    monkeypatch.setattr(clock._scheduler, "_process_jobs", broken)
    clock.poke()
    assert raised.wait(DEADLINE_S)
    clock.poke()
    claims.next()
    assert "goes on" in expected_logs[0].getMessage()


def test_waits_are_capped(started, monkeypatch) -> None:
    """The loop looks at the wall clock now and then, as it may have been set meanwhile."""
    monkeypatch.setattr(pulse, "LONGEST_WAIT_S", 0.01)
    claims = Claims(3600)
    clock = started(claims)
    claims.next()
    clock.poke()
    claims.next()
    clock._next = CLOCK.now()  # as if the wall clock had been set to the wakeup
    claims.next()


def test_stopping_ends_the_thread(started) -> None:
    """After stop the clock's thread is gone."""
    claims = Claims(0.01)
    clock = PulseClock(CLOCK, claims)
    clock.start()
    claims.next()
    clock.stop()
    assert not {thread.name for thread in threading.enumerate()} & claims.threads


def test_the_job_store_shows_a_pulse_and_takes_nothing() -> None:
    """To APScheduler there is one job when the time has come, none before, and nothing to keep."""
    clock = PulseClock(CLOCK, Claims())
    store = pulse._PulseStore(clock)
    store._scheduler, store._alias = clock._scheduler, "default"
    now = CLOCK.now()
    assert [job.id for job in store.get_due_jobs(now)] == ["pulse"]
    assert store.get_due_jobs(now - timedelta(hours=1)) == []
    assert store.get_next_run_time() <= now
    assert store.get_all_jobs() == []
    assert store.lookup_job("pulse") is None
    for change in (store.add_job, store.update_job, store.remove_job):
        change("pulse")
    store.remove_all_jobs()
    assert store.get_due_jobs(now)
