"""Which job is meant, why it did or did not run, what waits, and what the engine is asked."""

from __future__ import annotations

import os
from datetime import timedelta
from functools import partial
from threading import Event

import msgspec
import pytest

from deskcron.domain.errors import BadInput, EngineRunning, NotFound, RequestFailed
from deskcron.domain.explanation import Obstacle
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import (
    Change,
    InboxItem,
    InboxKind,
    NewRun,
    Request,
    RequestKind,
    RequestState,
    RunEnd,
    RunFilter,
    WakeKind,
)
from deskcron.domain.run import Cause, RunId, Status
from deskcron.engine import charge
from deskcron.engine.charge import in_charge
from deskcron.engine.control import ANSWER_S, HURRY_S, NoEngine
from deskcron.engine.references import job_of, run_of
from deskcron.system.lock import FileEngineLock

HUGE = 10**30


def found(rig, ref: str) -> str:
    """Return the name of the job that is meant."""
    return rig.store.read(lambda tables: job_of(tables, ref)).name


def put(rig, name: str, job_id: str) -> None:
    """Store a job under an id of our choice."""
    rig.add(name)
    stored = rig.store.read(lambda tables: tables.jobs.by_name(name))
    rig.jobs.remove([stored.id])
    new = msgspec.structs.replace(stored, id=job_id, revision=1)
    rig.change(
        lambda tables: tables.jobs.put(new, tables.jobs.begin(Change.ADD, name, rig.clock.now()))
    )


# references


def test_names_come_before_ids_before_prefixes(rig) -> None:
    """A reference is a name in any case, else an id, else the unique beginning of an id."""
    put(rig, "Tea", "abcdef123456")
    put(rig, "Coffee", "abd000000000")
    put(rig, "abcdef", "ffff00000000")
    assert found(rig, "tEA") == "Tea"
    assert found(rig, "abcdef123456") == "Tea"
    assert found(rig, "abcdef") == "abcdef"
    assert found(rig, "abcd") == "Tea"
    assert found(rig, "abd") == "Coffee"
    assert found(rig, "f") == "abcdef"


def test_an_ambiguous_beginning_names_the_candidates(rig) -> None:
    """A beginning that several ids share is bad input that shows which."""
    put(rig, "Tea", "abcdef123456")
    put(rig, "Coffee", "abd000000000")
    with pytest.raises(BadInput) as caught:
        found(rig, "ab")
    assert caught.value.title == "'ab' could mean several jobs"
    assert "Tea (abcdef123456)" in caught.value.detail
    assert "Coffee (abd000000000)" in caught.value.detail


@pytest.mark.parametrize(
    "ref", ["", "nobody", "%", "_", "'; DROP TABLE jobs", "\0", "☕", "x" * 10_000]
)
def test_nobody_is_not_found(rig, ref: str) -> None:
    """What names no job is not found, in few words."""
    rig.add("Tea")
    with pytest.raises(NotFound, match="no job") as caught:
        found(rig, ref)
    assert len(str(caught.value)) < 500


def test_removed_jobs_are_not_meant(rig) -> None:
    """A removed job is found neither by name nor by id nor by its beginning."""
    job = rig.add("Tea")
    rig.jobs.remove([job])
    for ref in ("Tea", job, job[:4]):
        with pytest.raises(NotFound):
            found(rig, ref)


def test_the_runs_of_a_removed_job_can_be_asked_for(rig) -> None:
    """Where no job is meant, the one removed last of that name is, or the one of that id."""
    first = rig.add("Tea")
    rig.jobs.remove([first])
    rig.clock.advance(seconds=1)
    second = rig.add("tea")
    assert rig.history.job_id("Tea") == second
    rig.jobs.remove([second])
    assert rig.history.job_id("TEA") == second
    assert rig.history.job_id(first) == first
    assert rig.history.why("Tea").obstacles == (Obstacle.REMOVED,)
    with pytest.raises(NotFound):
        rig.history.job_id("Coffee")


