"""The command stats: what the runs of jobs come to."""

from __future__ import annotations

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import shown
from deskcron.cli.parameters import JobReference, json_option
from deskcron.cli.tables import print_table
from deskcron.domain.statistics import JobStatistics, Spread, Streaks
from deskcron.domain.statisticswords import (
    failures_words,
    in_a_row_words,
    percent_words,
    successes_words,
)
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import local, measured


@click.command(
    help=_(
        "Tell how often runs succeed, and how long they take. How late they start, what was "
        "missed, and successes and failures in a row are told as well."
    )
)
@click.argument("jobs", type=JobReference(), metavar="[JOB...]", nargs=-1)
@click.option("--since", metavar="TIME", help=_('Not older than: 2h, 7d, "2026-12-24 17:30".'))
@json_option
@click.pass_obj
def show_statistics(
    application: Application, *, jobs: tuple[str, ...], since: str | None, as_json: bool
) -> None:
    """Print a block for one job, a table for several or all."""
    facade = application.facade()
    after = None if since is None else facade.whens.instant(since)
    refs = jobs or list(facade.catalogue.names())
    found = [facade.statistics.of(ref, after) for ref in refs]
    if as_json:
        print_json(found)
    elif len(jobs) == 1:
        click.echo("\n".join(_block(found[0])))
    elif found:
        _print_table(found)
    else:
        click.echo(_("No jobs."))


def _print_table(found: list[JobStatistics]) -> None:
    headings = [
        *(_("JOB"), _("RUNS"), _("GOOD"), _("FAILED"), _("TOOK"), _("TOOK 95%")),
        *(_("LATE"), _("LATE 95%"), _("MISSED"), _("SKIPPED"), _("IN A ROW")),
    ]
    print_table(headings, [_row(one) for one in found])


def _row(one: JobStatistics) -> list[str]:
    return [
        one.job_name,
        str(one.executed),
        percent_words(one),
        str(one.failed),
        *_cells(one.duration),
        *_cells(one.lateness),
        str(one.missed),
        str(one.skipped),
        in_a_row_words(one.streaks),
    ]


def _cells(spread: Spread | None) -> tuple[str, str]:
    return ("-", "-") if spread is None else (measured(spread.median_s), measured(spread.p95_s))


def _block(one: JobStatistics) -> list[str]:
    if one.counted_from is None:
        return [shown(one.job_name), _("  No runs.")]
    return [
        shown(one.job_name),
        _("  Since:    {time}").format(time=local(one.counted_from)),
        _("  Runs:     {runs}").format(runs=_runs(one)),
        _("  Took:     {lengths}").format(lengths=_spread(one.duration)),
        _("  Late:     {lengths}").format(lengths=_spread(one.lateness)),
        _("  Not run:  {times}").format(times=_not_run(one)),
        _("  In a row: {ends}").format(ends=_in_a_row(one.streaks)),
    ]


def _runs(one: JobStatistics) -> str:
    if one.executed == 0:
        return _("none")
    return _(
        "{runs}; {succeeded} succeeded ({percent}), {failed} failed, {cancelled} cancelled"
    ).format(
        runs=one.executed,
        succeeded=one.succeeded,
        percent=percent_words(one),
        failed=one.failed,
        cancelled=one.cancelled,
    )


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return _("not known")
    return _("{median} in the middle, 95 % within {most}").format(
        median=measured(spread.median_s), most=measured(spread.p95_s)
    )


def _not_run(one: JobStatistics) -> str:
    if one.missed == one.skipped == 0:
        return _("nothing was left out")
    text = _("{missed} missed, {skipped} skipped").format(missed=one.missed, skipped=one.skipped)
    return text if one.is_exact else _("at least {numbers}").format(numbers=text)


def _in_a_row(streaks: Streaks) -> str:
    return _("{now}; at most {successes} and {failures}").format(
        now=in_a_row_words(streaks),
        successes=successes_words(streaks.most_successes),
        failures=failures_words(streaks.most_failures),
    )
