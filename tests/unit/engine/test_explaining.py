"""What could keep a job from running at its next due time, from the rows and from the machine."""

from __future__ import annotations

import sys
from datetime import timedelta
from threading import Event
from types import SimpleNamespace

import msgspec
import pytest

from deskcron.domain.conditions import Otherwise
from deskcron.domain.deciding import Load
from deskcron.domain.explanation import FollowedState, Heard
from deskcron.domain.listening import Topic
from deskcron.domain.ports import ProcessIdentity
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import Change, Hold, NewRun, RunEnd
from deskcron.domain.run import Cause, Status
from deskcron.engine import outlooks
from deskcron.engine.lookout import FRESH_S, Lookout
from deskcron.engine.settlement import Settlement

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")

ON_MAINS = {"kind": "on-mains"}
HERE = {"kind": "present", "path": "/media/disk"}
OFFICE = {"windows": [{"begin": "09:00", "end": "17:00", "days": ["mon", "tue", "wed"]}]}


def outlook(rig, ref: str = "Tea"):
    """Return what a job would meet."""
    return rig.history.why(ref).outlook


def going(rig, job: str, status: Status = Status.RUNNING) -> int:
    """Record a run that is not over and return its number."""
    now = rig.clock.now()

    def put(tables) -> int:
        run_id = tables.runs.insert(NewRun(job, 1, Cause.MANUAL, Status.QUEUED, now))
        if status is Status.RUNNING:
            tables.runs.started(run_id, now, ProcessIdentity(1, 2, "boot"))
        return run_id

    return rig.change(put)


# conditions


def test_a_job_without_rules_meets_nothing(rig) -> None:
    """Nothing is said of rules that a job has not, and the machine is not asked."""
    asked = []
    rig.add("Tea")
    found = outlook(rig)
    assert (found.conditions, found.closed, found.lane, found.beside) == (None,) * 4
    assert (found.runs_per_day, found.ask_s) == (0, 0)
    job = rig.definitions.present(rig.job(rig.history.job_id("Tea")))
    assert Lookout(lambda: asked.append(1), rig.clock).look(job, None) is None
    assert asked == []


def test_each_condition_that_does_not_hold_now_is_named(rig) -> None:
    """All of them are, with what was measured and what would become of the run; checks wait."""
    rule = {
        "all": [
            ON_MAINS,
            {"kind": "online"},
            {"kind": "idle", "for_s": 60},
            HERE,
            {"kind": "check", "command": "exit 1"},
        ],
        "otherwise": "wait",
        "wait_s": 600,
    }
    rig.add("Tea", conditions=rule)
    rig.machine.mains, rig.machine.battery, rig.machine.exits = False, 43.0, 1
    present = outlook(rig).conditions
    assert [(one.reason, dict(one.reason_args)) for one in present.unmet] == [
        (Reason.ON_BATTERY, {"now_percent": 43}),
        (Reason.NOT_PRESENT, {"path": "/media/disk"}),
    ]
    assert (present.otherwise, present.wait_s) == (Otherwise.WAIT, 600)
    assert (present.checks, present.unanswered) == (("exit 1",), ())
    assert present.unknown == ("nobody has used the computer for 1 min",)


def test_the_last_success_is_looked_at(rig) -> None:
    """A job that has succeeded lately says when."""
    job = rig.add("Tea", conditions={"all": [{"kind": "success-older", "than_s": 3600}]})
    assert outlook(rig).conditions.unmet == ()
    rig.end(going(rig, job))
    rig.clock.advance(seconds=FRESH_S)
    [unmet] = outlook(rig).conditions.unmet
    assert unmet.reason is Reason.SUCCEEDED_LATELY
    assert "at" in unmet.reason_args


def test_who_asks_again_soon_gets_the_same_look(rig) -> None:
    """A look at the machine counts for a moment, of the same revision of the same job."""
    job = rig.add("Tea", conditions={"all": [HERE]})
    assert len(outlook(rig).conditions.unmet) == 1
    rig.machine.there.add("/media/disk")
    assert len(outlook(rig).conditions.unmet) == 1
    rig.clock.advance(seconds=FRESH_S)
    assert outlook(rig).conditions.unmet == ()
    rig.machine.there.clear()
    draft = rig.catalogue.draft(job)
    rig.jobs.save(job, draft.document, draft.revision)
    assert len(outlook(rig).conditions.unmet) == 1


