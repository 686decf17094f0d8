"""The options for web requests and Python calls, and the parts of an action that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypedDict

import click

from deskcron.cli.reading import Length, Part
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _


class CallOptions(TypedDict):
    """What these options were given; None where one was not."""

    web: str | None
    method: str | None
    header: tuple[str, ...]
    body: str | None
    body_type: str | None
    expect: str | None
    expect_text: str | None
    refuse_text: str | None
    answer_within: str | None
    python: str | None
    python_text: str | None
    call_args: str | None


class _Detail(NamedTuple):
    """An option that says more about an action of one kind."""

    option: str
    kind: str
    field: str
    value: object


CALL_OPTIONS = (
    click.option("--web", metavar="URL", help=_("Ask a web server: --web https://example.org.")),
    click.option("--method", metavar="WORD", help=_("How to ask it: GET, POST, HEAD …")),
    click.option("--header", multiple=True, metavar="N:V", help=_("Send a header: 'Accept: */*'.")),
    click.option("--body", metavar="TEXT", help=_("Send a body, by POST unless --method says.")),
    click.option(
        "--body-type",
        type=click.Choice(["text", "json", "form"]),
        help=_("What the body is."),
    ),
    click.option("--expect", metavar="STATUS", help=_("What is a success: 2xx, 301, 400-404.")),
    click.option("--expect-text", metavar="TEXT", help=_("What the answer has to contain.")),
    click.option("--refuse-text", metavar="TEXT", help=_("What the answer must not contain.")),
    click.option(
        "--answer-within", metavar="LENGTH", help=_("How long to wait for the answer: 30s.")
    ),
    click.option("--python", metavar="M:F", help=_("Call a Python function: module:function.")),
    click.option("--python-text", metavar="CODE", help=_("Run the text as Python.")),
    click.option("--call-args", metavar="JSON", help=_('Call it with these: [1, "two"].')),
)  # fmt: skip


def call_action(options: CallOptions) -> dict[str, Any] | None:  # JSON
    """Return the action that is a web request or a Python call, None for neither."""
    if options["web"] is not None:
        is_sent = options["body"] is not None and options["method"] is None
        more = {"method": "POST"} if is_sent else {}
        return {"kind": "web", "url": options["web"], **more}
    if options["python"] is not None:
        return {"kind": "python", "target": options["python"]}
    if options["python_text"] is not None:
        return {"kind": "python", "text": options["python_text"]}
    return None


def with_call_details(options: CallOptions, action: Mapping[str, Any], length_s: Length) -> Part:
    """Return the action with what the options say about it; raises BadInput for another kind."""
    adjusted = dict(action)
    for detail in _details(options, adjusted, length_s):
        if detail.value is None:
            continue
        if adjusted.get("kind") != detail.kind:
            why = (
                _("only a web request has it")
                if detail.kind == "web"
                else _("only a Python call has it")
            )
            raise BadInput(
                title=_("{option} does not fit this job").format(option=detail.option),
                detail=why,
                hint=_("Leave it out."),
            )
        adjusted[detail.field] = detail.value
    return adjusted


def _details(
    options: CallOptions, action: Mapping[str, Any], length_s: Length
) -> Sequence[_Detail]:
    method, within = options["method"], options["answer_within"]
    return (
        _Detail("--method", "web", "method", method and method.upper()),
        _Detail("--header", "web", "headers", _headers(options["header"], action)),
        _Detail("--body", "web", "body", options["body"]),
        _Detail("--body-type", "web", "body_type", options["body_type"]),
        _Detail("--expect", "web", "expect_status", options["expect"]),
        _Detail("--expect-text", "web", "expect_text", options["expect_text"]),
        _Detail("--refuse-text", "web", "refuse_text", options["refuse_text"]),
        _Detail("--answer-within", "web", "timeout_s", within and length_s(within)),
        _Detail("--call-args", "python", "arguments", options["call_args"]),
    )


def _headers(given: Sequence[str], action: Mapping[str, Any]) -> list[list[str]] | None:
    """Return the headers there are with those given, which replace the ones of their names."""
    if not given:
        return None
    new = [_header(text) for text in given]
    names = {name.casefold() for name, _value in new}
    return [one for one in action.get("headers") or () if one[0].casefold() not in names] + new


def _header(text: str) -> list[str]:
    name, colon, value = text.partition(":")
    if not colon:
        raise BadInput(
            title=_("'{text}' is not a header").format(text=text),
            hint=_("Write it as NAME: VALUE."),
        )
    return [name.strip(), value.strip()]