def test_an_id_is_never_taken_for_a_name(rig) -> None:
    """A job that is called by another one's id gets nothing that is meant for that one."""
    job = rig.add("Tea")
    other = rig.add(job)
    assert found(rig, job) == "Tea"
    rig.jobs.remove([job])
    assert rig.job(other).removed_at is None
    assert rig.history.job_id(job) == job
    with pytest.raises(NotFound):
        found(rig, job)
    assert found(rig, other) == job


def test_a_job_may_have_a_number_for_a_name(rig) -> None:
    """A job called by a number is found by it, and stopped by it."""
    job = rig.add("17")
    assert found(rig, "17") == "17"
    assert rig.history.job_id("17") == job


@pytest.mark.parametrize("run_id", [0, -1, 4711, HUGE, -HUGE])
def test_runs_that_are_not_there(rig, run_id: int) -> None:
    """A number of no run is not found, however large."""
    with pytest.raises(NotFound, match="no run"):
        rig.store.read(lambda tables: run_of(tables, run_id))
    with pytest.raises(NotFound):
        rig.history.get(run_id)


# why


@pytest.fixture
def engine(rig):
    """Have an engine in charge."""
    with in_charge(rig.lock, "daemon"):
        yield


def obstacles(rig, ref: str = "Tea") -> tuple[Obstacle, ...]:
    """Return what is in the way of a job."""
    return rig.history.why(ref).obstacles


def test_nothing_in_the_way(rig, engine) -> None:
    """A job with a due time, an engine and no pause has nothing in its way."""
    rig.add()
    answer = rig.history.why("Tea")
    assert answer.obstacles == ()
    assert answer.next_due_at == rig.clock.now() + timedelta(seconds=60)
    assert (answer.last_execution, answer.decisions) == (None, ())


def test_every_obstacle_is_named(rig, engine) -> None:
    """Switch, pause, finish, missing rule, damage and a running program are told apart."""
    job = rig.add()
    rig.jobs.set_enabled([job], False)
    assert obstacles(rig) == (Obstacle.DISABLED,)
    rig.jobs.set_enabled([job], True)
    rig.control.pause(None)
    assert obstacles(rig) == (Obstacle.PAUSED,)
    rig.control.resume()
    rig.jobs.add({"name": "By hand", "action": {"kind": "reminder"}})
    assert obstacles(rig, "By hand") == (Obstacle.NO_DUE_TIME,)
    rig.add("Once", {"kind": "once", "at": "2026-07-01T14:00:30"})
    rig.clock.advance(seconds=30)
    rig.claim()
    assert obstacles(rig, "Once") == (Obstacle.FINISHED,)
    rig.jobs.add({"name": "Later", "triggers": [{"kind": "moon"}], "action": {"kind": "reminder"}})
    assert obstacles(rig, "Later") == (Obstacle.FAULT,)


def test_a_job_whose_next_time_follows_its_run_is_not_one_by_hand(rig, engine) -> None:
    """While its run is not over it has no next time, but one will come."""
    rig.add("Tea", rig.every(60, "end"))
    rig.clock.advance(seconds=60)
    rig.claim()
    answer = rig.history.why("Tea")
    assert (answer.next_due_at, answer.obstacles) == (None, ())


def test_a_pause_is_in_the_way_of_what_it_leaves_out(rig, engine) -> None:
    """A pause that ends before a job is due does not keep it from running."""
    rig.add("Soon", rig.every(60))
    rig.add("Later", rig.every(7200))
    rig.control.pause(3600)
    assert obstacles(rig, "Soon") == (Obstacle.PAUSED,)
    assert obstacles(rig, "Later") == ()


def test_no_engine_is_an_obstacle(rig) -> None:
    """Without an engine nothing runs, and that is said."""
    rig.add()
    assert obstacles(rig) == (Obstacle.NO_ENGINE,)


def test_a_running_program_is_an_obstacle(rig, machine, engine) -> None:
    """While a run goes on that is said, also where its row is far back in the history."""
    job = rig.add("Tea", action=rig.shell("exec sleep 60"))
    machine.run(job)
    machine.next_started()
    assert obstacles(rig) == (Obstacle.STILL_RUNNING,)


