"""The commands enable, disable, remove, duplicate and undo."""

from __future__ import annotations

from collections.abc import Sequence

import click

from deskcron.cli.application import Application
from deskcron.cli.display import quoted, shortened, shown
from deskcron.cli.failures import DONE, FAILED, note
from deskcron.cli.parameters import NUMBER, jobs_argument
from deskcron.cli.saved import tell_saved
from deskcron.cli.words import obstacle_hint
from deskcron.domain.answers import Saved, Undone
from deskcron.domain.explanation import Obstacle
from deskcron.domain.job import JobSummary
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.words import undone_words


@click.command(help=_("Let jobs run at their times again."))
@jobs_argument
@click.pass_obj
def enable_jobs(application: Application, *, jobs: Sequence[str]) -> None:
    """Enable jobs."""
    enabled = application.facade().jobs.set_enabled(jobs, enabled=True).jobs
    _tell(_("Enabled {name}."), enabled)
    for job in enabled:
        if job.finished_at is not None:
            text = _("{name} stays finished: its times are all in the past. {hint}")
            hint = obstacle_hint(Obstacle.FINISHED, job.id)
            note(text.format(name=quoted(job.name), hint=hint))


@click.command(help=_("Keep jobs from running at their times; they still run by hand."))
@jobs_argument
@click.pass_obj
def disable_jobs(application: Application, *, jobs: Sequence[str]) -> None:
    """Disable jobs."""
    _tell(_("Disabled {name}."), application.facade().jobs.set_enabled(jobs, enabled=False).jobs)


@click.command(help=_("Remove jobs. 'deskcron undo' brings them back."))
@jobs_argument
@click.pass_obj
def remove_jobs(application: Application, *, jobs: Sequence[str]) -> None:
    """Remove jobs."""
    _tell(_("Removed {name}."), application.facade().jobs.remove(jobs).jobs)


@click.command(help=_("Copy jobs, under a new name each."))
@jobs_argument
@click.pass_obj
def duplicate_jobs(application: Application, *, jobs: Sequence[str]) -> None:
    """Duplicate jobs."""
    for job in application.facade().jobs.duplicate(jobs).jobs:
        saved = Saved(job=job, revision=1)
        tell_saved(application, saved, _("Added {name} (id {id})."), as_json=False)


@click.command(
    help=_(
        "Take back the last change to jobs. With --run, put back the files that a run has tidied."
    )
)
@click.option("--run", "run_id", type=NUMBER, metavar="RUN", help=_("Put back the files of a run."))
@click.pass_obj
def undo_change(application: Application, *, run_id: int | None) -> int:
    """Undo the last operation, or what a run has done."""
    if run_id is not None:
        return _put_back(application, run_id)
    undone = application.facade().jobs.undo()
    click.echo(undone_words(Undone(change=undone.change, label=shortened(undone.label))))
    for warning in undone.warnings:
        click.echo(shown(warning), err=True)
    return DONE


def _put_back(application: Application, run_id: int) -> int:
    """Put back files; the exit code tells whether all could be."""
    put_back = application.facade().tidying.undo(run_id)
    for path in put_back.back:
        click.echo(_("put back  {path}").format(path=shown(path)))
    for path, why in put_back.left:
        click.echo(_("kept      {path}: {why}").format(path=shown(path), why=why), err=True)
    count = len(put_back.back)
    text = ngettext("{count} file was put back.", "{count} files were put back.", count)
    click.echo(text.format(count=count))
    return FAILED if put_back.left else DONE


def _tell(sentence: str, jobs: Sequence[JobSummary]) -> None:
    for job in jobs:
        click.echo(sentence.format(name=quoted(job.name)))
