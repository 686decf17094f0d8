"""The command masked, which deskcron gives to itself: run a program, secrets out of its output."""

from __future__ import annotations

import os

import click

from deskcron.domain.texts import gettext as _
from deskcron.system.processes.maskingprogram import run_masked


@click.command(
    hidden=True,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    help=_("Run a program and mask secrets in its output; deskcron itself calls it."),
)
@click.option("--apart", "is_apart", is_flag=True)
@click.argument("argv", metavar="PROGRAM ARG...", nargs=-1, required=True, type=click.UNPROCESSED)
def masked(*, is_apart: bool, argv: tuple[str, ...]) -> int:
    """Run the program and end as it ends."""
    return run_masked(argv, os.environ, is_apart=is_apart)
