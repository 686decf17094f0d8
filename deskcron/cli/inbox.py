"""The commands inbox, done and snooze: what needs a person."""

from __future__ import annotations

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.parameters import NUMBER, json_option
from deskcron.cli.tables import print_table
from deskcron.domain.answers import InboxEntry
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import local, local_and_relative
from deskcron.domain.words import inbox_text, inbox_word


@click.command(
    help=_("List what waits for you. Deal with it by 'deskcron done' and 'deskcron snooze'.")
)
@json_option
@click.pass_obj
def show_inbox(application: Application, *, as_json: bool) -> None:
    """Print the waiting items."""
    facade = application.facade()
    entries = list(facade.inbox.waiting())
    if as_json:
        print_json(entries)
    elif entries:
        print_table(
            (_("ID"), _("SINCE"), _("KIND"), _("RUN"), _("TITLE"), _("TEXT")),
            [_row(entry) for entry in entries],
        )
    else:
        click.echo(_("Nothing waits for you."))


@click.command(
    help=_("Mark items of the inbox as dealt with. One of a failure stands for all of its job.")
)
@click.argument("items", type=NUMBER, metavar="[ID...]", nargs=-1)
@click.option("--all", "is_all", is_flag=True, help=_("All of them."))
@click.pass_obj
def mark_done(application: Application, *, items: tuple[int, ...], is_all: bool) -> None:
    """Mark items as done."""
    if is_all == bool(items):
        raise BadInput(
            title=_("Nothing was marked"),
            detail=_("either numbers are needed or --all"),
            hint=_("'deskcron inbox' shows the numbers."),
        )
    inbox = application.facade().inbox
    if is_all:
        count = inbox.done_all()
        text = ngettext("Done: {count} item.", "Done: {count} items.", count)
        click.echo(text.format(count=count))
        return
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


def _row(entry: InboxEntry) -> tuple[str, ...]:
    kind = inbox_word(entry.kind)
    if entry.snoozed_until is not None:
        kind = _("{kind}, until {time}").format(kind=kind, time=local(entry.snoozed_until))
    run = "-" if entry.run_id is None else str(entry.run_id)
    return (str(entry.id), local(entry.created_at), kind, run, entry.title, inbox_text(entry))
