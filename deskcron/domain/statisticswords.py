"""Put what the runs of a job come to into words."""

from __future__ import annotations

from deskcron.domain.statistics import JobStatistics, Streaks
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext


def percent_words(one: JobStatistics) -> str:
    """Return the share of successes, rounded down so that only all of them are 100 %."""
    ended = one.succeeded + one.failed
    if ended == 0:
        return "-"
    return _("{percent} %").format(percent=f"{one.succeeded * 1000 // ended / 10:.1f}")


def in_a_row_words(streaks: Streaks) -> str:
    """Return how the newest runs ended, as many as ended alike."""
    if streaks.failures:
        return failures_words(streaks.failures)
    return successes_words(streaks.successes) if streaks.successes else "-"


def successes_words(count: int) -> str:
    """Return a number of successes."""
    return ngettext("{count} success", "{count} successes", count).format(count=count)


def failures_words(count: int) -> str:
    """Return a number of failures."""
    return ngettext("{count} failure", "{count} failures", count).format(count=count)
