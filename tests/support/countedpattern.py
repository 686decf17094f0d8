"""Patterns that count the letters they look at: what a search costs, however fast the machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from re import _constants as kinds
from re._parser import parse
from sys import maxsize
from typing import Any

_CLASSES = {
    kinds.CATEGORY_WORD: re.compile(r"\w"),
    kinds.CATEGORY_SPACE: re.compile(r"\s"),
    kinds.CATEGORY_NOT_SPACE: re.compile(r"\S"),
}
_PLACES = {kinds.AT_END: re.compile(r"$"), kinds.AT_BOUNDARY: re.compile(r"\b")}
Part = tuple[Any, Any]
"""What a part of a pattern is, and with what."""


class CountedPattern:
    """A pattern that is walked through letter by letter besides, in the order of the real one.

    It can do what the patterns of concealing are made of, and checks that both come to the same.
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.looks = 0
        self._pattern = pattern
        self._parts = list(parse(pattern.pattern, pattern.flags))

    def match(self, text: str, begin: int = 0, limit: int = maxsize) -> re.Match[str] | None:
        """Match at the beginning."""
        found = self._pattern.match(text, begin, limit)
        self._walk(text[:limit], [begin], found)
        return found

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match a text from end to end."""
        self.match(text)
        return self._pattern.fullmatch(text)

    def search(self, text: str, begin: int = 0) -> re.Match[str] | None:
        """Match where it first does."""
        found = self._pattern.search(text, begin)
        last = len(text) if found is None else found.start()
        self._walk(text, range(begin, last + 1), found)
        return found

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Put something else in the place of each match."""
        self._search_through(text)
        return self._pattern.sub(new, text)

    def split(self, text: str) -> list[Any]:
        """Return what is between the matches."""
        self._search_through(text)
        return self._pattern.split(text)

    def _walk(self, text: str, tried: Iterable[int], found: re.Match[str] | None) -> None:
        """Look at what the real one did, which tried one place after the other."""
        walk = _Walk(text)
        *before, end = (walk.anew(self._parts, at) for at in tried)
        assert set(before) <= {None}
        assert end == (None if found is None else found.end())
        self.looks += walk.looks

    def _search_through(self, text: str) -> None:
        found = self.search(text)
        while found is not None:
            found = self.search(text, max(found.end(), found.start() + 1))


class _Walk:
    """Tries to match in a text."""

    def __init__(self, text: str) -> None:
        self.looks = 0
        self._text = text
        self._groups: dict[int | None, str] = {}
        self._ends_of = {
            kinds.BRANCH: self._branch,
            kinds.SUBPATTERN: self._group,
            kinds.GROUPREF: self._again,
            kinds.GROUPREF_EXISTS: self._by_group,
            kinds.MAX_REPEAT: self._repeat,
            kinds.MIN_REPEAT: self._repeat,
            kinds.POSSESSIVE_REPEAT: self._repeat_for_good,
            kinds.ASSERT: self._look_around,
            kinds.ASSERT_NOT: self._look_around,
            kinds.AT: self._place,
        }

    def anew(self, parts: Sequence[Part], at: int) -> int | None:
        """Return where the first way ends that matches, with nothing known of tries before."""
        self._groups = {}
        return self.end(parts, at)

    def end(self, parts: Sequence[Part], at: int) -> int | None:
        """Return where the first way ends that matches, None where none does."""
        return next(self._ends(parts, at), None)

    def _ends(self, parts: Sequence[Part], at: int, number: int = 0) -> Iterator[int]:
        """Yield where all parts from this number on end together, in the order of trying."""
        if number == len(parts):
            yield at
            return
        kind, what = parts[number]
        for end in self._ends_of.get(kind, self._letter)(kind, what, at):
            yield from self._ends(parts, end, number + 1)

    def _letter(self, kind: Any, what: Any, at: int) -> Iterator[int]:
        if self._is_letter(kind, what, at):
            yield at + 1

    def _branch(self, _kind: Any, what: Any, at: int) -> Iterator[int]:
        for way in what[1]:
            yield from self._ends(way, at)

    def _group(self, _kind: Any, what: Any, at: int) -> Iterator[int]:
        number, parts = what[0], what[3]
        for end in self._ends(parts, at):
            before = dict(self._groups)
            self._groups[number] = self._text[at:end]
            yield end
            self._groups = before

    def _again(self, _kind: Any, number: int, at: int) -> Iterator[int]:
        """Match what a group has matched, nothing where it has not."""
        written = self._groups.get(number)
        self.looks += len(written or "")
        if written is not None and self._text.startswith(written, at):
            yield at + len(written)

    def _by_group(self, _kind: Any, what: Any, at: int) -> Iterator[int]:
        number, there, missing = what
        yield from self._ends(there if number in self._groups else missing or (), at)

    def _repeat(self, kind: Any, what: Any, at: int) -> Iterator[int]:
        """Repeat once more first where it is greedy, and last where it is not."""
        least, most, parts = what
        if kind is kinds.MIN_REPEAT and least <= 0:
            yield at
        if most > 0:
            for end in self._ends(parts, at):
                yield from self._repeat(kind, (least - 1, most - 1, parts), end)
        if kind is kinds.MAX_REPEAT and least <= 0:
            yield at

    def _repeat_for_good(self, _kind: Any, what: Any, at: int) -> Iterator[int]:
        least, _most, parts = what
        count, end = 0, self.end(parts, at)
        while end is not None:
            count, at, end = count + 1, end, self.end(parts, end)
        if count >= least:
            yield at

    def _look_around(self, kind: Any, what: Any, at: int) -> Iterator[int]:
        direction, parts = what
        begin = at if direction > 0 else at - 1  # none goes back by more than one letter
        is_there = begin >= 0 and self.end(parts, begin) is not None
        if is_there is (kind is kinds.ASSERT):
            yield at

    def _place(self, _kind: Any, what: Any, at: int) -> Iterator[int]:
        if _PLACES[what].match(self._text, at):
            yield at

    def _is_letter(self, kind: Any, what: Any, at: int) -> bool:
        self.looks += 1
        if at >= len(self._text):
            return False
        letter = self._text[at]
        match kind:
            case kinds.LITERAL:
                return ord(letter) == what
            case kinds.NOT_LITERAL:
                return ord(letter) != what
            case kinds.ANY:
                return letter != "\n"
            case kinds.IN:
                is_not = what[0][0] is kinds.NEGATE
                return any(_is_in(letter, one) for one in what[is_not:]) is not is_not
            case _:
                raise ValueError(f"what {kind} matches is not known here")


def _is_in(letter: str, one: Part) -> bool:
    """Tell whether a letter is the one, in the range, or of the kind that is meant."""
    kind, what = one
    if kind is kinds.CATEGORY:
        return _CLASSES[what].match(letter) is not None
    first, last = (what, what) if kind is kinds.LITERAL else what
    return first <= ord(letter) <= last
