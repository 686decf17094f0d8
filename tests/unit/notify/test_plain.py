"""What jobs and people write is harmless before a notification server sees it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.notify.plain import LONGEST_TEXT, LONGEST_TITLE, plain_text, plain_title

anything = st.text(max_size=400)


@given(anything)
def test_a_title_is_one_short_line(text: str) -> None:
    """A title is never empty, never two lines, never too long, and never an option."""
    title = plain_title(text)
    assert 0 < len(title) <= LONGEST_TITLE + 1
    assert title.splitlines() == [title]
    assert not title.startswith("-")


@given(anything)
def test_a_text_is_short(text: str) -> None:
    """A text is never too long and never an option."""
    plain = plain_text(text)
    assert len(plain) <= LONGEST_TEXT + 1
    assert not plain.startswith("-")


@given(anything)
def test_nothing_unprintable_is_left(text: str) -> None:
    """No control character and no half of a surrogate pair remains but line ends in texts."""
    for plain in (plain_title(text), plain_text(text).replace("\n", "")):
        assert not {unicodedata.category(letter) for letter in plain} & {"Cc", "Cs"}
        plain.encode()


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=60))
def test_ordinary_words_stay(text: str) -> None:
    """Letters, digits and signs are shown as they were written."""
    assert plain_title(text).lstrip("\u200b") == text
    assert plain_text(text).lstrip("\u200b") == text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Back up\n\tthe \x07disk", "Back up the disk"),
        ("", "\u200b"),
        (" \n ", "\u200b"),
        ("--help", "\u200b--help"),
        ("x" * 100, "x" * 63 + "…"),
        ("☕ “tea” <b>", "☕ “tea” <b>"),
    ],
)
def test_titles(title: str, shown: str) -> None:
    """Titles are folded into one line, cut with an ellipsis, and kept from being options."""
    assert plain_title(title) == shown


def test_texts_keep_their_lines() -> None:
    """A text keeps its line ends and loses other control characters."""
    assert plain_text("one\ntwo\x1b[31m") == "one\ntwo [31m"
    assert plain_text("y" * 300) == "y" * 249 + "…"
    assert plain_text("-n") == "\u200b-n"
    assert plain_text("") == ""
