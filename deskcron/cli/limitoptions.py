"""The options that bound recurring times, and the fields of their triggers that they make."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypedDict

import click

from deskcron.cli.hoursoptions import parse_window
from deskcron.cli.reading import Part
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _
from deskcron.domain.weekdays import weekdays

_RUNS = ("start", "end")
_COUNTED = ("every", "rrule")
"""The options of rules that may be counted from a time; lengths alone are from a run."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class LimitOptions(TypedDict):
    """What these options were given; None where one was not."""

    not_before: str | None
    not_after: str | None
    between: str | None
    days: str | None
    count_from: str | None


LIMIT_OPTIONS = (
    click.option("--not-before", metavar="TIME", help=_("At no time before: 2026-12-01 09:00.")),
    click.option("--not-after", metavar="TIME", help=_("At no time after: 2026-12-31.")),
    click.option("--between", metavar="HOURS", help=_("Only in these hours: 09:00-18:00.")),
    click.option("--days", metavar="DAYS", help=_("Only on these days: mon-fri.")),
    click.option(
        "--count-from",
        metavar="start|end|TIME",
        help=_("What --every counts from: a run's start or end, or a time; --rrule: a day."),
    ),
)


def bounded(option: str, trigger: Part, options: LimitOptions) -> Part:
    """Return the recurring trigger of an option with what these say; raises BadInput."""
    limits = _limits(options)
    more: Part = {"limits": limits} if limits else {}
    return {**trigger, **more, **_counted(option, trigger, options["count_from"])}


def anchor_time(options: LimitOptions) -> str | None:
    """Return the time to count from, None for runs and where nothing was said."""
    return None if options["count_from"] in _RUNS else options["count_from"]


def may_count(options: LimitOptions) -> Sequence[str]:
    """Return the options whose rules --count-from is about, with what it was given."""
    return _COUNTED[:1] if options["count_from"] in _RUNS else _COUNTED


def limits_given(options: LimitOptions) -> list[str]:
    """Return the options that were given, as they are typed."""
    given: Mapping[str, str | None] = {
        "--not-before": options["not_before"],
        "--not-after": options["not_after"],
        "--between": options["between"],
        "--days": options["days"],
        "--count-from": options["count_from"],
    }
    return [option for option, text in given.items() if text is not None]


def _limits(options: LimitOptions) -> Part:
    part: Part = {}
    if options["not_before"] is not None:
        part["not_before"] = _moment(options["not_before"], "00:00")
    if options["not_after"] is not None:
        part["not_after"] = _moment(options["not_after"], "23:59:59")
    if options["between"] is not None:
        part["between"] = _hours(options["between"])
    if options["days"] is not None:
        part["weekdays"] = list(dict.fromkeys(weekdays(options["days"])))
    return part


def _moment(text: str, time_of_a_date: str) -> str:
    """Return a local time; a date alone has the whole day on its right side."""
    moment = text.strip()
    return f"{moment}T{time_of_a_date}" if _DATE.fullmatch(moment) else moment.replace(" ", "T", 1)


def _hours(text: str) -> str:
    window = parse_window(text)
    if "begin" not in window or "days" in window:
        raise BadInput(
            title=_("--between was not understood"),
            detail=_("'{text}' are no hours").format(text=text),
            hint=_("Write them as 09:00-18:00."),
        )
    return f"{window['begin']}-{window['end']}"


def _counted(option: str, trigger: Part, count_from: str | None) -> Part:
    if option != "every" or count_from not in _RUNS:
        return {}
    if "every_s" not in trigger:
        raise BadInput(
            title=_("--count-from does not fit this rule"),
            detail=_("only lengths below a day count from a run"),
            hint=_("Give a length such as --every 12h."),
        )
    return {"anchor": count_from}
