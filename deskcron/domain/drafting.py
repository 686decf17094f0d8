"""What a form is told about the draft in it, and what it can begin with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum

import msgspec

from deskcron.domain.answers import Upcoming
from deskcron.domain.errors import Problem
from deskcron.domain.job import Document


class DraftCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as it stands: its times, what keeps it from being saved, what may surprise.

    `rules` has the words of each trigger, "" for one that cannot be used as it is; `upcoming`
    the next due times of those that can. It `listens` where what happens may start it, too;
    where it `is_off`, neither does. Fields of problems are paths as in "triggers.0.at".
    """

    rules: tuple[str, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    listens: bool = False
    is_off: bool = False
    warnings: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class BlankKind(StrEnum):
    """What is filled in: a folder that is to be there, one that will be made, a number from 1."""

    FOLDER = "folder"
    PLACE = "place"
    NUMBER = "number"


class Blank(msgspec.Struct, frozen=True, kw_only=True):
    """What a template asks for before its draft is shown, with what is proposed."""

    kind: BlankKind
    label: str
    value: str
    hint: str = ""


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """Something to begin with: a draft, and in `advice` what to do before it is saved.

    `missing` is the path of the one field to fill in, "" where the draft can be saved as it is.
    The `blanks` are asked for before the draft is shown; they are the arguments of its action.
    """

    name: str
    title: str
    summary: str
    icon: str
    document: Document
    missing: str = ""
    advice: str = ""
    blanks: tuple[Blank, ...] = ()

    def filled(self, values: Sequence[str]) -> Document:
        """Return the draft with a value for each blank."""
        action = {**self.document["action"], "arguments": list(values)}
        return {**self.document, "action": action}


_TIME_TO_TYPE = timedelta(minutes=15)


_MIDNIGHT = time()
_LONGEST_GRID = timedelta(hours=1)


def coming_beginning(now: datetime, every_s: int) -> datetime:
    """Return where a new interval begins: the next multiple of it on the clock, at most an hour on.

    `now` is aware; it is the day of its zone that is divided.
    """
    grid = min(timedelta(seconds=max(every_s, 1)), _LONGEST_GRID)
    midnight = datetime.combine(now.date(), _MIDNIGHT, now.tzinfo)
    return midnight + grid * ((now - midnight) // grid + 1)


def coming_hour(now: datetime) -> datetime:
    """Return the first full hour that leaves time to fill in a form, without a zone."""
    earliest = now.replace(tzinfo=None) + _TIME_TO_TYPE
    hour = earliest.replace(minute=0, second=0, microsecond=0)
    return hour if hour == earliest else hour + timedelta(hours=1)
