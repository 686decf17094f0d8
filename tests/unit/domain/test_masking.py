"""Secrets in output: what is masked, and that it does not matter how the output arrives."""

from __future__ import annotations

import json
import re
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.masking import Mask, masked

_FEW_LETTERS = st.text("ab", min_size=4, max_size=9)
"""Values that begin, end and lie within each other."""


def test_references_take_the_place_of_values():
    """Of values that begin alike the longest is masked; what is too short for one stays."""
    values = {"LONG": "tokentoken", "SHORT": "token", "TINY": "on!"}
    assert masked("on! tokentoken token", values) == "on! ${secret:LONG} ${secret:SHORT}"
    assert masked("on!", {"TINY": "on!"}) == "on!"


def _in_small(quoted: str) -> str:
    return re.sub("%..", lambda found: found[0].lower(), quoted)


@pytest.mark.parametrize("value", ["p w/ä\"'&?", "first\nsecond\n", "plain"])
@pytest.mark.parametrize(
    "spelled",
    [str, json.dumps, lambda text: json.dumps(text, ensure_ascii=False), quote, quote_plus,
     lambda text: quote(text, safe=""), lambda text: _in_small(quote(text, safe="")),
     lambda text: _in_small(quote_plus(text))],
)  # fmt: skip
def test_usual_spellings_are_masked(value, spelled):
    """A value is found as it is, in JSON, and as addresses and forms write it, %2F or %2f."""
    shown = masked(f"<{spelled(value)}>", {"A": value})
    assert shown.replace('"', "") == "<${secret:A}>"


@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
@pytest.mark.parametrize("before", ["", "u", "ua", "user", "user:"])
def test_base64_is_masked_where_it_stands_in_more(before, encode):
    """As base64 a value is found also behind a name, as a browser sends the two, and in tokens."""
    value = "corréct hörse?>?>?> battéry staple"
    shown = masked(encode(f"{before}{value}!".encode()).decode(), {"A": value})
    assert "${secret:A}" in shown
    assert len(shown.replace("${secret:A}", "")) <= len(encode(f"{before}!".encode())) + 4


def test_lines_of_a_value_are_masked_one_by_one():
    """A key is often printed line by line, indented or not; short lines stand in other texts."""
    key = "-----BEGIN KEY-----\r\n  MIIEvQIBADANBg\nend\n"
    shown = masked("> MIIEvQIBADANBg\n-----BEGIN KEY-----\nthe end\n", {"A": key})
    assert shown == "> ${secret:A}\n${secret:A}\nthe end\n"


def test_text_that_no_system_can_write_is_masked():
    """Half of a sign is no reason to fail, in a text or in a value."""
    assert masked("<\ud83dtoken>", {"A": "\ud83dtoken"}) == "<${secret:A}>"
    assert masked("half of a sign: \ud83d", {}) == "half of a sign: \ud83d"


def test_bytes_that_are_no_text_stay():
    """Output need not be text."""
    mask = Mask({"A": "token"})
    assert mask.feed(b"\xff\0token\xfe") + mask.rest() == b"\xff\0${secret:A}\xfe"


def test_only_what_may_become_a_value_is_held_back():
    """Whoever looks on sees what is written at once, but for the beginning of a value."""
    mask = Mask({"A": "token"})
    assert mask.feed(b"one\nto") == b"one\n"
    assert mask.feed(b"day") == b"today"
    assert mask.feed(b"tok") == b""
    assert mask.feed(b"en") == b"${secret:A}"
    assert mask.rest() == b""


@given(
    values=st.lists(_FEW_LETTERS, min_size=1, max_size=4),
    pieces=st.lists(st.text("abc", max_size=12)),
)
def test_it_does_not_matter_how_output_is_cut(values, pieces):
    """In pieces the same comes out as of the whole, and no value is left in it."""
    named = {f"S{number}": value for number, value in enumerate(values)}
    mask = Mask(named)
    out = b"".join([*(mask.feed(piece.encode()) for piece in pieces), mask.rest()]).decode()
    assert out == masked("".join(pieces), named)
    plain = [part for part in out.split("${secret:S") if part]
    assert not any(value in part for value in values for part in plain)
