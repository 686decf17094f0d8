"""The commands secret set, list and remove: what the keyring keeps for jobs."""

from __future__ import annotations

import sys

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import quoted
from deskcron.cli.failures import note
from deskcron.cli.parameters import json_option
from deskcron.domain.masking import SHORTEST_MASKED
from deskcron.domain.secret import reference
from deskcron.domain.texts import gettext as _


@click.group(
    help=_(
        "Keep passwords and tokens in the keyring of the system. Write ${secret:NAME} for one in "
        "the environment of a job, or in address, headers and body of a web request."
    )
)
def secret() -> None:
    """Keep secrets."""


@secret.command(
    name="set", help=_("Keep a secret. Its value is asked for, or read from standard input.")
)
@click.argument("name", metavar="NAME")
@click.pass_obj
def set_secret(application: Application, *, name: str) -> None:
    """Ask for a value without showing it, and keep it."""
    facade = application.facade()
    if sys.stdin.isatty():
        value = click.prompt(
            _("Value of {name}").format(name=quoted(name)), hide_input=True, err=True
        )
    else:
        value = sys.stdin.read().removesuffix("\n").removesuffix("\r")
    facade.secrets.set(name, value)
    click.echo(_("Kept. Write {reference} for it.").format(reference=reference(name)))
    if len(value) < SHORTEST_MASKED:
        note(_("Note: so short a value is not masked where it turns up in output."))


@secret.command(name="list", help=_("List the names of the secrets. Values are never shown."))
@json_option
@click.pass_obj
def list_secrets(application: Application, *, as_json: bool) -> None:
    """Print the names."""
    names = list(application.facade().secrets.names())
    if as_json:
        print_json(names)
    elif names:
        for name in names:
            click.echo(name)
    else:
        click.echo(_("There are no secrets."))


@secret.command(name="remove", help=_("Forget a secret."))
@click.argument("name", metavar="NAME")
@click.pass_obj
def remove_secret(application: Application, *, name: str) -> None:
    """Forget a value."""
    application.facade().secrets.remove(name)
    click.echo(_("Removed."))
