"""The command runs: the history, or one run of it."""

from __future__ import annotations

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.parameters import LARGEST, NUMBER, JobReference, WholeNumber, json_option
from deskcron.cli.runfacts import run_facts
from deskcron.cli.runlines import print_runs
from deskcron.cli.tables import print_facts
from deskcron.domain.errors import BadInput
from deskcron.domain.records import RunFilter
from deskcron.domain.run import Status
from deskcron.domain.texts import gettext as _


@click.command(help=_("List runs, newest first, or tell all about one."))
@click.argument("run", type=NUMBER, metavar="[RUN]", required=False)
@click.option("--job", type=JobReference(), metavar="JOB", help=_("Only runs of this job."))
@click.option(
    "--status",
    type=click.Choice([status.value for status in Status]),
    metavar="STATUS",
    help=_("Only runs that are: {words}.").format(words=", ".join(Status)),
)
@click.option("--since", metavar="TIME", help=_('Not older than: 2h, 7d, "2026-12-24 17:30".'))
@click.option(
    "--limit",
    type=WholeNumber(1, LARGEST),
    metavar="N",
    default=50,
    show_default=True,
    help=_("At most so many."),
)
@json_option
@click.pass_obj
def list_runs(
    application: Application,
    *,
    run: int | None,
    job: str | None,
    status: str | None,
    since: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Print a page of the history, or what is known of a run."""
    facade = application.facade()
    if run is not None:
        if (job, status, since) != (None, None, None):
            raise BadInput(
                title=_("Run {id} was not shown").format(id=run),
                detail=_("a choice among runs was given as well"),
                hint=_("Name the run, or choose by --job, --status and --since."),
            )
        detail = facade.history.detail(run)
        print_json(detail) if as_json else print_facts(run_facts(detail))
        return
    wanted = RunFilter(
        job_id=None if job is None else facade.history.job_id(job),
        status=None if status is None else Status(status),
        since=None if since is None else facade.whens.instant(since),
        limit=limit,
    )
    runs = list(facade.history.page(wanted))
    if as_json:
        print_json(runs)
    elif runs:
        print_runs(runs)
    else:
        click.echo(_("No runs."))
