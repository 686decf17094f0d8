"""The command review."""

from __future__ import annotations

from datetime import timedelta

from deskcron.domain.reason import Reason
from deskcron.domain.run import Status
from deskcron.domain.timewords import local


def test_each_job_has_a_line(typed, fake):
    """It says how often it was due, what was done about it, and which answers are open."""
    [absence] = fake.review.found
    first, last = local(absence.since), local(absence.until)
    lines = typed("review").out.splitlines()
    assert lines[0] == (f"3 jobs were due between {first} and {last}, when nobody could decide it:")
    assert lines[1].split()[:2] == ["RUN", "JOB"]
    assert lines[2].startswith(f"7    Tea     24 times between {first} and ")
    assert "left out: it was not possible at the time, and catching up is off" in lines[2]
    assert lines[2].endswith("run, skip")
    assert f"will run at {last}: " in lines[3]
    assert f"ran at {last}: succeeded after 3.1 s" in lines[4]
    assert lines[4].endswith("-")
    assert "deskcron review --run RUN" in lines[-1]


def test_without_open_answers_there_is_no_hint(typed, fake):
    """Where everything ran there is nothing to be said on top."""
    fake.review.all = fake.review.all[-1:]
    assert len(typed("review").out.splitlines()) == 3


def test_several_waiting_runs_are_only_skipped(typed, fake, build):
    """One after the other they start by themselves; skipping the line is for all of them."""
    runs = [
        build.run(id=number, status=Status.WAITING, reason=Reason.BEHIND_PREVIOUS)
        for number in (8, 9)
    ]
    line = fake.review._line("Tea", *runs, may_skip=True)
    fake.review.all = [line]
    assert typed("review").out.splitlines()[2].endswith("  skip")
    assert typed("review", "--skip", "8").out == "Run 8 is skipped.\nRun 9 is skipped.\n"


def test_lines_are_read_once_for_all_that_is_skipped(typed, fake, build, monkeypatch):
    """However many are skipped, each absence is looked at once."""
    fake.review.found *= 20
    looks = []
    look = fake.review.lines
    monkeypatch.setattr(fake.review, "lines", lambda one: looks.append(one) or look(one))
    assert typed("review", "--skip", "7", "--skip", "8", "--skip", "9").code == 0
    assert len(looks) == 20


def test_without_an_absence_there_is_nothing_to_skip(typed, fake):
    """It is said then, too, instead of nothing."""
    fake.review.found = []
    assert typed("review", "--skip-missed").out == "Nothing was due while deskcron was away.\n"
    assert typed("review", "--run", "7").out == "Run 20 stands in for run 7.\n"


def test_without_an_absence_it_is_said(typed, fake):
    """Nothing was due: one sentence, and what happens without an engine."""
    fake.review.found = []
    assert typed("review").out == "Nothing was due while deskcron was away.\n"
    fake.control.is_running = False
    assert typed("review").out.splitlines()[1] == (
        "No engine is running; the next one decides what was due since."
    )


def test_since_takes_all_absences(typed, fake, build):
    """Each has its heading and its table, with a line between them."""
    fake.review.found *= 2
    out = typed("review", "--since", "2h").out
    assert out.count("3 jobs were due") == 2
    assert fake.review.asked == [build.job().next_due_at - timedelta(hours=8)]
    assert typed("review").out.count("3 jobs were due") == 1


def test_lines_are_answered(typed, fake):
    """Runs first, then what is skipped, each told; what is refused ends it."""
    answer = typed("review", "--run", "7", "--run", "8", "--skip", "9", "--skip-missed")
    assert answer.out.splitlines() == [
        "Run 20 stands in for run 7.",
        "Run 8 goes on.",
        "Run 9 is skipped.",
        "1 job is left at that.",
    ]
    refused = typed("review", "--skip", "12")
    assert refused.code == 1
    assert "it has its run or its answer" in refused.err


def test_json_has_the_lines(typed, fake):
    """A script gets the sums and the rows; answers are not told in JSON."""
    [absence] = typed("review", "--json").json
    assert absence["since"] == fake.review.found[0].since.isoformat()
    missed = absence["lines"][0]
    assert (missed["run_id"], missed["count"], missed["job_name"]) == (7, 24, "Tea")
    assert (missed["may_run"], missed["runs"][0]["status"]) == (True, "missed")
    assert missed["done"].startswith("left out: ")
    assert typed("review", "--json", "--run", "7").code == 2
