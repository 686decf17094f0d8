"""The commands that only read: list, show, runs, why, next, inbox, doctor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from deskcron.domain.answers import Finding, Health, InboxEntry, Mended, Upcoming
from deskcron.domain.conditions import Otherwise
from deskcron.domain.explanation import Explanation, Obstacle
from deskcron.domain.job import JobDetail, JobSummary
from deskcron.domain.outlook import Closed, ConditionsNow, Outlook, Unmet
from deskcron.domain.reason import Reason
from deskcron.domain.records import InboxKind
from deskcron.domain.review import answered_by
from deskcron.domain.run import Attempt, Cause, JobId, Run, RunId, Running, Status
from deskcron.domain.timewords import local

FAR = datetime(2030, 1, 1, tzinfo=UTC)


def names_of(kind: type[msgspec.Struct]) -> set[str]:
    """Return the field names of a model."""
    return set(kind.__struct_fields__)


def test_list_prints_a_line_a_job(typed, fake, build):
    """Columns are aligned, control characters are shown, wide characters count double."""
    fake.catalogue.all = [
        build.job("Backup"),
        build.job("休憩 🧘", id="b2", next_due_at=None, last_status=None),
        build.job("two\nlines\x1b[31m", id="c3", enabled=False),
    ]
    lines = typed("list").out.splitlines()
    assert len(lines) == 4
    assert lines[0].split() == ["ID", "NAME", "NEXT", "LAST", "WHEN", "DOES"]
    assert "(in 6 h)" in lines[1]
    assert "succeeded" in lines[1]
    assert "two\\nlines\\x1b[31m" in lines[3]
    assert "disabled" in lines[3]
    # Two wide characters and a wide sign: three columns less of padding.
    assert lines[1].index("rsync") == lines[2].index("rsync") + 3


def test_list_filters(typed, fake, build):
    """Finished jobs come on demand, --tag is passed on, nothing is said in words."""
    fake.catalogue.all = [build.job("Old", finished_at=FAR, tags=("t",))]
    listed = typed("list")
    assert listed.out == "No jobs.\n"
    assert listed.err == "1 finished job is not shown; --all shows it.\n"
    assert "finished" in typed("list", "--all").out
    assert typed("list", "--all", "--tag", "t").err == ""
    assert fake.catalogue.asked[-1] == (True, "t")
    assert typed("list", "--json").json == []


def test_list_tells_of_a_fault(typed, fake, build):
    """A job that cannot be read is listed with the reason."""
    fake.catalogue.all = [build.job("Odd", enabled=False, fault="unknown-kind")]
    assert "of a kind this version does not know" in typed("list").out


def test_list_as_json(typed, fake, build):
    """--json is one array by the model's names; an empty one when there is nothing."""
    rows = typed("list", "--json").json
    assert [set(row) for row in rows] == [names_of(JobSummary)]
    assert rows[0]["next_due_at"] == "2026-11-20T18:00:00+00:00"
    assert rows[0]["tags"] == ["home"]
    fake.catalogue.all = [build.job("🧘\n" + "x" * 10_000)]
    assert typed("list", "--json").json[0]["name"] == "🧘\n" + "x" * 10_000
    fake.catalogue.all = []
    assert typed("list", "--json").json == []


def test_a_long_name_is_not_cut_and_does_not_widen_other_lines(typed, fake, build):
    """Piped output is whole."""
    fake.catalogue.all = [build.job("x" * 10_000), build.job("Backup")]
    lines = typed("list").out.splitlines()
    assert "x" * 10_000 in lines[1]
    assert len(lines[2]) < 300


def test_show(typed):
    """Everything about a job, then its latest runs."""
    out = typed("show", "Backup").out
    for text in (
        "Backup",
        "a1b2c3d4e5f6",
        "Every day at 18:00",
        "/srv",
        "A=1",
        "Stopped after 10 min",
    ):
        assert text in out
    assert "failed: exit-code" in out
    assert "revision 2" in out


def test_show_as_json(typed):
    """The detail is an object by the model's names, its document included."""
    answer = typed("show", "Backup", "--json").json
    assert set(answer) == set(JobDetail._fields)
    assert set(answer["summary"]) == names_of(JobSummary)
    assert set(answer["recent"][0]) == names_of(Run)
    assert answer["recent"][0]["reason_args"] == {}
    assert answer["document"]["policy"]["unknown"] == "kept"