def test_what_does_not_answer_in_time_is_said(rig) -> None:
    """A disk that is silent is named and holds up neither the answer nor the other conditions."""
    answers = Event()

    class Silent(type(rig.machine)):
        def is_present(self, path: str) -> bool:
            del path
            answers.wait(20)
            return True

    class Ticking:
        """A clock whose seconds pass with each look."""

        def __init__(self) -> None:
            self.passed_s = 0.0

        def now(self):
            return rig.clock.now()

        def monotonic(self) -> float:
            self.passed_s += 1
            return self.passed_s

    machine = Silent()
    machine.mains = False
    rig.add("Tea", conditions={"all": [ON_MAINS, HERE]})
    job = rig.definitions.present(rig.job(rig.history.job_id("Tea")))
    present = Lookout(lambda: machine, Ticking()).look(job, None)
    answers.set()
    assert present.unanswered == ("/media/disk is there",)
    assert [one.reason for one in present.unmet] == [Reason.ON_BATTERY]


@pytest.mark.parametrize("change", ["off", "by hand", "fault", "removed"])
def test_the_machine_is_not_asked_for_what_does_not_come(rig, change: str) -> None:
    """A job that never comes to be due by itself is asked for no conditions."""
    rule = {"all": [HERE]}
    job = rig.add("Tea", conditions=rule)
    if change == "off":
        rig.jobs.set_enabled([job], False)
    elif change == "removed":
        rig.jobs.remove([job])
    elif change == "by hand":
        document = {**rig.catalogue.draft(job).document, "triggers": []}
        rig.jobs.save(job, document, 1)
    else:
        document = {**rig.catalogue.draft(job).document, "triggers": [{"kind": "moon"}]}
        rig.jobs.save(job, document, 1)
    found = outlook(rig, job)
    assert found is None or found.conditions is None


# hours and the limit of a day


def test_hours_that_are_closed_say_when_they_open(rig) -> None:
    """A next time outside the hours names when they open, and the first time within."""
    rig.clock.advance(hours=4)  # Wednesday 18:00 in Berlin
    rig.add("Tea", {"kind": "cron", "expression": "30 * * * *"}, hours=OFFICE)
    closed = outlook(rig).closed
    assert closed.reason is Reason.OUTSIDE_HOURS
    assert closed.at == rig.due_at(rig.history.job_id("Tea"))
    berlin = timedelta(hours=2)
    assert (closed.opens_at + berlin).strftime("%a %H:%M") == "Mon 09:00"
    assert (closed.first_at + berlin).strftime("%a %H:%M") == "Mon 09:30"


def test_times_that_never_fall_into_the_hours_have_no_first_one(rig) -> None:
    """Of a rule and hours that exclude each other it is known that nothing comes."""
    rig.add("Tea", {"kind": "cron", "expression": "0 3 * * *"}, hours=OFFICE)
    closed = outlook(rig).closed
    assert closed.opens_at is not None
    assert closed.first_at is None
    ahead = rig.catalogue.upcoming("Tea", 2, None)
    assert [one.barred.reason for one in ahead] == [Reason.OUTSIDE_HOURS] * 2


def test_a_rule_that_broke_is_told_instead_of_when_it_is_free(rig) -> None:
    """A zone that is gone from the zone data leaves the next time as it was planned, for no run."""
    job = rig.add("Tea", {"kind": "cron", "expression": "0 3 * * *"}, hours=OFFICE)
    document = msgspec.json.decode(rig.job(job).body)
    document["triggers"][0]["zone"] = "Mars/Olympus"
    after = msgspec.structs.replace(rig.job(job), body=msgspec.json.encode(document), revision=2)
    now = rig.clock.now()
    rig.change(lambda tables: tables.jobs.put(after, tables.jobs.begin(Change.EDIT, "x", now)))
    closed = outlook(rig).closed
    assert (closed.reason, closed.at) == (Reason.UNREADABLE, rig.due_at(job))
    assert "Mars/Olympus" in closed.reason_args["error"]
    assert (closed.opens_at, closed.first_at, closed.has_none) == (None, None, False)