def test_why_shows_the_last_execution_behind_many_skips(rig, engine) -> None:
    """The last run that executed is shown with the latest decisions, newest first."""
    job = rig.add()
    rig.clock.advance(seconds=60)
    rig.claim()
    executed = rig.rows()[0]
    rig.end(executed.id)
    for _ in range(15):
        rig.jobs.set_enabled([job], False)
        row = NewRun(job, 1, Cause.SCHEDULE, Status.SKIPPED, rig.clock.now())
        rig.change(lambda tables, row=row: tables.runs.insert(row))
    answer = rig.history.why(job)
    assert answer.last_execution.id == executed.id
    assert [run.id for run in answer.decisions] == list(range(16, 6, -1))


def test_why_of_nobody(rig) -> None:
    """A job that is not there has no answer."""
    with pytest.raises(NotFound):
        rig.history.why("Nobody")


# history


def test_pages_and_counts(rig) -> None:
    """The history comes in pages, newest first, and is counted up to a bound."""
    rig.add("Tea", overlap="parallel", overlap_limit=100)
    for _ in range(5):
        rig.clock.advance(seconds=60)
        rig.claim()
    first = rig.history.page(RunFilter(limit=3))
    second = rig.history.page(RunFilter(limit=3, before=first[-1].id))
    assert [run.id for run in (*first, *second)] == [5, 4, 3, 2, 1]
    assert rig.history.count(RunFilter(), 100) == 5
    assert rig.history.count(RunFilter(), 3) == 3
    assert rig.history.count(RunFilter(status=Status.FAILED), 3) == 0


def test_output_of_a_run(rig, machine) -> None:
    """The output of a run is read in pieces, from where its file is."""
    run_id = machine.run(rig.add("Tea", action=rig.shell("printf 'one\\ntwo\\n'")))
    machine.next_end()
    assert rig.history.log_path(run_id).read_text() == "one\ntwo\n"
    chunk = rig.history.read_log(run_id, 0, 4)
    assert chunk.text == "one\n"
    assert rig.history.read_log(run_id, chunk.next_offset).text == "two\n"


# inbox


def remind(rig, **fields) -> int:
    """Put a reminder in the inbox."""
    item = InboxItem(
        **{
            "id": 0,
            "kind": InboxKind.REMINDER,
            "run_id": None,
            "job_id": None,
            "title": "Tea",
            "text": "",
            "urgency": "normal",
            "created_at": rig.clock.now(),
            **fields,
        }
    )
    return rig.change(lambda tables: tables.inbox.add(item))


def test_what_is_done_is_gone(rig) -> None:
    """An item stays until it is done, which it can be once."""
    item_id = remind(rig)
    assert [item.id for item in rig.inbox.waiting()] == [item_id]
    assert rig.inbox.done(item_id).title == "Tea"
    assert rig.inbox.waiting() == []
    with pytest.raises(RequestFailed, match="done already"):
        rig.inbox.done(item_id)
    with pytest.raises(RequestFailed, match="done already"):
        rig.inbox.snooze(item_id, 60)


def failed(rig, job: str, code: int = 3) -> tuple[int, int]:
    """Record a failure of a job as its end does; return the numbers of item and run."""
    now = rig.clock.advance(seconds=1)
    end = RunEnd(RunId(0), Status.FAILED, now, now, Why(Reason.EXIT_CODE, {"code": code}))

    def put(tables) -> tuple[int, int]:
        run_id = tables.runs.insert(NewRun(job, 1, Cause.MANUAL, Status.RUNNING, now))
        tables.runs.ended(end._replace(run_id=run_id))
        item = InboxItem(
            id=0,
            kind=InboxKind.TROUBLE,
            run_id=run_id,
            job_id=job,
            title="Tea",
            text="",
            urgency="normal",
            created_at=now,
            presented_at=now,
        )
        return tables.inbox.add(item), run_id

    return rig.change(put)


