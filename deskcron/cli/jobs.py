"""The command list: the jobs, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.parameters import json_option
from deskcron.cli.tables import print_table
from deskcron.domain.job import JobSummary
from deskcron.domain.reasonwords import fault_words
from deskcron.domain.run import Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import local, local_and_relative
from deskcron.domain.words import status_word


@click.command(help=_("List the jobs."))
@click.option("--tag", metavar="TAG", help=_("Only jobs with this tag."))
@click.option("--all", "show_all", is_flag=True, help=_("Finished jobs too."))
@json_option
@click.pass_obj
def list_jobs(application: Application, *, tag: str | None, show_all: bool, as_json: bool) -> None:
    """Print one line a job."""
    all_jobs = application.facade().catalogue.list(finished=True, tag=tag)
    jobs = [job for job in all_jobs if show_all or job.finished_at is None]
    if as_json:
        print_json(jobs)
        return
    _print_jobs(application, jobs)
    left_out = len(all_jobs) - len(jobs)
    if left_out:
        text = ngettext(
            "{count} finished job is not shown; --all shows it.",
            "{count} finished jobs are not shown; --all shows them.",
            left_out,
        )
        click.echo(text.format(count=left_out), err=True)


def _print_jobs(application: Application, jobs: Sequence[JobSummary]) -> None:
    if not jobs:
        click.echo(_("No jobs."))
        return
    now = application.clock().now()
    if application.facade().control.state().paused:
        click.echo(_("All jobs are paused. Go on: deskcron resume"), err=True)
    print_table(
        (_("ID"), _("NAME"), _("NEXT"), _("LAST"), _("WHEN"), _("DOES")),
        [
            (job.id, job.name, next_words(job, now), _last(job), job.schedule, job.action)
            for job in jobs
        ],
    )


def next_words(job: JobSummary, now: datetime) -> str:
    """Return when a job runs next, or why it does not."""
    if job.fault:
        return fault_words(job.fault)
    if job.finished_at is not None:
        return _("finished")
    if not job.enabled:
        return _("disabled")
    if job.is_held:
        return _held(job.held_until)
    if job.next_due_at is None:
        return _("at its event") if job.listens else "-"
    return local_and_relative(job.next_due_at, now)


def _held(until: datetime | None) -> str:
    return _("held") if until is None else _("held until {time}").format(time=local(until))


def _last(job: JobSummary) -> str:
    if job.last_status is None:
        return "-"
    known = job.last_status in tuple(Status)
    word = status_word(Status(job.last_status)) if known else job.last_status
    return word if job.last_run_at is None else f"{local(job.last_run_at)} {word}"
