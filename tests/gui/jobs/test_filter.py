"""View, search, tag and column choose which jobs are shown and in which order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskcron.gui.jobs.filter import Column, JobFilter, chosen
from deskcron.gui.jobs.views import View, counts
from tests.gui.jobs.conftest import NOW, line

ACTIVE = line("active")
OFF = line("off", enabled=False)
DONE = line("done", finished_at=NOW)
HELD = line("held", is_held=True)
BROKEN = line("broken", fault="unreadable")


@pytest.mark.parametrize(
    ("view", "names"),
    [
        (View.ALL, ["active", "broken", "done", "held", "off"]),
        (View.ACTIVE, ["active", "held"]),
        (View.HELD, ["held"]),
        (View.OFF, ["broken", "off"]),
        (View.FINISHED, ["done"]),
    ],
)
def test_each_view_has_its_jobs(view: View, names: list[str]) -> None:
    """Each view has its jobs; one that cannot be read counts as off, one that is held as active."""
    lines = [ACTIVE, BROKEN, DONE, HELD, OFF]
    assert [one.job.name for one in chosen(lines, JobFilter(view=view))] == names
    assert counts([line.job for line in lines])[view] == len(names)


def test_each_word_of_the_search_has_to_be_there_whatever_its_case() -> None:
    """Each word of the search has to be there, whatever its case and order."""
    lines = [line("Back up photos"), line("Back up music"), line("Photos to the cloud")]
    found = chosen(lines, JobFilter(search="  PHOTOS back "))
    assert [one.job.name for one in found] == ["Back up photos"]


def test_a_tag_is_the_same_in_any_case() -> None:
    """A tag is the same in any case."""
    lines = [line("a", tags=("Home",)), line("b", tags=("homework",)), line("c", tags=("home",))]
    assert [one.job.name for one in chosen(lines, JobFilter(tag="home"))] == ["a", "c"]


@pytest.mark.parametrize("is_descending", [False, True])
def test_jobs_without_a_next_run_come_last_either_way(*, is_descending: bool) -> None:
    """Jobs without a next run come last either way."""
    hour = timedelta(hours=1)
    lines = [line("none"), line("soon", next_due_at=NOW), line("late", next_due_at=NOW + hour)]
    found = chosen(lines, JobFilter(column=Column.NEXT, is_descending=is_descending))
    names = [one.job.name for one in found]
    assert names == (["late", "soon"] if is_descending else ["soon", "late"]) + ["none"]


def test_what_is_running_is_the_latest_of_all() -> None:
    """What is running is the latest of all."""
    lines = [line("ended", last_run_at=NOW), line("running", running_since=NOW)]
    found = chosen(lines, JobFilter(column=Column.LAST, is_descending=True))
    assert [one.job.name for one in found] == ["running", "ended"]
