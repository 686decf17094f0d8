"""Tell what was saved, when it runs next, and what a person may not expect of it."""

from __future__ import annotations

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import quoted, shown
from deskcron.cli.failures import note
from deskcron.domain.answers import Saved
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import local_and_relative


def tell_saved(application: Application, saved: Saved, sentence: str, *, as_json: bool) -> None:
    """Print the sentence with the job's next time; warnings and hints go to stderr."""
    if as_json:
        print_json(saved)
        return
    job = saved.job
    click.echo(sentence.format(name=quoted(job.name), id=job.id))
    if job.schedule:
        click.echo(f"  {shown(job.schedule)}")
    if not job.enabled:
        click.echo(_("  It is disabled. Enable it: deskcron enable {id}").format(id=job.id))
    elif job.next_due_at is not None:
        when = local_and_relative(job.next_due_at, application.clock().now())
        click.echo(_("  Next: {time}").format(time=when))
    elif job.listens:
        click.echo(_("  Next: at its event"))
    else:
        click.echo(
            _("  It has no times ahead. Run it by hand: deskcron run {id}").format(id=job.id)
        )
    for warning in saved.warnings:
        note(_("Note: {text}").format(text=shown(warning)))
    if (
        job.enabled
        and (job.next_due_at or job.listens)
        and not application.facade().control.state().running
    ):
        note(_("No engine is running, so nothing runs on time. Start one: deskcron daemon"))
