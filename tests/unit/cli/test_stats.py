"""The command stats."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskcron.domain.statistics import JobStatistics, Streaks
from deskcron.domain.timewords import local


def test_one_job_is_told_in_words(typed, build, fake):
    """A block says since when, how often, how long, how late, and how it goes."""
    time = local(fake.statistics.of("Backup").counted_from)
    assert typed("stats", "Backup").out.splitlines() == [
        "Backup",
        f"  Since:    {time}",
        "  Runs:     2001; 1999 succeeded (99.9 %), 1 failed, 1 cancelled",
        "  Took:     3.1 s in the middle, 95 % within 1 min 15 s",
        "  Late:     0.2 s in the middle, 95 % within 1.5 s",
        "  Not run:  3 missed, 4 skipped",
        "  In a row: 12 successes; at most 1987 successes and 1 failure",
    ]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"counted_from": None}, "  No runs."),
        ({"executed": 0}, "  Runs:     none"),
        ({"succeeded": 0, "failed": 0}, "  Runs:     2001; 0 succeeded (-), 0 failed, 1 cancelled"),
        ({"duration": None}, "  Took:     not known"),
        ({"lateness": None}, "  Late:     not known"),
        ({"missed": 0, "skipped": 0}, "  Not run:  nothing was left out"),
        ({"is_exact": False}, "  Not run:  at least 3 missed, 4 skipped"),
        (
            {"streaks": Streaks(failures=2, most_failures=3)},
            "  In a row: 2 failures; at most 0 successes and 3 failures",
        ),
    ],
)
def test_what_is_not_there_is_said(typed, fake, changes, line):
    """A job without some of the figures says so in their place."""
    fake.statistics.changes = changes
    assert line in typed("stats", "Backup").out.splitlines()


def test_all_jobs_are_a_table(typed, fake, build):
    """Without a name every job has a line, finished ones too."""
    at = build.job().next_due_at
    fake.catalogue.all = [build.job(), build.job("two\nlines", id="b2", finished_at=at)]
    heading, first, second = typed("stats").out.splitlines()
    assert heading.split()[:4] == ["JOB", "RUNS", "GOOD", "FAILED"]
    for text in ("Backup", "2001", "99.9 %", "1 min 15 s", "0.2 s", "12 successes"):
        assert text in first
    assert second.startswith("two\\nlines")
    fake.statistics.changes = {"duration": None, "lateness": None, "streaks": Streaks()}
    row = typed("stats").out.splitlines()[1]
    assert row.split()[-7:] == ["-", "-", "-", "-", "3", "4", "-"]


def test_some_jobs_are_a_table_in_the_order_typed(typed, fake, build):
    """Names choose the lines; one that is not there is an error before anything is printed."""
    fake.catalogue.all = [build.job(), build.job("Tea", id="b2")]
    lines = typed("stats", "Tea", "Backup").out.splitlines()[1:]
    assert [line.split()[0] for line in lines] == ["Tea", "Backup"]
    missing = typed("stats", "Tea", "None")
    assert (missing.code, missing.out) == (3, "")


def test_no_job_at_all(typed, fake):
    """Where there are no jobs that is said."""
    fake.catalogue.all = []
    assert typed("stats").out == "No jobs.\n"
    assert typed("stats", "--json").json == []


def test_stats_as_json(typed, fake):
    """--json is an array by the model's names, also for one job; --since is passed on."""
    now = fake.statistics.of("Backup").counted_from
    [answer] = typed("stats", "Backup", "--since", "2h", "--json").json
    assert set(answer) == set(JobStatistics.__struct_fields__)
    assert answer["duration"] == {"median_s": 3.1, "p95_s": 75.0}
    assert answer["counted_from"] == now.isoformat()
    assert fake.statistics.asked[-1] == ("Backup", now - timedelta(hours=2))
