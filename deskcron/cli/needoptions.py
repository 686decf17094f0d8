"""The options for what must hold for a run to start, and the rule that they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypedDict

import click
import msgspec

from deskcron.cli.completing import Beginnings
from deskcron.cli.places import absolute
from deskcron.cli.reading import Length, Part, each
from deskcron.domain.conditions import (
    BatteryAbove,
    Check,
    Condition,
    FreeSpace,
    Idle,
    LoadBelow,
    Online,
    OnMains,
    Otherwise,
    Present,
    ProcessRuns,
    SuccessOlder,
    Undisturbed,
)
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _

_PLAIN: Mapping[str, Callable[[], Condition]] = MappingProxyType(
    {"on-mains": OnMains, "online": Online, "undisturbed": Undisturbed}
)
_TOLD: Mapping[str, Callable[[str, Length], Condition]] = MappingProxyType(
    {
        "battery": lambda text, _length_s: BatteryAbove(percent=_percent(text)),
        "load": lambda text, _length_s: LoadBelow(percent=_percent(text)),
        "idle": lambda text, length_s: Idle(for_s=length_s(text)),
        "present": lambda text, _length_s: Present(path=absolute(text)),
        "free": lambda text, _length_s: _free_space(text),
        "process": lambda text, _length_s: ProcessRuns(name=text),
        "no-process": lambda text, _length_s: ProcessRuns(name=text, is_wanted=False),
        "check": lambda text, _length_s: Check(command=text),
        "success-older": lambda text, length_s: SuccessOlder(than_s=length_s(text)),
    }
)
_FORMS = (
    "on-mains, battery:30, online, idle:10m, load:50, present:PATH, free:PATH:500MB, "
    "process:NAME, no-process:NAME, undisturbed, check:COMMAND, success-older:12h"
)
_PERCENT = re.compile(r"(\d{1,9})\s*%?", re.ASCII)
_SIZE = re.compile(r"(\d{1,9})\s*([MGT]?)B?", re.ASCII | re.IGNORECASE)
_MEGABYTES = MappingProxyType({"": 1, "M": 1, "G": 1000, "T": 1_000_000})


class NeedOptions(TypedDict):
    """What these options were given; None or nothing where one was not."""

    need: tuple[str, ...]
    unmet: str | None


NEED_OPTIONS = (
    click.option(
        "--need",
        type=Beginnings([*_PLAIN, *(f"{word}:" for word in _TOLD)]),
        multiple=True,
        metavar="CONDITION",
        help=_("Start only if this holds: {forms}.").format(forms=_FORMS),
    ),
    click.option(
        "--unmet",
        type=Beginnings([choice.value for choice in Otherwise]),
        metavar="skip|wait[:LENGTH]|run",
        help=_("What to do while a condition does not hold."),
    ),
)


def conditions_part(
    options: NeedOptions, present: Mapping[str, Any], length_s: Length
) -> Part | None:
    """Return the rule with what the options say, None where they say nothing; or BadInput."""
    if not options["need"] and options["unmet"] is None:
        return None
    part = dict(present)
    if options["need"]:
        found = [parse_need(text, length_s) for text in each(options["need"])]
        part["all"] = msgspec.to_builtins(found)
    if options["unmet"] is not None:
        part |= _otherwise(options["unmet"], length_s)
    return part


def parse_need(text: str, length_s: Length) -> Condition:
    """Return the condition of a text such as online or idle:10m; raises BadInput."""
    word, colon, told = text.strip().partition(":")
    if word in _PLAIN and not colon:
        return _PLAIN[word]()
    if word in _TOLD and told.strip():
        return _TOLD[word](told.strip(), length_s)
    raise BadInput(
        title=_("--need was not understood"),
        detail=_("'{text}' is no condition").format(text=text),
        hint=_("Write one of {forms}.").format(forms=_FORMS),
    )


def _otherwise(text: str, length_s: Length) -> Part:
    word, colon, length = text.strip().partition(":")
    if word not in set(Otherwise) or (colon and word != Otherwise.WAIT):
        raise BadInput(
            title=_("--unmet was not understood"),
            detail=_("'{text}' is none of its words").format(text=text),
            hint=_("Write skip, wait, wait:2h or run."),
        )
    return {"otherwise": word, **({"wait_s": length_s(length)} if colon else {})}


def _percent(text: str) -> int:
    found = _PERCENT.fullmatch(text)
    if found is None:
        raise BadInput(
            title=_("--need was not understood"),
            detail=_("'{text}' is no percentage").format(text=text),
            hint=_("Write it as battery:30 or load:50."),
        )
    return int(found[1])


def _free_space(text: str) -> Condition:
    path, _colon, size = text.rpartition(":")
    found = _SIZE.fullmatch(size.strip())
    if not path.strip() or found is None:
        raise BadInput(
            title=_("--need was not understood"),
            detail=_("'{text}' lacks a place or a size").format(text=text),
            hint=_("Write it as free:/home:500MB or free:/home:2GB."),
        )
    megabytes = int(found[1]) * _MEGABYTES[found[2].upper()]
    return FreeSpace(path=absolute(path), megabytes=megabytes)
