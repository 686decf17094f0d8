"""Why a job or a run went as it did, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from deskcron.domain.answers import EngineState
from deskcron.domain.daywords import dated, exact, moment, until_words
from deskcron.domain.explanation import Explanation, Obstacle
from deskcron.domain.outlookwords import At, Note, going_words, listening_notes, outlook_notes
from deskcron.domain.reason import Reason
from deskcron.domain.reasonwords import fault_words
from deskcron.domain.run import Cause, Run
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import measured
from deskcron.domain.words import attempt_words, capital, cause_word, held_words, obstacle_words
from deskcron.gui.history.words import run_at, status_sentence
from deskcron.gui.zones import Zones

_DECISIVE = (
    Obstacle.REMOVED,
    Obstacle.FAULT,
    Obstacle.DISABLED,
    Obstacle.FINISHED,
    Obstacle.NO_ENGINE,
    Obstacle.HELD,
)
"""What keeps a job from running, the first to be named first; a hold may end before its time."""


class Answer(NamedTuple):
    """What is known of a job, and of the engine that would run it."""

    job: Explanation
    engine: EngineState
    zones: Zones

    @property
    def rule_zone(self) -> tzinfo | None:
        """Return the zone to show the times of the job's rules in."""
        return self.zones.zone(self.job.job.zone)


def headline(answer: Answer, now: datetime) -> str:
    """Say in one sentence when the job runs next, or why it does not."""
    for obstacle in _DECISIVE:
        if obstacle in answer.job.obstacles and _counts(obstacle, answer.job):
            return _refusal(obstacle)
    due_at = answer.job.next_due_at
    if due_at is None:
        return _without_time(answer.job)
    if answer.engine.leaves_out(due_at):
        return _held(answer, now)
    if due_at <= now:
        return _("Its time has come.")
    if answer.job.skips_next:
        return _("Its next time, {time}, will be skipped.").format(
            time=moment(due_at, now, answer.rule_zone)
        )
    return _("Next run {time}.").format(time=moment(due_at, now, answer.rule_zone))


def time_line(answer: Answer) -> str:
    """Return the times with the exact next one, "" where the headline has said it all."""
    times, due_at = answer.job.times, answer.job.next_due_at
    if Obstacle.NO_DUE_TIME in answer.job.obstacles:
        return ""
    if due_at is None:
        return times
    text = _("{times}. Next time: {time}") if times else _("Next time: {time}")
    return text.format(times=times, time=exact(due_at, answer.rule_zone))


def silence_text(answer: Answer) -> str:
    """Say that nothing tells of the ends of a job's runs, empty where something does."""
    return _("Its ends are not told by banners (muted).") if answer.job.job.muted else ""


def obstacle_text(obstacle: Obstacle, answer: Answer, now: datetime) -> str:
    """Say what stands in the way."""
    if obstacle is Obstacle.FAULT and answer.job.job.fault:
        return _("The job is {fault}.").format(fault=fault_words(answer.job.job.fault))
    if obstacle is Obstacle.PAUSED and answer.engine.paused_until is not None:
        until = until_words(answer.engine.paused_until, now, answer.zones.zone())
        return _("All jobs are paused until {time}.").format(time=until)
    if obstacle is Obstacle.HELD and answer.job.held_since is not None:
        zone, held_until = answer.zones.zone(), answer.job.job.held_until
        runs_on = None if held_until is None else moment(max(held_until, now), now, zone)
        return held_words(until_words(answer.job.held_since, now, zone), runs_on)
    if obstacle is Obstacle.STILL_RUNNING:
        return going_words(answer.job.outlook, _at(answer, now)) or obstacle_words(obstacle)
    if obstacle is Obstacle.NO_DUE_TIME:
        return _("No time is set for it.")
    return obstacle_words(obstacle)


def ahead_notes(answer: Answer, now: datetime) -> Sequence[Note]:
    """Say what the job would meet at its next due time, first what is in the way."""
    at = _at(answer, now)
    notes = (*outlook_notes(answer.job.outlook, at), *listening_notes(answer.job.listening, at))
    return sorted(notes, key=lambda note: not note.is_in_the_way)


def heard_lines(answer: Answer, now: datetime) -> list[str]:
    """Say what the job listens to, and when that last happened."""
    lines = []
    for heard in answer.job.listening:
        if heard.last_at is None:
            text = _("{event}: not heard of lately")
        else:
            text = _("{event}: last {time}")
        at = "" if heard.last_at is None else moment(heard.last_at, now, answer.zones.zone())
        lines.append(text.format(event=heard.text, time=at))
    return lines


