"""The settings of what a job does, for show: a label and lines each, secrets masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from deskcron.cli.display import shown
from deskcron.domain.concealing import masked_environment, masked_text, masked_value
from deskcron.domain.texts import gettext as _
from deskcron.domain.tidying import Tidying
from deskcron.domain.tidytext import rule_text
from deskcron.domain.tidywords import conflict_word
from deskcron.domain.timewords import length_words


class _Surroundings(msgspec.Struct, frozen=True):
    """What actions have that start a program; others lack it."""

    directory: str = ""
    environment: dict[str, str] = {}


class _Code(msgspec.Struct, frozen=True):
    text: str = ""
    interpreter: str = ""


class _Web(msgspec.Struct, frozen=True, kw_only=True):
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    body_type: str
    expect_status: str
    expect_text: str
    refuse_text: str
    timeout_s: int


def action_lines(action: Mapping[str, Any]) -> list[tuple[str, str]]:  # JSON
    """Return what the line about the action leaves out; nothing of what is not understood."""
    try:
        found = [*_of_kind(action), *_around(msgspec.convert(action, _Surroundings))]
    except msgspec.ValidationError:  # made by a newer deskcron, or damaged
        return []
    return [(label, text) for label, text in found if text]


def _of_kind(action: Mapping[str, Any]) -> Iterator[tuple[str, str]]:  # JSON
    match action.get("kind"):
        case "script" | "python":
            yield from _code(msgspec.convert(action, _Code))
        case "web":
            yield from _web(msgspec.convert(action, _Web))
        case "tidy":
            yield from _tidying(msgspec.convert(action, Tidying))


def _code(code: _Code) -> Iterator[tuple[str, str]]:
    text = code.text.strip("\n")
    yield _("Script"), masked_text(text) if "\n" in text else ""
    yield _("Run by"), code.interpreter


def _web(web: _Web) -> Iterator[tuple[str, str]]:
    headers = [f"{name}: {masked_value(name, value)}" for name, value in web.headers]
    yield _("Headers"), "\n".join(headers)
    yield _("Body"), masked_text(web.body)
    yield _("Body is"), web.body_type if web.body else ""
    yield _("Expects"), "\n".join(_expected(web))
    yield _("Time limit"), length_words(web.timeout_s)


def _expected(web: _Web) -> Iterator[str]:
    if web.expect_status:
        yield _("the status {status}").format(status=web.expect_status)
    if web.expect_text:
        yield _("“{text}” in the answer").format(text=masked_text(web.expect_text))
    if web.refuse_text:
        yield _("no “{text}” in the answer").format(text=masked_text(web.refuse_text))


def _tidying(tidying: Tidying) -> Iterator[tuple[str, str]]:
    yield _("Files"), "\n".join(map(rule_text, tidying.rules))
    yield _("Includes"), _("the folders within it") if tidying.is_recursive else ""
    yield _("If taken"), conflict_word(tidying.conflict)
    yield _("Errors to"), tidying.error_folder


def _around(surroundings: _Surroundings) -> Iterator[tuple[str, str]]:
    yield _("Folder"), surroundings.directory
    variables = masked_environment(surroundings.environment)
    yield _("Environment"), "\n".join(f"{name}={shown(value)}" for name, value in variables.items())
