"""The commands defaults, defaults set and defaults clear: the rules that new jobs start from."""

from __future__ import annotations

from typing import Unpack

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import shown
from deskcron.cli.headings import HeadedCommand
from deskcron.cli.parameters import json_option
from deskcron.cli.policyoptions import PolicyOptions, policy_options, policy_part
from deskcron.cli.words import rules_words
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _


@click.group(
    invoke_without_command=True,
    no_args_is_help=False,
    help=_(
        "Show, set or clear the rules that new jobs start from. What is said of a job itself goes "
        "first; jobs that are there stay as they are."
    ),
)
@json_option
@click.pass_context
def defaults(ctx: click.Context, *, as_json: bool) -> None:
    """Show the rules, unless a command is given."""
    if ctx.invoked_subcommand is not None:
        return
    application: Application = ctx.obj
    rules = application.facade().preferences.defaults()
    if as_json:
        print_json(rules)
    else:
        _print(rules_words(rules))


@defaults.command(
    name="set", cls=HeadedCommand, help=_("Let new jobs start from these rules; others stay.")
)
@policy_options
@click.pass_obj
def set_defaults(application: Application, **options: Unpack[PolicyOptions]) -> None:
    """Change the rules that are given."""
    facade = application.facade()
    before = facade.preferences.defaults()
    part = policy_part(options, before, facade.whens.duration_s)
    if not part:
        raise BadInput(
            title=_("Nothing to change"),
            hint=_("See 'deskcron defaults set --help' for what can be."),
        )
    facade.preferences.set_defaults({**before, **part})
    _print(rules_words(facade.preferences.defaults()))


@defaults.command(name="clear", help=_("Let new jobs start from the usual rules again."))
@click.pass_obj
def clear_defaults(application: Application) -> None:
    """Forget the rules."""
    application.facade().preferences.set_defaults({})
    _print("")


def _print(words: str) -> None:
    if not words:
        click.echo(_("New jobs start from the usual rules."))
        return
    click.echo(_("New jobs start from these rules:"))
    for line in words.split("\n"):
        click.echo(f"  {shown(line)}")
