"""What was due while no engine ran is told job by job, and answered once."""

from __future__ import annotations

import pytest
from desk import every, shell
from test_faults_clock import HOUR_S, LIBRARIES, FakeClock
from waiting import until

from deskcron.domain.reason import Reason
from deskcron.domain.run import Status

pytestmark = pytest.mark.skipif(not LIBRARIES, reason="needs libfaketime (Debian: faketime)")


@pytest.fixture
def later(desk):
    """Return the surroundings of programs that live later, some minutes after the last due time."""
    clock = FakeClock(desk.note("clock"))
    clock.set(HOUR_S + 300)
    return clock.environ


def test_an_hour_without_an_engine_is_reviewed_and_answered(desk, later):
    """Lines say what was due and done; answers are taken once, also over kill -9."""
    tea = desk.add(
        "Tea",
        shell(f'echo "$DESKCRON_STANDS_IN_FOR" >> {desk.note("tea")}'),
        every(600),
        catch_up="skip",
    )
    desk.add("Water", shell("true"), every(600), catch_up="skip")
    backup = desk.add("Backup", shell("true"), every(600))
    disk = {"all": [{"kind": "present", "path": str(desk.note("disk"))}], "otherwise": "wait"}
    copy = desk.add("Copy", shell("true"), every(600), conditions={**disk, "wait_s": 86_400})
    assert desk.json("review") == []
    daemon = desk.daemon(**later)

    def lines():
        [absence] = desk.json("review")
        return {line["job_name"]: line for line in absence["lines"]}

    until(lambda: desk.json("review"), "the absence is decided")
    until(lambda: desk.runs(backup)[-1].status is Status.SUCCEEDED, "the backup was caught up")
    until(lambda: desk.runs(copy)[-1].reason is Reason.NOT_PRESENT, "the copy waits")
    found = lines()
    assert found.keys() == {"Tea", "Water", "Backup", "Copy"}
    assert {line["count"] for line in found.values()} == {6}
    assert {name for name, line in found.items() if line["may_run"]} == {"Tea", "Water", "Copy"}

    number = str(found["Tea"]["run_id"])
    desk.told("review", "--run", number, **later)
    missed, run = desk.runs(tea)
    assert desk.await_end(run.id).status is Status.SUCCEEDED
    again = desk.cli("review", "--run", number, "--skip", number, **later)
    assert (again.returncode, "it has its run or its answer" in again.stderr) == (1, True)
    desk.told("review", "--skip", str(found["Copy"]["run_id"]), **later)
    assert desk.runs(copy)[-1].reason is Reason.DECLINED
    assert desk.told("review", "--skip-missed", **later) == "1 job is left at that.\n"
    assert desk.json("inbox") == []

    answered = lines()
    assert not any(line["may_run"] or line["may_skip"] for line in answered.values())
    daemon.kill()
    desk.daemon(**later)
    assert lines() == answered
    assert desk.note("tea").read_text().split() == [missed.due_until.isoformat()]