def test_show_of_a_job_that_cannot_be_read(typed, fake, build):
    """A document in ruins is still shown."""
    fake.catalogue.all = [build.job("Odd", fault="unreadable", schedule="")]
    fake.catalogue.document = {"policy": {"overlap": 7}}
    out = typed("show", "Odd").out
    assert "cannot be read" in out
    assert "by hand only" in out


@pytest.mark.parametrize(
    ("action", "lines"),
    [
        (
            {"kind": "command", "environment": {"API_TOKEN": "abc", "B": "1\n2", "A": "1"}},
            ["Environment  A=1", "API_TOKEN=••••", "B=1\\n2"],
        ),
        (
            {"kind": "script", "text": "cd /srv\nexport TOKEN=abc\n", "interpreter": "bash"},
            ["Script       cd /srv", "export TOKEN=••••", "Run by       bash"],
        ),
        ({"kind": "python", "text": "print(1)", "interpreter": "~/venv"}, ["Run by   ~/venv"]),
        (
            {
                "kind": "web",
                "headers": [["Authorization", "Bearer abc"], ["Accept", "*/*"]],
                "body": '{"token": "abc"}',
                "body_type": "json",
                "expect_status": "2xx",
                "expect_text": "ok",
                "refuse_text": "error",
                "timeout_s": 90,
            },
            [
                "Headers     Authorization: ••••",
                "Accept: */*",
                'Body        {"token": ••••}',
                "Body is     json",
                "Expects     the status 2xx",
                "“ok” in the answer",
                "no “error” in the answer",
                "Time limit  1 min 30 s",
            ],
        ),
        (
            {
                "kind": "tidy",
                "folder": "~",
                "rules": [{"name": "*.tmp", "deed": "trash"}],
                "is_recursive": True,
                "conflict": "skip",
                "error_folder": "~/odd",
            },
            [
                "Files      *.tmp -> trash",
                "Includes   the folders within it",
                "If taken   Leave the file where it is",
                "Errors to  ~/odd",
            ],
        ),
        ({"kind": "web", "headers": 7}, []),
        ({"kind": "command", "environment": ["A"]}, []),
    ],
)
def test_show_tells_all_settings_of_the_action_without_secrets(typed, fake, action, lines):
    """What the line about the action leaves out is there, masked where it may be a secret."""
    fake.catalogue.document = {"action": action}
    out = typed("show", "Backup").out
    first, last = out.index("Rules"), out.index("Created")
    shown = [line.strip() for line in out[first:last].splitlines()[1:]]
    assert [" ".join(line.split()) for line in shown] == [" ".join(line.split()) for line in lines]
    assert "abc" not in out


def test_show_tells_each_rule_on_a_line_of_its_own(typed, fake):
    """What is not the default is told in words; a job without such rules says so."""
    fake.catalogue.document = {
        "policy": {"retry": {"count": 1}, "conditions": {"all": [{"kind": "online"}]}}
    }
    lines = typed("show", "Backup").out.splitlines()
    first = lines.index("Rules    Tried again once if it failed or timed out, after 1 min")
    assert lines[first + 1] == "         Only if there is a network; else it is skipped"
    fake.catalogue.document = {"policy": {"retry": {"growth": 3.0}}}
    assert "Rules    the usual ones" in typed("show", "Backup").out


def test_a_job_that_is_held_or_waits_for_an_event_is_listed_as_such(typed, fake, build):
    """In the place of its next time stands what it waits for."""
    fake.catalogue.all = [
        build.job("Held", is_held=True),
        build.job("For a while", is_held=True, held_until=FAR),
        build.job("Off", is_held=True, enabled=False),
        build.job("Listening", next_due_at=None, listens=True),
    ]
    _heading, held, for_a_while, off, listening = typed("list").out.splitlines()
    assert "  held  " in held
    assert f"held until {local(FAR)}" in for_a_while
    assert "disabled" in off
    assert "at its event" in listening


