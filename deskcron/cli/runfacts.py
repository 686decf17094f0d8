"""All about one run, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from deskcron.cli.display import shown
from deskcron.cli.runlines import attempt_line, result, took, when
from deskcron.domain.answers import RunDetail
from deskcron.domain.exitwords import end_of_process_words
from deskcron.domain.originwords import origin_words
from deskcron.domain.reviewwords import answer_words
from deskcron.domain.run import RunId
from deskcron.domain.sizewords import size_words
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import local
from deskcron.domain.words import cause_word, sleep_words


def run_facts(detail: RunDetail) -> list[tuple[str, str]]:
    """Return labels with what is known; an attempt has a line of its own."""
    return [(label, text) for label, text in _facts(detail) if text]


def _facts(detail: RunDetail) -> Iterator[tuple[str, str]]:
    run = detail.run
    yield _("Run"), _named(run.id, run.job_name)
    yield _("Result"), result(run)
    yield from _what(detail)
    yield _("Cause"), cause_word(run.cause)
    yield _("From"), origin_words(run.origin, detail.previous)
    yield _("Due"), when(run) if run.due_at is not None else ""
    yield _("Started"), local(run.started_at) if run.started_at is not None else ""
    yield _("Ended"), local(run.ended_at) if run.ended_at is not None else ""
    yield _("Took"), took(run) if run.duration_s is not None else ""
    yield _("Ended with"), end_of_process_words(run)
    yield _("Sleep"), sleep_words(run)
    yield _("Answered"), answer_words(run.origin)
    yield _("Goes on"), local(detail.goes_on_at) if detail.goes_on_at is not None else ""
    yield _("Comes after"), "\n".join(_named(one.run_id, one.job_name) for one in detail.ahead)
    yield _("Before"), "\n".join(map(attempt_line, detail.attempts))
    yield _("Output"), size_words(run.output_bytes) if run.output_bytes else ""
    yield _("Not kept"), size_words(run.dropped_bytes) if run.dropped_bytes else ""
    yield _("Log"), str(detail.log_path) if detail.is_log_there else ""


def _what(detail: RunDetail) -> Iterator[tuple[str, str]]:
    yield _("Does"), detail.command
    yield _("Script"), detail.text.strip("\n").expandtabs()
    yield _("Interpreter"), detail.interpreter
    yield _("Arguments"), detail.arguments
    yield _("Folder"), (detail.directory or "~") if detail.has_folder else ""
    yield _("Variables"), ", ".join(detail.environment_names)


def _named(run_id: RunId, job_name: str) -> str:
    return _("{id} of {name}").format(id=run_id, name=shown(job_name))
