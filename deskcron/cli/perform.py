"""The command perform, which deskcron gives to itself: the child process of an action."""

from __future__ import annotations

from pathlib import Path

import click

from deskcron.cli.application import Application
from deskcron.domain.texts import gettext as _


@click.command(hidden=True, help=_("Do what an action has planned; deskcron itself calls it."))
@click.argument("what", metavar="WHAT")
@click.argument("plan", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_obj
def perform(application: Application, *, what: str, plan: Path) -> int:
    """Perform the plan in the file."""
    return application.perform(what, plan)
