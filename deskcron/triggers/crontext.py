"""Check cron text field by field, with words for each mistake, and spell out nicknames."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _

START = "@reboot"
"""What cron has for its own start."""
_NICKNAMES = MappingProxyType({
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
})  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_NO_NAMES: tuple[str, ...] = ()
_VALUE = r"[0-9]{1,4}|[a-z]{1,9}"
_TERM = re.compile(rf"(?:(\*)|({_VALUE})(?:-({_VALUE}))?)(?:/([0-9]{{1,4}}))?")
_NTH = re.compile(rf"({_VALUE})#([0-9]{{1,4}})")
_LAST = re.compile(r"([0-9])l")


class _Field(NamedTuple):
    low: int
    high: int
    names: tuple[str, ...] = _NO_NAMES
    first_name: int = 0


_FIELDS = (
    _Field(0, 59),
    _Field(0, 23),
    _Field(1, 31),
    _Field(1, 12, _MONTHS, 1),
    _Field(0, 7, _DAYS),
)
_DAY_OF_MONTH, _DAY_OF_WEEK = 2, 4


@lru_cache(maxsize=1024)
def five_fields(expression: str) -> tuple[str, ...]:
    """Return minute, hour, day of month, month and day of week; raises BadInput in words."""
    text = expression.strip().lower()
    if not text:
        raise BadInput(
            title=_("The cron expression is empty"),
            hint=_("It has five fields: minute, hour, day of month, month, day of week."),
        )
    if text.startswith("@"):
        text = _spell_out(text)
    fields = tuple(text.split())
    if len(fields) == 6:
        raise BadInput(
            title=_("The cron expression has six fields; five are needed"),
            hint=_("There is no field for seconds or years. Use an interval for seconds."),
        )
    if len(fields) != 5:
        raise BadInput(
            title=_("The cron expression has {count} fields; five are needed").format(
                count=len(fields)
            ),
            hint=_("They are minute, hour, day of month, month and day of week, nothing else."),
        )
    return tuple(_checked(index, text) for index, text in enumerate(fields))


def field_name(index: int) -> str:
    """Return the name of the field in the user's language."""
    return (_("minute"), _("hour"), _("day of month"), _("month"), _("day of week"))[index]


def _spell_out(nickname: str) -> str:
    if nickname == START:
        raise BadInput(
            title=_("@reboot is a start, and no time"),
            hint=_("Leave out its hours, weekdays and dates."),
        )
    if nickname not in _NICKNAMES:
        raise BadInput(
            title=_("{nickname} is not known").format(nickname=nickname),
            hint=_("Use one of {nicknames}.").format(nicknames=", ".join(_NICKNAMES)),
        )
    return _NICKNAMES[nickname]


def _checked(index: int, text: str) -> str:
    """Return the field as cronsim reads it the way cron does."""
    return ",".join(_checked_term(index, term) for term in text.split(","))


def _checked_term(index: int, term: str) -> str:
    if not term:
        raise _bad(index, _("there is a comma with nothing beside it"))
    if index == _DAY_OF_MONTH and term in {"l", "lw"}:
        return term
    if index == _DAY_OF_WEEK and (special := _LAST.fullmatch(term) or _NTH.fullmatch(term)):
        _number(index, special[1])
        if "#" in term and not 1 <= int(special[2]) <= 5:
            raise _bad(index, _("'{term}': a month has a first to a fifth").format(term=term))
        return term
    match = _TERM.fullmatch(term)
    if match is None:
        raise _bad(index, _("'{term}' is not understood").format(term=term))
    star, low, high, step = match.groups()
    if step is not None and int(step) == 0:
        raise _bad(index, _("'{term}': a step of 0 goes nowhere").format(term=term))
    if star:
        return term
    first = _number(index, low)
    last = first if high is None else _number(index, high)
    if last < first:
        raise _bad(
            index,
            _("the range {term} runs backwards; list its parts instead").format(term=term),
        )
    # cronsim takes 3-3/5 for 3/5; to cron it is a range of one.
    return low if high is not None and last == first else term


def _number(index: int, text: str) -> int:
    field = _FIELDS[index]
    if text in field.names:
        return field.names.index(text) + field.first_name
    if not text.isdigit():
        raise _bad(index, _("'{text}' is not understood").format(text=text))
    if not field.low <= int(text) <= field.high:
        raise _bad(
            index,
            _("{number} is outside {low} to {high}").format(
                number=text, low=field.low, high=field.high
            ),
        )
    return int(text)


def _bad(index: int, words: str) -> BadInput:
    return BadInput(title=_("Field {field}").format(field=field_name(index)), detail=words)
