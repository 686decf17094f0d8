"""The options for how a job shares the machine with others, and the fields that they make."""

from __future__ import annotations

from typing import TypedDict

import click

from deskcron.cli.reading import Part, is_none, number
from deskcron.domain.policy import Io
from deskcron.domain.texts import gettext as _


class SharingOptions(TypedDict):
    """What these options were given; None where one was not."""

    lane: str | None
    nice: str | None
    io: str | None


SHARING_OPTIONS = (
    click.option(
        "--lane", metavar="NAME", help=_("Run no more at once than this lane has room for: disk.")
    ),
    click.option("--nice", metavar="N", help=_("Leave the processor to others, from 0 to 19.")),
    click.option(
        "--io",
        type=click.Choice([choice.value for choice in Io]),
        help=_("Use the disk as all do, or when nobody else wants it."),
    ),
)


def sharing_part(options: SharingOptions) -> Part:
    """Return the fields that were given; raises BadInput."""
    part: Part = {}
    if options["lane"] is not None:
        part["lane"] = "" if is_none(options["lane"]) else options["lane"]
    if options["nice"] is not None:
        part["nice"] = number("--nice", options["nice"])
    if options["io"] is not None:
        part["io"] = options["io"]
    return part
