"""The command next: the times ahead, of a job or of a rule to try out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import shown
from deskcron.cli.headings import HeadedCommand
from deskcron.cli.parameters import JobReference, WholeNumber, json_option
from deskcron.cli.whenoptions import WhenOptions, has_when, trigger_parts, when_options
from deskcron.domain.answers import Upcoming
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import in_its_zone, relative
from deskcron.domain.words import upcoming_words

_MOST = 10_000


@click.command(
    cls=HeadedCommand,
    help=_(
        "Show the next times of a job, or of the rules given instead. --from may be in the past: "
        "rules given are tried as if they had begun then, those of a job begin when it was made."
    ),
)
@click.argument("job", type=JobReference(), metavar="[JOB]", required=False)
@when_options
@click.option(
    "-n",
    "count",
    type=WholeNumber(1, _MOST),
    metavar="N",
    default=5,
    show_default=True,
    help=_("How many times to show."),
)
@click.option(
    "--from", "start", metavar="TIME", help=_("Show those after this time instead of now.")
)
@json_option
@click.pass_obj
def show_next(
    application: Application,
    *,
    job: str | None,
    count: int,
    start: str | None,
    as_json: bool,
    **options: Unpack[WhenOptions],
) -> None:
    """Print the next times."""
    facade = application.facade()
    if any(options.values()) if job is not None else not has_when(options):
        raise BadInput(
            title=_("Give either a job or rules"),
            hint=_('For example: deskcron next Backup, or deskcron next --cron "0 9 * * 1-5".'),
        )
    begin = None if start is None else facade.whens.instant(start)
    if job is not None:
        found, heading = facade.catalogue.upcoming(job, count, begin), ""
    else:
        triggers = trigger_parts(facade, options, start=begin)
        found = facade.catalogue.preview(triggers, count, begin)
        heading = "" if as_json else facade.catalogue.describe(triggers, begin)
    if as_json:
        print_json(list(found))
    else:
        _print(application, found, heading)


def _print(application: Application, found: Sequence[Upcoming], heading: str) -> None:
    if heading:
        click.echo(shown(heading))
    now = application.clock().now()
    for item in found:
        marks = "; ".join(upcoming_words(item))
        line = f"{item.wall:%a} {in_its_zone(item.wall)}  {relative(item.at, now)}"
        click.echo(f"{line}  [{marks}]" if marks else line)
    if not found:
        click.echo(_("No times ahead."))
