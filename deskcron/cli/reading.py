"""Read the small forms that options of rules share: none, a number, a number with a length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _

Part = dict[str, Any]
"""A part of a document: JSON."""

Length = Callable[[str], int]
"""Return the seconds of a length of time such as 10m; raises BadInput."""

NONE = "none"
"""What takes a rule away."""


class Counted(NamedTuple):
    """A number, and the length of time behind it if one was given."""

    number: int
    length_s: int | None


def is_none(text: str) -> bool:
    """Tell whether a rule is to be taken away."""
    return text.strip().lower() == NONE


def each(texts: Sequence[str]) -> Sequence[str]:
    """Return what an option was given each time, without what takes away."""
    return [text for text in texts if not is_none(text)]


def number(option: str, text: str) -> int:
    """Return a whole number, 0 for none; raises BadInput."""
    if is_none(text):
        return 0
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise BadInput(
            title=_("{option} was not understood").format(option=option),
            detail=_("'{text}' is no whole number").format(text=text),
            hint=_("Write it as in {option} 3, or none.").format(option=option),
        )
    return int(digits)


def counted(option: str, text: str, length_s: Length) -> Counted:
    """Return number and length of 3, 3:10m or none; raises BadInput."""
    count, colon, length = text.partition(":")
    if not colon:
        return Counted(number(option, text), None)
    return Counted(number(option, count), 0 if length.strip() == "0" else length_s(length))


def listed(text: str) -> Sequence[str]:
    """Return the words of a list with commas, without empty ones."""
    return [word.strip() for word in text.split(",") if word.strip()]
