"""All about one run, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from deskcron.cli.runlines import attempt_line, result, took, when
from deskcron.domain.answers import RunDetail
from deskcron.domain.originwords import origin_words
from deskcron.domain.run import Run
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import local
from deskcron.domain.words import cause_word


def run_facts(detail: RunDetail) -> list[tuple[str, str]]:
    """Return labels with what is known; an attempt has a line of its own."""
    return [(label, text) for label, text in _facts(detail) if text]


def _facts(detail: RunDetail) -> Iterator[tuple[str, str]]:
    run = detail.run
    yield _("Run"), _("{id} of {name}").format(id=run.id, name=run.job_name)
    yield _("Result"), result(run)
    yield _("Does"), detail.command
    yield _("Cause"), cause_word(run.cause)
    yield _("From"), origin_words(run.origin, detail.previous)
    yield _("Due"), when(run) if run.due_at is not None else ""
    yield _("Started"), local(run.started_at) if run.started_at is not None else ""
    yield _("Ended"), local(run.ended_at) if run.ended_at is not None else ""
    yield _("Took"), took(run) if run.duration_s is not None else ""
    yield _("Ended by"), _end(run)
    yield _("Before"), "\n".join(map(attempt_line, detail.attempts))
    yield _("Output"), str(detail.log_path) if detail.is_log_there else ""


def _end(run: Run) -> str:
    if run.signal is not None:
        return _("signal {number}").format(number=run.signal)
    return "" if run.exit_code is None else _("exit code {code}").format(code=run.exit_code)
