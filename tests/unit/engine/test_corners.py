"""Due times keep exactly one row, also in the odd corners."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from deskcron.domain.run import Cause, Status
from deskcron.engine.pause import begin_pause, end_pause


def instants(rows) -> list:
    """Return the span of every row as (first, last)."""
    return sorted((row.due_at, row.due_until or row.due_at) for row in rows)


def test_a_range_leaves_out_what_ran_before_the_clock_was_set_back(rig, expected_logs) -> None:
    """Several due times skipped at once do not cover those that have their rows already."""
    minutely = {"kind": "cron", "expression": "* * * * *"}
    job = rig.add("Tea", minutely, overlap="parallel", overlap_limit=100)
    for _minute in range(10):
        rig.clock.advance(seconds=60)
        rig.claim()
    rig.clock.set(rig.clock.now() - timedelta(minutes=8))
    rig.timekeeper.tick()
    rig.change(lambda tables: begin_pause(tables, rig.planner, rig.clock.now(), None))
    rig.clock.advance(minutes=12)
    rig.change(lambda tables: end_pause(tables, rig.planner, rig.clock.now()))
    spans = instants(rig.rows(job))
    assert all(last < first for (_, last), (first, _) in pairwise(spans))
    assert sum(row.count for row in rig.rows(job)) == 14
    assert "set back" in expected_logs[0].message


def test_a_due_time_inside_a_range_is_not_covered_again(rig, expected_logs) -> None:
    """After the clock was set back, what a range covers gets no row of its own."""
    job = rig.add("Tea", {"kind": "cron", "expression": "* * * * *"})
    rig.change(lambda tables: begin_pause(tables, rig.planner, rig.clock.now(), None))
    rig.clock.advance(minutes=10)
    rig.change(lambda tables: end_pause(tables, rig.planner, rig.clock.now()))
    (paused,) = rig.rows(job)
    rig.clock.set(rig.clock.now() - timedelta(minutes=5))
    rig.timekeeper.tick()
    for _minute in range(5):
        rig.clock.advance(seconds=60)
        rig.claim()
    assert rig.rows(job) == [paused]
    rig.clock.advance(seconds=60)
    rig.claim()
    assert [row.count for row in rig.rows(job)] == [10, 1]
    assert "set back" in expected_logs[0].message


def test_an_edit_decides_nothing_twice(rig) -> None:
    """A rename does not reach back over due times that have their rows."""
    zone = ZoneInfo(rig.zones.local_zone())
    soon = (rig.clock.now() + timedelta(seconds=40)).astimezone(zone)
    once = {"kind": "once", "at": soon.strftime("%Y-%m-%dT%H:%M:%S")}
    job = rig.add("Tea", once, rig.every(10), overlap="parallel", overlap_limit=100)
    for _step in range(6):
        rig.clock.advance(seconds=10)
        rig.claim()
    before = instants(rig.rows(job))
    draft = rig.catalogue.draft(job)
    rig.jobs.save(job, {**draft.document, "name": "Coffee"}, draft.revision)
    rig.claim()
    assert instants(rig.rows(job)) == before


def test_an_edit_after_the_pause_was_over_catches_up(rig) -> None:
    """What was due after the end of a pause is not called paused, engine or not."""
    zone = ZoneInfo(rig.zones.local_zone())
    later = (rig.clock.now() + timedelta(hours=4)).astimezone(zone)
    job = rig.add("Tea", {"kind": "once", "at": later.strftime("%Y-%m-%dT%H:%M")})
    rig.control.pause(3600)
    rig.clock.advance(hours=5)
    draft = rig.catalogue.draft(job)
    rig.jobs.save(job, {**draft.document, "name": "Coffee"}, draft.revision)
    assert [(row.status, row.cause) for row in rig.rows(job)] == [(Status.WAITING, Cause.CATCH_UP)]