def test_why_names_the_hold_and_what_ends_it(typed, fake, build):
    """A held job says why it does not run, and the command that lets it go on."""
    fake.history.explanation = msgspec.structs.replace(
        fake.history.explanation,
        job=build.job(listens=True),
        next_due_at=None,
        obstacles=(Obstacle.HELD,),
    )
    out = typed("why", "Backup").out
    assert "  Next:     at its event\n" in out
    assert (
        "  The job is held because it failed too often in a row. "
        "Let it go on: deskcron resume a1b2c3d4e5f6\n"
    ) in out


def test_runs_tell_of_attempts_and_warnings(typed, fake, build):
    """A run that was tried again says how often; a warning is told though it succeeded."""
    warned = {"reason": Reason.WARNING_CODE, "reason_args": {"code": 1}}
    fake.history.runs = [build.run(attempt=3), build.run(id=11, **warned)]
    _heading, first, second = typed("runs").out.splitlines()
    assert first.endswith("succeeded (attempt 3)")
    assert second.endswith("succeeded: exit code 1, which counts as a warning")


@pytest.mark.parametrize("command", ["show", "why", "next", "run", "enable", "remove"])
def test_no_such_job(typed, command):
    """An unknown job is exit 3 and says where the jobs are."""
    answer = typed(command, "nobody")
    assert answer.code == 3
    assert "There is no job 'nobody'" in answer.err


def test_runs(typed, fake, build):
    """A line a run, with the reason in words and ranges with their count."""
    fake.history.runs = [
        build.run(id=15, status=Status.RUNNING, duration_s=None, ended_at=None),
        build.run(id=14, status=Status.FAILED, reason=Reason.EXIT_CODE, reason_args={"code": 3}),
        build.run(
            id=13,
            status=Status.MISSED,
            reason=Reason.COALESCED,
            due_until=build.now + timedelta(hours=3),
            count=4,
            is_exact=False,
            duration_s=None,
        ),
    ]
    lines = typed("runs").out.splitlines()
    assert lines[1].startswith("15 ")
    assert lines[1].endswith("running")
    assert lines[2].endswith("failed: exit code 3")
    assert lines[3].endswith("a later due time ran for this one (at least 4 due times)")
    fake.history.runs = []
    assert typed("runs").out == "No runs.\n"


def test_a_reason_cannot_steer_the_terminal(typed, fake, build):
    """What a reason quotes is shown with its control characters escaped."""
    run = build.run(
        status=Status.FAILED, reason=Reason.PROGRAM_MISSING, reason_args={"path": "/a\x1b[2J"}
    )
    fake.history.runs, fake.history.output = [run], b""
    fake.history.explanation = msgspec.structs.replace(
        fake.history.explanation, last_execution=run, decisions=(run,)
    )
    assert "failed: there is no program /a\\x1b[2J" in typed("runs").out
    assert "\x1b" not in typed("why", "Backup").out
    assert "\x1b" not in typed("log", "12").err


def test_runs_filters(typed, fake):
    """Job, status, time and number narrow the page."""
    arguments = ("--job", "Backup", "--status", "timed-out", "--since", "2h", "--limit", "7")
    assert typed("runs", *arguments).code == 0
    wanted = fake.history.asked[-1]
    assert wanted.job_id == "a1b2c3d4e5f6"
    assert wanted.status is Status.TIMED_OUT
    assert wanted.since == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert wanted.limit == 7
    assert typed("runs", "--job", "nobody").code == 3


def test_one_run_is_told_with_all_its_attempts(typed, fake, build):
    """What was done, when, and how each attempt ended."""
    fake.history.runs = [build.run(attempt=3, cause=Cause.EVENT, origin={"event": "login"})]
    fake.history.earlier = [
        build.attempt(),
        build.attempt(number=2, status=Status.TIMED_OUT, reason=None, duration_s=75.0),
    ]
    now = local(build.now)
    assert typed("runs", "12").out.splitlines() == [
        "Run         12 of Backup",
        "Result      succeeded (attempt 3)",
        "Does        rsync -a docs usb",
        "Folder      ~",
        "Variables   A",
        "Cause       event",
        "From        Somebody logged in",
        f"Due         {now}",
        f"Started     {now}",
        f"Ended       {local(build.now + timedelta(seconds=3))}",
        "Took        3.1 s",
        "Ended with  exit code 0",
        f"Before      attempt 1, {now}: failed after 1.0 s: exit code 3",
        f"            attempt 2, {now}: timed out after 1 min 15 s",
        "Log         /logs/12.3",
    ]
    assert typed("runs", "13").code == 3
    assert typed("runs", "12", "--status", "failed").code == 2


