"""The options for trying again, and the rule that they make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import click

from deskcron.cli.completing import WordList
from deskcron.cli.reading import Length, Part, counted, is_none, listed
from deskcron.domain.errors import BadInput
from deskcron.domain.retrying import RETRYABLE, Retry
from deskcron.domain.texts import gettext as _


class RetryOptions(TypedDict):
    """What these options were given; None where one was not."""

    retry: str | None
    retry_growth: str | None
    retry_ceiling: str | None
    retry_jitter: str | None
    retry_on: str | None


RETRY_OPTIONS = (
    click.option(
        "--retry", metavar="N[:DELAY]", help=_("Try again up to N times after a failure: 3:5m.")
    ),
    click.option(
        "--retry-growth", metavar="X", help=_("Each delay is X times the one before; 1 for equal.")
    ),
    click.option("--retry-ceiling", metavar="LENGTH", help=_("The longest delay: 1h.")),
    click.option(
        "--retry-jitter",
        metavar="SHARE",
        help=_("Lengthen each delay by up to this share, by chance: 0.1."),
    ),
    click.option(
        "--retry-on",
        type=WordList([status.value for status in RETRYABLE]),
        metavar="ENDS",
        help=_("Ends to try again after: {words}.").format(words=",".join(RETRYABLE)),
    ),
)


def retry_part(options: RetryOptions, present: Mapping[str, Any], length_s: Length) -> Part | None:
    """Return the rule with what the options say, None where they say nothing; or BadInput."""
    if all(options[option] is None for option in RetryOptions.__annotations__):  # type: ignore[literal-required]
        return None
    part = dict(present)
    if options["retry"] is not None:
        count, delay_s = counted("--retry", options["retry"], length_s)
        part["count"] = count
        if delay_s is not None:
            part["delay_s"] = delay_s
            # A person who wants an hour between attempts does not want a ceiling below.
            part["ceiling_s"] = max(delay_s, part.get("ceiling_s", Retry().ceiling_s))
    if options["retry_growth"] is not None:
        part["growth"] = _factor("--retry-growth", options["retry_growth"])
    if options["retry_jitter"] is not None:
        part["jitter"] = _factor("--retry-jitter", options["retry_jitter"])
    if options["retry_ceiling"] is not None:
        part["ceiling_s"] = length_s(options["retry_ceiling"])
    if options["retry_on"] is not None:
        usual = [status.value for status in Retry().on]
        part["on"] = usual if is_none(options["retry_on"]) else list(listed(options["retry_on"]))
    return part


def _factor(option: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadInput(
            title=_("{option} was not understood").format(option=option),
            detail=_("'{text}' is no number").format(text=text),
            hint=_("Write it as 2 or 1.5."),
        ) from None
