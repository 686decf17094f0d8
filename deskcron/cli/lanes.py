"""The command lanes: how many runs of each lane go at once, who is in them, and their room."""

from __future__ import annotations

from collections.abc import Sequence

import click
from click.shell_completion import CompletionItem

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.completing import TextType, stored_names
from deskcron.cli.parameters import json_option
from deskcron.cli.reading import is_none, number
from deskcron.cli.tables import print_table
from deskcron.domain.errors import BadInput
from deskcron.domain.lane import LaneUse
from deskcron.domain.texts import gettext as _


class LaneRoom(TextType):
    """A lane with the room it is given: disk=2."""

    name = "room"

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """Offer the lanes that begin so."""
        names = stored_names(ctx, lambda facade: [lane.name for lane in facade.preferences.lanes()])
        return [CompletionItem(f"{name}=") for name in names if name.startswith(incomplete)]


@click.command(
    help=_(
        "Show the lanes, or give lanes room for N runs at once. A lane has room for one until it "
        "is given more; NAME=none goes back to that."
    ),
    epilog=_("Example: deskcron lanes disk=1 network=3"),
)
@click.argument("rooms", type=LaneRoom(), nargs=-1, metavar="[NAME=N...]")
@json_option
@click.pass_obj
def show_lanes(application: Application, *, rooms: tuple[str, ...], as_json: bool) -> None:
    """Give lanes room where some is told, and show all."""
    preferences = application.facade().preferences
    if rooms:
        preferences.set_lanes(dict(map(_room, rooms)))
    lanes = preferences.lanes()
    if as_json:
        print_json(lanes)
    else:
        _print(lanes)


def _room(text: str) -> tuple[str, int | None]:
    name, equals, limit = text.rpartition("=")
    if not (equals and name.strip()):
        raise BadInput(
            title=_("'{text}' gives no lane room").format(text=text),
            hint=_("Write it as NAME=N: disk=1"),
        )
    return name.strip(), None if is_none(limit) else number(name.strip(), limit)


def _print(lanes: Sequence[LaneUse]) -> None:
    if not lanes:
        click.echo(_("No lanes. A job is put into one by 'deskcron edit JOB --lane NAME'."))
        return
    print_table(
        (_("LANE"), _("ROOM"), _("NOW"), _("JOBS")),
        [
            (one.name, str(one.limit), str(len(one.runs)), ", ".join(one.jobs) or "-")
            for one in lanes
        ],
    )
