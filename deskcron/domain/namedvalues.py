"""Find names before their values in commands, addresses, headers and code, however quoted.

A look takes time by the letters it passes over: no repeat gives back what it has taken, and what
opens without an end on its line, or in all of the text, is looked for in vain once.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NAMED = re.compile(
    r"""(?:(["'])|(?<![\w-]))(--)?([\w-]++)
    ( \\?["']\s*+:\s*+ | \\?\1\s*+=>?\s*+                    # in JSON, tables and other code
    | [ \t]*+:[ \t]++ | :(?=["'])                            # in headers and YAML
    | [ \t]++(?:==?|=>|:=)[ \t]*+                            # in code
    | (?(1)(?!)|=[ \t]++(?=["'])) | =                        # in assignments, addresses, options
    | (?(2)(?:\1,\s*+|\1?[ \t]++)(?![\s|&;<>-])|(?!))        # an option before its argument
    )""",
    re.VERBOSE,
)
"""A name before its value: the quote and the dashes that it begins with, the name, the sign."""
_QUOTE_IN_QUOTES = r"""'"'"'|'\\''"""
"""How a shell is given an apostrophe within apostrophes."""
_OF_SHELL = r"""'[^'\n]*+'(?="'"')"""
_QUOTED = rf"""(?:"(?:\\.|[^"\\\n])*+"|{_OF_SHELL}|'(?:\\.|[^'\\\n])*+'|'[^'\n]*+')"""
_OVER_LINES = r"""(?:"(?:\\[\s\S]|[^"\\])*+"|'[^']*+')"""
_IN_THREE = r'''(?:"""(?:[^"]|"(?!""))*+"""|\'\'\'(?:[^']|'(?!''))*+\'\'\')'''
"""What is quoted: on a line, over several, and between three signs each."""
_END_OF_QUOTE = r"""["'](?:[\s,;&)\]}]|$)"""
"""The end of what was quoted before the name, and no beginning."""
_VALUE = re.compile(
    rf"""(?=(["'])|)
    (?: \\"[^"\n]*+" | {_IN_THREE} | {_QUOTED} | (?!{_END_OF_QUOTE}){_OVER_LINES}
    | \\. | [^\s&;'"\\] | (?!{_END_OF_QUOTE})["'][^\n]++ )
    (?: (?<=["'])(?=\1){_OVER_LINES} | {_QUOTE_IN_QUOTES} | (?!{_END_OF_QUOTE}){_QUOTED} | \\.
    | [^\s&;'"\\,)\]}}] | (?<!["'])[,)\]}}]
    )*+""",
    re.VERBOSE,
)
"""What is quoted and what is not, side by side; a bracket behind a quote belongs to the code.

Within a quote the value cannot begin with the same, so that side by side it is no end of that.
"""
_TO_QUOTE = {
    "'": re.compile(rf"(?:[^']|{_QUOTE_IN_QUOTES})*+(?=')"),
    '"': re.compile(r"""(?:\\[\s\S]|[^"\\])*+(?=")"""),
}
_TO_LINE_END = re.compile(r"[^\n]++")
_PLAIN = r"""(?:\\.?|[^'"\\\n])"""
_OF_HEADER = re.compile(rf"{_PLAIN}++(?:(?!{_END_OF_QUOTE}){_QUOTED}{_PLAIN}*+)*+")


class Named(NamedTuple):
    """A name and where its value begins; `quote` is before the name, `sign` between the two."""

    name: str
    begin: int
    quote: str
    sign: str


class NamedValues:
    """The names in a text that stand before values; asked for from its front to its back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._endless: dict[str, int] = {}
        """By quote sign: up to where none ends any more that began before."""

    def next_name(self, start: int) -> Named | None:
        """Return the next name, None where none comes."""
        found = _NAMED.search(self._text, start)
        if found is None:
            return None
        quote, _dashes, name, sign = found.groups()
        return Named(name, found.end(), quote or "", sign)

    def value_end(self, named: Named, limit: int) -> int:
        """Return where the value ends: with what is quoted, a header or a word, `limit` at most.

        Where there is no value it ends where it begins.
        """
        end = named.begin
        if named.quote and named.quote not in named.sign and not named.sign.isspace():
            end = self._quote_end(named.quote, named.begin, limit)
        elif named.sign.lstrip().startswith(":"):
            end = self._end(_OF_HEADER, named.begin, limit)
        return self._end(_VALUE, named.begin, limit) if end == named.begin else end

    def _quote_end(self, quote: str, begin: int, limit: int) -> int:
        """Return where a quote ends that began before; one without an end goes to the line's."""
        if self._endless.get(quote) != limit:
            found = _TO_QUOTE[quote].match(self._text, begin, limit)
            if found is not None:
                return found.end()
            self._endless[quote] = limit
        return self._end(_TO_LINE_END, begin, limit)

    def _end(self, kind: re.Pattern[str], begin: int, limit: int) -> int:
        found = kind.match(self._text, begin, limit)
        return begin if found is None else found.end()
