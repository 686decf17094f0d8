"""The commands inbox, done and snooze: what needs a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.parameters import NUMBER, json_option
from deskcron.cli.tables import print_table
from deskcron.domain.records import InboxItem
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import local, local_and_relative
from deskcron.domain.words import inbox_word, outcome

if TYPE_CHECKING:
    from deskcron.engine.facade import Facade


@click.command(
    help=_("List what needs you. Deal with it by 'deskcron done' and 'deskcron snooze'.")
)
@json_option
@click.pass_obj
def show_inbox(application: Application, *, as_json: bool) -> None:
    """Print the waiting items."""
    facade = application.facade()
    items = list(facade.inbox.waiting())
    if as_json:
        print_json(items)
    elif items:
        print_table(
            (_("ID"), _("SINCE"), _("KIND"), _("RUN"), _("TITLE"), _("TEXT")),
            [_row(item, facade) for item in items],
        )
    else:
        click.echo(_("Nothing waits for you."))


@click.command(help=_("Mark items of the inbox as dealt with."))
@click.argument("items", type=NUMBER, metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def mark_done(application: Application, *, items: tuple[int, ...]) -> None:
    """Mark items as done."""
    inbox = application.facade().inbox
    for item in items:
        inbox.done(item)
    click.echo(_("Done."))


@click.command(help=_("Put an item of the inbox off, for example by 10m."))
@click.argument("item", type=NUMBER, metavar="ID")
@click.argument("length", metavar="LENGTH")
@click.pass_obj
def snooze_item(application: Application, *, item: int, length: str) -> None:
    """Snooze an item."""
    facade = application.facade()
    seconds = facade.whens.duration_s(length)
    until = facade.inbox.snooze(item, seconds)
    when = local_and_relative(until, application.clock().now())
    click.echo(_("It comes back at {time}.").format(time=when))


def _row(item: InboxItem, facade: Facade) -> tuple[str, ...]:
    kind = inbox_word(item.kind)
    if item.snoozed_until is not None:
        kind = _("{kind}, until {time}").format(kind=kind, time=local(item.snoozed_until))
    run, text = "-", item.text
    if item.run_id is not None:
        run, text = str(item.run_id), text or outcome(facade.history.get(item.run_id))
    return (str(item.id), local(item.created_at), kind, run, item.title, text)