def test_a_holiday_is_named(rig) -> None:
    """The holiday at the next time is named, and it ends at midnight."""
    rig.add("Tea", {"kind": "cron", "expression": "0 8 * * *"}, hours={"holidays": "DE"})
    closed = outlook(rig).closed
    assert (closed.reason, dict(closed.reason_args)) == (Reason.HOLIDAY, {"name": "Test Day"})
    assert closed.first_at == closed.at + timedelta(days=1)


def test_an_event_is_held_against_the_hours_of_now(rig) -> None:
    """A job that waits for an event says whether one that came now would count."""
    rig.add("Tea", {"kind": "signal", "name": "go"}, hours=OFFICE)
    assert outlook(rig).closed is None
    rig.clock.advance(hours=5)
    closed = outlook(rig).closed
    assert (closed.reason, closed.at) == (Reason.OUTSIDE_HOURS, rig.clock.now())
    assert closed.first_at is None


def test_the_runs_of_a_day_are_counted(rig) -> None:
    """They are told with their limit; once they are used up the next day is free again."""
    job = rig.add("Tea", rig.every(3600), brake={"runs_per_day": 2})
    rig.end(going(rig, job))
    found = outlook(rig)
    assert (found.ran_today, found.runs_per_day, found.closed) == (1, 2, None)
    rig.end(going(rig, job))
    found = outlook(rig)
    assert (found.ran_today, found.closed.reason) == (2, Reason.DAILY_CAP)
    assert (found.closed.opens_at + timedelta(hours=2)).strftime("%d %H:%M") == "02 00:00"
    assert found.closed.first_at == found.closed.opens_at


def test_hours_that_cannot_be_read_are_said_and_open_never(rig) -> None:
    """They bar the job, and the answer comes all the same."""
    rig.add("Tea")
    job = rig.definitions.present(rig.job(rig.history.job_id("Tea")))
    hours = type(job.policy.hours)(blackout=("someday",))
    policy = type(job.policy)(hours=hours)
    broken = type(job)(id=job.id, revision=1, name="Tea", action=job.action, policy=policy)
    opens = rig.store.read(lambda tables: rig.bars.opens(tables, broken, rig.clock.now()))
    assert opens is None


# lanes and other runs


def test_a_full_lane_says_who_is_in_it(rig) -> None:
    """Runs of other jobs in the lane are named as soon as there are as many as it has room for."""
    rig.add("Tea", action=rig.shell("true"), lane="disk")
    other = rig.add("Backup", action=rig.shell("true"), lane="disk")
    elsewhere = rig.add("Mail", action=rig.shell("true"), lane="net")
    going(rig, elsewhere)
    going(rig, other, Status.QUEUED)
    assert outlook(rig).lane is None
    run_id = going(rig, other)
    lane = outlook(rig).lane
    assert (lane.name, lane.limit) == ("disk", 1)
    assert [(run.job_name, run.run_id) for run in lane.runs] == [("Backup", run_id)]
    rig.change(lambda tables: tables.settings.set("preferences", {"lanes": {"disk": 2}}))
    assert outlook(rig).lane is None


def test_that_no_more_programs_may_run_is_told(rig, monkeypatch) -> None:
    """What starts a program waits where as many run as may; a reminder does not."""
    monkeypatch.setattr(outlooks, "MOST_RUNNING", 2)
    job = rig.add("Tea", action=rig.shell("true"))
    other = rig.add("Backup", action=rig.shell("true"))
    going(rig, other)
    assert outlook(rig).places_taken == 0
    going(rig, other)
    assert outlook(rig).places_taken == 2
    rig.jobs.remove([job])
    rig.add("Tea")
    assert outlook(rig).places_taken == 0


def test_what_starts_no_process_needs_no_lane(rig) -> None:
    """A reminder in a lane waits for nobody."""
    other = rig.add("Backup", action=rig.shell("true"), lane="disk")
    going(rig, other)
    rig.add("Tea", lane="disk")
    assert outlook(rig).lane is None


