"""What a run executed, as its details say."""

from __future__ import annotations

import msgspec
import pytest
from waiting import eventually

from deskcron.domain.errors import NotFound
from deskcron.domain.ports import ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import Change, NewRun, WakeKind, Wakeup
from deskcron.domain.run import Cause, Status


def run_of(rig, job_id: str) -> int:
    """Record a run of a job's present revision."""
    job = rig.job(job_id)
    run = NewRun(job.id, job.revision, Cause.MANUAL, Status.SUCCEEDED, rig.clock.now())
    return rig.change(lambda tables: tables.runs.insert(run))


def test_the_revision_that_ran_counts(rig) -> None:
    """Details are those of the time of the run, whatever the job has become."""
    action = {
        "kind": "command",
        "program": "/bin/echo",
        "arguments": ["two words"],
        "directory": "~/work",
        "environment": {"B": "secret", "A": "1"},
    }
    job_id = rig.add("Work", action=action)
    first = run_of(rig, job_id)
    draft = rig.catalogue.draft("Work")
    rig.jobs.save(draft.job_id, {**draft.document, "action": {"kind": "reminder", "text": "Hi"}}, 1)
    second = run_of(rig, job_id)
    before, after = rig.history.detail(first), rig.history.detail(second)
    assert before.run == rig.history.get(first)
    assert (before.kind, before.command) == ("command", "/bin/echo 'two words'")
    assert (before.directory, before.environment_names) == ("~/work", ("A", "B"))
    assert (after.kind, after.command, after.directory) == ("reminder", "Hi", "")
    assert after.environment_names == ()


def test_a_script_is_told_whole(rig) -> None:
    """A script in a job comes with all lines, its interpreter and arguments; passwords do not."""
    script = {
        "kind": "script",
        "text": "cd x\nAPI_TOKEN=abc tar c .\n",
        "interpreter": "bash",
        "arguments": ["two words", "7"],
    }
    detail = rig.history.detail(run_of(rig, rig.add("Backup", action=script)))
    assert detail.text == "cd x\nAPI_TOKEN=•••• tar c .\n"
    assert (detail.interpreter, detail.arguments) == ("bash", "'two words' 7")


def test_what_the_command_says_is_not_said_again(rig) -> None:
    """A script in a file is told by its command alone; a reminder has no script."""
    script = {"kind": "script", "file": "/x.py", "interpreter": "python", "arguments": ["7"]}
    detail = rig.history.detail(run_of(rig, rig.add("Script", action=script)))
    assert detail.command == "python /x.py 7"
    assert (detail.text, detail.interpreter, detail.arguments) == ("", "", "")
    reminder = {"kind": "reminder", "text": "Hi"}
    assert rig.history.detail(run_of(rig, rig.add("Tea", action=reminder))).text == ""


def open_run(rig, job_id: str, status: Status = Status.RUNNING, why: Why | None = None) -> int:
    """Record a run that is not over."""
    now = rig.clock.now()

    def put(tables) -> int:
        state = Status.QUEUED if status is Status.RUNNING else status
        run_id = tables.runs.insert(NewRun(job_id, 1, Cause.MANUAL, state, now, why=why))
        if status is Status.RUNNING:
            tables.runs.started(run_id, now, ProcessIdentity(1, 2, "boot"))
        return run_id

    return rig.change(put)


def test_what_a_run_waits_for_is_named(rig) -> None:
    """A run behind others names them: of its job, or in its lane; one that waits, until when."""
    job_id = rig.add("Work", action=rig.shell("true"), lane="disk")
    other = rig.add("Backup", action=rig.shell("true"), lane="disk")
    first, in_lane = open_run(rig, job_id), open_run(rig, other)
    assert rig.history.detail(first).ahead == ()
    behind = open_run(rig, job_id, Status.WAITING, Why(Reason.BEHIND_PREVIOUS))
    assert [one.run_id for one in rig.history.detail(behind).ahead] == [first]
    crowded = open_run(rig, other, Status.QUEUED, Why(Reason.LANE_FULL, {"lane": "disk"}))
    ahead = rig.history.detail(crowded).ahead
    assert [(one.run_id, one.job_name) for one in ahead] == [(first, "Work"), (in_lane, "Backup")]
    delayed, at = open_run(rig, job_id, Status.WAITING, Why(Reason.DELAYED)), rig.clock.now()
    rig.change(lambda tables: tables.wakeups.set(Wakeup(at, WakeKind.START, str(delayed))))
    detail = rig.history.detail(delayed)
    assert (detail.goes_on_at, detail.ahead) == (at, ())


