"""The options for the environment of a job, and the rule that they make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import click

from deskcron.cli.reading import Part, each
from deskcron.domain.environment import Base
from deskcron.domain.texts import gettext as _


class EnvironmentOptions(TypedDict):
    """What these options were given; None or nothing where one was not."""

    environment: str | None
    path_prefix: tuple[str, ...]


ENVIRONMENT_OPTIONS = (
    click.option(
        "--environment",
        type=click.Choice([base.value for base in Base]),
        help=_("Begin as a terminal does, as the session does, or with the least."),
    ),
    click.option(
        "--path-prefix",
        multiple=True,
        metavar="DIR",
        help=_("Look for programs there first; none takes these folders away."),
    ),
)


def environment_part(options: EnvironmentOptions, present: Mapping[str, Any]) -> Part | None:
    """Return the rule with what the options say, None where they say nothing."""
    base, folders = options["environment"], options["path_prefix"]
    if base is None and not folders:
        return None
    part = dict(present)
    if base is not None:
        part["base"] = base
    if folders:
        part["path_prefix"] = list(each(folders))
    return part