def test_one_run_as_json(typed, fake, build):
    """It is the detail of the run, attempts with exit codes and times included."""
    fake.history.runs = [build.run(attempt=2)]
    fake.history.earlier = [build.attempt()]
    answer = typed("runs", "12", "--json").json
    assert answer["run"]["id"] == 12
    assert answer["log_path"] == "/logs/12.2"
    [attempt] = answer["attempts"]
    assert set(attempt) == names_of(Attempt)
    assert (attempt["number"], attempt["status"], attempt["exit_code"]) == (1, "failed", 3)
    assert attempt["started_at"] == "2026-11-20T12:00:00+00:00"


def test_a_run_that_was_killed_says_by_what(typed, fake, build):
    """Signals and exit codes have their meaning; without start and end there are no such lines."""
    fake.history.runs = [
        build.run(signal=9, exit_code=None),
        build.run(id=13, exit_code=127, started_at=None),
    ]
    assert "Ended with  SIGKILL (Killed)\n" in typed("runs", "12").out
    answer = typed("runs", "13").out
    assert "Ended with  exit code 127: command not found\n" in answer
    assert "Started" not in answer


SLEEP = "the computer could not be kept awake all the time: no logind gave a lock for that"


def test_a_run_says_that_the_computer_may_have_slept(typed, fake, build):
    """So does why of its job; another run says nothing of it."""
    run = build.run(may_have_slept=True)
    fake.history.runs = [run, build.run(id=13)]
    assert f"Sleep       {SLEEP}\n" in typed("runs", "12").out
    assert "Sleep" not in typed("runs", "13").out
    assert typed("runs", "12", "--json").json["run"]["may_have_slept"] is True
    assert SLEEP not in typed("why", "Backup").out
    fake.history.explanation = msgspec.structs.replace(fake.history.explanation, last_execution=run)
    assert f"    {SLEEP}\n" in typed("why", "Backup").out


def test_a_script_is_told_with_what_runs_it(typed, fake, build):
    """All its lines, its interpreter, its arguments, its folder, and what its output came to."""
    fake.history.runs = [build.run(output_bytes=1234, dropped_bytes=3_000_000)]
    fake.history.known = {
        "kind": "script",
        "text": "\nif true\n\tthen echo\n",
        "interpreter": "bash",
        "arguments": "'my docs' 7",
        "directory": "~/work",
        "environment_names": ("A", "B"),
    }
    lines = typed("runs", "12").out.splitlines()
    assert lines[3:9] == [
        "Script       if true",
        "                     then echo",
        "Interpreter  bash",
        "Arguments    'my docs' 7",
        "Folder       ~/work",
        "Variables    A, B",
    ]
    assert lines[-3:] == [
        "Output       1.2 KB",
        "Not kept     3 MB",
        "Log          /logs/12.1",
    ]


def test_a_run_that_waits_says_for_what(typed, fake, build):
    """When it goes on, which runs come before it, and how a person has answered."""
    fake.history.runs = [build.run(status=Status.WAITING, origin=answered_by(RunId(20)))]
    ahead = [
        Running(run_id=RunId(number), job_id=JobId("a"), job_name=name, started_at=build.now)
        for number, name in ((7, "First"), (8, "Two\nlines"))
    ]
    fake.history.known = {"kind": "reminder", "goes_on_at": build.now, "ahead": tuple(ahead)}
    answer = typed("runs", "12").out
    assert f"Goes on      {local(build.now)}\n" in answer
    assert "Comes after  7 of First\n             8 of Two\\nlines\n" in answer
    assert "Answered     Run 20 stands in for it\n" in answer
    assert "Folder" not in answer