@pytest.mark.parametrize(
    ("policy", "status", "reason", "replaces"),
    [
        ({}, Status.SKIPPED, Reason.STILL_RUNNING, False),
        ({"overlap": "queue"}, Status.WAITING, Reason.BEHIND_PREVIOUS, False),
        ({"overlap": "replace"}, Status.WAITING, Reason.BEHIND_PREVIOUS, True),
        ({"overlap": "parallel", "overlap_limit": 2}, Status.QUEUED, None, False),
    ],
)
def test_the_next_time_is_placed_beside_what_goes_on(rig, policy, status, reason, replaces) -> None:
    """While a run goes on it is said what the overlap rule makes of the next one."""
    job = rig.add("Tea", action=rig.shell("true"), **policy)
    run_id = going(rig, job)
    beside = outlook(rig).beside
    assert [one.run.id for one in beside.runs] == [run_id]
    assert (beside.status, beside.reason, beside.replaces) == (status, reason, replaces)
    assert rig.store.read(lambda tables: tables.runs.load(job)) == Load(1, 0)


def test_a_run_that_waits_says_when_it_goes_on(rig) -> None:
    """What waits for an instant names it."""
    rig.add("Tea", {"kind": "signal", "name": "go", "delay_s": 90})
    now = rig.clock.now()
    rig.change(
        lambda tables: rig.occurring.happen(
            tables, Topic("signal", "go"), {"signal": "go"}, now, Settlement()
        )
    )
    [one] = outlook(rig).beside.runs
    assert (one.run.reason, one.goes_on_at) == (Reason.DELAYED, now + timedelta(seconds=90))


def test_an_event_that_has_started_a_run_rests(rig) -> None:
    """As long as nothing of an event starts again it is said until when; a skip does not count."""
    rig.add("Tea", {"kind": "signal", "id": "t", "name": "go", "at_most_every_s": 60})
    began = rig.clock.now()

    def fire() -> Heard:
        now, signal = rig.clock.now(), {"signal": "go"}
        topic = Topic("signal", "go")
        rig.change(lambda tables: rig.occurring.happen(tables, topic, signal, now, Settlement()))
        [heard] = rig.history.why("Tea").listening
        return heard

    assert fire().rests_until == began + timedelta(seconds=60)
    rig.end(1)
    rig.clock.advance(seconds=59)
    assert fire().rests_until == began + timedelta(seconds=60)
    assert rig.fates() == ["succeeded", "skipped too-soon"]
    rig.clock.advance(seconds=1)
    [heard] = rig.history.why("Tea").listening
    assert heard.rests_until is None
    assert heard.last_at == began + timedelta(seconds=59)


def test_paths_that_are_watched_are_looked_at(rig) -> None:
    """Of each file trigger it is said where nothing is; other triggers watch no path."""
    triggers = [{"kind": "file", "path": path} for path in ("/scans", "/mail")]
    rig.add("Tea", *triggers, {"kind": "signal", "name": "go"})
    rig.machine.there.add("/mail")
    listening = rig.history.why("Tea").listening
    assert [heard.missing_path for heard in listening] == ["/scans", "", ""]


def test_a_path_that_two_triggers_watch_is_looked_at_once(rig) -> None:
    """Two may watch files of different names in one folder; what is said holds for both."""
    asked: list[str] = []
    machine = SimpleNamespace(is_present=asked.append)
    lookout = Lookout(lambda: machine, rig.clock)
    assert sorted(lookout.missing(["/scans", "/mail", "/scans"])) == ["/mail", "/scans"]
    assert sorted(asked) == ["/mail", "/scans"]


def test_a_job_that_is_off_says_nothing_of_its_next_time(rig) -> None:
    """A run of it that goes on is told; there is no next one to be placed beside it."""
    job = rig.add("Tea", action=rig.shell("true"), ask_s=60)
    going(rig, job)
    rig.jobs.set_enabled([job], False)
    found = outlook(rig)
    assert (found.beside.status, found.ask_s) == (Status.QUEUED, 0)


# jobs that follow others


AFTER = {"kind": "after", "job": "Backup"}


def followed(rig):
    """Return how the job stands that Tea follows."""
    [heard] = rig.history.why("Tea").listening
    return heard.followed


