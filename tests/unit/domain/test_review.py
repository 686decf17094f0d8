"""What a person may be asked about after an absence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from deskcron.domain.reason import Reason
from deskcron.domain.review import is_to_answer
from deskcron.domain.run import Cause, JobId, Run, RunId, Status

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
FOR_ABSENCE = {
    Reason.CATCH_UP_OFF,
    Reason.TOO_OLD,
    Reason.OVER_LIMIT,
    Reason.STILL_RUNNING,
    Reason.QUEUE_FULL,
    Reason.ON_BATTERY,
    Reason.BATTERY_LOW,
    Reason.OFFLINE,
    Reason.IN_USE,
    Reason.LOAD_HIGH,
    Reason.NOT_PRESENT,
    Reason.NO_SPACE,
    Reason.PROCESS_AWAY,
    Reason.PROCESS_THERE,
    Reason.PRESENTING,
    Reason.CHECK_FAILED,
    Reason.CHECK_TOO_LONG,
}
WHENEVER_DECIDED = {
    Reason.COALESCED,
    Reason.SAME_WALL_TIME,
    Reason.PAUSED,
    Reason.OUTSIDE_HOURS,
    Reason.BLACKOUT,
    Reason.HOLIDAY,
    Reason.HELD,
    Reason.DAILY_CAP,
    Reason.TOO_SOON,
    Reason.SUCCEEDED_LATELY,
    Reason.DECLINED,
    Reason.JOB_REMOVED,
    Reason.JOB_DISABLED,
    Reason.UNREADABLE,
    Reason.UNKNOWN_KIND,
}
OF_WHAT_BEGAN = {
    Reason.CHECKING,
    Reason.ASKED,
    Reason.PUT_OFF,
    Reason.DELAYED,
    Reason.RETRYING,
    Reason.BEHIND_PREVIOUS,
    Reason.STAGGERED,
    Reason.LANE_FULL,
    Reason.PLACES_TAKEN,
    Reason.PROGRAM_MISSING,
    Reason.PROGRAM_NOT_EXECUTABLE,
    Reason.NOT_A_PROGRAM,
    Reason.SCRIPT_MISSING,
    Reason.INTERPRETER_MISSING,
    Reason.DIRECTORY_MISSING,
    Reason.NOT_A_DIRECTORY,
    Reason.TARGET_MISSING,
    Reason.NO_OPENER,
    Reason.SECRET_MISSING,
    Reason.SECRET_UNREADABLE,
    Reason.START_FAILED,
    Reason.EXIT_CODE,
    Reason.WARNING_CODE,
    Reason.SIGNAL,
    Reason.TIME_LIMIT,
    Reason.OUTPUT_LIMIT,
    Reason.STOPPED,
    Reason.REPLACED,
    Reason.LEFT_PROCESSES,
    Reason.MAY_HAVE_STARTED,
    Reason.EXIT_CODE_UNKNOWN,
}


def row(reason: Reason, **fields) -> Run:
    """Return a row of one due time that was left out."""
    values = {"due_at": NOON, "status": Status.SKIPPED, **fields}
    return Run(
        id=RunId(1),
        job_id=JobId("j"),
        job_name="Tea",
        revision=1,
        cause=Cause.CATCH_UP,
        reason=reason,
        recorded_at=NOON + timedelta(hours=9),
        **values,
    )


def test_each_reason_is_sorted() -> None:
    """A new reason has to be sorted here before it can be asked about, or not."""
    assert set(Reason) == FOR_ABSENCE | WHENEVER_DECIDED | OF_WHAT_BEGAN


def test_what_an_absence_has_caused_is_asked_about() -> None:
    """A person is not asked about what the rules of the job leave out whenever it is decided."""
    assert {reason for reason in Reason if is_to_answer(row(reason))} == FOR_ABSENCE


def test_what_ran_or_has_its_answer_is_not_asked_about() -> None:
    """Neither is a start by event, which is not due."""
    off = Reason.CATCH_UP_OFF
    assert not is_to_answer(row(off, status=Status.CANCELLED))
    assert not is_to_answer(row(off, origin={"left": "1"}))
    assert not is_to_answer(row(off, due_at=None))
