"""The commands fire, proceed, decline and later: what a person says to the engine meanwhile."""

from __future__ import annotations

import click

from deskcron.cli.application import Application
from deskcron.cli.display import quoted
from deskcron.cli.parameters import NUMBER
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import local_and_relative

_run_argument = click.argument("run", type=NUMBER, metavar="RUN")


@click.command(help=_("Fire a signal. The jobs with --signal NAME run."))
@click.argument("name", metavar="NAME")
@click.pass_obj
def fire_signal(application: Application, *, name: str) -> None:
    """Fire a signal."""
    listeners = application.facade().control.fire(name)
    if not listeners:
        click.echo(_("No job listens to {name}.").format(name=quoted(name)))
        return
    text = ngettext("{count} job listens to {name}.", "{count} jobs listen to {name}.", listeners)
    click.echo(text.format(count=listeners, name=quoted(name)))


@click.command(help=_("Let a run start now that waits, whatever it waits for."))
@_run_argument
@click.pass_obj
def proceed_run(application: Application, *, run: int) -> None:
    """Let a run start."""
    application.facade().control.proceed(run)
    click.echo(_("Run {id} goes on.").format(id=run))


@click.command(help=_("Skip a run that waits."))
@_run_argument
@click.pass_obj
def decline_run(application: Application, *, run: int) -> None:
    """Skip a run."""
    application.facade().control.decline(run)
    click.echo(_("Run {id} is skipped.").format(id=run))


@click.command(help=_("Put off a run that waits, by 10m if no LENGTH is given."))
@_run_argument
@click.argument("length", metavar="[LENGTH]", default="10m")
@click.pass_obj
def put_off_run(application: Application, *, run: int, length: str) -> None:
    """Put a run off."""
    facade = application.facade()
    until = facade.control.put_off(run, facade.whens.duration_s(length))
    when = local_and_relative(until, application.clock().now())
    click.echo(_("Run {id} is put off until {time}.").format(id=run, time=when))
