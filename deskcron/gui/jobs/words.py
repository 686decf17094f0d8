"""The words in the cells of the table of jobs, in their tooltips and to a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial
from typing import NamedTuple

from deskcron.domain.answers import EngineState, Waiting
from deskcron.domain.daywords import exact, moment
from deskcron.domain.job import JobSummary
from deskcron.domain.reasonwords import fault_words, waiting_words
from deskcron.domain.run import Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import short_duration
from deskcron.domain.words import capital, status_word
from deskcron.gui.jobs.filter import Column
from deskcron.gui.jobs.listing import Line
from deskcron.gui.jobs.views import View

_STATUSES = frozenset(status.value for status in Status)


class Cell(NamedTuple):
    """What a cell says; `hint` says more when asked, `is_quiet` marks what needs no attention.

    `spoken` is for screen readers where the text alone would not do.
    """

    text: str
    hint: Callable[[], str] = str
    is_quiet: bool = False
    spoken: str = ""


class Present(NamedTuple):
    """The moment at which a cell is shown, what holds for all jobs then, and in which zone."""

    now: datetime
    engine: EngineState
    zone: tzinfo | None = None


def cell(line: Line, column: Column, present: Present) -> Cell:
    """Return what a cell says."""
    if column is Column.NEXT:
        return _next(line, present)
    if column is Column.LAST:
        return _last(line, present)
    if column is Column.SCHEDULE:
        return _schedule(line.job)
    return _name(line.job) if column is Column.NAME else _enabled(line.job)


def heading(column: Column) -> str:
    """Return the name of a column."""
    return {
        Column.ENABLED: _("On"),
        Column.NAME: _("Name"),
        Column.SCHEDULE: _("When"),
        Column.NEXT: _("Next run"),
        Column.LAST: _("Last run"),
    }[column]


def view_word(view: View) -> str:
    """Return the name of a view."""
    return {
        View.ALL: _("All"),
        View.ACTIVE: _("Active"),
        View.HELD: _("Held"),
        View.OFF: _("Off"),
        View.FINISHED: _("Finished"),
    }[view]


def nothing_in(view: View) -> str:
    """Say that a view is empty."""
    return {
        View.ALL: _("No jobs"),
        View.ACTIVE: _("No job is active"),
        View.HELD: _("No job is held"),
        View.OFF: _("No job is off"),
        View.FINISHED: _("No job is finished"),
    }[view]


def _enabled(job: JobSummary) -> Cell:
    word = _("On") if job.enabled else _("Off")
    return Cell("", lambda: word, spoken=word)


def _name(job: JobSummary) -> Cell:
    tags = _("Tags: {tags}").format(tags=", ".join(job.tags)) if job.tags else ""
    muted = _("No notifications") if job.muted else ""
    hint = [job.name, job.action, tags, muted]
    return Cell(" ".join(job.name.split()), lambda: "\n".join(part for part in hint if part))


def _schedule(job: JobSummary) -> Cell:
    return Cell(" ".join(job.schedule.split()), lambda: job.schedule)


def _next(line: Line, present: Present) -> Cell:
    job = line.job
    if job.fault is not None:
        why = _("The job is {fault}.").format(fault=fault_words(job.fault))
        return Cell("—", lambda: why, spoken=why)
    if line.snoozed_until is not None and job.next_due_at is None:
        again = moment(max(line.snoozed_until, present.now), present.now, present.zone)
        text = _("snoozed, {time}").format(time=again)
        return Cell(text, partial(exact, line.snoozed_until, present.zone))
    if job.finished_at is not None:
        ended = exact(job.finished_at, present.zone)
        hint = _("Its last time was over {time}.").format(time=ended)
        return Cell(_("finished"), lambda: hint, is_quiet=True)
    return _ahead(line, present) if job.enabled else _off()


def _off() -> Cell:
    hint = _("The job is off. It runs by hand only.")
    return Cell(_("off"), lambda: hint, is_quiet=True)


def _ahead(line: Line, present: Present) -> Cell:
    job = line.job
    if job.is_held:
        return _held(job, present)
    if job.next_due_at is None and job.listens:
        hint = _("The job has no time of its own. It runs when something happens.")
        return Cell(_("on its event"), lambda: hint, is_quiet=True)
    if job.next_due_at is None:
        why = _no_time(line)
        return Cell("—", lambda: why, is_quiet=True, spoken=why)
    return _due(job.next_due_at, present)


def _held(job: JobSummary, present: Present) -> Cell:
    if job.held_until is None:
        hint = _("The job failed too often in a row. It does not run on until you resume it.")
        return Cell(_("held"), lambda: hint)
    again = moment(max(job.held_until, present.now), present.now, present.zone)
    hint = _("The job failed too often in a row. It runs on {time}.").format(
        time=exact(job.held_until, present.zone)
    )
    return Cell(_("held, runs on {time}").format(time=again), lambda: hint)


def _due(at: datetime, present: Present) -> Cell:
    now, engine, zone = present
    if engine.leaves_out(at):
        return Cell(_("paused"), partial(_paused, present), is_quiet=True)
    if at <= now and not engine.running:
        hint = _("It was due {time}. No engine is running.").format(time=exact(at, zone))
        return Cell(_("overdue"), lambda: hint)
    return Cell(moment(max(at, now), now, zone), partial(exact, at, zone))


def _no_time(line: Line) -> str:
    if line.is_running:
        return _("The next time may count from the end of the run that is going on.")
    return _("The job has no time ahead. It runs by hand only.")


def _paused(present: Present) -> str:
    if present.engine.paused_until is None:
        return _("All jobs are paused until you resume them.")
    until = exact(present.engine.paused_until, present.zone)
    return _("All jobs are paused until {time}.").format(time=until)


def _last(line: Line, present: Present) -> Cell:
    job, (now, _engine, zone) = line.job, present
    if line.running_since is not None:
        length = short_duration(max(0.0, (now - line.running_since).total_seconds()))
        text = _("running for {length}").format(length=length)
        return Cell(text, partial(_running_since, line.running_since, zone))
    if line.waiting is not None:
        return _waiting(line.waiting, zone)
    if job.last_status is None:
        return Cell(_("never yet"), is_quiet=True)
    # the code of another version has no word here
    known = job.last_status in _STATUSES
    word = status_word(Status(job.last_status)) if known else job.last_status
    if job.last_run_at is None:
        return Cell(word)
    at = moment(job.last_run_at, now, zone)
    text = _("{status} {time}").format(status=word, time=at)
    return Cell(text, partial(_with_time, word, job.last_run_at, zone))


def _waiting(run: Waiting, zone: tzinfo | None) -> Cell:
    since = _("waiting since {time}").format(time=exact(run.since, zone))
    if run.reason is None:
        return Cell(status_word(Status.WAITING), lambda: since)
    why = waiting_words(run.reason, run.reason_args)
    return Cell(
        _("waiting: {reason}").format(reason=why), lambda: f"{capital(why)}\n{capital(since)}"
    )


def _running_since(at: datetime, zone: tzinfo | None) -> str:
    return _("running since {time}").format(time=exact(at, zone))


def _with_time(word: str, at: datetime, zone: tzinfo | None) -> str:
    return _("{status} {time}").format(status=word, time=exact(at, zone))
