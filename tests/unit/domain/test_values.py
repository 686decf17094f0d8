"""Errors in words, instants, and what a run and a job say about themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.actions.reminder import Reminder
from deskcron.domain.action import RunContext, StartFailed
from deskcron.domain.errors import (
    BadInput,
    DeskcronError,
    InvalidDraft,
    NotFound,
    Problem,
    StoreBusy,
    StoreNewer,
    StoreUnavailable,
)
from deskcron.domain.instant import from_us, optional_from_us, optional_us, to_us
from deskcron.domain.job import Job
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import folded
from deskcron.domain.run import OPEN, TROUBLE, Cause, JobId, Run, RunId, Status
from deskcron.domain.trigger import UnknownTrigger
from deskcron.triggers.cron import Cron
from deskcron.triggers.interval import Interval

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "detail", "hint", "text"),
    [
        ("It failed", "", "", "It failed."),
        ("It failed", "no disk", "", "It failed: no disk."),
        ("It failed", "no disk", "Buy one.", "It failed: no disk. Buy one."),
        ("It failed", "", "Buy one.", "It failed. Buy one."),
        ("Really?", "", "", "Really?"),
        ("It failed", "no disk!", "Buy one.", "It failed: no disk! Buy one."),
    ],
)
def test_an_error_reads_as_sentences(title: str, detail: str, hint: str, text: str) -> None:
    """An error says what failed, why, and what to do, with one full stop after each."""
    assert str(DeskcronError(title=title, detail=detail, hint=hint)) == text


def test_an_invalid_draft_tells_every_problem() -> None:
    """A refused draft keeps its problems by field and reads them out."""
    problems = [Problem("name", "A job needs a name."), Problem("at", "That is past.")]
    error = InvalidDraft(title="It cannot be saved", problems=problems, hint="Try again.")
    assert error.problems == tuple(problems)
    assert str(error) == "It cannot be saved: A job needs a name. That is past. Try again."


def test_errors_can_be_met_by_what_one_can_do() -> None:
    """Bad input and surroundings are told apart, and busy or newer stores are unusable ones."""
    assert issubclass(InvalidDraft, BadInput)
    assert issubclass(StoreBusy, StoreUnavailable)
    assert issubclass(StoreNewer, StoreUnavailable)
    assert not issubclass(NotFound, BadInput)


def test_a_failed_start_says_why() -> None:
    """The failure to start carries its reason."""
    why = Why(Reason.PROGRAM_MISSING, {"path": "/nowhere"})
    assert StartFailed(why).why == why
    assert str(StartFailed(why)) == "program-missing"


@given(st.datetimes(timezones=st.just(UTC)))
def test_instants_keep_their_microseconds(instant: datetime) -> None:
    """An instant is the same after being stored, to the microsecond, before 1970 too."""
    assert from_us(to_us(instant)) == instant


def test_instants_of_other_zones_are_stored_in_utc() -> None:
    """An aware instant of any zone is stored as the same moment in UTC."""
    there = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert from_us(to_us(there)) == NOW
    assert from_us(to_us(there)).utcoffset() == timedelta(0)


def test_no_instant_stays_none() -> None:
    """What has not happened has no instant, stored or not."""
    assert optional_us(None) is None
    assert optional_from_us(None) is None
    assert optional_from_us(optional_us(NOW)) == NOW


def test_every_status_is_open_or_over() -> None:
    """Only queued, waiting and running may change; four ends want a look."""
    assert {status for status in Status if status.is_open} == OPEN
    assert {status for status in Status if status.is_trouble} == TROUBLE
    assert not OPEN & TROUBLE
    assert Status.RUNNING.is_open
    assert Status.INTERRUPTED.is_trouble
    assert not Status.CANCELLED.is_trouble
    assert not Status.SKIPPED.is_trouble


def test_a_row_over_a_span_is_a_range() -> None:
    """A row with a second due time is a range."""
    run = Run(
        id=RunId(1),
        job_id=JobId("a"),
        job_name="Tea",
        revision=1,
        cause=Cause.SCHEDULE,
        status=Status.MISSED,
        recorded_at=NOW,
        due_at=NOW,
    )
    assert not run.is_range
    fields = {field: getattr(run, field) for field in run.__struct_fields__}
    assert Run(**{**fields, "due_until": NOW}).is_range


@pytest.mark.parametrize(
    ("trigger", "follows"),
    [
        (Cron(id="t", expression="0 9 * * *"), False),
        (Interval(id="t", every_s=60, start="2026-01-01T00:00:00Z"), False),
        (Interval(id="t", every_s=60, start="2026-01-01T00:00:00Z", anchor="start"), True),
        (Interval(id="t", every_s=60, start="2026-01-01T00:00:00Z", anchor="end"), True),
        (UnknownTrigger("t", "moon", {}), False),
    ],
)
def test_some_rules_follow_runs(trigger, follows) -> None:
    """A job follows its runs when one of its rules counts from them."""
    triggers = (Cron(id="c", expression="0 9 * * *"), trigger)
    job = Job(id=JobId("a"), revision=1, name="Tea", triggers=triggers, action=Reminder())
    assert job.follows_runs is follows


def test_a_program_is_told_about_its_run() -> None:
    """The environment of a run names job, run, cause, attempt, and the due time in UTC."""
    context = RunContext(7, "Tea", "schedule", NOW, 2)
    assert context.environment() == {
        "DESKCRON_JOB": "Tea",
        "DESKCRON_RUN_ID": "7",
        "DESKCRON_CAUSE": "schedule",
        "DESKCRON_SCHEDULED_AT": "2026-07-01T12:00:00+00:00",
        "DESKCRON_ATTEMPT": "2",
    }
    assert context._replace(scheduled_at=None).environment()["DESKCRON_SCHEDULED_AT"] == ""


@pytest.mark.parametrize(
    ("one", "other"), [("Tea", "TEA"), ("Straße", "STRASSE"), ("Cafe\u0301", "CAFÉ")]
)
def test_names_are_the_same_whatever_their_case(one: str, other: str) -> None:
    """Two names are one where they differ in case or in how letters are composed."""
    assert folded(one) == folded(other)
