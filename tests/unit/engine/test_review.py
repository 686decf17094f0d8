"""What was due during an absence, what was done about it, and what a person answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from deskcron.domain.errors import NotFound, RequestFailed
from deskcron.domain.reason import Reason
from deskcron.domain.review import Absence, ReviewLine, ReviewNews
from deskcron.domain.reviewwords import Times, due_words, fate_words
from deskcron.domain.run import Cause, Status
from deskcron.engine import dispatcher
from deskcron.engine.absences import MOST_KEPT, mark_told
from deskcron.engine.control import NoEngine
from deskcron.engine.review import Review
from deskcron.engine.settlement import Settlement
from deskcron.system.lock import FileEngineLock


@pytest.fixture
def review(rig) -> Review:
    """Return the review of this store."""
    return Review(rig.store, rig.control, rig.clock)


@pytest.fixture
def engine(rig, machine) -> Iterator[None]:
    """Have an engine answer while the control waits; what it starts ends by itself."""
    lock = FileEngineLock(rig.home / "engine.lock")
    assert lock.acquire("daemon")
    rig.on_wait = machine.requests.answer_all
    yield
    lock.release()


def clock_time(instant: datetime) -> str:
    """Write an instant as a time of day."""
    return f"{instant:%H:%M}"


TIMES = Times(clock_time, lambda instant: f"at {clock_time(instant)}")


def told(review) -> list[tuple[str, str, str]]:
    """Return the lines of the latest absence in words."""
    lines = review.lines(review.absences()[0])
    return [(line.job_name, due_words(line, clock_time), fate_words(line, TIMES)) for line in lines]


def only_line(review) -> ReviewLine:
    """Return the one line of the latest absence."""
    [line] = review.lines(review.absences()[0])
    return line


def be_away(rig, **length: float) -> datetime:
    """Let time pass without an engine, then decide everything that was due."""
    now = rig.clock.advance(**length)
    while rig.dispatcher.claim(now) and rig.store.read(lambda t: t.jobs.due(now, 1)):
        pass
    return now


def test_what_is_decided_in_time_is_no_absence(rig, review) -> None:
    """A due time that is a minute late at most is in time."""
    rig.add()
    rig.clock.advance(seconds=120)
    rig.claim()
    assert review.absences() == []
    assert review.news() is None


def test_an_absence_reaches_from_the_first_due_time_to_its_decision(rig, review) -> None:
    """All jobs that were due are in it, those that were not are not."""
    begin = rig.clock.now()
    rig.add("Tea", rig.every(600))
    rig.add("Backup", rig.every(7200))
    rig.add("Yearly", rig.every(86400 * 300))
    now = be_away(rig, hours=5)
    assert review.absences() == [
        Absence(since=begin + timedelta(minutes=10), until=now, settled_at=now)
    ]
    assert [line.job_name for line in review.lines(review.absences()[0])] == ["Backup", "Tea"]


def test_many_due_times_are_one_line(rig, review) -> None:
    """A line says how often a job was due in which span, and what was done about it."""
    rig.add("Tea", rig.every(600))
    be_away(rig, hours=4, minutes=5)
    [(name, due, fate)] = told(review)
    assert (name, due) == ("Tea", "24 times between 12:10 and 16:00")
    assert fate == "is about to start; the 23 before it were left out"
    line = only_line(review)
    assert (line.count, line.is_exact, line.may_run, line.may_skip) == (24, True, False, False)


def test_the_newest_due_time_in_time_belongs_to_the_line(rig, review) -> None:
    """It is told what ran, also where the latest due time was not late."""
    rig.add("Tea")
    be_away(rig, minutes=10, seconds=30)
    line = only_line(review)
    assert [run.cause for run in line.runs] == [Cause.SCHEDULE, Cause.SCHEDULE]
    assert line.count == 10


def test_later_runs_are_not_in_the_line(rig, review) -> None:
    """What comes after an absence is not part of it."""
    rig.add("Tea")
    be_away(rig, minutes=10, seconds=30)
    rig.clock.advance(seconds=30)
    rig.claim()
    assert only_line(review).count == 10


def test_a_missed_due_time_may_be_run_or_left(rig, review) -> None:
    """Without catch-up it is told why nothing ran, and both answers are open."""
    rig.add("Tea", rig.every(3600), catch_up="skip")
    be_away(rig, minutes=90)
    line = only_line(review)
    assert fate_words(line, TIMES) == (
        "left out: it was not possible at the time, and catching up is off"
    )
    assert (line.may_run, line.may_skip) == (True, True)


def test_a_catch_up_run_that_waits_says_when_it_starts(rig, review) -> None:
    """A wake is no storm: the second job starts later, and may be skipped or started before."""
    rig.add("Tea", rig.every(3600))
    rig.add("Backup", rig.every(3600))
    be_away(rig, minutes=90)
    waiting = [line for line in review.lines(review.absences()[0]) if line.may_skip]
    [line] = waiting
    assert line.may_run
    assert line.starts_at == rig.clock.now() + timedelta(seconds=2)
    assert fate_words(line, TIMES).startswith("will run at 13:30: ")


def test_a_run_stands_in_for_a_missed_due_time_once(rig, review, engine) -> None:
    """It runs now, both rows name each other, and a second time is answered plainly."""
    rig.add("Tea", rig.every(3600), catch_up="skip")
    be_away(rig, minutes=90)
    missed = only_line(review).last
    run_id = review.run(missed.id)
    run = rig.history.get(run_id)
    assert run.cause is Cause.MANUAL
    assert run.origin == {
        "stands_in_for_run_id": str(missed.id),
        "stands_in_for": missed.due_at.isoformat(),
    }
    line = only_line(review)
    assert line.stand_in.id == run_id
    assert (line.may_run, line.may_skip) == (False, False)
    for again in (review.run, review.skip):
        with pytest.raises(RequestFailed, match="it has its run or its answer"):
            again(missed.id)
    assert len(rig.rows()) == 2


def test_a_run_that_stands_in_knows_for_what(rig, review, machine, engine) -> None:
    """Its program finds the due time in its environment."""
    script = rig.shell('echo "$DESKCRON_STANDS_IN_FOR"')
    rig.add("Tea", rig.every(3600), action=script, catch_up="skip")
    be_away(rig, minutes=90)
    missed = only_line(review).last
    run_id = review.run(missed.id)
    machine.next_end()
    assert machine.output(run_id).strip() == missed.due_at.isoformat()


def test_a_missed_due_time_is_left_once(rig, review) -> None:
    """It needs no engine; a second answer is refused in words."""
    rig.add("Tea", rig.every(3600), catch_up="skip")
    be_away(rig, minutes=90)
    run_id = only_line(review).run_id
    review.skip(run_id)
    line = only_line(review)
    assert (line.is_left, line.may_run, line.may_skip) == (True, False, False)
    assert fate_words(line, TIMES).startswith("you left it at that; ")
    with pytest.raises(RequestFailed, match="it has its run or its answer"):
        review.skip(run_id)


def test_a_waiting_run_is_skipped(rig, review, engine) -> None:
    """Skipping a planned catch-up run is the person's choice in its row; twice is refused."""
    rig.add("Tea", rig.every(3600))
    rig.add("Backup", rig.every(3600))
    be_away(rig, minutes=90)
    [line] = [one for one in review.lines(review.absences()[0]) if one.may_skip]
    review.skip(line.run_id)
    assert rig.history.get(line.run_id).reason is Reason.DECLINED
    with pytest.raises(RequestFailed):
        review.skip(line.run_id)


