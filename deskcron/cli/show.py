"""The command show: everything about a job."""

from __future__ import annotations

from datetime import datetime

import click

from deskcron.cli.actionlines import action_lines
from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import shown
from deskcron.cli.jobs import next_words
from deskcron.cli.parameters import job_argument, json_option
from deskcron.cli.runlines import print_runs
from deskcron.cli.tables import print_facts
from deskcron.cli.words import rules_words
from deskcron.domain.job import JobDetail
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import local


@click.command(help=_("Show a job with its settings and latest runs."))
@job_argument
@json_option
@click.pass_obj
def show_job(application: Application, *, job: str, as_json: bool) -> None:
    """Print everything about a job."""
    detail = application.facade().catalogue.show(job)
    if as_json:
        print_json(detail)
        return
    now = application.clock().now()
    print_facts(_facts(detail, now))
    if detail.recent:
        click.echo()
        print_runs(detail.recent, with_job=False)


def _facts(detail: JobDetail, now: datetime) -> list[tuple[str, str]]:
    job = detail.summary
    return [
        (_("Name"), shown(job.name)),
        (_("Id"), job.id),
        (_("When"), job.schedule or _("by hand only")),
        (_("Next"), next_words(job, now)),
        (_("Does"), detail.action),
        (_("Tags"), ", ".join(map(shown, job.tags)) or "-"),
        *_settings(detail),
        (_("Created"), local(detail.created_at)),
        (
            _("Changed"),
            _("{time}, revision {revision}").format(
                time=local(detail.changed_at), revision=detail.revision
            ),
        ),
    ]


def _settings(detail: JobDetail) -> list[tuple[str, str]]:
    """Return the policy, and of the action what its line leaves out."""
    rules = rules_words(detail.document.get("policy", {})) or _("the usual ones")
    return [(_("Rules"), rules), *action_lines(detail.document.get("action", {}))]
