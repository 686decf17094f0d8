"""The commands run and stop."""

from __future__ import annotations

from contextlib import ExitStack

import click

from deskcron.cli.application import Application
from deskcron.cli.display import quoted
from deskcron.cli.failures import DONE, FAILED
from deskcron.cli.parameters import JobReference, job_argument
from deskcron.cli.runlines import sentence
from deskcron.domain.errors import DeskcronError, EngineRunning
from deskcron.domain.run import Run, RunId, Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext


@click.command(
    help=_(
        "Run a job now, also when it is disabled or paused. Without an engine it runs here, "
        "until its end. Returns 1 for any end but success that was waited for."
    )
)
@job_argument
@click.option("--wait", is_flag=True, help=_("Wait for its end."))
@click.pass_obj
def run_job(application: Application, *, job: str, wait: bool) -> int:
    """Run a job by hand."""
    facade = application.facade()
    with ExitStack() as stack:
        is_here = not facade.control.state().running and _is_engine(application, stack)
        run_id = facade.control.run(job)
        if not is_here and not wait:
            click.echo(_started(facade.history.get(run_id)))
            return DONE
        try:
            click.echo(_started(facade.history.get(run_id)))
            run = facade.control.wait(run_id)
        except KeyboardInterrupt:
            if is_here:
                _end_here(application, run_id)
            raise
    click.echo(sentence(run))
    if run.output_bytes:
        click.echo(_("Its output: deskcron log {id}").format(id=run.id))
    return DONE if run.status is Status.SUCCEEDED else FAILED


@click.command(help=_("Stop a run, or all runs of a job that are going on."))
@click.argument("target", type=JobReference(), metavar="RUN|JOB")
@click.pass_obj
def stop_runs(application: Application, *, target: str) -> None:
    """Stop runs."""
    stopped = application.facade().control.stop(target)
    text = ngettext("Stopping run {ids}.", "Stopping runs {ids}.", len(stopped))
    click.echo(text.format(ids=", ".join(map(str, stopped))))


def _is_engine(application: Application, stack: ExitStack) -> bool:
    """Become the engine for this command; False when another process was faster."""
    try:
        stack.enter_context(application.foreground())
    except EngineRunning:
        return False
    return True


def _started(run: Run) -> str:
    if run.status is Status.WAITING:
        text = _("Run {id} of {name} waits for its turn.")
    else:
        text = _("Run {id} of {name} started.")
    return text.format(id=run.id, name=quoted(run.job_name))


def _end_here(application: Application, run_id: RunId) -> None:
    """Stop the run of a command that is interrupted, and let its end be recorded."""
    control = application.facade().control
    try:
        control.stop_run(run_id)
        click.echo(sentence(control.wait(run_id)), err=True)
    except DeskcronError as error:
        click.echo(str(error), err=True)
