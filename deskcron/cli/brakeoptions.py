"""The options that keep a job from running on, and the rule that they make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import click

from deskcron.cli.reading import Length, Part, counted, number
from deskcron.domain.texts import gettext as _


class BrakeOptions(TypedDict):
    """What these options were given; None where one was not."""

    brake: str | None
    runs_per_day: str | None


BRAKE_OPTIONS = (
    click.option(
        "--brake",
        metavar="N[:LENGTH]",
        help=_("Hold the job after N failures in a row, until 'resume' or for a while: 3:1h."),
    ),
    click.option("--runs-per-day", metavar="N", help=_("Run at most so often in a day.")),
)


def brake_part(options: BrakeOptions, present: Mapping[str, Any], length_s: Length) -> Part | None:
    """Return the rule with what the options say, None where they say nothing; or BadInput."""
    brake, runs_per_day = options["brake"], options["runs_per_day"]
    if brake is None and runs_per_day is None:
        return None
    part = dict(present)
    if brake is not None:
        part["failures"], part["resume_s"] = counted("--brake", brake, length_s)
    if runs_per_day is not None:
        part["runs_per_day"] = number("--runs-per-day", runs_per_day)
    return part
