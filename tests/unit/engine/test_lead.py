"""Due times are claimed a little ahead, and their runs start when they are due, not before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from deskcron.domain.records import WakeKind, Wakeup
from deskcron.domain.run import JobId, Status
from deskcron.engine.dispatcher import Dispatcher
from deskcron.engine.holding import Holding
from deskcron.engine.settlement import LEAD

EARLY = timedelta(milliseconds=4)
HOUR = timedelta(hours=1)


class Desk:
    """A dispatcher whose waits the test sees, and the instants at which runs are handed over."""

    def __init__(self, rig) -> None:
        self.rig = rig
        self.handed_over: list[tuple[datetime, JobId]] = []
        self.ends = False
        rig.dispatcher = Dispatcher(
            rig.store,
            rig.planner,
            rig.definitions,
            submit=Holding(rig.clock, self._wait, self._submit).hand_over,
            check=rig.to_check.extend,
            replace=rig.replaced.extend,
            told=rig.settled.append,
        )

    def _wait(self, timeout_s: float) -> bool:
        self.rig.wait(timeout_s)
        return self.ends

    def _submit(self, ready) -> None:
        self.handed_over += [(self.rig.clock.now(), one.job.id) for one in ready]


@pytest.fixture
def desk(rig) -> Desk:
    """Return a desk in place of the rig's dispatcher."""
    return Desk(rig)


def spans(rig, job: str) -> list[tuple[datetime, datetime]]:
    """Return first and last due time of each row."""
    return [(row.due_at, row.due_until or row.due_at) for row in rig.rows(job)]


def test_a_run_is_claimed_ahead_and_starts_when_it_is_due(rig, desk) -> None:
    """The row is written before the due time, at its own true time; the run starts on time."""
    job = rig.add()
    due = rig.due_at(job)
    claimed_at = rig.clock.set(due - EARLY)
    assert rig.claim() == due + timedelta(seconds=60) - LEAD
    assert desk.handed_over == [(due, job)]
    [run] = rig.rows()
    assert (run.recorded_at, run.due_at) == (claimed_at, due)


def test_a_late_claim_waits_for_nothing(rig, desk) -> None:
    """What is due is handed over at once, in one go, whatever was due first."""
    jobs = [rig.add("A"), rig.add("B", rig.every(30))]
    now = rig.clock.advance(seconds=60.5)
    rig.claim()
    assert sorted(desk.handed_over) == sorted((now, job) for job in jobs)


def test_each_run_waits_for_its_own_due_time(rig, desk) -> None:
    """Of several due times within the lead each run starts at its own."""
    one = rig.add("One")
    rig.clock.advance(milliseconds=5)
    two = rig.add("Two")
    dues = [rig.due_at(one), rig.due_at(two)]
    rig.clock.set(dues[0] - EARLY)
    rig.claim()
    assert desk.handed_over == list(zip(dues, [one, two], strict=True))


def test_an_engine_that_ends_meanwhile_leaves_the_run_queued(rig, desk) -> None:
    """A run that waits for its due time is not started by an engine that steps down."""
    job = rig.add()
    rig.clock.set(rig.due_at(job) - EARLY)
    desk.ends = True
    rig.claim()
    assert desk.handed_over == []
    assert rig.fates() == ["queued"]


def test_a_clock_set_ahead_ends_the_wait(rig, desk) -> None:
    """When the clock jumps over the due time the run starts at once."""
    job = rig.add()
    due = rig.due_at(job)
    rig.clock.set(due - EARLY)
    rig.on_wait = lambda: rig.clock.set(due + HOUR)
    rig.claim()
    assert desk.handed_over == [(due + HOUR, job)]


def test_a_clock_set_back_does_not_hold_the_run_for_longer(rig, desk, expected_logs) -> None:
    """When the clock is set back meanwhile, the run starts all the same, and only once."""
    job = rig.add("Tea", {"kind": "cron", "expression": "* * * * *"}, overlap="parallel")
    due = rig.due_at(job)
    rig.clock.set(due - EARLY)
    rig.timekeeper.tick()
    began_s = rig.clock.monotonic()

    def set_back_once() -> None:
        rig.on_wait = None
        rig.clock.set(due - HOUR)

    rig.on_wait = set_back_once
    rig.claim()
    assert len(desk.handed_over) == 1
    assert rig.clock.monotonic() - began_s == pytest.approx(LEAD.total_seconds())
    rig.timekeeper.tick()
    rig.end(rig.rows(job)[0].id)
    rig.clock.set(due)
    rig.claim()
    assert [run.due_at for run in rig.rows(job)].count(due) == 1
    assert expected_logs


