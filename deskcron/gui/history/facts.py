"""What is known of one run, line by line, for its details and for the clipboard."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from deskcron.domain.answers import RunDetail
from deskcron.domain.daywords import exact
from deskcron.domain.exitwords import end_of_process_words
from deskcron.domain.originwords import origin_words
from deskcron.domain.reviewwords import answer_words
from deskcron.domain.run import Run
from deskcron.domain.sizewords import size_words
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import measured
from deskcron.domain.words import attempt_words, capital, cause_word, due_count, sleep_words
from deskcron.gui.history.words import status_sentence, took

LATE_S = 1.0
"""From this on it is worth a word that a run started after its time."""


class Fact(NamedTuple):
    """A name and what it is; `is_code` for what a machine reads."""

    name: str
    value: str
    is_code: bool = False


def spoken(fact: Fact) -> str:
    """Return a fact as one line."""
    return _("{name}: {value}").format(name=fact.name, value=fact.value)


def facts(
    detail: RunDetail, now: datetime, zone: tzinfo | None, *, with_cause: bool = True
) -> Sequence[Fact]:
    """Return what is known, the parts that say something only.

    The cause is left out where it stands beside them in words of its own.
    """
    found = (
        *_what(detail),
        *_when(detail.run, now, zone),
        *_wait(detail, zone),
        *_result(detail, with_cause=with_cause),
        *_attempts(detail, zone),
        Fact(_("Run"), str(detail.run.id)),
    )
    return [fact for fact in found if fact.value]


def as_text(detail: RunDetail, now: datetime, zone: tzinfo | None) -> str:
    """Return everything as text to be sent to somebody."""
    run = detail.run
    lines = [run.job_name, status_sentence(run, zone)]
    lines += [spoken(fact) for fact in facts(detail, now, zone)]
    if detail.is_log_there:
        lines.append(_("Log: {path}").format(path=detail.log_path))
    return "\n".join(lines)


def _what(detail: RunDetail) -> Iterator[Fact]:
    what = detail.text.strip("\n") or detail.command
    yield Fact(_action_word(detail.kind), what, is_code=True)
    yield Fact(_("Interpreter"), detail.interpreter, is_code=True)
    yield Fact(_("Arguments"), detail.arguments, is_code=True)
    if detail.has_folder:
        folder = os.path.expanduser(detail.directory or "~")  # noqa: PTH111 - may be "$A/~"
        yield Fact(_("Folder"), folder, is_code=True)
    yield Fact(_("Variables"), ", ".join(detail.environment_names), is_code=True)


def _when(run: Run, now: datetime, zone: tzinfo | None) -> Iterator[Fact]:
    if run.due_at is not None and run.due_until is not None:
        yield Fact(_("Due times"), due_count(run))
        yield Fact(_("First due"), exact(run.due_at, zone))
        yield Fact(_("Last due"), exact(run.due_until, zone))
        return
    yield Fact(_("Due"), exact(run.due_at, zone) if run.due_at else "")
    yield Fact(_("Recorded"), "" if run.due_at else exact(run.recorded_at, zone))
    if run.started_at is not None:
        yield Fact(_("Started"), exact(run.started_at, zone))
        late_s = (run.started_at - run.due_at).total_seconds() if run.due_at else 0.0
        yield Fact(_("Late by"), measured(late_s) if late_s >= LATE_S else "")
    yield Fact(_("Ended"), exact(run.ended_at, zone) if run.ended_at else "")
    yield Fact(_("Duration"), took(run, now))


def _wait(detail: RunDetail, zone: tzinfo | None) -> Iterator[Fact]:
    """Yield when a run that waits goes on, or which runs come before it."""
    at = detail.goes_on_at
    yield Fact(_("Goes on"), exact(at, zone) if at is not None else "")
    runs = [
        _("run {id} of “{job}”").format(id=one.run_id, job=" ".join(one.job_name.split()))
        for one in detail.ahead
    ]
    yield Fact(_("Comes after"), "\n".join(map(capital, runs)))


def _attempts(detail: RunDetail, zone: tzinfo | None) -> Iterator[Fact]:
    for attempt in detail.attempts:
        at = exact(attempt.started_at or attempt.ended_at, zone)
        words = _("{time}\n{outcome}").format(time=at, outcome=capital(attempt_words(attempt)))
        yield Fact(_("Attempt {number}").format(number=attempt.number), words)


def _result(detail: RunDetail, *, with_cause: bool) -> Iterator[Fact]:
    run = detail.run
    yield Fact(_("Ended with"), end_of_process_words(run))
    yield Fact(_("Cause"), capital(cause_word(run.cause)) if with_cause else "")
    yield Fact(_("Came from"), origin_words(run.origin, detail.previous))
    yield Fact(_("Sleep"), capital(sleep_words(run)))
    yield Fact(_("Answered"), answer_words(run.origin))
    yield Fact(_("Attempt"), str(run.attempt) if run.attempt > 1 else "")
    yield Fact(_("Output"), size_words(run.output_bytes) if run.output_bytes else "")
    yield Fact(_("Not kept"), size_words(run.dropped_bytes) if run.dropped_bytes else "")


def _action_word(kind: str) -> str:
    return {
        "script": _("Script"),
        "reminder": _("Reminder"),
        "open": _("Opens"),
        "web": _("Web request"),
        "python": _("Python call"),
        "tidy": _("Tidies"),
    }.get(kind, _("Command"))
