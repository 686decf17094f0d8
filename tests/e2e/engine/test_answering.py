"""Signals, runs that wait and jobs that are held, by what a person says to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Event

import pytest

from deskcron.domain.errors import BadInput, NotFound, RequestFailed
from deskcron.domain.explanation import Obstacle
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import Hold, InboxItem, InboxKind, NewRun, WakeKind, Wakeup
from deskcron.domain.run import Cause, Status
from deskcron.engine.charge import FOREGROUND
from deskcron.engine.control import NoEngine
from deskcron.system.lock import FileEngineLock


@pytest.fixture
def engine(rig, machine) -> Iterator[None]:
    """Have an engine answer while the control waits."""
    lock = FileEngineLock(rig.home / "engine.lock")
    assert lock.acquire("daemon")
    rig.on_wait = machine.requests.answer_all
    yield
    lock.release()


def waiting_run(rig) -> int:
    """Return a run that waits until a person is asked about it."""
    job, now = rig.add(), rig.clock.now()
    why = Why(Reason.ASKED, {"until": (now + timedelta(minutes=1)).isoformat()})
    return rig.change(
        lambda tables: tables.runs.insert(NewRun(job, 1, Cause.EVENT, Status.WAITING, now, why=why))
    )


def hold(rig, name: str) -> str:
    """Add a job that is held, and say so in the inbox."""
    job, now = rig.add(name), rig.clock.now()
    item = InboxItem(
        id=0,
        kind=InboxKind.HELD,
        run_id=None,
        job_id=job,
        title=name,
        text="It failed.",
        urgency="normal",
        created_at=now,
    )

    def put(tables) -> None:
        tables.holds.set(Hold(job, 3, now, now + timedelta(hours=1)))
        tables.wakeups.set(Wakeup(now + timedelta(hours=1), WakeKind.HOLD_END, job))
        tables.inbox.add(item)

    rig.change(put)
    return job


def test_a_signal_is_answered_by_the_number_of_its_listeners(rig, engine) -> None:
    """Each job that listens counts once; nobody listening is no failure."""
    rig.add("Sync", {"kind": "signal", "name": "go"})
    rig.add("Copy", {"kind": "signal", "name": "go"})
    assert rig.control.fire("go") == 2
    assert rig.control.fire("stop") == 0


@pytest.mark.parametrize("role", [None, FOREGROUND])
def test_a_signal_is_not_kept_for_an_engine_to_come(rig, role) -> None:
    """Without an engine, or with one for a run by hand alone, nothing comes of it."""
    rig.add("Sync", {"kind": "signal", "name": "go"})
    lock = FileEngineLock(rig.home / "engine.lock")
    if role is not None:
        assert lock.acquire(role)
    with pytest.raises(NoEngine, match="'go' was not heard"):
        rig.control.fire("go")
    assert rig.store.read(lambda tables: tables.requests.pending(rig.clock.now())) == []
    lock.release()


def test_a_run_that_waits_is_let_start(rig, engine) -> None:
    """It starts, whatever it has waited for; a second answer finds nothing that waits."""
    run_id = waiting_run(rig)
    rig.control.proceed(run_id)
    assert rig.history.get(run_id).status is not Status.WAITING
    with pytest.raises(RequestFailed, match="does not wait any longer"):
        rig.control.decline(run_id)


def test_a_run_that_waits_is_skipped(rig, engine) -> None:
    """Its row says that this was the person's choice."""
    run_id = waiting_run(rig)
    rig.control.decline(run_id)
    assert rig.fates() == ["skipped declined"]


def test_a_run_that_waits_is_put_off(rig, engine) -> None:
    """It waits on until the time that is answered, and its row says so."""
    run_id = waiting_run(rig)
    now = rig.clock.now()
    assert rig.control.put_off(run_id, 600) == now + timedelta(seconds=600)
    assert rig.fates() == ["waiting put-off"]


@pytest.mark.parametrize("seconds", [0, -5, 10**9])
def test_a_run_is_put_off_by_some_time(rig, engine, seconds) -> None:
    """No time and more than 30 days are refused."""
    with pytest.raises(BadInput, match="30 days"):
        rig.control.put_off(waiting_run(rig), seconds)


def test_runs_are_answered_by_an_engine_alone(rig) -> None:
    """A run that is not there is not found; without an engine nothing answers."""
    with pytest.raises(NotFound):
        rig.control.proceed(99)
    with pytest.raises(NoEngine):
        rig.control.proceed(waiting_run(rig))


def test_a_held_job_is_listed_as_such_and_why_tells_it(rig) -> None:
    """List and explanation name the hold and its end."""
    hold(rig, "Tea")
    rig.add("Rest")
    tea, rest = sorted(rig.catalogue.list(), key=lambda job: job.name, reverse=True)
    assert (tea.is_held, tea.held_until) == (True, rig.clock.now() + timedelta(hours=1))
    assert (rest.is_held, rest.held_until) == (False, None)
    assert rig.catalogue.show("Tea").summary.is_held
    assert Obstacle.HELD in rig.history.why("Tea").obstacles
    assert Obstacle.HELD not in rig.history.why("Rest").obstacles


def test_a_person_lets_a_held_job_go_on(rig) -> None:
    """The hold, its end and its inbox item are gone; what was not held is told apart."""
    job, other = hold(rig, "Tea"), hold(rig, "Coffee")
    rest = rig.add("Rest")
    nudges = rig.wake.nudges
    answer = rig.jobs.resume(["Tea", job, "Rest"])
    assert [one.id for one in answer.jobs] == [job]
    assert [one.id for one in answer.others] == [rest]
    assert not answer.jobs[0].is_held
    assert rig.wake.nudges == nudges + 1
    [item] = rig.store.read(lambda tables: tables.inbox.waiting())
    assert item.job_id == other
    assert [one.ref for one in rig.wakeups() if one.kind is WakeKind.HOLD_END] == [other]


def test_letting_a_job_go_on_is_no_change_to_undo(rig) -> None:
    """Undo takes back the change before it."""
    hold(rig, "Tea")
    before = rig.jobs.undoable()
    rig.jobs.resume(["Tea"])
    assert rig.jobs.undoable() == before


def test_a_job_that_listens_is_listed_as_such(rig) -> None:
    """It needs no due time to run."""
    rig.add("Sync", {"kind": "signal", "name": "go"})
    rig.add("Rest")
    assert {job.name: job.listens for job in rig.catalogue.list()} == {"Sync": True, "Rest": False}


def test_the_output_of_an_attempt_is_read_by_its_number(rig, machine) -> None:
    """Each attempt has its own output; one there never was is not found."""
    mark = f'"{rig.home}/mark"'
    script = f"[ -e {mark} ] && echo two || {{ echo one; touch {mark}; exit 3; }}"
    job = rig.add("Tea", action=rig.shell(script), retry={"count": 1, "delay_s": 0})
    machine.run(job)
    pause = Event()

    def on_wait() -> None:
        pause.wait(0.01)  # the processes are real, the time that is waited for is not
        rig.claim()

    rig.on_wait = on_wait
    run = rig.control.wait(rig.rows(job)[0].id, timeout_s=3600)
    assert (run.status, run.attempt) == (Status.SUCCEEDED, 2)
    [first] = rig.history.attempts(run.id)
    assert (first.number, first.exit_code) == (1, 3)
    assert rig.history.read_log(run.id, 0).text == "two\n"
    assert rig.history.read_log(run.id, 0, attempt=1).text == "one\n"
    with pytest.raises(NotFound, match="no attempt 3: it had 2"):
        rig.history.read_log(run.id, 0, attempt=3)
