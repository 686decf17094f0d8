"""Check the text of RFC 5545 recurrence rules part by part, with words for each mistake."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_NUMBERED = MappingProxyType(
    {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
)
_FITS = MappingProxyType({
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
    "BYYEARDAY": ("YEARLY",),
    "BYWEEKNO": ("YEARLY",),
})  # fmt: skip
_MOST_NTH = MappingProxyType({"MONTHLY": 5, "YEARLY": 53})
_KNOWN = frozenset({"FREQ", "INTERVAL", "WKST", "BYDAY", *_NUMBERED})
_LONGEST_INTERVAL = 1000
_NUMBER = re.compile(r"[+-]?[0-9]{1,3}")
_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class RuleParts(NamedTuple):
    """A checked rule: the parts with defaults apart, the others as name and upper-case value."""

    frequency: str
    interval: int
    week_starts: str
    others: tuple[tuple[str, str], ...]

    def value(self, name: str) -> str:
        """Return the value of one of the other parts, "" where the rule has none."""
        return dict(self.others).get(name, "")


@lru_cache(maxsize=1024)
def rule_parts(text: str) -> RuleParts:
    """Return the parts of text such as 'FREQ=MONTHLY;BYDAY=-1FR'; raises BadInput in words."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, _equals, value = (piece.strip() for piece in part.partition("="))
        if not name or not value:
            raise _bad(_("'{part}' is not understood").format(part=part))
        if name in parts:
            raise _bad(_("{name} occurs twice").format(name=name))
        if name not in _KNOWN:
            raise _bad(_unknown_words(name))
        parts[name] = value
    frequency, interval = parts.pop("FREQ", ""), parts.pop("INTERVAL", "1")
    week_starts = parts.pop("WKST", "MO")
    if frequency not in _FREQUENCIES:
        raise _bad(
            _("FREQ is one of {names}; use an interval for hours and less").format(
                names=", ".join(_FREQUENCIES)
            )
        )
    if not _NUMBER.fullmatch(interval) or not 1 <= int(interval) <= _LONGEST_INTERVAL:
        raise _bad(_("INTERVAL is a number from 1 to {most}").format(most=_LONGEST_INTERVAL))
    if week_starts not in DAY_CODES:
        raise _bad(_("WKST is a day such as MO"))
    for name, value in parts.items():
        _check(frequency, name, value)
    if "BYSETPOS" in parts and len(parts) == 1:
        raise _bad(_("BYSETPOS chooses from another part, such as BYDAY"))
    return RuleParts(frequency, int(interval), week_starts, tuple(parts.items()))


def _check(frequency: str, name: str, value: str) -> None:
    if frequency not in _FITS.get(name, _FREQUENCIES):
        raise _bad(_("{name} does not go with FREQ={freq}").format(name=name, freq=frequency))
    for item in value.split(","):
        if name == "BYDAY":
            _check_day(frequency, item)
            continue
        most = _NUMBERED[name]
        least = 1 if name == "BYMONTH" else -most
        if not _NUMBER.fullmatch(item) or int(item) == 0 or not least <= int(item) <= most:
            raise _bad(_("{name}={item} is out of range").format(name=name, item=item))


def _check_day(frequency: str, item: str) -> None:
    match = _DAY.fullmatch(item)
    if match is None:
        raise _bad(_("BYDAY={item} is not a day such as MO or -1FR").format(item=item))
    if match[1] is None:
        return
    if frequency not in _MOST_NTH:
        raise _bad(_("BYDAY={item} counts days of a month or year").format(item=item))
    if not 1 <= abs(int(match[1])) <= _MOST_NTH[frequency]:
        raise _bad(_("BYDAY={item} is out of range").format(item=item))


def _unknown_words(name: str) -> str:
    if name in {"COUNT", "UNTIL", "DTSTART"}:
        return _("{name} has no place here; give start and end beside the rule").format(name=name)
    if name in {"BYHOUR", "BYMINUTE", "BYSECOND"}:
        return _("{name} has no place here; give the time beside the rule").format(name=name)
    return _("{name} is not known").format(name=name)


def _bad(words: str) -> BadInput:
    return BadInput(title=_("The recurrence rule cannot be used"), detail=words)
