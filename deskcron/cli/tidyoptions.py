"""The options for tidying a folder, and the action that they make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import click
import msgspec

from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _
from deskcron.domain.tidying import Conflict
from deskcron.domain.tidytext import parse_rule


class TidyOptions(TypedDict):
    """What these options were given; None where one was not."""

    tidy: str | None
    rule: tuple[str, ...]
    conflict: str | None
    recursive: bool | None
    error_folder: str | None
    rehearse: bool | None


TIDY_OPTIONS = (
    click.option("--tidy", metavar="DIR", help=_("Tidy a folder by the rules given.")),
    click.option(
        "--rule",
        multiple=True,
        metavar="RULE",
        help=_("'*.jpg older 30d -> move Pictures/{year}'; the first that fits a file decides."),
    ),
    click.option(
        "--conflict",
        type=click.Choice([choice.value for choice in Conflict]),
        help=_("What to do where a name is taken."),
    ),
    click.option("--error-folder", metavar="DIR", help=_("Move files there that make trouble.")),
    click.option(
        "--rehearse/--apply", default=None, help=_("Only list what would happen, or do it.")
    ),
)


def with_tidy_details(options: TidyOptions, action: Mapping[str, Any]) -> dict[str, Any]:  # JSON
    """Return the action with what the options say about it; raises BadInput for another kind."""
    given: dict[str, tuple[str, object]] = {
        "rules": ("--rule", [msgspec.to_builtins(parse_rule(text)) for text in options["rule"]]),
        "conflict": ("--conflict", options["conflict"]),
        "is_recursive": ("--recursive", options["recursive"]),
        "error_folder": ("--error-folder", options["error_folder"]),
        "rehearse": ("--rehearse", options["rehearse"]),
    }
    adjusted = dict(action)
    for field, (option, value) in given.items():
        if value is None or value == []:
            continue
        if adjusted.get("kind") != "tidy":
            raise BadInput(
                title=_("{option} does not fit this job").format(option=option),
                detail=_("only a folder that is tidied has it"),
                hint=_("Leave it out."),
            )
        adjusted[field] = value
    return adjusted