def test_failures_of_a_job_are_one_entry(rig) -> None:
    """Further failures of a job count up its entry, which keeps its number and says the newest."""
    tea, milk = rig.add("Tea"), rig.add("Milk")
    begun = rig.clock.now()
    first, first_run = failed(rig, tea)
    other, other_run = failed(rig, milk)
    reminder = remind(rig)
    _second, second_run = failed(rig, tea, code=4)
    entries = rig.inbox.waiting()
    assert [(entry.id, entry.count, entry.run_ids) for entry in entries] == [
        (first, 2, (second_run, first_run)),
        (reminder, 1, ()),
        (other, 1, (other_run,)),
    ]
    failures = entries[0]
    assert failures.created_at == begun + timedelta(seconds=1)
    assert failures.latest_at == rig.clock.now()
    assert failures.run_id == second_run
    assert (failures.run.status, failures.run.reason) == (Status.FAILED, Reason.EXIT_CODE)
    assert failures.run.reason_args == {"code": 4}


def test_done_of_a_failure_is_done_of_all_of_its_job(rig) -> None:
    """Whichever failure is marked, those of the job go; the next one begins a new entry."""
    tea, milk = rig.add("Tea"), rig.add("Milk")
    first, _run = failed(rig, tea)
    other, _run = failed(rig, milk)
    second, _run = failed(rig, tea)
    assert rig.inbox.done(second).count == 2
    assert [entry.id for entry in rig.inbox.waiting()] == [other]
    with pytest.raises(RequestFailed, match="done already"):
        rig.inbox.done(first)
    third, _run = failed(rig, tea)
    assert [(entry.id, entry.count) for entry in rig.inbox.waiting()] == [(third, 1), (other, 1)]


def test_a_snoozed_failure_stays_one_entry(rig) -> None:
    """Put off by any of its numbers, the entry is quiet as a whole and wakes once."""
    tea = rig.add("Tea")
    first, _run = failed(rig, tea)
    second, _run = failed(rig, tea)
    until = rig.inbox.snooze(second, 600)
    failed(rig, tea)
    [entry] = rig.inbox.waiting()
    assert (entry.id, entry.count, entry.snoozed_until) == (first, 3, until)
    snoozes = [wakeup.ref for wakeup in rig.wakeups() if wakeup.kind is WakeKind.SNOOZE]
    assert snoozes == [str(first)]


def test_everything_done(rig) -> None:
    """All that waits is marked at once, with what is put off; entries are counted."""
    tea = rig.add("Tea")
    failed(rig, tea)
    failed(rig, tea)
    rig.inbox.snooze(remind(rig), 600)
    assert rig.inbox.done_all() == 2
    assert rig.inbox.waiting() == []
    assert [wakeup for wakeup in rig.wakeups() if wakeup.kind is WakeKind.SNOOZE] == []
    assert rig.inbox.done_all() == 0


def test_several_are_dealt_with_at_once_and_taken_back(rig) -> None:
    """Marking passes over what is done; taking back brings every item and its snooze."""
    tea = rig.add("Tea")
    failed(rig, tea)
    failed(rig, tea)
    other = remind(rig)
    put_off = remind(rig)
    rig.inbox.snooze(put_off, 600)
    before = rig.inbox.waiting()
    rig.inbox.done(other)
    trouble = next(entry.id for entry in before if entry.job_id == tea)
    marked = rig.inbox.deal_with([trouble, other, put_off])
    assert len(marked) == 3
    assert rig.inbox.waiting() == []
    assert [wakeup for wakeup in rig.wakeups() if wakeup.kind is WakeKind.SNOOZE] == []
    rig.inbox.take_back([*marked, other, 99])
    assert rig.inbox.waiting() == before
    (wakeup,) = [wakeup for wakeup in rig.wakeups() if wakeup.kind is WakeKind.SNOOZE]
    assert wakeup.ref == str(put_off)


