"""Say what a job would meet at its next due time, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from deskcron.domain.conditions import Otherwise
from deskcron.domain.explanation import FollowedState, Heard
from deskcron.domain.lane import Lane
from deskcron.domain.outlook import Beside, Closed, ConditionsNow, OpenRun, Outlook
from deskcron.domain.reason import Reason
from deskcron.domain.reasonwords import waiting_words
from deskcron.domain.run import Attempt, Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import length_words
from deskcron.domain.words import attempt_words, outcome

At = Callable[[datetime], str]
"""Return an instant in words, such as 14:05 or Monday 09:00."""
_MOST_TOLD = 3
"""Runs told one by one; of more there is a number."""


class Note(NamedTuple):
    """A sentence, and whether it tells of something in the way or is only worth knowing."""

    text: str
    is_in_the_way: bool = True


def outlook_notes(outlook: Outlook | None, at: At) -> Sequence[Note]:
    """Return what is to be said, how things are at present first.

    The runs of the job that go on are left to `going_words`.
    """
    if outlook is None:
        return ()
    return (
        *_conditions(outlook.conditions),
        *_places(outlook.places_taken),
        *_lane(outlook.lane, at),
        *_waiting(outlook.beside, at),
        *_closed(outlook.closed, at),
        *_runs_of_the_day(outlook),
        *_question(outlook),
    )


def listening_notes(listening: Sequence[Heard], at: At) -> Sequence[Note]:
    """Return what keeps events from starting a job, and how the jobs stand that it follows."""
    return [
        note
        for heard in listening
        for note in (*_rest(heard, at), *_missing(heard), *_followed(heard, at))
    ]


def going_words(outlook: Outlook | None, at: At) -> str:
    """Return which runs of the job go on and what becomes of its next time meanwhile, "" if none.

    What is due is placed beside those that wait, too.
    """
    beside = None if outlook is None else outlook.beside
    going = [] if beside is None else [one for one in beside.runs if _goes_on(one)]
    if beside is None or not going:
        return ""
    return _joined([*_told(going, at), _fate(beside)])


def open_run_words(one: OpenRun, at: At) -> str:
    """Return how a run that is not over stands, as a sentence."""
    run = one.run
    if run.status is Status.RUNNING:
        if run.started_at is None:
            return _("Run {id} goes on.").format(id=run.id)
        return _("Run {id} has been going on since {time}.").format(
            id=run.id, time=at(run.started_at)
        )
    if run.reason is None:
        return _("Run {id} is about to start.").format(id=run.id)
    reason = waiting_words(run.reason, run.reason_args)
    if one.goes_on_at is None:
        text = _("Run {id} waits: {reason}.").format(id=run.id, reason=reason)
    else:
        text = _("Run {id} waits until {time}: {reason}.").format(
            id=run.id, time=at(one.goes_on_at), reason=reason
        )
    return text if one.before is None else _joined([text, _attempt(one.before)])


def _attempt(before: Attempt) -> str:
    text = _("Attempt {number} before: {outcome}.")
    return text.format(number=before.number, outcome=attempt_words(before))


def _conditions(present: ConditionsNow | None) -> Iterator[Note]:
    if present is None:
        return
    if present.unmet:
        reasons = _("; ").join(waiting_words(one.reason, one.reason_args) for one in present.unmet)
        is_in_the_way = present.otherwise is not Otherwise.RUN
        yield Note(_now_words(present, reasons), is_in_the_way)
    elif not (present.unknown or present.unanswered or present.checks):
        yield Note(_("What it needs to start is there now."), is_in_the_way=False)
    for words in present.unknown:
        text = _("It cannot be known here whether {condition}; that counts as met.")
        yield Note(text.format(condition=words), is_in_the_way=False)
    for words in present.unanswered:
        text = _("It could not be found out in time whether {condition}.")
        yield Note(text.format(condition=words), is_in_the_way=False)
    for command in present.checks:
        text = _("When it is due, its check “{command}” decides, too.")
        yield Note(text.format(command=command), is_in_the_way=False)


def _now_words(present: ConditionsNow, reasons: str) -> str:
    length = length_words(present.wait_s)
    return {
        Otherwise.RUN: _("Would run now all the same, although {reasons}."),
        Otherwise.SKIP: _("Would be skipped now: {reasons}."),
        Otherwise.WAIT: _("Would wait now, for up to {length}: {reasons}."),
    }[present.otherwise].format(reasons=reasons, length=length)


def _places(taken: int) -> Iterator[Note]:
    if taken:
        text = ngettext(
            "Would wait now: {count} program runs already, as many as may at once.",
            "Would wait now: {count} programs run already, as many as may at once.",
            taken,
        )
        yield Note(text.format(count=taken))


def _lane(lane: Lane | None, at: At) -> Iterator[Note]:
    if lane is None:
        return
    names = [
        _("“{job}” (run {id})").format(job=one.job_name, id=one.run_id)
        if one.started_at is None
        else _("“{job}” (run {id}, since {time})").format(
            job=one.job_name, id=one.run_id, time=at(one.started_at)
        )
        for one in lane.runs[:_MOST_TOLD]
    ]
    if (more := len(lane.runs) - _MOST_TOLD) > 0:
        names.append(ngettext("{count} more", "{count} more", more).format(count=more))
    text = ngettext(
        "Would wait now: the lane {lane} has room for {count} run, taken by {runs}.",
        "Would wait now: the lane {lane} has room for {count} runs, taken by {runs}.",
        lane.limit,
    )
    yield Note(text.format(lane=lane.name, count=lane.limit, runs=_(", ").join(names)))


def _waiting(beside: Beside | None, at: At) -> Iterator[Note]:
    """Yield what waits; what that means for the next time is said there where nothing goes on."""
    waiting = [] if beside is None else [one for one in beside.runs if not _goes_on(one)]
    if beside is None or not waiting:
        return
    has_going = len(waiting) < len(beside.runs)
    fate = "" if has_going else _fate(beside)
    yield Note(_joined([*_told(waiting, at), fate]), is_in_the_way=bool(fate))


def _told(runs: Sequence[OpenRun], at: At) -> Iterator[str]:
    for one in runs[:_MOST_TOLD]:
        yield open_run_words(one, at)
    if (more := len(runs) - _MOST_TOLD) > 0:
        text = ngettext("So does {count} more run.", "So do {count} more runs.", more)
        yield text.format(count=more)


def _fate(beside: Beside) -> str:
    """Return what becomes of the next time while those runs are not over."""
    if beside.replaces:
        return _("What comes due meanwhile takes its place.")
    if beside.status is Status.WAITING:
        return _("What comes due meanwhile waits for its turn.")
    if beside.reason is Reason.QUEUE_FULL:
        return _("What comes due meanwhile is skipped, as enough wait already.")
    return _("What comes due meanwhile is skipped.") if beside.status is Status.SKIPPED else ""


def _closed(closed: Closed | None, at: At) -> Iterator[Note]:
    if closed is None:
        return
    text = (
        _("What happens now starts nothing: {reason}.")
        if closed.is_now
        else _("Its next time, {time}, will be skipped: {reason}.")
    )
    reason = waiting_words(closed.reason, closed.reason_args)
    yield Note(_joined([text.format(time=at(closed.at), reason=reason), _reopens(closed, at)]))


def _reopens(closed: Closed, at: At) -> str:
    if closed.first_at is not None:
        return _("The first that will not: {time}.").format(time=at(closed.first_at))
    if closed.has_none:
        return _("No later one was found at which it may run.")
    if closed.opens_at is None:
        return ""
    return _("It may run from {time} on.").format(time=at(closed.opens_at))


def _runs_of_the_day(outlook: Outlook) -> Iterator[Note]:
    limit = outlook.runs_per_day
    is_told = outlook.closed is not None and outlook.closed.reason is Reason.DAILY_CAP
    if limit and not is_told:
        text = ngettext(
            "Today it has had {count} of {limit} run.",
            "Today it has had {count} of {limit} runs.",
            limit,
        )
        yield Note(text.format(count=outlook.ran_today, limit=limit), is_in_the_way=False)


def _question(outlook: Outlook) -> Iterator[Note]:
    if outlook.ask_s:
        text = _("You are asked before it starts; without an answer it starts after {length}.")
        yield Note(text.format(length=length_words(outlook.ask_s)), is_in_the_way=False)


def _rest(heard: Heard, at: At) -> Iterator[Note]:
    if heard.rests_until is not None:
        text = _("It has run for this lately, so nothing starts before {time}: {event}.")
        yield Note(text.format(time=at(heard.rests_until), event=heard.text))


def _missing(heard: Heard) -> Iterator[Note]:
    if heard.missing_path:
        text = _("There is nothing at {path} now.").format(path=heard.missing_path)
        yield Note(text, is_in_the_way=False)


def _followed(heard: Heard, at: At) -> Iterator[Note]:
    other = heard.followed
    if other is None:
        return
    if other.state is not None:
        yield Note(_state_words()[other.state].format(job=other.name))
    if other.last_run is not None:
        text = _("The last run of “{job}”, {time}: {outcome}.")
        run = other.last_run
        words = text.format(
            job=other.name, time=at(run.due_at or run.recorded_at), outcome=outcome(run)
        )
        yield Note(words, is_in_the_way=False)


def _state_words() -> Mapping[FollowedState, str]:
    return {
        FollowedState.MISSING: _("There is no job “{job}” any more, which it follows."),
        FollowedState.REMOVED: _("The job “{job}”, which it follows, was deleted."),
        FollowedState.DISABLED: _("The job “{job}”, which it follows, is off."),
        FollowedState.FINISHED: _("The job “{job}”, which it follows, is finished."),
        FollowedState.HELD: _("The job “{job}”, which it follows, is held."),
    }


def _goes_on(one: OpenRun) -> bool:
    return one.run.status is Status.RUNNING


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(filter(None, sentences))