def test_why_tells_the_attempts_of_the_last_run(typed, fake, build):
    """Each has a line with its time and its end."""
    fake.history.explanation = msgspec.structs.replace(
        fake.history.explanation, attempts=(build.attempt(),)
    )
    told = f"    attempt 1, {local(build.now)}: failed after 1.0 s: exit code 3\n"
    assert told in typed("why", "Backup").out
    assert typed("why", "Backup", "--json").json["attempts"][0]["exit_code"] == 3


def test_runs_as_json(typed):
    """--json is one array of runs by the model's names."""
    rows = typed("runs", "--json").json
    assert [set(row) for row in rows] == [names_of(Run)]
    assert rows[0]["due_at"] == "2026-11-20T12:00:00+00:00"
    assert rows[0]["status"] == "succeeded"


def test_why(typed, fake):
    """Last run, next time, engine, obstacles and decisions are told in words."""
    fake.control.is_running = False
    out = typed("why", "Backup").out
    assert "run 12 (schedule): succeeded" in out
    assert "(in 2 h)" in out
    assert "none is running" in out
    assert "deskcron daemon" in out
    assert "skipped: an earlier run was not over yet" in out


def test_why_of_a_new_job(typed, fake, build):
    """A job that never was due says so."""
    fake.history.explanation = Explanation(
        job=build.job(fault="unreadable"),
        last_execution=None,
        decisions=(),
        next_due_at=None,
        obstacles=(Obstacle.FAULT,),
    )
    out = typed("why", "Backup").out
    assert "never yet" in out
    assert "No time of this job has come yet." in out
    assert "cannot be read" in out
    assert "running, process 4711" in out


def test_why_of_a_time_that_nobody_has_decided(typed, fake, build):
    """A due time that has passed without a row is told as such, with or without earlier rows."""
    passed = msgspec.structs.replace(fake.history.explanation, next_due_at=build.now)
    fake.history.explanation = passed
    out = typed("why", "Backup").out
    assert "(now), not decided yet" in out
    assert "Its time has come while no engine was running" in out
    assert "Latest decisions:" in out
    fake.history.explanation = msgspec.structs.replace(passed, decisions=())
    out = typed("why", "Backup").out
    assert "Its time has come while no engine was running" in out
    assert "No time of this job" not in out


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_why_says_which_command_helps(typed, fake, obstacle):
    """What is in the way is told with the command that takes it away, where there is one."""
    fake.history.explanation = msgspec.structs.replace(
        fake.history.explanation, obstacles=(obstacle,)
    )
    out = typed("why", "Backup").out
    begun = out.index("What is in the way:\n  ")
    line = out[begun:].splitlines()[1]
    helps = {
        Obstacle.NO_ENGINE: "deskcron daemon",
        Obstacle.DISABLED: "deskcron enable a1b2c3d4e5f6",
        Obstacle.PAUSED: "deskcron resume",
        Obstacle.FINISHED: "deskcron edit a1b2c3d4e5f6 --at",
        Obstacle.REMOVED: "deskcron undo",
    }
    assert helps.get(obstacle, ".") in line
    assert "{" not in line


def test_why_tells_what_the_job_would_meet(typed, fake):
    """What would keep it from running stands with what is in the way, what else counts below."""
    present = ConditionsNow(
        unmet=(Unmet(reason=Reason.ON_BATTERY, reason_args={"now_percent": 43}),),
        unanswered=(),
        checks=("test -e \x1b",),
        otherwise=Otherwise.WAIT,
        wait_s=3600,
    )
    fake.history.explanation = msgspec.structs.replace(
        fake.history.explanation, outlook=Outlook(conditions=present, ask_s=60)
    )
    out = typed("why", "Backup").out
    before, heading, after = out.partition("What else counts:\n")
    assert (
        "  Would wait now, for up to 1 h: the computer runs on its battery, 43 % full.\n" in before
    )
    assert heading
    assert "its check “test -e \\x1b” decides, too" in after
    assert "You are asked before it starts" in after
    outlook = typed("why", "Backup", "--json").json["outlook"]
    assert outlook["conditions"]["unmet"] == [
        {"reason": "on-battery", "reason_args": {"now_percent": 43}}
    ]


