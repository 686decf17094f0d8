"""The figures of a job, each with what it means in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from deskcron.domain.daywords import dated
from deskcron.domain.run import Run
from deskcron.domain.statistics import MOST_ROWS, JobStatistics, Spread
from deskcron.domain.statisticswords import (
    failures_words,
    in_a_row_words,
    percent_words,
    successes_words,
)
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import measured
from deskcron.gui.history.words import when
from deskcron.gui.why.words import run_line

NOTHING = "—"
"""In the place of a figure that is not known."""


class Figure(NamedTuple):
    """A figure: what it is of, how much, and what that means."""

    name: str
    value: str
    meaning: str


def figures(one: JobStatistics) -> Sequence[Figure]:
    """Return all figures of a job."""
    return (
        Figure(_("Success"), success(one), _success_meaning(one)),
        Figure(_("Duration"), middle(one.duration), _duration_meaning(one.duration)),
        Figure(_("Late by"), middle(one.lateness), _lateness_meaning(one.lateness)),
        Figure(_("In a row"), in_a_row(one), _in_a_row_meaning(one)),
        Figure(
            _("Missed"),
            missed(one),
            _("Due times at which nothing could run, such as while the computer was off."),
        ),
        Figure(
            _("Skipped"),
            skipped(one),
            _("Due times left out on purpose: by a rule, in a pause, or while the job still ran."),
        ),
    )


def spoken(figure: Figure) -> str:
    """Return a figure with its meaning as one line."""
    return _("{name}: {value}. {meaning}").format(
        name=figure.name, value=figure.value, meaning=figure.meaning
    )


def counted_words(one: JobStatistics, zone: tzinfo | None) -> str:
    """Return how many runs were counted and since when, "" where nothing was."""
    if one.counted_from is None:
        return ""
    text = ngettext("{count:,} run since {time}", "{count:,} runs since {time}", one.executed)
    return text.format(count=one.executed, time=dated(one.counted_from.astimezone(zone)))


def small_print() -> str:
    """Return what is left out of all figures."""
    text = _(
        "Tests and runs that are not over are left out. Of each job, the newest {count:,} entries "
        "count."
    )
    return text.format(count=MOST_ROWS)


def as_text(one: JobStatistics, zone: tzinfo | None) -> str:
    """Return all figures of a job as text to be sent to somebody."""
    lines = [one.job_name, counted_words(one, zone), *map(spoken, figures(one)), small_print()]
    return "\n".join(lines)


def run_words(run: Run, now: datetime, zone: tzinfo | None) -> str:
    """Return a run as one line: when, what became of it, how long it took."""
    return _("{time}: {what}").format(time=when(run, now, zone), what=run_line(run, zone))


def success(one: JobStatistics) -> str:
    """Return the share of successes."""
    return _or_nothing(percent_words(one))


def middle(spread: Spread | None) -> str:
    """Return the median."""
    return NOTHING if spread is None else measured(spread.median_s)


def most(spread: Spread | None) -> str:
    """Return what 95 of 100 do not exceed."""
    return NOTHING if spread is None else measured(spread.p95_s)


def in_a_row(one: JobStatistics) -> str:
    """Return how the newest runs ended."""
    return _or_nothing(in_a_row_words(one.streaks))


def missed(one: JobStatistics) -> str:
    """Return how many due times were missed."""
    return _number(one.missed, is_exact=one.is_exact)


def skipped(one: JobStatistics) -> str:
    """Return how many due times were skipped."""
    return _number(one.skipped, is_exact=one.is_exact)


def _success_meaning(one: JobStatistics) -> str:
    ended = one.succeeded + one.failed
    if ended == 0:
        return _("No run has succeeded or failed.")
    text = ngettext(
        "{succeeded:,} of {ended:,} run succeeded, {failed:,} failed.",
        "{succeeded:,} of {ended:,} runs succeeded, {failed:,} failed.",
        ended,
    ).format(succeeded=one.succeeded, ended=ended, failed=one.failed)
    if one.cancelled == 0:
        return text
    more = ngettext(
        "{count:,} was cancelled and counts as neither.",
        "{count:,} were cancelled and count as neither.",
        one.cancelled,
    )
    return f"{text} {more.format(count=one.cancelled)}"


def _duration_meaning(spread: Spread | None) -> str:
    if spread is None:
        return _("No run has come to its end.")
    text = _("Half of the runs were shorter, half longer. 95 of 100 took {length} at most.")
    return text.format(length=measured(spread.p95_s))


def _lateness_meaning(spread: Spread | None) -> str:
    if spread is None:
        return _("No run was started by the schedule.")
    text = _(
        "Half of the scheduled runs started sooner after their due time, half later. "
        "95 of 100 were {length} late at most."
    )
    return text.format(length=measured(spread.p95_s))


def _in_a_row_meaning(one: JobStatistics) -> str:
    streaks = one.streaks
    if not streaks.most_successes and not streaks.most_failures:
        return _("No run has succeeded or failed.")
    text = _("That is how the newest runs ended. The most were {successes} and {failures}.")
    return text.format(
        successes=successes_words(streaks.most_successes),
        failures=failures_words(streaks.most_failures),
    )


def _number(count: int, *, is_exact: bool) -> str:
    text = f"{count:,}"
    return text if is_exact or count == 0 else _("at least {count}").format(count=text)


def _or_nothing(text: str) -> str:
    return NOTHING if text == "-" else text
