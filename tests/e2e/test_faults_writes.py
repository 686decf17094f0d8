"""Writes that fail for a while: a full disk, a quota that is used up, a disk with a fault."""

from __future__ import annotations

import pytest
from desk import every, shell
from failingwrites import WHEN, Call, Trial
from ledger import coverage_faults, interval_dues, to_be_run
from tracing import can_trace, traced
from waiting import until

from deskcron.domain.reason import Reason
from deskcron.domain.run import Status

pytestmark = pytest.mark.skipif(
    not can_trace(), reason="needs strace, and leave to trace (Debian: strace)"
)
ALL = {"catch_up": "all", "overlap": "parallel", "overlap_limit": 100}
WORDS = {"ENOSPC": "no space left", "EDQUOT": "quota", "EIO": "reports an error"}


def _refusing(desk, call, error, first, last):
    """Return what lets some writes of the database fail, counted by thread."""
    paths = [f"-P{desk.paths.database}{suffix}" for suffix in ("", "-wal")]
    return [*paths, f"-einject={call}:error={error}:when={first}..{last}"]


def _second(desk):
    text = f'echo "$DESKCRON_SCHEDULED_AT" >> {desk.note("ran")}'
    return desk.add("Second", shell(text), every(1), **ALL)


def _succeeded(desk, job_id):
    return [row for row in desk.runs(job_id) if row.status is Status.SUCCEEDED]


@pytest.mark.parametrize(
    ("call", "error", "first"),
    [
        ("pwrite64", "ENOSPC", 30),
        ("pwrite64", "EDQUOT", 55),
        ("pwrite64", "EIO", 80),
        ("fdatasync", "EIO", 4),
    ],
)
def test_writes_that_fail_cost_no_run(desk, call, error, first):
    """Whatever write fails, it is told in words, and each due time has one row and one run."""
    job_id = _second(desk)
    desk.leave()
    last = first + (2 if call == "fdatasync" else 5)
    with traced(desk, *_refusing(desk, call, error, first, last)):
        until(lambda: WORDS[error] in desk.engine_log(), "it is told")
        met = len(_succeeded(desk, job_id))
        until(lambda: len(_succeeded(desk, job_id)) >= met + 2, "it goes on")
        desk.facade.jobs.set_enabled([job_id], enabled=False)
        until(lambda: not desk.open_runs(), "every run is over")
    detail = desk.facade.catalogue.show(job_id)
    rows = desk.runs(job_id)
    assert coverage_faults(interval_dues(detail, rows), rows) == []
    wanted = to_be_run(rows)
    assert {row.status for row in wanted} == {Status.SUCCEEDED}
    ran = desk.note("ran").read_text().split()
    assert sorted(ran) == [row.due_at.isoformat() for row in wanted]
    assert "Traceback" not in desk.engine_log()


@pytest.mark.parametrize(
    "call",
    [
        Call("write", "logs/000000/1-1.exit", 1),
        Call("pwrite64", f"backups/daily-{WHEN}.db.part", 5),
    ],
    ids=["start record", "backup"],
)
def test_a_call_of_the_long_walk_harms_nothing(tmp_path, call):
    """What `make torture ARGS=--writes` does with each call of an engine, done with two of them."""
    trial = Trial(tmp_path)
    assert list(trial.run(call, "ENOSPC")) == []
    assert trial.has_met


def test_log_without_room_fails_its_run_alone(desk):
    """A run whose log cannot be made has failed and says why; the next one succeeds."""
    desk.add("Tea", shell("echo hot"))
    desk.leave()
    path = desk.paths.logs / "000000" / "1-1.log"
    with traced(desk, f"-P{path}", "-einject=openat:error=ENOSPC"):
        run = desk.await_end(desk.start("Tea"))
        assert (run.status, run.reason) == (Status.FAILED, Reason.START_FAILED)
        assert run.reason_args == {"error": f"No space left on device ({path})"}
        assert desk.await_end(desk.start("Tea")).status is Status.SUCCEEDED