def test_a_waiting_run_is_started_before_its_time(rig, review, engine) -> None:
    """It starts as the run it is, not as another one."""
    rig.add("Tea", rig.every(3600))
    rig.add("Backup", rig.every(3600))
    be_away(rig, minutes=90)
    [line] = [one for one in review.lines(review.absences()[0]) if one.may_skip]
    rows = len(rig.rows())
    assert review.run(line.run_id) == line.run_id
    assert rig.history.get(line.run_id).status is not Status.WAITING
    assert len(rig.rows()) == rows


def test_an_executed_run_is_not_left_out(rig, review) -> None:
    """What ran cannot be skipped, and what ran is not run once more from here."""
    rig.add("Tea", rig.every(3600))
    be_away(rig, minutes=90)
    run_id = only_line(review).run_id
    rig.end(run_id)
    with pytest.raises(RequestFailed, match="it has its run or its answer"):
        review.skip(run_id)


def test_answers_name_what_is_wrong(rig, review) -> None:
    """A number of no run is not found; a run needs an engine."""
    rig.add("Tea", rig.every(3600), catch_up="skip")
    be_away(rig, minutes=90)
    with pytest.raises(NotFound):
        review.run(99)
    with pytest.raises(NoEngine):
        review.run(only_line(review).run_id)


