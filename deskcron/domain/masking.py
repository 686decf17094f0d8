"""Keep the values of secrets out of output: references take their place, however it arrives."""

from __future__ import annotations

import json
import re
from base64 import b64encode, urlsafe_b64encode
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from urllib.parse import quote, quote_plus

from deskcron.domain.secret import reference

SHORTEST_MASKED = 4
"""Letters; anything shorter is part of many words. Found is what `_spellings` yields: a value that
is cut, reversed, encrypted, written in other codes, or broken into lines as base64 is not."""
SHORTEST_LINE = 8
"""Letters of a single line of a value; shorter ones stand in other texts as well."""
_CODE = re.compile(b"%[0-9A-F]{2}")


class Mask:
    """Put references in place of values in a stream of bytes, also of values cut in two.

    What comes out is the same however the stream is cut: at each place the longest value, found
    from left to right. The end of a piece is held back while it may be the beginning of a value.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._references = {
            written: reference(name).encode()
            for name, value in values.items()
            for written in _spellings(value)
        }
        longest_first = sorted(self._references, key=len, reverse=True)
        self._anyone = re.compile(b"|".join(map(re.escape, longest_first)) or b"(?!)")
        self._in_order = sorted(self._references)
        self._longest = max(map(len, longest_first), default=0)
        firsts = {re.escape(value[:1]) for value in longest_first}
        self._first = re.compile(b"|".join(sorted(firsts)) or b"(?!)")
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        """Return what of the stream so far may be seen, and was not returned before."""
        data = self._held + data
        begins = self._beginnings(data)
        hold = next(begins, len(data))
        seen, shown = 0, bytearray()
        for found in self._anyone.finditer(data):
            while hold < seen:  # it lies within a value that was found whole
                hold = next(begins, len(data))
            if hold <= found.start():
                break
            shown += data[seen : found.start()] + self._references[found[0]]
            seen = found.end()
        while hold < seen:
            hold = next(begins, len(data))
        self._held = data[hold:]
        return bytes(shown + data[seen:hold])

    def rest(self) -> bytes:
        """Return what is held back, when nothing more comes."""
        held, self._held = self._held, b""
        return self._anyone.sub(lambda found: self._references[found[0]], held)

    def _beginnings(self, data: bytes) -> Iterator[int]:
        """Yield where what may become a value begins: all the rest of `data` is its beginning."""
        for first in self._first.finditer(data, max(0, len(data) - self._longest + 1)):
            end = data[first.start() :]
            place = bisect_right(self._in_order, end)  # values that go on from it come next
            if place < len(self._in_order) and self._in_order[place].startswith(end):
                yield first.start()


def masked(text: str, values: Mapping[str, str]) -> str:
    """Return the text with references in place of the values, which are given by name."""
    mask = Mask(values)
    seen = mask.feed(_bytes(text)) + mask.rest()
    return seen.decode(errors="surrogatepass")


def _spellings(value: str) -> Iterator[bytes]:
    """Yield the ways in which programs write a value, and its lines one by one."""
    if len(value) < SHORTEST_MASKED:
        return
    raw = _bytes(value)
    yield raw
    for in_json in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        yield _bytes(in_json[1:-1])
    for quoted in map(str.encode, (quote(raw, safe=""), quote(raw), quote_plus(raw))):
        yield quoted
        yield _CODE.sub(lambda found: found[0].lower(), quoted)
    yield from _in_base64(raw)
    lines = (line.strip() for line in value.splitlines())
    yield from (_bytes(line) for line in lines if len(line) >= SHORTEST_LINE)


def _in_base64(raw: bytes) -> Iterator[bytes]:
    """Yield what is the same of a value wherever it stands in what was encoded.

    Missing are letters at its edges that it shares with its neighbours.
    """
    for encode in (b64encode, urlsafe_b64encode):
        for before in range(3):
            whole = encode(bytes(before) + raw)
            yield whole[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