def test_snooze_sets_a_wakeup(rig) -> None:
    """A snoozed item stays, is shown again when its time has come, and done ends that."""
    item_id = remind(rig)
    until = rig.inbox.snooze(item_id, 600)
    assert until == rig.clock.now() + timedelta(seconds=600)
    assert [(wakeup.kind, wakeup.at) for wakeup in rig.wakeups()] == [(WakeKind.SNOOZE, until)]
    assert rig.wake.nudges == 1
    assert len(rig.inbox.waiting()) == 1
    rig.inbox.done(item_id)
    assert rig.wakeups() == []


@pytest.mark.parametrize(
    ("seconds", "second", "wanted"),
    [(600, 25, (10, 0)), (600, 35, (11, 0)), (3599, 0, (60, 0)), (20, 25, (0, 45))],
)
def test_a_snooze_ends_with_a_full_minute(rig, seconds: int, second: int, wanted) -> None:
    """What comes back does so at a time that can be said; only seconds are taken exactly."""
    hour = rig.clock.now().replace(minute=0, second=0, microsecond=0)
    rig.clock.set(hour.replace(second=second))
    minutes, seconds_left = wanted
    until = rig.inbox.snooze(remind(rig), seconds)
    assert until == hour + timedelta(minutes=minutes, seconds=seconds_left)


@pytest.mark.parametrize("seconds", [0, -5])
def test_a_snooze_takes_time(rig, seconds: int) -> None:
    """A snooze of no length is bad input."""
    with pytest.raises(BadInput):
        rig.inbox.snooze(remind(rig), seconds)


@pytest.mark.parametrize("item_id", [4711, HUGE, -1])
def test_items_that_are_not_there(rig, item_id: int) -> None:
    """A number of no item is not found, however large."""
    with pytest.raises(NotFound, match="no inbox item"):
        rig.inbox.done(item_id)
    with pytest.raises(NotFound):
        rig.inbox.snooze(item_id, 60)


# control


def answering(rig, state: RequestState, result=None) -> list[Request]:
    """Have an engine in another process answer while we wait; return what it was asked."""
    asked: list[Request] = []

    def answer() -> None:
        for request in rig.store.read(lambda tables: tables.requests.pending(rig.clock.now())):
            asked.append(request)
            answer = request.args if result is None else result
            rig.change(partial(_answer, request.id, state, answer))

    rig.on_wait = answer
    return asked


def _answer(number: int, state: RequestState, result, tables) -> None:
    tables.requests.answer(number, state, result)


def test_run_needs_an_engine(rig) -> None:
    """Without an engine a job cannot be run, and nothing is left behind for a later one."""
    rig.add()
    with pytest.raises(NoEngine, match="No engine is running"):
        rig.control.run("Tea")
    assert rig.store.read(lambda tables: tables.requests.pending(rig.clock.now())) == []


def test_at_the_end_of_the_process_no_answer_is_waited_for(rig, engine) -> None:
    """In a hurry an engine that does not answer is given up after a second."""
    rig.add()
    began = rig.clock.monotonic()
    rig.control.hurry()
    with pytest.raises(RequestFailed, match="did not answer"):
        rig.control.run("Tea")
    assert HURRY_S <= rig.clock.monotonic() - began < 2 * HURRY_S


def test_run_asks_the_engine(rig, engine) -> None:
    """The engine is asked, nudged, and its answer is the number of the run."""
    rig.add()
    answering(rig, RequestState.DONE, {"run_id": 7})
    nudges = rig.wake.nudges
    assert rig.control.run("tea") == 7
    assert rig.wake.nudges == nudges + 1


def test_run_of_nobody(rig, engine) -> None:
    """A job that is not there is not run."""
    with pytest.raises(NotFound):
        rig.control.run("Nobody")


def test_an_engine_that_does_not_answer_is_told_of(rig, engine) -> None:
    """After some seconds the request is taken back, so that it is not seen to later."""
    rig.add()
    before_s = rig.clock.monotonic()
    with pytest.raises(RequestFailed, match="did not answer"):
        rig.control.run("Tea")
    assert ANSWER_S <= rig.clock.monotonic() - before_s < ANSWER_S + 1
    assert rig.store.read(lambda tables: tables.requests.pending(rig.clock.now())) == []


