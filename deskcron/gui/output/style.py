"""How a piece of output looks, and the escape codes (SGR) that change it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple


class Rgb(NamedTuple):
    """A colour by its parts, 0 to 255 each."""

    red: int
    green: int
    blue: int


Colour = int | Rgb
"""One of the sixteen that have names, by number, or an exact one."""


class Style(NamedTuple):
    """How text looks; None is the colour of the paper or of plain text."""

    colour: Colour | None = None
    background: Colour | None = None
    is_bold: bool = False
    is_faint: bool = False
    is_italic: bool = False
    is_underlined: bool = False
    is_struck: bool = False
    is_inverse: bool = False
    is_notice: bool = False  # a remark of deskcron's own between the lines of the job


PLAIN = Style()
NOTICE = Style(is_notice=True)

_CHANGES: dict[int, dict[str, Any]] = {  # Any: the value of the field that is named
    1: {"is_bold": True},
    2: {"is_faint": True},
    3: {"is_italic": True},
    4: {"is_underlined": True},
    7: {"is_inverse": True},
    9: {"is_struck": True},
    21: {"is_underlined": True},
    22: {"is_bold": False, "is_faint": False},
    23: {"is_italic": False},
    24: {"is_underlined": False},
    27: {"is_inverse": False},
    29: {"is_struck": False},
    39: {"colour": None},
    49: {"background": None},
    **{30 + number: {"colour": number} for number in range(8)},
    **{40 + number: {"background": number} for number in range(8)},
    **{90 + number: {"colour": 8 + number} for number in range(8)},
    **{100 + number: {"background": 8 + number} for number in range(8)},
}
_EXTENDED = {38: "colour", 48: "background", 58: ""}  # 58: of the underline, which has none here
_PRIVATE = tuple("<=>?")
_BY_PARTS, _BY_NUMBER = 2, 5
_STEPS = (0, 95, 135, 175, 215, 255)
"""The brightness of the six steps of the colour cube that terminals share."""


@lru_cache(maxsize=1024)
def restyled(style: Style, parameters: str) -> Style:
    """Return the style after a code such as "1;31"; what is not known changes nothing."""
    if parameters.startswith(_PRIVATE):
        return style
    fields = parameters.split(";")
    while fields:
        numbers = _numbers(fields.pop(0).split(":"))
        code = numbers[0]
        if code == 0:
            style = PLAIN
        elif code in _EXTENDED:
            found = _colour_in(_parts(numbers)) if len(numbers) > 1 else _taken(fields)
            if found is not None and _EXTENDED[code]:
                style = style._replace(**{_EXTENDED[code]: found})  # type: ignore[arg-type]
        elif numbers[:2] == [4, 0]:
            style = style._replace(is_underlined=False)
        else:
            style = style._replace(**_CHANGES.get(code, {}))
    return style


def _taken(fields: list[str]) -> Colour | None:
    """Take what belongs to an extended colour off the fields, and return the colour."""
    length = {_BY_PARTS: 4, _BY_NUMBER: 2}.get(_numbers(fields[:1])[0] if fields else 0, 0)
    numbers = _numbers(fields[:length])
    del fields[:length]
    return _colour_in(numbers)


def _parts(numbers: list[int]) -> list[int]:
    """Return a colour of the form with colons, without the colour space it may name."""
    if numbers[1] == _BY_PARTS and len(numbers) > 5:
        return [_BY_PARTS, *numbers[3:6]]
    return numbers[1:]


def _colour_in(numbers: Sequence[int]) -> Colour | None:
    if len(numbers) >= 4 and numbers[0] == _BY_PARTS and _are_bytes(numbers[1:4]):
        return Rgb(*numbers[1:4])
    if len(numbers) >= 2 and numbers[0] == _BY_NUMBER and _are_bytes(numbers[1:2]):
        return _indexed(numbers[1])
    return None


def _are_bytes(numbers: Sequence[int]) -> bool:
    return min(numbers) >= 0 and max(numbers) <= 255


def _indexed(number: int) -> Colour:
    """Return a colour of the 256: sixteen names, a cube of six steps, 24 greys."""
    if number < 16:
        return number
    if number < 232:
        cube = number - 16
        return Rgb(_STEPS[cube // 36], _STEPS[cube // 6 % 6], _STEPS[cube % 6])
    grey = 8 + 10 * (number - 232)
    return Rgb(grey, grey, grey)


def _numbers(fields: Sequence[str]) -> list[int]:
    """Return the numbers of a code: 0 for an empty one, -1 for what is none."""
    return [
        int(field) if field.isdecimal() and len(field) < 6 else (-1 if field else 0)
        for field in fields
    ]
