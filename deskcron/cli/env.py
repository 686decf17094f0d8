"""The command env: which environment a job gets, and how that differs from the terminal's."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import shown
from deskcron.cli.failures import note
from deskcron.cli.parameters import NUMBER, job_argument, json_option
from deskcron.domain.parity import Comparison
from deskcron.domain.texts import gettext as _


@click.command(
    help=_(
        "Print the environment of a job. It is what JOB would get now, or what a run was started "
        "with. Values that may be secrets are masked."
    )
)
@job_argument
@click.option("--diff", "is_diff", is_flag=True, help=_("Compare it with this terminal's."))
@click.option("--run", type=NUMBER, metavar="RUN", help=_("What this run was started with."))
@json_option
@click.pass_obj
def show_environment(
    application: Application, *, job: str, is_diff: bool, run: int | None, as_json: bool
) -> None:
    """Print an environment, or how it differs."""
    service = application.facade().environment
    if is_diff:
        differences = service.differences(job, os.environ, run)
        if as_json:
            print_json(differences)
        else:
            for line in _difference_lines(differences):
                click.echo(line)
        return
    found = service.of_job(job) if run is None else service.of_run(job, run)
    if as_json:
        print_json(found)
        return
    for name, value in found.variables.items():
        click.echo(shown(f"{name}={value}"))
    if found.remark:
        note(found.remark)


def _difference_lines(found: Comparison) -> Iterator[str]:
    """Yield what differs, the PATH by its folders; the job has <, the terminal >."""
    if found.is_same:
        yield _("The job gets what this terminal has.")
        return
    if found.only_here:
        yield _("Only the job has:")
        yield from (shown(f"  < {name}={value}") for name, value in found.only_here.items())
    if found.only_there:
        yield _("Only this terminal has:")
        yield from (shown(f"  > {name}={value}") for name, value in found.only_there.items())
    if found.different:
        yield _("Both have, with different values:")
    for one in found.different:
        yield shown(f"  < {one.name}={one.here}")
        yield shown(f"  > {one.name}={one.there}")
    if found.path_only_here or found.path_only_there or found.is_path_reordered:
        yield _("Folders of the PATH:")
        yield from (shown(f"  < {folder}") for folder in found.path_only_here)
        yield from (shown(f"  > {folder}") for folder in found.path_only_there)
    if found.is_path_reordered:
        yield _("  the same ones in another order")