def test_why_tells_what_a_hold_or_a_pause_leaves_out(typed, fake, build):
    """A next time that will be skipped is told as such."""
    explanation = fake.history.explanation
    held = build.job(is_held=True)
    fake.history.explanation = msgspec.structs.replace(
        explanation, job=held, obstacles=(Obstacle.HELD,), held_since=build.now
    )
    out = typed("why", "Backup").out
    assert "(in 2 h), to be skipped as the job is held\n" in out
    assert f"Held since {local(build.now)} after failures in a row, until you resume" in out
    fake.history.explanation = msgspec.structs.replace(explanation, obstacles=(Obstacle.PAUSED,))
    assert "(in 2 h), to be skipped as all jobs are paused\n" in typed("why", "Backup").out
    closed = Closed(at=FAR, reason=Reason.OUTSIDE_HOURS, reason_args={}, opens_at=None)
    outlook = Outlook(closed=closed)
    fake.history.explanation = msgspec.structs.replace(explanation, outlook=outlook)
    assert "(in 2 h), to be skipped\n" in typed("why", "Backup").out


def test_why_says_when_a_pause_ends(typed, fake):
    """A pause that ends by itself is told with its end."""
    fake.control.pause_end = FAR
    fake.history.explanation = msgspec.structs.replace(
        fake.history.explanation, obstacles=(Obstacle.PAUSED,)
    )
    assert f"All jobs are paused until {local(FAR)}. Go on:" in typed("why", "Backup").out


def test_why_as_json(typed):
    """The explanation is an object by the model's names."""
    answer = typed("why", "Backup", "--json").json
    assert set(answer) == names_of(Explanation)
    assert answer["obstacles"] == ["no-engine"]
    assert set(answer["last_execution"]) == names_of(Run)


def test_next_of_a_job(typed, fake):
    """The times ahead of a job, from a given one on."""
    out = typed("next", "Backup", "-n", "2", "--from", "2026-12-01").out
    assert fake.catalogue.asked[-1] == ("Backup", 2, datetime(2026, 12, 1, tzinfo=UTC))
    assert [line[:3] for line in out.splitlines()] == ["Sat", "Sun"]
    assert "in 1 day\n" in out


def test_next_says_which_times_are_skipped(typed, fake):
    """A time outside the hours of the job is marked."""
    fake.catalogue.barred = Unmet(reason=Reason.OUTSIDE_HOURS, reason_args={})
    [line] = typed("next", "Backup", "-n", "1").out.splitlines()
    assert line.endswith("[skipped: it is outside the hours in which the job may run]")
    [row] = typed("next", "Backup", "-n", "1", "--json").json
    assert row["barred"] == {"reason": "outside-hours", "reason_args": {}}


def test_next_of_rules(typed, fake):
    """A rule can be tried without a job; it is put into words."""
    fake.catalogue.marks = ("repeated-hour",)
    answer = typed("next", "--cron", "0 9 * * *", "--daily", "10:00", "--tz", "Asia/Tokyo")
    triggers, count, start = fake.catalogue.asked[-1]
    assert [raw["id"] for raw in triggers] == ["t1", "t2"]
    assert (count, start) == (5, None)
    assert answer.out.startswith("cron 0 9 * * * Asia/Tokyo; daily 10:00 Asia/Tokyo\n")
    assert "twice" in answer.out
    rows = typed("next", "--every", "5m", "-n", "1", "--json").json
    assert [set(row) for row in rows] == [names_of(Upcoming)]
    assert rows[0]["at"] == "2026-11-21T12:00:00+00:00"


def test_next_without_times(typed, fake, monkeypatch):
    """A job that runs by hand has no times."""
    monkeypatch.setattr(fake.catalogue, "upcoming", lambda *_args: [])
    assert typed("next", "Backup").out == "No times ahead.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["Backup", "--daily", "09:00"],
        ["Backup", "--tz", "Asia/Tokyo"],
        ["Backup", "--between", "09:00-18:00"],
        ["Backup", "--count-from", "end"],
        ["Backup", "--delay", "1m"],
        ["Backup", "--never"],
        ["--tz", "Asia/Tokyo"],
        ["--cron", "nonsense"],
    ],
)
def test_next_needs_a_job_or_rules(typed, arguments):
    """Neither, both, or a bad rule is exit 2 in words."""
    answer = typed("next", *arguments)
    assert answer.code == 2
    assert answer.err


