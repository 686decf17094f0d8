"""The words of an absence and its lines in the window."""

from __future__ import annotations

from datetime import datetime, tzinfo

from deskcron.domain.daywords import at_words, until_words
from deskcron.domain.review import Absence, ReviewLine, ReviewNews
from deskcron.domain.reviewwords import Times, due_words, fate_words
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.words import capital


def times_as_of(now: datetime, zone: tzinfo | None) -> Times:
    """Return how instants are written as of now: by the time of day, with the day if not today."""
    return Times(
        lambda instant: until_words(instant, now, zone),
        lambda instant: at_words(instant, now, zone),
    )


def span_words(absence: Absence, times: Times) -> str:
    """Return when an absence was."""
    first, last = capital(times.alone(absence.since)), times.alone(absence.until)
    return _("{first} to {last}").format(first=first, last=last)


def count_words(jobs: int) -> str:
    """Return how many jobs were due."""
    return ngettext("{count} job was due", "{count} jobs were due", jobs).format(count=jobs)


def nothing_words(*, is_known: bool) -> tuple[str, str]:
    """Return a title and a text where no absence is shown; `is_known` that there was none."""
    if is_known:
        return _("Nothing was missed"), _(
            "What is due while the computer sleeps, or while deskcron is off, is listed here."
        )
    return _("Nothing is kept of that time"), _(
        "The latest absences alone are kept here; the history has what was due before."
    )


def news_words(news: ReviewNews, times: Times) -> str:
    """Return what a person is to know of an absence as sentences."""
    first, last = times.alone(news.absence.since), times.alone(news.absence.until)
    due = ngettext(
        "{count} job was due between {first} and {last}.",
        "{count} jobs were due between {first} and {last}.",
        news.jobs,
    ).format(count=news.jobs, first=first, last=last)
    left = ngettext(
        "{count} of them was missed or still waits.",
        "{count} of them were missed or still wait.",
        news.open_jobs,
    ).format(count=news.open_jobs)
    return f"{due} {left}"


def due(line: ReviewLine, times: Times) -> str:
    """Return when a job was due, as a cell."""
    return capital(due_words(line, times.alone))


def fate(line: ReviewLine, times: Times) -> str:
    """Return what was done about it, as a cell."""
    return capital(fate_words(line, times))


def sentence(line: ReviewLine, times: Times) -> str:
    """Return all about a line, to be read in full."""
    is_once = line.count == 1
    return _("“{job}” was due {due}.\n{fate}.").format(
        job=" ".join(line.job_name.split()),
        due=times.at(line.last_due_at) if is_once else due_words(line, times.alone),
        fate=fate(line, times),
    )
