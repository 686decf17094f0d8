"""Say what was due during an absence and what was done about it, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from deskcron.domain.reason import Reason
from deskcron.domain.review import ReviewLine, is_left, stand_in_of
from deskcron.domain.run import Run, Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.words import outcome, status_word, why_words

Time = Callable[[datetime], str]
"""How an instant is written."""


class Times(NamedTuple):
    """How instants are written: by themselves and in spans, and as the time of what happens."""

    alone: Time
    at: Time


def due_words(line: ReviewLine, time: Time) -> str:
    """Return when a job was due during an absence: at one time, or how often in which span."""
    if line.count == 1:
        return time(line.last_due_at)
    text = ngettext(
        "{count} time between {first} and {last}",
        "{count} times between {first} and {last}",
        line.count,
    ).format(count=line.count, first=time(line.first_due_at), last=time(line.last_due_at))
    return text if line.is_exact else _("at least {times}").format(times=text)


def fate_words(line: ReviewLine, times: Times) -> str:
    """Return what was done about the due times of a job, first by a person, then the latest."""
    groups = [list(runs) for _key, runs in groupby(line.runs, _sort)]
    parts = [_rows_words(line, runs, times) for runs in reversed(groups)]
    return "; ".join([*_answer(line, times), *parts])


def answer_words(origin: Mapping[str, str]) -> str:
    """Return how a person has answered a row that was not executed, empty for no answer."""
    run = stand_in_of(origin)
    if run is not None:
        return _("Run {number} stands in for it").format(number=run)
    return _("Left at that") if is_left(origin) else ""


def _sort(run: Run) -> tuple[Status, Reason | None]:
    """Return what rows have in common that are told together."""
    return run.status, run.reason


def _rows_words(line: ReviewLine, runs: Sequence[Run], times: Times) -> str:
    """Return what became of some rows that had the same fate."""
    run, count = runs[0], sum(run.count for run in runs)
    if run.status in {Status.MISSED, Status.SKIPPED}:
        return _left_out(run, count, is_all=count == line.count)
    if run.status is Status.WAITING:
        return _waits(line, runs, times)
    return _ran(runs, times)


def _ran(runs: Sequence[Run], times: Times) -> str:
    """Return what came of rows that were let run."""
    run, count = runs[0], len(runs)
    if run.status is Status.QUEUED:
        return _("is about to start")
    if run.status is Status.RUNNING:
        return _("has been running since {time}").format(time=times.alone(_ran_at(run)))
    if count > 1:
        first, last = times.alone(_ran_at(run)), times.alone(_ran_at(runs[-1]))
        status, at = status_word(run.status), times.at(_ran_at(run))
        if first == last:
            return _("{count} ran {at}: {status}").format(count=count, at=at, status=status)
        text = _("{count} ran between {first} and {last}: {status}")
        return text.format(count=count, first=first, last=last, status=status)
    if run.started_at is None:
        return outcome(run)
    return _("ran {at}: {outcome}").format(at=times.at(run.started_at), outcome=outcome(run))


def _left_out(run: Run, count: int, *, is_all: bool) -> str:
    if run.reason is Reason.COALESCED:
        return ngettext(
            "the one before it was left out", "the {count} before it were left out", count
        ).format(count=count)
    why = why_words(run) or status_word(run.status)
    if is_all or count == 1:
        return _("left out: {reason}").format(reason=why)
    return _("{count} left out: {reason}").format(count=count, reason=why)


def _waits(line: ReviewLine, runs: Sequence[Run], times: Times) -> str:
    why = why_words(runs[0]) or status_word(Status.WAITING)
    if len(runs) > 1:
        return _("{count} wait: {reason}").format(count=len(runs), reason=why)
    is_first = next(run for run in line.runs if run.status is Status.WAITING) is runs[0]
    if line.starts_at is None or not is_first:
        return _("waits: {reason}").format(reason=why)
    return _("will run {at}: {reason}").format(at=times.at(line.starts_at), reason=why)


def _answer(line: ReviewLine, times: Times) -> Iterator[str]:
    if line.is_left:
        yield _("you left it at that")
    elif line.stand_in is not None:
        run = line.stand_in
        text = _("you had it run {at} instead: {outcome}")
        yield text.format(at=times.at(_ran_at(run)), outcome=outcome(run))
    elif stand_in_of(line.last.origin) is not None:
        yield _("you had it run instead")


def _ran_at(run: Run) -> datetime:
    return run.started_at or run.recorded_at
