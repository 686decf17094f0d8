"""The commands inbox, done and snooze: what needs a person."""

from __future__ import annotations

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.parameters import NUMBER, json_option
from deskcron.cli.tables import print_table
from deskcron.cli.times import local, local_and_relative
from deskcron.cli.words import inbox_word
from deskcron.domain.storage import InboxItem
from deskcron.domain.texts import gettext as _


@click.command(
    help=_("List what needs you. Deal with it by 'deskcron done' and 'deskcron snooze'.")
)
@json_option
@click.pass_obj
def show_inbox(application: Application, *, as_json: bool) -> None:
    """Print the waiting items."""
    items = list(application.facade().inbox.waiting())
    if as_json:
        print_json(items)
    elif items:
        print_table(
            (_("ID"), _("SINCE"), _("KIND"), _("TITLE"), _("TEXT")),
            [_row(item) for item in items],
        )
    else:
        click.echo(_("Nothing waits for you."))


@click.command(help=_("Mark an item of the inbox as dealt with."))
@click.argument("item", type=NUMBER, metavar="ID")
@click.pass_obj
def mark_done(application: Application, *, item: int) -> None:
    """Mark an item as done."""
    application.facade().inbox.done(item)
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


def _row(item: InboxItem) -> tuple[str, ...]:
    kind = inbox_word(item.kind)
    if item.snoozed_until is not None:
        kind = _("{kind}, until {time}").format(kind=kind, time=local(item.snoozed_until))
    return (str(item.id), local(item.created_at), kind, item.title, item.text)
