"""The WHEN options of add, edit and next, and the triggers that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import click

from deskcron.cli.display import shortened
from deskcron.cli.eventoptions import EVENT_OPTIONS, EventOptions, Followed, event_parts
from deskcron.cli.failures import note
from deskcron.cli.limitoptions import (
    LIMIT_OPTIONS,
    LimitOptions,
    anchor_time,
    bounded,
    limits_given,
    may_count,
)
from deskcron.cli.parameters import Callback
from deskcron.cli.reading import Part
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE

if TYPE_CHECKING:
    from deskcron.engine.facade import Facade

_RECURRING = ("every", "cron", "daily", "weekly", "monthly", "rrule")
_TIMES = (*_RECURRING, "at")
_EVENTS = ("on", "watch", "after", "signal")


class WhenOptions(EventOptions, LimitOptions):
    """What the WHEN options were given."""

    every: tuple[str, ...]
    cron: tuple[str, ...]
    at: tuple[str, ...]
    daily: tuple[str, ...]
    weekly: tuple[str, ...]
    monthly: tuple[str, ...]
    rrule: tuple[str, ...]
    tz: str | None
    never: bool


_WHEN = (
    click.option("--every", multiple=True, metavar="LENGTH", help=_("Repeat: 15m, 1h30m, 2d.")),
    click.option("--cron", multiple=True, metavar="RULE", help=_('A cron rule: "0 9 * * 1-5".')),
    click.option("--at", multiple=True, metavar="TIME", help=_('Once: "2026-12-24 17:30".')),
    click.option("--daily", multiple=True, metavar="TIME", help=_("Every day: 09:00.")),
    click.option(
        "--weekly", multiple=True, metavar="DAYS@TIME", help=_("Every week: mon,fri@17:00.")
    ),
    click.option(
        "--monthly",
        multiple=True,
        metavar="DAY@TIME",
        help=_("Every month: 31@16:00, last@16:00, last-fri@16:00."),
    ),
    click.option(
        "--rrule",
        multiple=True,
        metavar="RULE@TIME",
        help=_("A calendar rule: FREQ=WEEKLY;INTERVAL=2;BYDAY=MO@09:00."),
    ),
    *LIMIT_OPTIONS,
    click.option("--tz", metavar="ZONE", help=_("Zone of the times given: Europe/Berlin.")),
    *EVENT_OPTIONS,
    click.option("--never", is_flag=True, help=_("At no time and event: run it by hand only.")),
)


def when_options(function: Callback) -> Callback:
    """Take the WHEN options."""
    for option in reversed(_WHEN):
        function = option(function)
    return function


def has_when(options: WhenOptions) -> bool:
    """Tell whether a time or an event was given, or that there is none."""
    return options["never"] or _has(options, _TIMES) or _has(options, _EVENTS)


def trigger_parts(
    facade: Facade,
    options: WhenOptions,
    taken: Sequence[Mapping[str, Any]] = (),
    start: datetime | None = None,
) -> list[Part]:
    """Return a trigger for every WHEN, with ids that none of the `taken` triggers has.

    What is there already is left out, with a note. Rules begin now, or at `start` where that is
    earlier.
    """
    ids = {str(trigger.get("id", "")) for trigger in taken}
    parts: list[Part] = []
    for typed, part in _typed(facade, options, start):
        if any(_covers(other, part) for other in (*taken, *parts)):
            what = _("Note: {option} is there already; it counts once.")
            note(what.format(option=shortened(typed)))
            continue
        number = len(taken) + len(parts) + 1
        while f"t{number}" in ids:
            number += 1
        ids.add(f"t{number}")
        parts.append({**part, "id": f"t{number}"})
    _refuse_what_does_not_fit(options)
    return parts


def _typed(
    facade: Facade, options: WhenOptions, start: datetime | None
) -> Iterator[tuple[str, Part]]:
    """Yield each WHEN as it was typed, with its trigger."""
    zone, count_from = options["tz"] or LOCAL_ZONE, anchor_time(options)
    time = None if count_from is None else facade.whens.instant(count_from, zone)
    for option in _TIMES:
        anchor = time if option in may_count(options) else None
        for text in cast("tuple[str, ...]", options[option]):  # type: ignore[literal-required]
            trigger = facade.whens.when(option, text, zone, start, anchor)
            if option in _RECURRING:
                trigger = bounded(option, trigger, options)
            yield f"--{option} {text}", trigger

    def find(ref: str) -> Followed:
        job = facade.catalogue.show(ref).summary
        return Followed(job.id, job.name)

    yield from event_parts(options, facade.whens.duration_s, find)


def _refuse_what_does_not_fit(options: WhenOptions) -> None:
    if options["never"] and (_has(options, _TIMES) or _has(options, _EVENTS)):
        raise BadInput(
            title=_("--never stands alone"),
            detail=_("a job that runs at some time runs not by hand only"),
            hint=_("Leave out one of them."),
        )
    if (lost := limits_given(options)) and not _has(options, _RECURRING):
        raise BadInput(
            title=_("{option} has nothing to apply to").format(option=lost[0]),
            detail=_("it bounds recurring times given in the same call"),
            hint=_("Give them too, for example --daily 09:00."),
        )
    if options["count_from"] is not None and not _has(options, may_count(options)):
        raise BadInput(
            title=_("--count-from does not fit these rules"),
            detail=_("fixed times count from nothing"),
            hint=_("Give a length such as --every 12h, or say from when on with --not-before."),
        )
    if options["tz"] and not _has(options, _TIMES):
        raise BadInput(
            title=_("--tz has nothing to apply to"),
            detail=_("it is the zone of the times given in the same call"),
            hint=_("Give them too, for example --daily 09:00."),
        )


def _has(options: WhenOptions, names: Sequence[str]) -> bool:
    return any(options[name] for name in names)  # type: ignore[literal-required]


def _covers(old: Mapping[str, Any], new: Part) -> bool:
    """Tell whether a trigger has all the times of a new one, which then adds nothing."""
    if {**old, "id": "", "start_date": ""} != {**new, "id": "", "start_date": ""}:
        return False
    begins, would_begin = old.get("start_date", ""), new.get("start_date", "")
    is_each = "INTERVAL" not in new.get("rule", "")  # the others count from their beginning
    return bool(begins == would_begin or (is_each and begins < would_begin))