def test_a_deleted_job_is_told_but_not_run(rig, review, engine) -> None:
    """Its line stays without answers, also where the answer comes too late."""
    job = rig.add("Tea", rig.every(3600), catch_up="skip")
    be_away(rig, minutes=90)
    rig.jobs.remove([job])
    line = only_line(review)
    assert (line.may_run, line.may_skip) == (False, False)
    with pytest.raises(RequestFailed, match="was deleted"):
        review.run(line.run_id)


def test_an_answered_row_takes_no_further_due_times_in(rig, review) -> None:
    """What is missed after the answer is a row of its own, with an answer to come."""
    rig.add("Tea", rig.every(3600), catch_up="skip")
    be_away(rig, minutes=90)
    review.skip(only_line(review).run_id)
    be_away(rig, hours=3)
    assert rig.fates() == ["missed catch-up-off", "missed 3 catch-up-off"]
    assert only_line(review).may_run


def test_a_row_that_grew_is_in_the_absence_that_it_took_in(rig, review) -> None:
    """What was left out in time before shares the row, so the line tells of it, too."""
    closed = {"windows": [{"begin": "08:00", "end": "09:00"}]}
    rig.add("Tea", rig.every(3600), hours=closed)
    rig.clock.advance(hours=1)
    rig.claim()
    be_away(rig, minutes=90)
    assert rig.fates() == ["skipped 2 outside-hours"]
    assert only_line(review).count == 2


def test_the_line_of_an_absence_stays_as_it_was(rig, review) -> None:
    """What is left out after its end, in time or in a later absence, is a row of its own."""
    closed = {"windows": [{"begin": "08:00", "end": "09:00"}]}
    rig.add("Closed", rig.every(3600), hours=closed)
    rig.add("Missed", rig.every(3600), catch_up="skip")
    rig.clock.advance(hours=1)
    rig.claim()
    be_away(rig, minutes=90)
    [absence] = review.absences()
    lines = review.lines(absence)
    assert {line.job_name for line in lines} == {"Closed", "Missed"}
    rig.clock.advance(minutes=30)
    rig.claim()
    assert review.lines(absence) == lines
    be_away(rig, hours=3)
    assert len(review.absences()) == 2
    assert review.lines(absence) == lines


def test_what_is_left_is_left_for_all_jobs_at_once(rig, review) -> None:
    """Waiting runs go on; the entry of the inbox is done with the last answer."""
    for number in range(3):
        rig.add(f"Tea {number}", rig.every(3600), catch_up="skip")
    rig.add("Backup", rig.every(3600))
    rig.add("Copy", rig.every(3600))
    be_away(rig, minutes=90)
    assert [entry.kind for entry in rig.inbox.waiting()] == ["missed"]
    absence = review.absences()[0]
    review.skip(_missed(review)[0].run_id)
    assert len(rig.inbox.waiting()) == 1
    assert review.leave(absence) == 2
    assert rig.inbox.waiting() == []
    assert review.leave(absence) == 0
    assert "waiting staggered" in rig.fates()


def _missed(review) -> list[ReviewLine]:
    return [
        line
        for line in review.lines(review.absences()[0])
        if line.last.status is Status.MISSED and line.may_run
    ]


def test_a_person_is_told_until_it_was_seen(rig, review) -> None:
    """Asking is not seeing; that an older absence is seen says nothing of the latest."""
    rig.add("Tea", rig.every(3600), catch_up="skip")
    be_away(rig, minutes=90)
    absence = review.absences()[0]
    assert review.news() == review.news() == ReviewNews(absence, jobs=1, open_jobs=1)
    review.mark_told(absence)
    assert review.news() is None
    be_away(rig, minutes=60)
    review.mark_told(absence)
    assert review.news().absence == review.absences()[0]


def test_what_is_answered_is_no_news(rig, review) -> None:
    """Who answers all of it needs not to be told; what is decided later is told again."""
    rig.add("Tea", rig.every(3600), catch_up="skip")
    be_away(rig, minutes=90)
    assert review.news() is not None
    review.skip(only_line(review).run_id)
    assert review.news() is None
    be_away(rig, minutes=60)
    assert review.news() is not None