def test_a_followed_job_is_told_as_it_is_called_now(rig) -> None:
    """A new name is told by the answer, the list, the details and what is edited."""
    backup = rig.add("Backup", action=rig.shell("true"))
    rig.add("Tea", AFTER)
    draft = rig.catalogue.draft(backup)
    rig.jobs.save(backup, {**draft.document, "name": "Night"}, draft.revision)
    words = "After “Night” has succeeded"
    [heard] = rig.history.why("Tea").listening
    assert (heard.text, heard.followed.name, heard.followed.state) == (words, "Night", None)
    assert [job.schedule for job in rig.catalogue.list() if job.name == "Tea"] == [words]
    detail = rig.catalogue.show("Tea")
    assert detail.summary.schedule == words
    for document in (detail.document, rig.catalogue.draft("Tea").document):
        assert document["triggers"][0]["job_name"] == "Night"


def test_a_followed_job_that_is_gone_is_told(rig) -> None:
    """A deleted one is marked as such; undo brings it back, with its present name."""
    backup = rig.add("Backup", action=rig.shell("true"))
    rig.add("Tea", AFTER)
    rig.jobs.remove([backup])
    assert followed(rig).state is FollowedState.REMOVED
    assert rig.catalogue.show("Tea").summary.schedule == "After “Backup (deleted)” has succeeded"
    rig.jobs.undo()
    assert followed(rig).state is None
    assert rig.catalogue.show("Tea").summary.schedule == "After “Backup” has succeeded"
    rig.jobs.remove([backup])
    rig.change(lambda tables: tables.jobs.purge(rig.clock.now() + timedelta(days=1)))
    assert (followed(rig).state, followed(rig).name) == (FollowedState.MISSING, "Backup")
    assert rig.catalogue.show("Tea").summary.schedule == "After “Backup (missing)” has succeeded"


def test_why_a_followed_job_does_not_end_is_told(rig) -> None:
    """One that is off, held or finished says so, and how its last run ended."""
    backup = rig.add("Backup", action=rig.shell("true"))
    rig.add("Tea", AFTER)
    assert followed(rig).last_run is None
    run_id = going(rig, backup)
    rig.end(run_id)
    assert followed(rig).last_run.id == run_id
    now = rig.clock.now()
    rig.change(lambda tables: tables.holds.set(Hold(backup, 3, now, None)))
    assert followed(rig).state is FollowedState.HELD
    rig.jobs.set_enabled([backup], False)
    assert followed(rig).state is FollowedState.DISABLED
    once = {"kind": "once", "at": "2026-07-01T14:00:30"}
    rig.add("Soon", once)
    rig.add("Later", {**AFTER, "job": "Soon"})
    rig.clock.advance(seconds=30)
    rig.claim()
    [heard] = rig.history.why("Later").listening
    assert heard.followed.state is FollowedState.FINISHED


def test_times_and_events_are_told_apart(rig) -> None:
    """What a job listens to is in the one place only, its other rules in the other."""
    signal, noon = {"kind": "signal", "name": "dock"}, {"kind": "cron", "expression": "0 12 * * *"}
    rig.add("Dock", signal)
    rig.add("Tea", noon)
    rig.add("Both", noon, signal)
    told = [rig.history.why(name) for name in ("Dock", "Tea", "Both")]
    assert [one.times for one in told] == ["", "Every day at 12:00", "Every day at 12:00"]
    assert [len(one.listening) for one in told] == [1, 0, 1]


def test_a_run_that_is_tried_again_has_executed(rig) -> None:
    """The latest run is the one that waits for its next attempt."""
    job = rig.add("Tea", action=rig.shell("false"), retry={"count": 2})
    run_id, now = going(rig, job), rig.clock.now()
    end = RunEnd(run_id, Status.FAILED, now, now, Why(Reason.EXIT_CODE, {"code": 1}))
    retrying = Why(Reason.RETRYING, {"attempt": 2, "of": 3})
    rig.change(lambda tables: tables.runs.again(end, retrying))
    answer = rig.history.why("Tea")
    assert answer.last_execution.id == run_id
    assert [(one.number, one.status) for one in answer.attempts] == [(1, Status.FAILED)]
    [one] = answer.outlook.beside.runs
    assert (one.before.number, one.before.reason) == (1, Reason.EXIT_CODE)
