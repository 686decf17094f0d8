"""The options for what exit codes mean, and the rule that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import click

from deskcron.cli.reading import Part, is_none, listed, number
from deskcron.domain.exitcodes import ExitCodes
from deskcron.domain.texts import gettext as _


class ExitCodeOptions(TypedDict):
    """What these options were given; None where one was not."""

    success_codes: str | None
    warning_codes: str | None


EXIT_CODE_OPTIONS = (
    click.option("--success-codes", metavar="CODES", help=_("Exit codes of a success: 0,2.")),
    click.option(
        "--warning-codes", metavar="CODES", help=_("Exit codes of a success with a warning: 1.")
    ),
)


def exit_codes_part(options: ExitCodeOptions, present: Mapping[str, Any]) -> Part | None:
    """Return the rule with what the options say, None where they say nothing; or BadInput."""
    success, warning = options["success_codes"], options["warning_codes"]
    if success is None and warning is None:
        return None
    part = dict(present)
    if success is not None:
        part["success"] = _codes("--success-codes", success, ExitCodes().success)
    if warning is not None:
        part["warning"] = _codes("--warning-codes", warning, ExitCodes().warning)
    return part


def _codes(option: str, text: str, usual: Sequence[int]) -> list[int]:
    if is_none(text):
        return list(usual)
    return list(dict.fromkeys(number(option, word) for word in listed(text)))