def test_inbox(typed, fake, build):
    """What waits is listed with why it is there."""
    fake.inbox.items = [
        build.item(),
        build.item(id=4, kind=InboxKind.TROUBLE, text="a\nb", snoozed_until=FAR),
    ]
    lines = typed("inbox").out.splitlines()
    assert "reminder" in lines[1]
    assert "failure, until 20" in lines[2]
    assert "a\\nb" in lines[2]
    assert [set(row) for row in typed("inbox", "--json").json] == [names_of(InboxEntry)] * 2
    fake.inbox.items = []
    assert typed("inbox").out == "Nothing waits for you.\n"


def test_failures_in_the_inbox_say_their_reason(typed, fake, build):
    """A failure is told as its run ended, and how often the job failed; --json has each run."""
    run = build.run(status=Status.FAILED, reason=Reason.EXIT_CODE, reason_args={"code": 3})
    fake.inbox.items = [
        build.item(id=4, kind=InboxKind.TROUBLE, text="", run=run),
        build.item(id=5, kind=InboxKind.TROUBLE, text="", run=run, run_ids=(12, 9), count=2),
        build.item(id=6, kind=InboxKind.TROUBLE, text="", run=None, run_id=None, run_ids=()),
    ]
    lines = typed("inbox").out.splitlines()
    assert lines[1].endswith("failed: exit code 3")
    assert lines[2].endswith("failed: exit code 3; 2 failures in all")
    assert lines[3].endswith("-    Stretch")
    row = typed("inbox", "--json").json[1]
    assert (row["count"], row["run_ids"]) == (2, [12, 9])
    assert (row["run"]["status"], row["run"]["reason"]) == ("failed", "exit-code")
    assert row["run"]["reason_args"] == {"code": 3}


def test_done_with_everything(typed, fake):
    """--all marks all of it; neither numbers nor --all, or both, is bad input in words."""
    answer = typed("done", "--all")
    assert (answer.code, answer.out) == (0, "Done: 1 item.\n")
    assert fake.inbox.calls == [("done all",)]
    for arguments in (["done"], ["done", "3", "--all"]):
        answer = typed(*arguments)
        assert answer.code == 2
        assert answer.err.startswith("Nothing was marked: either numbers are needed or --all.")


def test_done_and_snooze(typed, fake):
    """An item is dealt with or put off."""
    assert typed("done", "3").code == 0
    assert "(in 10 min)" in typed("snooze", "3", "10m").out
    assert fake.inbox.calls == [("done", 3), ("snooze", 3, 600)]
    assert typed("done", "9").code == 3
    assert typed("snooze", "3", "soon").code == 2


def test_doctor_who_mends(typed, fake):
    """What was mended is told before what is found; where there was nothing, so."""
    answer = typed("doctor", "--mend")
    assert answer.out == "There is nothing to mend.\n[good] Data: All is well.\n"
    assert answer.code == 0
    fake.doctor.mended = Mended(done=("A wakeup was set anew.",), failed=("/home: no.",))
    told = "Mended: A wakeup was set anew.\nNot mended: /home: no.\n"
    answer = typed("doctor", "--mend")
    assert answer.out.startswith(told)
    assert answer.code == 1
    answer = typed("doctor", "--mend", "--json")
    assert answer.code == 1
    assert answer.json["mended"] == ["A wakeup was set anew."]
    assert answer.json["not_mended"] == ["/home: no."]
    assert answer.json["findings"][0]["topic"] == "store"


def test_doctor(typed, fake):
    """Findings are told with what to do; anything bad is exit 1."""
    assert typed("doctor").out == "[good] Data: All is well.\n"
    bad = Finding(topic="engine", health=Health.BAD, text="None.", why="All waits.", hint="Go.")
    fake.doctor.findings.append(bad)
    answer = typed("doctor")
    assert answer.code == 1
    assert answer.out.endswith("[bad] Engine: None.\n       All waits.\n       Go.\n")
    answer = typed("doctor", "--json")
    assert answer.code == 1
    assert [set(row) for row in answer.json] == [names_of(Finding)] * 2
