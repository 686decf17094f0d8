"""The command review: what was due during an absence, what was done about it, run or skip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import plain, print_json
from deskcron.cli.parameters import NUMBER, json_option
from deskcron.cli.tables import print_table
from deskcron.domain.errors import BadInput
from deskcron.domain.review import Absence, ReviewLine
from deskcron.domain.reviewwords import Times, due_words, fate_words
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import local
from deskcron.engine.facade import Facade


class _Look(NamedTuple):
    """An absence with what was due in it."""

    absence: Absence
    lines: Sequence[ReviewLine]


@click.command(
    help=_(
        "Tell what was due during sleep or while deskcron was off. It says what was done about "
        "each time. RUN is the number at the beginning of a line."
    )
)
@click.option("--since", metavar="TIME", help=_("All absences since then: 7d, 2026-12-24."))
@click.option("--run", "runs", type=NUMBER, multiple=True, metavar="RUN", help=_("Run it now."))
@click.option(
    "--skip",
    "skips",
    type=NUMBER,
    multiple=True,
    metavar="RUN",
    help=_("Leave it out, with all that waits in its line."),
)
@click.option(
    "--skip-missed", is_flag=True, help=_("Leave out whatever was missed and is not answered.")
)
@json_option
@click.pass_obj
def review_absence(
    application: Application,
    *,
    since: str | None,
    runs: tuple[int, ...],
    skips: tuple[int, ...],
    skip_missed: bool,
    as_json: bool,
) -> None:
    """Print the latest absence, or answer lines of it."""
    facade = application.facade()
    after = None if since is None else facade.whens.instant(since)
    absences = facade.review.absences(after)
    if after is None:
        absences = absences[:1]
    if runs or skips or skip_missed:
        if as_json:
            raise BadInput(title=_("--json stands alone"), detail=_("answers are told in words"))
        _answer(facade, runs, skips)
        if skip_missed:
            _leave(facade, absences)
        return
    looks = [_Look(absence, facade.review.lines(absence)) for absence in absences]
    if as_json:
        print_json([_plain(look) for look in looks])
    else:
        _print(looks, is_engine_there=facade.control.state().running)


def _answer(facade: Facade, runs: Sequence[int], skips: Sequence[int]) -> None:
    """Give all answers, up to one that is refused."""
    for run in runs:
        started = facade.review.run(run)
        if started == run:
            click.echo(_("Run {id} goes on.").format(id=run))
        else:
            text = _("Run {started} stands in for run {id}.")
            click.echo(text.format(started=started, id=run))
    waiting = _waiting(facade) if skips else {}
    for run in skips:
        for each in waiting.get(run, (run,)):
            facade.review.skip(each)
            click.echo(_("Run {id} is skipped.").format(id=each))


def _waiting(facade: Facade) -> Mapping[int, Sequence[int]]:
    """Return all runs that wait in a line, by the number that it goes by."""
    lines = (line for one in facade.review.absences() for line in facade.review.lines(one))
    return {line.run_id: line.run_ids for line in lines if line.waiting}


def _leave(facade: Facade, absences: Sequence[Absence]) -> None:
    if not absences:
        click.echo(_nothing_due())
        return
    count = sum(facade.review.leave(absence) for absence in absences)
    text = ngettext("{count} job is left at that.", "{count} jobs are left at that.", count)
    click.echo(text.format(count=count))


def _print(looks: Sequence[_Look], *, is_engine_there: bool) -> None:
    if not looks:
        click.echo(_nothing_due())
    for number, look in enumerate(looks):
        if number:
            click.echo()
        click.echo(_heading(look))
        headings = (_("RUN"), _("JOB"), _("WAS DUE"), _("WHAT WAS DONE"), _("OPEN"))
        print_table(headings, [_row(line) for line in look.lines])
    if any(line.may_run or line.may_skip for look in looks for line in look.lines):
        click.echo()
        click.echo(
            _(
                "'deskcron review --run RUN' runs one now, '--skip RUN' leaves it out; "
                "'--skip-missed' leaves all that was missed."
            )
        )
    if not is_engine_there:
        click.echo(_("No engine is running; the next one decides what was due since."))


def _nothing_due() -> str:
    return _("Nothing was due while deskcron was away.")


def _heading(look: _Look) -> str:
    count = len(look.lines)
    text = ngettext(
        "{count} job was due between {first} and {last}, when nobody could decide it:",
        "{count} jobs were due between {first} and {last}, when nobody could decide it:",
        count,
    )
    first, last = local(look.absence.since), local(look.absence.until)
    return text.format(count=count, first=first, last=last)


def _row(line: ReviewLine) -> tuple[str, ...]:
    due, fate = due_words(line, local), fate_words(line, _times())
    return (str(line.run_id), line.job_name, due, fate, _open(line))


def _times() -> Times:
    return Times(local, lambda instant: _("at {time}").format(time=local(instant)))


def _open(line: ReviewLine) -> str:
    """Return which answers a line may still have."""
    if line.may_run and line.may_skip:
        return _("run, skip")
    return _("skip") if line.may_skip else "-"


def _plain(look: _Look) -> Mapping[str, Any]:
    """Return an absence with its lines. Any: JSON."""
    return {**plain(look.absence), "lines": [_plain_line(line) for line in look.lines]}


def _plain_line(line: ReviewLine) -> Mapping[str, Any]:
    """Return a line with what it adds up to. Any: JSON."""
    sums = {
        "run_id": line.run_id,
        "count": line.count,
        "is_exact": line.is_exact,
        "first_due_at": line.first_due_at,
        "last_due_at": line.last_due_at,
        "done": fate_words(line, _times()),
    }
    return {**plain(sums), **plain(line)}
