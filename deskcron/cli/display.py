"""Make text safe and aligned on a terminal: control characters visible, width as displayed."""

from __future__ import annotations

import re
import sys
import unicodedata

_JOINERS = frozenset("\u200c\u200d")
_SENTENCE_WIDTH = 60
_COLOUR_OR_CONTROL = re.compile(
    r"\x1b\[[0-9;:]*m|\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_UNFINISHED_COLOUR = re.compile(r"(\x1b(\[[0-9;:]{0,40})?|\r)\Z")


def shown(text: str) -> str:
    """Return the text on one line, with control and direction characters escaped."""
    if text.isprintable():
        return text
    return "".join(char if _is_harmless(char) else _escaped(char) for char in text)


def quoted(text: str) -> str:
    """Return a name as part of a sentence: on one line, in quotes, shortened when long."""
    return f"'{shortened(text)}'"


def shortened(text: str) -> str:
    """Return the text on one line, cut to the length that a sentence bears."""
    return fitted(shown(text), _SENTENCE_WIDTH)


def width_of(text: str) -> int:
    """Return how many columns a line takes on a terminal."""
    if text.isascii():
        return len(text)
    return len(text) + sum(_char_width(char) - 1 for char in text if not char.isascii())


def fitted(text: str, width: int) -> str:
    """Return the line cut to so many columns, with an ellipsis where something is missing."""
    if len(text) <= width and width_of(text) <= width:
        return text
    kept: list[str] = []
    left = width - 1
    for char in text:
        left -= _char_width(char)
        if left < 0:
            break
        kept.append(char)
    return f"{''.join(kept)}…"


def is_terminal() -> bool:
    """Tell whether a person reads the output directly."""
    return sys.stdout.isatty()


class TerminalText:
    """Pass on a stream of output with colours, but without what else could steer a terminal."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> str:
        """Return what can be shown of the next piece; an unfinished colour code is held back."""
        text = self._held + text
        unfinished = _UNFINISHED_COLOUR.search(text)
        self._held = unfinished.group() if unfinished else ""
        if unfinished:
            text = text[: unfinished.start()]
        return _COLOUR_OR_CONTROL.sub(_harmless, text)

    def rest(self) -> str:
        """Return what was held back, at the end of the stream."""
        held, self._held = self._held, ""
        return _COLOUR_OR_CONTROL.sub(_harmless, held)


def _harmless(match: re.Match[str]) -> str:
    found = match.group()
    if len(found) > 1:
        return found
    # A carriage return draws progress bars; shown as a new line it cannot hide what was before.
    return "\n" if found == "\r" else _escaped(found)


def _is_harmless(char: str) -> bool:
    if char in _JOINERS:
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _char_width(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
