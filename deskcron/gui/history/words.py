"""The words of a run in the table: when, how it ended, why, how long, what made it."""

from __future__ import annotations

from datetime import datetime, tzinfo

from deskcron.domain.daywords import dated, exact, moment
from deskcron.domain.exitwords import exit_words, signal_words
from deskcron.domain.reason import Reason
from deskcron.domain.run import Run
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import length_words, measured
from deskcron.domain.words import capital, due_count, status_word, why_words


def run_at(run: Run) -> datetime:
    """Return the instant a run belongs to: when it was due, else when it was asked for."""
    return run.due_at or run.recorded_at


def when(run: Run, now: datetime, zone: tzinfo | None) -> str:
    """Return when the run was due, the last due time of a range."""
    return capital(moment(run.due_until or run_at(run), now, zone))


def when_exactly(run: Run, zone: tzinfo | None) -> str:
    """Return all instants of a run with the zone, in lines."""
    if run.due_until is not None and run.due_at is not None:
        return _("Due from {first}\nto {last}").format(
            first=exact(run.due_at, zone), last=exact(run.due_until, zone)
        )
    lines = [
        (_("Due {time}"), run.due_at),
        (_("Recorded {time}"), None if run.due_at else run.recorded_at),
        (_("Started {time}"), run.started_at),
        (_("Ended {time}"), run.ended_at),
    ]
    return "\n".join(text.format(time=exact(at, zone)) for text, at in lines if at is not None)


def why(run: Run, zone: tzinfo | None) -> str:
    """Return why the run did not execute or ended oddly, and what a range covers."""
    return capital(_why(run, zone))


def took(run: Run, now: datetime) -> str:
    """Return how long the run took or has been going on."""
    if run.duration_s is not None:
        return measured(run.duration_s)
    if run.status.is_open and run.started_at is not None:
        return length_words(max(0, int((now - run.started_at).total_seconds())))
    return ""


def status_sentence(run: Run, zone: tzinfo | None) -> str:
    """Return what became of the run as a sentence without its end."""
    word, reason = capital(status_word(run.status)), _why(run, zone)
    return _("{status}: {reason}").format(status=word, reason=reason) if reason else word


def _why(run: Run, zone: tzinfo | None) -> str:
    reason = _reason(run)
    if run.due_until is None or run.due_at is None:
        return reason
    span = _("{due_times} from {first} to {last}").format(
        due_times=due_count(run),
        first=dated(run.due_at.astimezone(zone)),
        last=dated(run.due_until.astimezone(zone)),
    )
    return _("{span}: {reason}").format(span=span, reason=reason) if reason else span


def _reason(run: Run) -> str:
    if run.reason is Reason.EXIT_CODE and run.exit_code is not None:
        return exit_words(run.exit_code)
    if run.reason is Reason.SIGNAL and run.signal is not None:
        return _("ended by {signal}").format(signal=signal_words(run.signal))
    return why_words(run)