def test_an_engine_that_refuses_is_told_of(rig, engine) -> None:
    """A request that failed, as its job was removed meanwhile, is an error in words."""
    rig.add()

    answering(rig, RequestState.FAILED)
    with pytest.raises(RequestFailed, match="'Tea' was not run"):
        rig.control.run("Tea")


def test_an_answer_at_the_last_moment_counts(rig, engine, monkeypatch) -> None:
    """An answer that comes while the request is being taken back is an answer."""
    rig.add()
    answering(rig, RequestState.DONE, {"run_id": 7})

    def until(_found, _timeout_s):
        rig.wait(1)

    monkeypatch.setattr(rig.control, "_until", until)
    assert rig.control.run("Tea") == 7


def test_stop_of_nothing(rig, engine) -> None:
    """Where nothing of a job runs or waits, or the run is over, there is nothing to stop."""
    rig.add()
    with pytest.raises(RequestFailed, match="has nothing of it"):
        rig.control.stop("Tea")
    rig.clock.advance(seconds=60)
    rig.claim()
    rig.end(1)
    with pytest.raises(RequestFailed, match="has nothing of it"):
        rig.control.stop("1")
    for ref in ("4711471147114711", "Nobody", str(HUGE), "9" * 5000):
        with pytest.raises(NotFound):
            rig.control.stop(ref)


def test_stop_by_run_or_job(rig, engine) -> None:
    """A number means a run unless a job is called so; a job means all its open runs."""
    rig.add("Tea", overlap="queue")
    rig.clock.advance(seconds=1)
    rig.add("2")
    for _ in range(2):
        rig.clock.advance(seconds=60)
        rig.claim()
    assert [(run.job_name, run.status) for run in rig.rows()] == [
        ("Tea", "queued"),
        ("2", "queued"),
        ("Tea", "waiting"),
        ("2", "skipped"),
    ]
    asked = answering(rig, RequestState.DONE)
    assert rig.control.stop("Tea") == [1, 3]
    assert rig.control.stop("3") == [3]
    assert rig.control.stop("2") == [2]
    assert [request.args["run_ids"] for request in asked] == [[1, 3], [3], [2]]


def test_stop_needs_an_engine(rig) -> None:
    """Open runs without an engine cannot be stopped."""
    rig.add()
    rig.clock.advance(seconds=60)
    rig.claim()
    with pytest.raises(RequestFailed, match="No engine"):
        rig.control.stop("Tea")


def test_waiting_for_a_run(rig) -> None:
    """Waiting ends with the run, or when the time is over with the run as it is."""
    rig.add()
    rig.clock.advance(seconds=60)
    rig.claim()
    assert rig.control.wait(1, 3).status is Status.QUEUED
    looks = []

    def on_wait() -> None:
        looks.append(1)
        if len(looks) == 3:
            rig.end(1)

    rig.on_wait = on_wait
    assert rig.control.wait(1).status is Status.SUCCEEDED
    assert len(looks) == 3
    with pytest.raises(NotFound):
        rig.control.wait(99)


def test_nothing_to_resume(rig) -> None:
    """Resuming where nothing is paused is said."""
    with pytest.raises(RequestFailed, match="Nothing is paused"):
        rig.control.resume()


def test_a_pause_that_is_over_is_no_pause(rig) -> None:
    """A pause whose end has come is not told of, also where no engine has seen it."""
    until = rig.control.pause(60)
    assert (rig.control.state().paused, rig.control.state().paused_until) == (True, until)
    rig.clock.advance(seconds=60)
    assert (rig.control.state().paused, rig.control.state().paused_until) == (False, None)


def test_the_state_of_the_engine(rig) -> None:
    """The state tells who is in charge, since when it was last alive, and of a pause."""
    state = rig.control.state()
    assert (state.running, state.pid, state.role, state.paused) == (False, None, None, False)
    with in_charge(rig.lock, "daemon"):
        rig.lock.beat(rig.clock.now())
        state = rig.control.state()
        assert (state.running, state.role) == (True, "daemon")
        assert state.last_beat_at == rig.clock.now()


