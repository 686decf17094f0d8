"""The figures of a job in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from deskcron.domain.run import JobId
from deskcron.domain.statistics import JobStatistics, Spread, Streaks
from deskcron.gui.statistics.words import as_text, counted_words, figures

SINCE = datetime(2026, 3, 1, 9, tzinfo=UTC)
SOME = JobStatistics(
    job_id=JobId("a1"),
    job_name="Backup",
    counted_from=SINCE,
    executed=2_001,
    succeeded=1_999,
    failed=1,
    cancelled=1,
    success_rate=1_999 / 2_000,
    duration=Spread(median_s=3.1, p95_s=75.0),
    lateness=Spread(median_s=0.2, p95_s=1.5),
    missed=3,
    skipped=1_400,
    is_exact=True,
    streaks=Streaks(successes=12, most_successes=1_987, most_failures=1),
)


def told(name: str, **changes: Any) -> tuple[str, str]:
    """Return the value and the meaning of a figure."""
    one = msgspec.structs.replace(SOME, **changes)
    [figure] = [each for each in figures(one) if each.name == name]
    return figure.value, figure.meaning


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("Success", "99.9 %", "1,999 of 2,000 runs succeeded, 1 failed. 1 was cancelled"),
        (
            "Duration",
            "3.1 s",
            "Half of the runs were shorter, half longer. 95 of 100 took 1 min 15 s",
        ),
        ("Late by", "0.2 s", "95 of 100 were 1.5 s late at most."),
        ("In a row", "12 successes", "The most were 1987 successes and 1 failure."),
        ("Missed", "3", "while the computer was off"),
        ("Skipped", "1,400", "left out on purpose"),
    ],
)
def test_a_figure_says_what_it_means(name: str, value: str, words: str) -> None:
    """Each figure comes with a sentence that needs no knowledge of statistics."""
    shown, meaning = told(name)
    assert shown == value
    assert words in meaning


@pytest.mark.parametrize(
    ("name", "changes", "value", "words"),
    [
        ("Success", {"succeeded": 0, "failed": 0}, "—", "No run has succeeded or failed."),
        ("Success", {"succeeded": 1, "failed": 0}, "100.0 %", "1 of 1 run succeeded, 0 failed."),
        ("Duration", {"duration": None}, "—", "No run has come to its end."),
        ("Late by", {"lateness": None}, "—", "No run was started by the schedule."),
        ("In a row", {"streaks": Streaks()}, "—", "No run has succeeded or failed."),
        ("In a row", {"streaks": Streaks(failures=2, most_failures=3)}, "2 failures", "3 failures"),
        ("Missed", {"is_exact": False}, "at least 3", ""),
        ("Missed", {"is_exact": False, "missed": 0}, "0", ""),
    ],
)
def test_what_is_not_known_is_said(
    name: str, changes: dict[str, Any], value: str, words: str
) -> None:
    """A figure that there is not, or not exactly, says so."""
    shown, meaning = told(name, **changes)
    assert shown == value
    assert words in meaning


def test_all_figures_are_one_text() -> None:
    """The text for somebody else has the job, how much was counted, and every figure."""
    lines = as_text(SOME, UTC).splitlines()
    assert lines[:2] == ["Backup", "2,001 runs since 1 Mar 2026 09:00"]
    assert [line.partition(":")[0] for line in lines[2:-1]] == [one.name for one in figures(SOME)]
    assert counted_words(msgspec.structs.replace(SOME, counted_from=None), UTC) == ""
