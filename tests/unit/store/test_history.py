"""The run history as it is leafed through."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from deskcron.domain.records import NewRun, RunFilter
from deskcron.domain.run import Cause, Status

STATUSES = (Status.SUCCEEDED, Status.FAILED, Status.QUEUED)
CAUSES = (Cause.MANUAL, Cause.SCHEDULE, Cause.SCHEDULE, Cause.CATCH_UP)


@pytest.fixture
def history(tables, make_job, put, now):
    """Fill in sixty runs of two jobs, one a minute, every seventh deleted again."""
    jobs = (make_job(1), make_job(2))
    put(tables, *jobs)
    ids = [
        tables.runs.insert(
            NewRun(
                jobs[number % 2].id,
                1,
                CAUSES[number // 3 % 4],
                STATUSES[number % 3],
                now + timedelta(minutes=number),
            )
        )
        for number in range(60)
    ]
    tables.runs.delete(ids[::7])
    return tables.runs.page(RunFilter(limit=100))


def wanted_runs(job, status, now):
    """Yield every combination of a job and a status with the other conditions."""
    spans = [(None, None), (-5, 99), (21, None), (None, 45), (21, 45)]
    causes = (None, Cause.SCHEDULE, Cause.MANUAL, Cause.CHAIN)
    for span, before, trouble, cause in product(spans, (None, 41), (False, True), causes):
        since, until = (
            None if number is None else now + timedelta(minutes=number) for number in span
        )
        yield RunFilter(
            job, status, since, before, limit=7, cause=cause, until=until, trouble=trouble
        )


def matches(run, wanted):
    """Tell whether a run fits all conditions."""
    return (
        wanted.job_id in {None, run.job_id}
        and wanted.status in {None, run.status}
        and wanted.cause in {None, run.cause}
        and (not wanted.trouble or run.status.is_trouble)
        and (wanted.since is None or run.recorded_at >= wanted.since)
        and (wanted.until is None or run.recorded_at < wanted.until)
        and (wanted.before is None or run.id < wanted.before)
    )


@pytest.mark.parametrize("status", [None, *STATUSES])
@pytest.mark.parametrize("job", [None, "00000001"])
def test_a_page_holds_what_matches_newest_first(tables, history, now, job, status):
    """Any combination of conditions gives what going through all rows gives."""
    for wanted in wanted_runs(job, status, now):
        expected = [run for run in history if matches(run, wanted)]
        assert tables.runs.page(wanted) == expected[:7], wanted
        assert tables.runs.count(wanted, 100) == len(expected), wanted
        assert tables.runs.count(wanted, 3) == min(3, len(expected)), wanted


@pytest.mark.parametrize("status", list(Status))
def test_trouble_is_what_the_domain_calls_so(tables, stored, now, status):
    """The statements that look for trouble name the same statuses as the domain."""
    tables.runs.insert(NewRun(stored.id, 1, Cause.MANUAL, status, now))
    assert tables.runs.count(RunFilter(trouble=True), 9) == status.is_trouble
    assert tables.runs.count(RunFilter(trouble=True, job_id=stored.id), 9) == status.is_trouble
    assert tables.runs.count(RunFilter(trouble=True, cause=Cause.MANUAL), 9) == status.is_trouble


def test_pages_follow_each_other_without_gap(tables, history):
    """The last id of a page begins the next one."""
    found, before = [], None
    while page := tables.runs.page(RunFilter(before=before, limit=9)):
        found += page
        before = page[-1].id
    assert found == history


def test_an_empty_history_has_no_pages(tables, now):
    """Nothing is found where nothing is."""
    assert tables.runs.page(RunFilter(since=now)) == []
    assert tables.runs.count(RunFilter(since=now), 5) == 0
    assert tables.runs.expired(now, 0, 5) == []


def test_rows_before_a_clock_was_set_back_are_not_shown_as_newer(tables, stored, now):
    """A row recorded before the instant asked for is left out even when its id is later."""
    for minutes in (0, 10, -30, 20):
        at = now + timedelta(minutes=minutes)
        tables.runs.insert(NewRun(stored.id, 1, Cause.MANUAL, Status.SUCCEEDED, at))
    page = tables.runs.page(RunFilter(since=now + timedelta(minutes=5)))
    assert all(run.recorded_at >= now + timedelta(minutes=5) for run in page)
    assert page[0].recorded_at == now + timedelta(minutes=20)