def test_nobody_is_told_where_everything_was_caught_up(rig, review) -> None:
    """A run that starts at once leaves nothing to answer."""
    rig.add("Tea", rig.every(3600))
    be_away(rig, minutes=90)
    assert review.news() is None


def test_nobody_is_asked_about_what_the_rules_of_a_job_leave_out(rig, review) -> None:
    """A job that may not run at night is told of, but has no answer open in the morning."""
    hours = {"windows": [{"begin": "08:00", "end": "09:00"}]}
    rig.add("Tea", rig.every(3600), hours=hours)
    be_away(rig, minutes=90)
    line = only_line(review)
    assert line.last.reason is Reason.OUTSIDE_HOURS
    assert (line.may_run, line.may_skip) == (False, False)
    assert review.news() is None
    with pytest.raises(RequestFailed, match="the rules of its job left it out"):
        review.skip(line.run_id)


def test_many_jobs_are_one_absence(rig, review, monkeypatch) -> None:
    """It takes several transactions to decide them, and a person is told once."""
    monkeypatch.setattr(dispatcher, "BATCH", 10)
    for number in range(12):
        rig.add(f"Tea {number}", rig.every(3600), catch_up="skip")
    now = rig.clock.advance(minutes=90)
    rig.dispatcher.claim(now)
    assert review.news() is not None
    review.mark_told(review.news().absence)
    be_away(rig, seconds=1)
    assert review.news() is None
    [absence] = review.absences()
    assert absence.until == now
    assert len(review.lines(absence)) == 12


def test_the_latest_absences_are_kept(rig, review) -> None:
    """There is an end to what is remembered; `since` takes the latest of them."""
    rig.add("Tea", rig.every(3600), catch_up="skip")
    for _number in range(MOST_KEPT + 3):
        be_away(rig, hours=1, minutes=5)
    assert len(review.absences()) == MOST_KEPT
    latest = review.absences()[0]
    assert review.absences(latest.settled_at) == [latest]


def test_an_absence_by_a_clock_that_was_ahead_takes_no_later_one_in(
    rig, review, expected_logs
) -> None:
    """The next one begins with what is due in it, and is told as any other."""
    rig.add("Tea", rig.every(3600), catch_up="skip")
    be_away(rig, hours=12, minutes=30)
    rig.timekeeper.tick()
    [false] = review.absences()
    rig.change(lambda tables: mark_told(tables, false, was_shown=True))
    rig.clock.set(rig.clock.now() - timedelta(hours=10))
    rig.timekeeper.tick()
    before_it = rig.clock.now()
    rig.add("Water", rig.every(3600), catch_up="skip")
    be_away(rig, minutes=90)
    latest, before = review.absences()
    assert before == false
    assert latest.since > before_it
    assert latest.until == rig.clock.now()
    assert review.news().absence == latest


def test_what_a_pause_decides_late_is_an_absence(rig, review) -> None:
    """Pausing without an engine decides what was due until then."""
    rig.add("Tea", rig.every(3600), catch_up="skip")
    rig.clock.advance(minutes=90)
    rig.control.pause(None)
    assert only_line(review).last.status is Status.MISSED


@pytest.mark.parametrize("change", ["switched off", "edited"])
def test_what_a_change_decides_late_is_an_absence(rig, review, change: str) -> None:
    """A job that is changed before an engine is back is decided by its old rules, and told of."""
    job = rig.add("Tea", rig.every(3600), catch_up="skip")
    rig.clock.advance(minutes=90)
    if change == "edited":
        draft = rig.catalogue.draft(job)
        rig.jobs.save(job, {**draft.document, "name": "Coffee"}, draft.revision)
    else:
        rig.jobs.set_enabled([job], False)
    assert only_line(review).last.reason is Reason.CATCH_UP_OFF


def test_lateness_adds_up_over_transactions() -> None:
    """The earliest due time counts, also in the transactions that follow."""
    early, late = datetime(2026, 7, 1, 10), datetime(2026, 7, 1, 11)  # noqa: DTZ001 - not looked at
    settlement = Settlement()
    settlement.note_late(late)
    settlement.note_late(early)
    assert settlement.further().late_since == early
