"""Print runs as lines of a table or as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from deskcron.cli.display import quoted, shown
from deskcron.cli.tables import print_table
from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import Attempt, Run, Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import local, measured
from deskcron.domain.words import (
    attempt_words,
    cause_word,
    due_count,
    end_words,
    outcome,
    status_word,
)


def print_runs(runs: Sequence[Run], *, with_job: bool = True) -> None:
    """Print a table of runs."""
    headings = [_("RUN"), _("TIME"), _("CAUSE"), _("TOOK"), _("RESULT")]
    rows = [[str(run.id), when(run), cause_word(run.cause), took(run), result(run)] for run in runs]
    if with_job:
        headings.insert(1, _("JOB"))
        for row, run in zip(rows, runs, strict=True):
            row.insert(1, run.job_name)
    print_table(headings, rows)


def when(run: Run) -> str:
    """Return when the run was due, the span it covers, or when it was asked for."""
    first = local(run.due_at or run.recorded_at)
    if run.due_until is None:
        return first
    return _("{first} to {last}").format(first=first, last=local(run.due_until))


def took(run: Run) -> str:
    """Return how long the run took."""
    return "-" if run.duration_s is None else measured(run.duration_s)


def result(run: Run) -> str:
    """Return how the run ended, and for how many due times."""
    is_plain = run.status is Status.SUCCEEDED and run.reason is None
    text = status_word(run.status) if is_plain else shown(outcome(run))
    if run.attempt > 1 and run.reason is not Reason.RETRYING:
        text = _("{result} (attempt {number})").format(result=text, number=run.attempt)
    return f"{text} ({due_count(run)})" if run.is_range else text


def attempt_line(attempt: Attempt) -> str:
    """Return when an attempt began, and how it ended."""
    return _("attempt {number}, {time}: {outcome}").format(
        number=attempt.number,
        time=local(attempt.started_at or attempt.ended_at),
        outcome=shown(attempt_words(attempt)),
    )


def attempt_sentence(run_id: int, attempt: Attempt) -> str:
    """Return how an attempt of a run ended as a sentence."""
    why = None if attempt.reason is None else Why(attempt.reason, attempt.reason_args)
    return _("Attempt {number} of run {id}: {outcome}.").format(
        number=attempt.number, id=run_id, outcome=shown(end_words(attempt.status, why))
    )


def sentence(run: Run) -> str:
    """Return what became of a run as a sentence."""
    return _("Run {id} of {name}: {outcome}.").format(
        id=run.id, name=quoted(run.job_name), outcome=shown(outcome(run))
    )
