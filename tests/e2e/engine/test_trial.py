"""Test runs of drafts: run like any job's, kept out of every list, gone with their output."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest

from deskcron.domain.errors import InvalidDraft, RequestFailed
from deskcron.domain.records import InboxKind, RequestKind, RunFilter
from deskcron.domain.run import Cause, Status
from deskcron.engine.control import NoEngine
from deskcron.engine.housekeeping import Housekeeping


@pytest.fixture
def engine(rig, machine):
    """Hold the lock as an engine does, and answer while somebody waits for an answer."""
    rig.lock.acquire("daemon")
    rig.on_wait = machine.requests.answer_all
    return machine


def draft(rig, script: str = "echo hello", **fields):
    """Return a draft that runs a script."""
    return {"name": "Tea", "action": rig.shell(script), **fields}


def test_a_draft_runs_as_a_job_would(rig, engine) -> None:
    """Its run has the cause of its own, the draft's name, its output and its end."""
    run_id = rig.control.test(draft(rig, 'echo "$DESKCRON_JOB $DESKCRON_CAUSE"'))
    engine.next_end()
    run = rig.control.wait(run_id)
    assert (run.cause, run.status, run.job_name) == (Cause.TEST, Status.SUCCEEDED, "Tea")
    assert rig.history.read_log(run_id, 0).text == "Tea test\n"
    assert rig.history.detail(run_id).kind == "command"
    assert [one.id for one in rig.history.page(RunFilter(cause=Cause.TEST))] == [run_id]


def test_for_a_test_nothing_is_asked_of_the_surroundings(rig, engine, monkeypatch) -> None:
    """What might surprise shows itself; no keyring and no program is asked before."""
    monkeypatch.setattr(rig.drafts, "warnings", None)
    rig.control.test(draft(rig))
    assert engine.next_end().status is Status.SUCCEEDED


def test_nothing_of_a_test_is_in_the_lists(rig, engine) -> None:
    """The name stays free, no job is listed, planned or exported, and undo goes past it."""
    rig.jobs.add({"name": "Before", "action": {"kind": "reminder"}})
    rig.control.test(draft(rig, triggers=[rig.every(60)]))
    engine.next_end()
    assert [line.name for line in rig.catalogue.list(finished=True)] == ["Before"]
    assert b"Tea" not in rig.transfer.export()
    assert rig.wakeups() == []
    assert rig.jobs.undo().label == "Before"
    with pytest.raises(RequestFailed):
        rig.jobs.undo()
    rig.jobs.add(draft(rig))
    assert rig.control.test(draft(rig))  # also while a job has the name
    engine.next_end()


def test_a_removed_job_is_found_in_spite_of_a_test(rig, engine) -> None:
    """The history of a removed job is asked for by its name, also after a test of that name."""
    job_id = rig.add("tea")
    rig.jobs.remove([job_id])
    rig.clock.advance(minutes=1)
    rig.control.test(draft(rig))
    engine.next_end()
    assert rig.history.job_id("Tea") == job_id


def test_a_failing_test_troubles_nobody(rig, engine, notifier) -> None:
    """Its end puts nothing into the inbox and shows no banner: who tests looks on."""
    announcer = rig.announcer(notifier)
    announcer.start()
    run_id = rig.control.test(draft(rig, "exit 3"))
    end = engine.ended.get(timeout=20)
    announcer.run_ended(*end)
    announcer.close()
    assert rig.control.wait(run_id).status is Status.FAILED
    assert rig.inbox.waiting() == []
    assert notifier.rest() == []


@pytest.mark.parametrize("notify", ["always", "never"])
def test_a_reminder_is_tried_out_with_its_banner(rig, engine, notifier, notify: str) -> None:
    """The test of a reminder presents it, also that of a muted one."""
    document = {"name": "Tea", "action": {"kind": "reminder"}, "policy": {"notify": notify}}
    rig.control.test(document)
    engine.next_end()
    announcer = rig.announcer(notifier)
    announcer.start()
    assert notifier.next().title == "Tea"
    announcer.close()
    assert [item.kind for item in rig.inbox.waiting()] == [InboxKind.REMINDER]


def test_the_reminder_of_a_muted_job_waits_without_a_banner(rig, engine, notifier) -> None:
    """A muted job's reminder is in the inbox, where it is not presented any more."""
    rig.add("Tea", notify="never")
    rig.control.run("Tea")
    engine.next_end()
    announcer = rig.announcer(notifier)
    announcer.start()
    announcer.close()
    assert notifier.rest() == []
    assert [item.title for item in rig.inbox.waiting()] == ["Tea"]


def test_a_test_can_be_stopped(rig, engine) -> None:
    """A test that goes on too long is stopped by its number as any run."""
    run_id = rig.control.test(draft(rig, "exec sleep 60"))
    assert engine.next_started().id == run_id
    assert rig.control.stop(str(run_id)) == [run_id]
    assert engine.next_end().status is Status.CANCELLED


def test_what_cannot_be_saved_cannot_be_tested(rig, engine) -> None:
    """A draft is checked as when it is added; when it is due does not matter."""
    with pytest.raises(InvalidDraft) as caught:
        rig.control.test({"name": "", "action": {"kind": "command", "program": ""}})
    assert {problem.field for problem in caught.value.problems} >= {"name", "action.program"}
    past = {"kind": "once", "at": "2020-01-01T10:00", "zone": "UTC"}
    assert rig.control.test(draft(rig, triggers=[past]))
    engine.next_end()


def test_a_test_needs_an_engine(rig) -> None:
    """Without an engine nothing is kept of the draft."""
    with pytest.raises(NoEngine):
        rig.control.test(draft(rig))
    assert rig.change(lambda tables: tables.jobs.purge(rig.clock.now() + timedelta(1))) == 0


def test_only_a_test_runs_what_was_removed(rig, engine) -> None:
    """A job that was removed meanwhile is not run by hand."""
    job_id = rig.add()
    rig.jobs.remove([job_id])
    now = rig.clock.now()
    number = rig.change(
        lambda tables: tables.requests.add(
            RequestKind.RUN, {"job_id": job_id}, now, now + timedelta(minutes=1)
        )
    )
    engine.requests.answer_all()
    answer = rig.store.read(lambda tables: tables.requests.get(number))
    assert answer.result == {"error": "removed"}
    assert rig.rows() == []


def test_a_test_that_never_began_is_given_up(rig, engine) -> None:
    """After a crash of the engine no test begins that nobody looks at any more."""
    engine.runner.close()
    rig.control.test(draft(rig))
    engine.recovery.recover()
    assert rig.fates() == ["skipped job-removed"]


def test_retention_takes_a_test_and_its_draft(rig, engine) -> None:
    """Its run, its log and its hidden job go in time."""
    run_id = rig.control.test(draft(rig))
    engine.next_end()
    job_id = rig.history.get(run_id).job_id
    rig.clock.advance(days=91)
    keeper = Housekeeping(rig.store, rig.logs, rig.folder, rig.clock, Event(), lambda: None)
    keeper.forget(rig.clock.now())
    assert rig.rows() == []
    assert not rig.logs.exists(run_id, 1)
    assert rig.store.read(lambda tables: tables.jobs.get(job_id)) is None