def test_where_the_output_is(rig, machine) -> None:
    """The log is named and said to be there once the run has written."""
    job_id = rig.add("Work", action=rig.shell("echo hello"))
    idle = run_of(rig, job_id)
    assert not rig.history.detail(idle).is_log_there
    run_id = machine.run(job_id)
    machine.next_end()
    detail = rig.history.detail(run_id)
    assert detail.is_log_there
    assert detail.log_path.read_text() == "hello\n"


@pytest.mark.parametrize(
    ("body", "kind", "command"),
    [
        (b"{", "", "unknown kind ''"),
        (b'{"name":"x","action":5}', "", "unknown kind ''"),
        (b'{"name":"x","action":{"kind":"http"}}', "http", "unknown kind 'http'"),
    ],
)
def test_definitions_nobody_understands(rig, body: bytes, kind: str, command: str) -> None:
    """What cannot be read is told as far as it can."""
    job_id = rig.add()
    damaged = msgspec.structs.replace(rig.job(job_id), body=body, revision=2)
    now = rig.clock.now()
    rig.change(lambda tables: tables.jobs.put(damaged, tables.jobs.begin(Change.EDIT, "x", now)))
    detail = rig.history.detail(run_of(rig, job_id))
    assert (detail.kind, detail.command, detail.directory) == (kind, command, "")


def test_a_revision_that_is_lost(rig) -> None:
    """A run of a revision that is not kept has no more details than its row."""
    job_id = rig.add()
    run = NewRun(job_id, 7, Cause.MANUAL, Status.SUCCEEDED, rig.clock.now())
    run_id = rig.change(lambda tables: tables.runs.insert(run))
    detail = rig.history.detail(run_id)
    assert (detail.kind, detail.command, detail.directory) == ("", "", "")


def test_details_of_no_run(rig) -> None:
    """A run that is not there is named as such."""
    with pytest.raises(NotFound):
        rig.history.detail(4711)


def test_runs_by_their_numbers(rig) -> None:
    """Several runs come in the order asked for; what is gone is left out."""
    job_id = rig.add()
    first, second = run_of(rig, job_id), run_of(rig, job_id)
    found = rig.history.runs([second, 4711, first])
    assert [run.id for run in found] == [second, first]
    assert rig.history.runs([]) == []


def test_attempts_and_the_run_before(rig, machine) -> None:
    """The details have the earlier attempts with their logs, and the run that was followed."""
    job_id = rig.add("Work", action=rig.shell("exit 3"), retry={"count": 1, "delay_s": 30})
    first = machine.run(job_id)
    eventually(lambda: rig.history.attempts(first))
    origin = {"previous_run_id": str(first), "previous_status": "failed"}
    job, now = rig.job(job_id), rig.clock.now()
    row = NewRun(job_id, job.revision, Cause.CHAIN, Status.SUCCEEDED, now, origin=origin)
    second = rig.change(lambda tables: tables.runs.insert(row))
    [attempt] = rig.history.detail(first).attempts
    assert (attempt.number, attempt.status) == (1, Status.FAILED)
    assert rig.history.log_path(first, 1) != rig.history.log_path(first)
    with pytest.raises(NotFound, match="no attempt 3"):
        rig.history.log_path(first, 3)
    before = rig.history.detail(second).previous
    assert before is not None
    assert before.id == first


def test_a_run_knows_whether_its_job_is_still_there(rig) -> None:
    """Of a job that was deleted, or only tried out, a run says so."""
    job_id = rig.add("Work")
    kept = run_of(rig, job_id)
    assert rig.history.detail(kept).is_job_there
    rig.jobs.remove([job_id])
    assert not rig.history.detail(kept).is_job_there


def test_a_command_is_shown_without_its_secrets(rig) -> None:
    """The list of jobs and the details of a run show what is done, and not a password for it."""
    address = "https://me:pw@example.org/?q=1&token=abc"
    job_id = rig.add("Ask", action={"kind": "web", "url": address})
    shown = "GET https://me:••••@example.org/?q=1&token=••••"
    assert [job.action for job in rig.catalogue.list()] == [shown]
    assert rig.catalogue.show("Ask").action == shown
    assert rig.history.detail(run_of(rig, job_id)).command == shown
    assert rig.catalogue.draft("Ask").document["action"]["url"] == address


def test_a_reminder_is_shown_as_it_is(rig) -> None:
    """It is for the eyes of the person."""
    rig.add("Key", action={"kind": "reminder", "text": "Key: under the mat"})
    assert rig.catalogue.show("Key").action == "Key: under the mat"