def test_what_is_decided_ends_at_the_last_due_time_claimed(rig, desk) -> None:
    """A due time beyond the lead is decided by the next claim, however close it is."""
    start = (rig.clock.now() + timedelta(seconds=60, milliseconds=8)).isoformat()
    later = {**rig.every(60), "start": start}
    job = rig.add("Tea", rig.every(60), later, overlap="parallel", overlap_limit=9)
    first, second = rig.due_at(job), rig.due_at(job) + timedelta(milliseconds=8)
    rig.clock.set(first - EARLY)
    assert rig.claim() == second - LEAD
    assert rig.job(job).decided_until == first
    rig.claim()
    assert [run.due_at for run in rig.rows(job)] == [first, second]


@pytest.mark.parametrize("overlap", ["parallel", "skip"])
def test_an_edit_while_a_run_waits_decides_nothing_twice(rig, desk, overlap: str) -> None:
    """What was claimed ahead keeps its one row when the job is changed before the due time."""
    job = rig.add("Tea", overlap=overlap, overlap_limit=9)
    dues = []
    for number in range(4):
        dues.append(rig.due_at(job))
        rig.clock.set(dues[-1] - EARLY)
        rig.on_wait = lambda number=number: rename(rig, job, f"Tea {number}")
        rig.claim()
        rig.on_wait = None
        rig.claim()
    covered = [first + n * timedelta(seconds=60) for first, last in spans(rig, job)
               for n in range((last - first) // timedelta(seconds=60) + 1)]  # fmt: skip
    assert covered == dues
    assert sum(run.count for run in rig.rows(job)) == len(dues)


def rename(rig, job: str, name: str) -> None:
    """Save a job under another name."""
    rig.on_wait = None
    draft = rig.catalogue.draft(job)
    rig.jobs.save(job, {**draft.document, "name": name}, draft.revision)


def test_an_edit_right_after_a_skip_ahead_of_its_time(rig, desk) -> None:
    """A due time that was added to a row of several is not run by the next revision."""
    job = rig.add("Tea")
    for _ in range(3):
        rig.clock.set(rig.due_at(job) - EARLY)
        rig.claim()
    assert rig.fates(job) == ["queued", "skipped 2 still-running"]
    rig.end(rig.rows(job)[0].id)
    rename(rig, job, "Coffee")
    rig.clock.advance(milliseconds=10)
    rig.claim()
    assert rig.fates(job) == ["succeeded", "skipped 2 still-running"]


@pytest.mark.parametrize("how", ["disable", "remove"])
def test_a_job_taken_away_while_its_run_waits(rig, desk, how: str) -> None:
    """The run that is claimed already starts; nothing else is due of the job."""
    job = rig.add()
    due = rig.due_at(job)
    rig.clock.set(due - EARLY)

    def take_away() -> None:
        rig.on_wait = None
        if how == "disable":
            rig.jobs.set_enabled([job], False)
        else:
            rig.jobs.remove([job])

    rig.on_wait = take_away
    rig.claim()
    assert desk.handed_over == [(due, job)]
    rig.clock.advance(minutes=5)
    assert rig.claim() is None
    assert len(rig.rows(job)) == 1


def test_a_pause_that_begins_while_a_run_waits(rig, desk) -> None:
    """The run that is claimed already starts; the pause has skipped what came after it."""
    job = rig.add()
    due = rig.due_at(job)
    rig.clock.set(due - EARLY)

    def pause() -> None:
        rig.on_wait = None
        rig.control.pause(None)

    rig.on_wait = pause
    rig.claim()
    rig.clock.set(due + timedelta(seconds=130))
    assert rig.control.resume() == 2
    assert rig.fates(job) == ["queued", "skipped 2 paused"]
    assert rig.due_at(job) == due + timedelta(seconds=180)


def test_other_wakeups_are_not_early(rig, desk) -> None:
    """A snooze that ends within the lead is left for its own time."""
    end = rig.clock.now() + EARLY
    rig.change(lambda tables: tables.wakeups.set(Wakeup(end, WakeKind.SNOOZE, "1")))
    assert rig.claim() == end
    assert rig.settled == []


def test_counted_from_the_start_nothing_creeps_forward(rig, desk) -> None:
    """An interval after the last start counts from the due time, not from the claim before it."""
    job = rig.add("Tea", rig.every(60, "start"), overlap="parallel", overlap_limit=9)
    first = rig.due_at(job)
    for number in range(3):
        assert rig.due_at(job) == first + number * timedelta(seconds=60)
        rig.clock.set(rig.due_at(job) - EARLY)
        rig.claim()


def test_a_run_that_is_held_can_be_called_off(rig, machine) -> None:
    """A job that is removed a moment before its due time does not run."""
    job = rig.add("Tea", action=rig.shell("echo ran"))
    rig.clock.set(rig.due_at(job) - EARLY)

    def remove() -> None:
        rig.on_wait = None
        rig.jobs.remove(["Tea"])
        machine.requests.answer_all()

    rig.on_wait = remove
    rig.claim()
    assert machine.next_end().status is Status.SKIPPED
    assert rig.fates(job) == ["skipped job-removed"]