def test_two_are_not_in_charge(rig) -> None:
    """Who finds the lock taken is told by whom."""
    other = FileEngineLock(rig.home / "engine.lock")
    with (
        in_charge(rig.lock, "daemon"),
        pytest.raises(EngineRunning, match=r"process \d+ \(daemon\) is in charge"),
        in_charge(other, "run"),
    ):
        pass
    with in_charge(other, "run"):
        pass


def test_who_waits_for_a_run_by_hand_says_so_once(rig, monkeypatch) -> None:
    """The one who is waited for is told once; where the waiting is called off, it ends."""
    monkeypatch.setattr(charge, "LOOK_S", 0.01)
    other, stop = FileEngineLock(rig.home / "engine.lock"), Event()
    told = []
    looks = iter([False, False, True])
    monkeypatch.setattr(stop, "wait", lambda _timeout_s: next(looks))
    with (
        in_charge(rig.lock, charge.FOREGROUND),
        pytest.raises(EngineRunning),
        in_charge(other, charge.DAEMON, stop, told.append),
    ):
        pass
    assert [(holder.pid, holder.role) for holder in told] == [(os.getpid(), charge.FOREGROUND)]


def test_who_is_in_charge_may_not_be_known(rig, monkeypatch) -> None:
    """Where the holder of the lock cannot be told, the error says what is known."""
    monkeypatch.setattr(rig.lock, "acquire", lambda _role: False)
    with pytest.raises(EngineRunning, match="another process"), in_charge(rig.lock, "daemon"):
        pass


# requests, on the engine's side


def test_a_waiting_run_whose_definition_is_gone_is_stopped(rig, machine) -> None:
    """A run that waits with a revision nobody kept can be stopped."""
    job = rig.add()
    row = NewRun(job, 99, Cause.MANUAL, Status.WAITING, rig.clock.now())
    machine.ask(RequestKind.STOP, run_ids=[rig.change(lambda tables: tables.runs.insert(row))])
    assert rig.fates() == ["cancelled stopped"]


def test_requests_nobody_knows_are_answered(rig, machine, expected_logs) -> None:
    """A request of a kind or shape that is not known fails, and does not hold up the others."""
    now, later = rig.clock.now(), rig.clock.now() + timedelta(minutes=1)
    asked = [("dance", {}), ("run", {}), ("stop", {"run_ids": "x"}), ("run", {"job_id": "gone"})]
    numbers = [
        rig.change(lambda tables, ask=ask: tables.requests.add(*ask, now, later)) for ask in asked
    ]
    good = machine.run(rig.add())
    machine.next_end()
    states = [
        rig.store.read(lambda tables, number=number: tables.requests.get(number)).state
        for number in numbers
    ]
    assert states == [RequestState.FAILED] * 4
    assert rig.rows()[0].id == good


def test_requests_that_have_expired_are_not_answered(rig, machine) -> None:
    """What somebody asked for and gave up is not done later."""
    job = rig.add()
    now = rig.clock.now()
    later = now + timedelta(seconds=10)
    rig.change(lambda tables: tables.requests.add(RequestKind.RUN, {"job_id": job}, now, later))
    rig.clock.advance(seconds=10)
    machine.requests.answer_all()
    assert rig.rows() == []


@pytest.mark.parametrize("how", ["disabled", "paused", "finished"])
def test_a_run_by_hand_goes_whatever_is_in_the_way(rig, machine, how: str) -> None:
    """A job can be run by hand while it is disabled, paused or finished."""
    job = rig.add("Tea", {"kind": "once", "at": "2026-07-01T14:00:30"})
    if how == "disabled":
        rig.jobs.set_enabled([job], False)
    elif how == "paused":
        rig.control.pause(None)
    else:
        rig.clock.advance(seconds=30)
        rig.claim()
        machine.next_end()
    machine.run(job)
    machine.next_end()
    assert rig.rows(job)[-1].cause is Cause.MANUAL
    assert rig.rows(job)[-1].status is Status.SUCCEEDED
