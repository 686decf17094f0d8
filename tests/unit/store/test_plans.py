"""No statement goes through a whole table, or sorts one, without a reason."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import deskcron.store
from deskcron.store import runpages, runs

REASONS = {
    "inbox._WAITING": "all of a partial index is asked for",
    "inbox._UNPRESENTED": "what is not done is little",
    "jobs._LIVE": "all jobs are asked for",
    "jobs._LINES": "all jobs are asked for",
    "jobs._LINES_UNFINISHED": "all jobs are asked for",
    "jobs._NAMES": "all jobs are asked for",
    "jobs._NAMES_BY_ID": "all jobs are asked for",
    "jobs._SET_BACK": "all jobs are changed",
    "jobs._GONE": "a job both removed and finished is told once",
    "overview._JOBS": "all jobs are counted",
    "overview._NEEDS_YOU": "what is not done is little",
    "overview._RUNNING": "what runs is little",
    "overview._WAITING": "what is not over is little",
    "overview._UPCOMING": "the first ones of an index",
    "overview._RUNNABLE": "all jobs are looked through, their runs by an index",
    "recovery._FORGET_NUMBER": "the table has three rows",
    "requests._PENDING": "all of a partial index is asked for",
    "revisions._LAST": "the last one of a partial index",
    "revisions._BEFORE": "the jobs of one operation",
    "revisions._OPERATIONS_OF": "the operations of one job",
    "runpages._EXPIRED": "each job has its own number to keep",
    "runs._EXTENDED": "each job has its own latest range",
    "runs._OPEN": "all open runs are asked for, by their order",
    "runs._OPEN_OF_JOB": "the open runs of one job are few",
    "runs._USUAL": "the newest fifty of an index are sorted for their medians",
    "wakeups._EARLIEST": "the first one of an index",
    "wakeups._EARLIEST_IN_PAUSE": "the first one of a partial index",
}
PARTS = {"JOB", "LINE", "RUN", "OPEN_RUN", "_COLUMNS", "_PROBES", "_COPIES"}


def statements() -> Iterator[tuple[str, str]]:
    """Yield each statement of the store's modules with its name."""
    for module in pkgutil.iter_modules(deskcron.store.__path__):
        names = vars(importlib.import_module(f"deskcron.store.{module.name}"))
        for name, value in names.items():
            if name in PARTS:
                continue
            kept = value.items() if isinstance(value, dict) else [("", value)]
            for key, text in kept:
                if isinstance(text, str) and re.match(
                    r"\s*(WITH|SELECT|INSERT|UPDATE|DELETE)\b", text
                ):
                    yield f"{module.name}.{name}{key or ''}", text


@pytest.fixture
def plan(database):
    """Return what tells the steps of SQLite's plan for a statement."""

    def steps(text):
        rows = database.execute(f"EXPLAIN QUERY PLAN {text}", [None] * text.count("?"))
        return [row[3] for row in rows.fetchall()]

    return steps


def test_all_statements_are_found():
    """The search for statements finds those of every table."""
    assert len(dict(statements())) > 70


def objections(name, steps):
    """Return the steps of a plan that speak against a statement."""
    costly = [
        step
        for step in steps
        if "TEMP B-TREE" in step or re.match(r"SCAN (?!CONSTANT|\(subquery|n$)", step)
    ]
    if "runpages._" in name and "'open'" in name:
        return [step for step in costly if "runs_open" not in step and "ORDER BY" not in step]
    if name in REASONS:
        return [] if costly else ["its reason is no longer needed"]
    return costly


def test_statements_search_an_index(plan):
    """No plan holds a scan or a sort, but where a reason is given."""
    found = {name: objections(name, plan(text)) for name, text in statements()}
    assert {name: steps for name, steps in found.items() if steps} == {}


def test_every_index_is_used(plan, database):
    """Each index serves a statement or keeps a rule."""
    plans = "\n".join(step for _name, text in statements() for step in plan(text))
    indexes = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    assert {name for (name,) in indexes if name not in plans} == set()


def test_what_counts_of_a_job_is_found_newest_first(plan):
    """The statistics of a job read the ends of an index of its runs, and no others."""
    found = [step for step in plan(runs._PAST) if " r " in step]
    assert found == ["SEARCH r USING INDEX runs_by_job (job=? AND rowid>?)"]


@pytest.mark.parametrize("texts", [runpages._PAGES, runpages._COUNTS], ids=["pages", "counts"])
def test_the_history_goes_by_ids_only_where_nearly_all_runs_match(plan, texts):
    """A page or count of some runs finds them by an index; the runs of the schedule are most."""
    by_ids = set()
    for kind, text in texts.items():
        (step,) = (step for step in plan(text) if re.match(r"(SCAN|SEARCH) r ", step))
        if "INDEX runs_" not in step:
            by_ids.add(kind)
    assert by_ids == {
        kind
        for kind in texts
        if not kind.has_job and kind.status == "any" and kind.cause != "other"
    }
