"""The options for the hours and days at which a job may run, and the rule that they make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypedDict

import click

from deskcron.cli.reading import Part, each, is_none
from deskcron.domain.errors import BadInput
from deskcron.domain.hours import days_of
from deskcron.domain.texts import gettext as _
from deskcron.domain.weekdays import weekdays

_TIME = r"(\d{1,2})(?::(\d\d))?"
_SPAN = re.compile(f"{_TIME}-{_TIME}", re.ASCII)
_AROUND = re.compile(r"\s*(\.\.|[-,])\s*")
_MIDNIGHT = "24:00"


class HoursOptions(TypedDict):
    """What these options were given; None or nothing where one was not."""

    only: tuple[str, ...]
    not_on: tuple[str, ...]
    holidays: str | None


HOURS_OPTIONS = (
    click.option(
        "--only", multiple=True, metavar="HOURS", help=_('Run only then: "mon-fri 09:00-18:00".')
    ),
    click.option(
        "--not-on",
        multiple=True,
        metavar="DAY[..DAY]",
        help=_("Not on these days: 2026-12-24..2027-01-02."),
    ),
    click.option(
        "--holidays", metavar="PLACE", help=_("Not on public holidays of a place: DE or DE-BY.")
    ),
)


def hours_part(options: HoursOptions, present: Mapping[str, Any]) -> Part | None:
    """Return the rule with what the options say, None where they say nothing; or BadInput."""
    if not options["only"] and not options["not_on"] and options["holidays"] is None:
        return None
    part = dict(present)
    if options["only"]:
        part["windows"] = [parse_window(text) for text in each(options["only"])]
    if options["not_on"]:
        part["blackout"] = [parse_blackout(text) for text in each(options["not_on"])]
    if options["holidays"] is not None:
        place = options["holidays"]
        part["holidays"] = "" if is_none(place) else place.strip().upper()
    return part


def parse_window(text: str) -> Part:
    """Return the hours of "mon-fri 09:00-18:00", "sat,sun" or "22:00-06:00"; or BadInput."""
    window: Part = {}
    for word in _AROUND.sub(r"\1", text.strip()).split():
        span = _SPAN.fullmatch(word)
        field = "days" if span is None else "begin"
        if field in window:
            raise _odd_window(text)
        if span is None:
            window["days"] = list(dict.fromkeys(weekdays(word)))
        else:
            window["begin"], end = _time(span[1], span[2]), _time(span[3], span[4])
            window["end"] = "00:00" if end == _MIDNIGHT else end
    if not window:
        raise _odd_window(text)
    return window


def parse_blackout(text: str) -> str:
    """Return a day, or the first and the last one of 2026-12-24..2027-01-02; or BadInput."""
    blackout = _AROUND.sub(r"\1", text.strip()).replace("..", "/")
    try:
        days_of(blackout)
    except ValueError:
        raise BadInput(
            title=_("--not-on was not understood"),
            detail=_("'{text}' is no day, and no first and last day").format(text=text),
            hint=_("Write 2026-12-24, or 2026-12-24..2027-01-02 for both and all between."),
        ) from None
    return blackout


def _time(hour: str, minute: str | None) -> str:
    return f"{int(hour):02}:{minute or '00'}"


def _odd_window(text: str) -> BadInput:
    return BadInput(
        title=_("--only was not understood"),
        detail=_("'{text}' are no hours of some days").format(text=text),
        hint=_('Write "mon-fri 09:00-18:00", "sat,sun" or "22:00-06:00".'),
    )
