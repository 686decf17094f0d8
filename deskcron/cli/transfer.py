"""The commands export and import: jobs as a JSON file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deskcron.cli.application import Application
from deskcron.cli.display import quoted, shown
from deskcron.cli.failures import note
from deskcron.cli.parameters import JobReference
from deskcron.domain.errors import BadInput, RequestFailed
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.system.privatefile import write_private

_STANDARD = "-"


@click.command(
    help=_(
        "Write jobs to FILE as JSON, or to standard output for -. Passwords that are written into "
        "a job are in it; of secrets it has the names."
    )
)
@click.argument("file", metavar="FILE|-")
@click.option(
    "--job", "jobs", type=JobReference(), metavar="JOB", multiple=True, help=_("Only this job.")
)
@click.pass_obj
def export_jobs(application: Application, *, file: str, jobs: tuple[str, ...]) -> None:
    """Export jobs."""
    data = application.facade().transfer.export(jobs)
    if file == _STANDARD:
        click.echo(data, nl=not data.endswith(b"\n"))
        return
    try:
        write_private(Path(file), data)
    except (OSError, ValueError) as error:
        raise RequestFailed(
            title=_("{file} was not written").format(file=quoted(file)),
            detail=_cause(error),
            hint=_("Choose another place."),
        ) from error
    click.echo(_("Exported to {file}.").format(file=quoted(file)))


@click.command(name="import", help=_("Add the jobs of FILE, or of standard input for -, disabled."))
@click.argument("file", metavar="FILE|-")
@click.option("--dry-run", is_flag=True, help=_("Only say what would be added."))
@click.pass_obj
def import_jobs(application: Application, *, file: str, dry_run: bool) -> None:
    """Import jobs."""
    imported = application.facade().transfer.import_(_read(file), dry_run=dry_run)
    count = len(imported.names)
    if dry_run:
        text = ngettext("{count} job would be added:", "{count} jobs would be added:", count)
    else:
        text = ngettext("{count} job added, disabled:", "{count} jobs added, disabled:", count)
    click.echo(text.format(count=count))
    for name in imported.names:
        click.echo(f"  {shown(name)}")
    for old, new in imported.renamed:
        note(_("The name {old} is taken: {new}").format(old=quoted(old), new=quoted(new)))
    for warning in imported.warnings:
        note(_("Note: {text}").format(text=shown(warning)))


def _read(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == _STANDARD else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise BadInput(
            title=_("{file} cannot be read").format(file=quoted(file)),
            detail=_cause(error),
            hint=_("Check the name of the file."),
        ) from error


def _cause(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
