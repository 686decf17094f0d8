"""The words of an absence and its lines in the window."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import partial

from deskcron.domain.daywords import until_words
from deskcron.domain.review import Absence, ReviewLine, ReviewNews
from deskcron.domain.reviewwords import Time, due_words, fate_words
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.words import capital


def times(now: datetime, zone: tzinfo | None) -> Time:
    """Return how instants are written as of now: by the time of day, with the day if not today."""
    return partial(_written, now, zone)


def span_words(absence: Absence, time: Time) -> str:
    """Return when an absence was."""
    first, last = capital(time(absence.since)), time(absence.until)
    return _("{first} to {last}").format(first=first, last=last)


def count_words(jobs: int) -> str:
    """Return how many jobs were due."""
    return ngettext("{count} job was due", "{count} jobs were due", jobs).format(count=jobs)


def news_words(news: ReviewNews, time: Time) -> str:
    """Return what a person is to know of an absence as sentences."""
    first, last = time(news.absence.since), time(news.absence.until)
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


def due(line: ReviewLine, time: Time) -> str:
    """Return when a job was due, as a cell."""
    return capital(due_words(line, time))


def fate(line: ReviewLine, time: Time) -> str:
    """Return what was done about it, as a cell."""
    return capital(fate_words(line, time))


def sentence(line: ReviewLine, time: Time) -> str:
    """Return all about a line, to be read in full."""
    return _("“{job}” was due {due}.\n{fate}.").format(
        job=" ".join(line.job_name.split()), due=due_words(line, time), fate=fate(line, time)
    )


def _written(now: datetime, zone: tzinfo | None, instant: datetime) -> str:
    return until_words(instant, now, zone)
