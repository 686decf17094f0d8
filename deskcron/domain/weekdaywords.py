"""Name days of the week the way people do: Friday, Monday and Friday, Monday to Friday."""

from __future__ import annotations

from collections.abc import Collection

from deskcron.domain.daywords import day_name
from deskcron.domain.pattern import WEEKDAYS
from deskcron.domain.texts import gettext as _

_SHORTEST_SPAN = 3


def days_text(codes: Collection[str]) -> str:
    """Return days of the week in words; those that follow each other as a span."""
    numbers = [number for number, code in enumerate(WEEKDAYS) if code in codes]
    names = [day_name(number) for number in numbers]
    if len(names) >= _SHORTEST_SPAN and numbers[-1] - numbers[0] == len(numbers) - 1:
        return _("{first} to {last}").format(first=names[0], last=names[-1])
    if len(names) > 1:
        *others, last = names
        return _("{days} and {last}").format(days=_(", ").join(others), last=last)
    return "".join(names)
