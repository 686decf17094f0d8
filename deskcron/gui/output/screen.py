"""Turn the text a program prints into lines with styles, as a terminal would show them.

Colours, carriage returns, backspaces and the erasing of a line are obeyed; other escape codes
are dropped, and characters that would hide or reorder text are made visible.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

from deskcron.gui.output.style import NOTICE, PLAIN, Style, restyled

LONGEST_LINE = 2048
"""In characters; what is longer goes on in the next line. All of a line is painted, also what
lies beside the screen: a screen full of these takes 10 ms, of lines of 8 KB 40 ms."""
MOST_SPANS = 400
"""Styles in one line; a screen full of more takes too long to paint."""

_STRING = r"\x1b[\]PX^_][^\x07\x1b\n]{0,4096}"
_CODE = r"\x1b\[[0-?]{0,64}[ -/]{0,8}"
_OTHER = r"\x1b[ -/]{1,8}"
_LONGEST_CODE = 4100
_SPECIAL = (
    r"\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff"
)
_TOKEN = re.compile(
    rf"(?P<line>[^{_SPECIAL}]*+)\n"
    rf"|(?P<text>[^{_SPECIAL}]+)"
    r"|\x1b\[(?P<parameters>[0-?]{0,64})[ -/]{0,8}(?P<final>[@-~])"
    rf"|(?:{_STRING}(?:\x07|\x1b\\)|{_OTHER}[0-~]|\x1b[0-OQ-WYZ\\`-~])"
    rf"|(?P<single>[{_SPECIAL}])"
)
_UNFINISHED = re.compile(rf"(?:{_STRING}\x1b?|{_CODE}|{_OTHER}|\x1b)\Z")
_SILENT = frozenset("\x00\x07\x0e\x0f\x1b\ufeff")


class Span(NamedTuple):
    """Text of one style within a line."""

    text: str
    style: Style


Line = tuple[Span, ...]


class Screen:
    """What a program has printed so far, the line it is at, and the style it has set.

    However the text is cut into pieces, the lines come out the same.
    """

    def __init__(self) -> None:
        self._row = _Row()
        self._style = PLAIN
        self._held = ""
        self._ended: list[Line] = []

    def feed(self, text: str) -> list[Line]:
        """Return the line that was last, as it is now, and the lines after it."""
        text = self._held + text
        unfinished = _UNFINISHED.search(text, max(0, len(text) - _LONGEST_CODE))
        self._held = unfinished.group() if unfinished else ""
        self._print(text.removesuffix(self._held))
        return self._taken()

    def finish(self) -> list[Line]:
        """Return the same at the end of the text, where an escape code may lack its end."""
        held, self._held = self._held, ""
        self._print(held)
        return self._taken()

    def note(self, text: str) -> list[Line]:
        """Put a remark into a line of its own; what follows it begins anew. Return as `feed`."""
        self._held = ""
        self._style = PLAIN
        if not self._row.is_empty:
            self._end_line()
        self._row.write(text, NOTICE)
        self._end_line()
        return self._taken()

    def _taken(self) -> list[Line]:
        lines, self._ended = [*self._ended, self._row.line()], []
        return lines

    def _print(self, text: str) -> None:
        for token in _TOKEN.finditer(text):
            kind = token.lastgroup
            if kind == "line":
                self._write_line(token["line"])
            elif kind == "text":
                self._write(token["text"])
            elif kind == "single":
                self._obey(token["single"])
            elif token["final"] == "m":
                self._style = restyled(self._style, token["parameters"])
            elif token["final"] == "K":
                self._row.erase(token["parameters"])

    def _write_line(self, text: str) -> None:
        """Write to the end of a line, at once where it is plain and all of it."""
        if self._row.is_empty and len(text) <= LONGEST_LINE:
            self._ended.append((Span(text, self._style),) if text else ())
        else:
            self._write(text)
            self._end_line()

    def _obey(self, char: str) -> None:
        if char == "\r":
            self._row.column = 0
        elif char == "\b":
            self._row.column = max(0, self._row.column - 1)
        elif char not in _SILENT:
            self._write(_visible(char))

    def _write(self, text: str) -> None:
        while text:
            if self._row.column == LONGEST_LINE:
                self._end_line()
            room = LONGEST_LINE - self._row.column
            self._row.write(text[:room], self._style)
            text = text[room:]

    def _end_line(self) -> None:
        self._ended.append(self._row.line())
        self._row = _Row()


class _Row:
    """A line that is written to, cell by cell, and where the next character goes."""

    def __init__(self) -> None:
        self._chars: list[str] = []
        self._styles: list[Style] = []
        self.column = 0

    @property
    def is_empty(self) -> bool:
        return not self._chars

    def write(self, text: str, style: Style) -> None:
        """Put text over what is there."""
        end = self.column + len(text)
        self._chars[self.column : end] = text
        self._styles[self.column : end] = [style] * len(text)
        self.column = end

    def erase(self, part: str) -> None:
        """Erase from here to the end ("" or "0"), from the start to here ("1"), or all ("2")."""
        if part in {"", "0", "2"}:
            del self._chars[self.column :], self._styles[self.column :]
        if part in {"1", "2"}:
            blank = min(self.column + 1, len(self._chars))
            self._chars[:blank] = " " * blank
            self._styles[:blank] = [PLAIN] * blank

    def line(self) -> Line:
        """Return the line as it is now."""
        spans: list[Span] = []
        first = 0
        text = "".join(self._chars)
        for style, cells in groupby(self._styles):
            if len(spans) == MOST_SPANS:
                spans.append(Span(text[first:], PLAIN))
                break
            end = first + len(list(cells))
            spans.append(Span(text[first:end], style))
            first = end
        return tuple(spans)


def _visible(char: str) -> str:
    """Return something to see for a character that is not to be seen."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xD800 <= code < 0xE000:
        return "\ufffd"
    return f"\\u{code:04x}"
