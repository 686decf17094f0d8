"""The options for what is watched while a job runs and after, and the fields that they make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import click

from deskcron.cli.reading import Length, Part, is_none, number
from deskcron.domain.errors import BadInput
from deskcron.domain.policy import OutputOver
from deskcron.domain.texts import gettext as _


class WatchingOptions(TypedDict):
    """What these options were given; None where one was not."""

    keep_awake: bool | None
    soft_timeout: str | None
    output_limit: str | None
    output_over: str | None
    watch_success: str | None
    watch_start: str | None
    watch_slower: str | None
    watch_smaller: str | None
    watch_errors: bool | None
    ping_start: str | None
    ping_success: str | None
    ping_failure: str | None


WATCHING_OPTIONS = (
    click.option(
        "--keep-awake/--no-keep-awake",
        default=None,
        help=_("Keep the computer awake while it runs."),
    ),
    click.option("--soft-timeout", metavar="LENGTH", help=_("Tell when a run takes longer: 5m.")),
    click.option("--output-limit", metavar="MB", help=_("Keep so much of the output of a run.")),
    click.option(
        "--output-over",
        type=click.Choice([choice.value for choice in OutputOver]),
        help=_("What to do about a run that prints more."),
    ),
    click.option(
        "--watch-success", metavar="LENGTH", help=_("Tell of no success for so long: 2d.")
    ),
    click.option(
        "--watch-start", metavar="LENGTH", help=_("Tell if it has not started by then: 10m.")
    ),
    click.option(
        "--watch-slower", metavar="FACTOR", help=_("Tell if it takes so many times the usual: 3.")
    ),
    click.option(
        "--watch-smaller", metavar="SHARE", help=_("Tell if it prints less of the usual: 0.5.")
    ),
    click.option(
        "--watch-errors/--no-watch-errors",
        default=None,
        help=_("Tell if it succeeds and writes to its error output."),
    ),
    click.option("--ping-start", metavar="URL", help=_("Ask for an address at each start.")),
    click.option("--ping-success", metavar="URL", help=_("Ask for an address at each success.")),
    click.option("--ping-failure", metavar="URL", help=_("Ask for an address at each failure.")),
)


def watching_part(options: WatchingOptions, length_s: Length) -> Part:
    """Return the fields of the policy that were given; raises BadInput."""
    part: Part = {}
    if options["keep_awake"] is not None:
        part["keep_awake"] = options["keep_awake"]
    if options["soft_timeout"] is not None:
        part["soft_timeout_s"] = _length(options["soft_timeout"], length_s)
    if options["output_limit"] is not None:
        limit = options["output_limit"]
        part["output_limit_mb"] = None if is_none(limit) else number("--output-limit", limit)
    if options["output_over"] is not None:
        part["output_over"] = options["output_over"]
    return part


def watchdogs_part(
    options: WatchingOptions, present: Mapping[str, Any], length_s: Length
) -> Part | None:
    """Return the watchdogs with what the options say, None where they say nothing; or BadInput."""
    part: Part = {}
    if options["watch_success"] is not None:
        part["no_success_s"] = _length(options["watch_success"], length_s)
    if options["watch_start"] is not None:
        part["not_started_s"] = _length(options["watch_start"], length_s)
    if options["watch_slower"] is not None:
        part["slower_than"] = _factor("--watch-slower", options["watch_slower"])
    if options["watch_smaller"] is not None:
        part["smaller_than"] = _factor("--watch-smaller", options["watch_smaller"])
    if options["watch_errors"] is not None:
        part["errors"] = options["watch_errors"]
    return {**present, **part} if part else None


def pings_part(options: WatchingOptions, present: Mapping[str, Any]) -> Part | None:
    """Return the addresses with those that were given, None where none was."""
    given = {
        "start": options["ping_start"],
        "success": options["ping_success"],
        "failure": options["ping_failure"],
    }
    part = {field: "" if is_none(url) else url for field, url in given.items() if url is not None}
    return {**present, **part} if part else None


def _length(text: str, length_s: Length) -> int | None:
    return None if is_none(text) else length_s(text)


def _factor(option: str, text: str) -> float | None:
    if is_none(text):
        return None
    try:
        return float(text)
    except ValueError as error:
        raise BadInput(
            title=_("{option} takes a number, not '{text}'").format(option=option, text=text)
        ) from error
