"""The command autostart: start deskcron at login, and say whether it is."""

from __future__ import annotations

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import shown
from deskcron.cli.parameters import json_option
from deskcron.domain.ports import AutostartState
from deskcron.domain.texts import gettext as _


@click.command(
    help=_(
        "Start deskcron at login. It starts as an icon in the panel or, with --headless, as an "
        "engine without a screen. 'status' reads from the system what is set there."
    )
)
@click.argument("wish", type=click.Choice(["on", "off", "status"]), metavar="on|off|status")
@click.option("--headless", is_flag=True, help=_("The engine alone, as a service of the session."))
@json_option
@click.pass_obj
def set_autostart(application: Application, *, wish: str, headless: bool, as_json: bool) -> None:
    """Switch the start at login on or off, and print what the system then has."""
    autostart = application.autostart(headless=headless)
    if wish == "on":
        autostart.enable()
    elif wish == "off":
        autostart.disable()
    state = autostart.state()
    if as_json:
        print_json(state)
    else:
        click.echo(_sentence(state, headless=headless))
        if state.remark:
            click.echo(shown(state.remark))
        if state.is_stale:
            command = "deskcron autostart on" + (" --headless" if headless else "")
            click.echo(_("Mend it: {command}").format(command=command))


def _sentence(state: AutostartState, *, headless: bool) -> str:
    if not state.is_on:
        return (
            _("The engine does not start at login.")
            if headless
            else _("deskcron does not start at login.")
        )
    text = (
        _("The engine starts at login ({place}).")
        if headless
        else _("deskcron starts at login ({place}).")
    )
    return text.format(place=shown(state.place))