def run_line(run: Run, zone: tzinfo | None) -> str:
    """Say how a run ended, at which attempt, how long that took and what made it."""
    parts = [status_sentence(run, zone)]
    if run.attempt > 1 and run.reason is not Reason.RETRYING:
        parts.append(_("attempt {number}").format(number=run.attempt))
    if run.duration_s is not None:
        parts.append(_("took {length}").format(length=measured(run.duration_s)))
    if run.cause is not Cause.SCHEDULE:
        parts.append(cause_word(run.cause))
    return ", ".join(parts)


def attempt_lines(job: Explanation, run: Run, at: At) -> list[str]:
    """Say how the attempts went that a run has behind it, where it is the last one of the job."""
    if job.last_execution is None or job.last_execution.id != run.id:
        return []
    return [
        capital(
            _("attempt {number}, {time}: {outcome}").format(
                number=one.number,
                time=at(one.started_at or one.ended_at),
                outcome=attempt_words(one),
            )
        )
        for one in job.attempts
    ]


def last_apart(job: Explanation) -> Run | None:
    """Return the last run where it is not the newest of the decisions, which are told as well."""
    last, newest = job.last_execution, next(iter(job.decisions), None)
    return None if last is None or (newest is not None and newest.id == last.id) else last


def run_headline(run: Run, zone: tzinfo | None) -> str:
    """Say in one sentence what became of a run."""
    return _("{what}.").format(what=status_sentence(run, zone))


def cause_sentence(run: Run) -> str:
    """Say what made the run."""
    return {
        Cause.SCHEDULE: _("Its schedule made it due."),
        Cause.CATCH_UP: _("Its time had passed while nothing could run, so it was caught up."),
        Cause.MANUAL: _("Started by hand."),
        Cause.EVENT: _("An event made it due."),
        Cause.CHAIN: _("Another job that ended made it due."),
        Cause.TEST: _("It was a test of a job that was being edited."),
    }[run.cause]


def job_text(answer: Answer, now: datetime) -> str:
    """Return the whole answer about a job as text to be sent to somebody."""
    job = answer.job
    lines = [job.job.name, headline(answer, now), time_line(answer), silence_text(answer)]
    lines += heard_lines(answer, now)
    lines += [obstacle_text(obstacle, answer, now) for obstacle in job.obstacles]
    lines += [note.text for note in ahead_notes(answer, now)]
    if (last := last_apart(job)) is not None:
        lines += [_("Last run:"), *_dated(last, answer)]
    if job.decisions:
        lines.append(_("Recent decisions:"))
        lines += [line for run in job.decisions for line in _dated(run, answer)]
    return "\n".join(line for line in lines if line)


def _at(answer: Answer, now: datetime) -> At:
    """Return how the times around a job's next one are told."""
    return lambda instant: until_words(instant, now, answer.rule_zone)


def _counts(obstacle: Obstacle, job: Explanation) -> bool:
    """Tell whether an obstacle is still there at the next time."""
    held_until, due_at = job.job.held_until, job.next_due_at
    if obstacle is not Obstacle.HELD or held_until is None or due_at is None:
        return True
    return due_at < held_until


def _refusal(obstacle: Obstacle) -> str:
    return {
        Obstacle.REMOVED: _("It will not run: it was deleted."),
        Obstacle.FAULT: _("It will not run: this version cannot read it."),
        Obstacle.DISABLED: _("It will not run: it is off."),
        Obstacle.FINISHED: _("It will not run again: its times are all in the past."),
        Obstacle.NO_ENGINE: _("It will not run: no engine is running."),
        Obstacle.HELD: _("It does not run on: it failed too often in a row."),
    }[obstacle]


def _without_time(job: Explanation) -> str:
    if job.listening:
        return _("It runs when something happens: it has no time of its own.")
    if Obstacle.NO_DUE_TIME in job.obstacles:
        return _("It runs by hand only.")
    return _("No further time is set until its present run is over.")


def _held(answer: Answer, now: datetime) -> str:
    if answer.engine.paused_until is None:
        return _("It will not run: all jobs are paused.")
    until = until_words(answer.engine.paused_until, now, answer.zones.zone())
    return _("Its next time is left out: all jobs are paused until {time}.").format(time=until)


def _dated(run: Run, answer: Answer) -> list[str]:
    """Return a run with its earlier attempts, each with its date."""
    zone = answer.zones.zone(run.zone)

    def at(instant: datetime) -> str:
        return dated(instant.astimezone(zone))

    told = _("{time}: {what}").format(time=at(run_at(run)), what=run_line(run, zone))
    return [told, *(f"  {line}" for line in attempt_lines(answer.job, run, at))]
