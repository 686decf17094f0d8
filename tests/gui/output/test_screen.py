"""Output becomes lines as a terminal would show them, whatever bytes a program prints."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.gui.output.screen import LONGEST_LINE, MOST_SPANS, Line, Screen
from deskcron.gui.output.style import NOTICE, PLAIN, Rgb, Style

RED = Style(colour=1)

PIECES = st.sampled_from(
    [
        "\x1b[31m", "\x1b[1;4m", "\x1b[0m", "\x1b[38;5;196m", "\x1b[48:2::1:2:3m", "\x1b[K",
        "\x1b[1K", "\x1b[2K", "\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\", "\x1b(B",
        "\x1b", "\x1b[", "\x1b]", "\x1b[38;5", "\r", "\n", "\r\n", "\b", "\t", "\x00", "\x07",
        "\u202e", "\u2028", "\ufdd0", "\ud800", "é", "漢字", "🙂", "word ", "x" * 3000,
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=30).map("".join)


def lines_of(*pieces: str) -> list[Line]:
    """Return the lines of a text that comes in pieces."""
    screen = Screen()
    lines: list[Line] = [()]
    for piece in pieces:
        lines[-1:] = screen.feed(piece)
    lines[-1:] = screen.finish()
    return lines


def texts_of(*pieces: str) -> list[str]:
    """Return the lines without their styles."""
    return ["".join(span.text for span in line) for line in lines_of(*pieces)]


@given(st.binary())
def test_no_bytes_are_too_much(data: bytes) -> None:
    """Whatever bytes a program prints, they become lines."""
    lines_of(data.decode("utf-8", errors="replace"), data.decode("latin-1"))


@given(TEXTS, st.data())
def test_the_lines_do_not_depend_on_how_the_text_is_cut(text: str, data: st.DataObject) -> None:
    """The lines do not depend on how the text is cut into pieces."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    bounds = [0, *cuts, len(text)]
    pieces = [text[first:last] for first, last in pairwise(bounds)]
    assert lines_of(*pieces) == lines_of(text)


@given(TEXTS)
def test_lines_are_bounded_and_nothing_hides_in_them(text: str) -> None:
    """Lines are bounded, and nothing is in them that hides or reorders text."""
    for line in lines_of(text):
        shown = "".join(span.text for span in line)
        assert len(shown) <= LONGEST_LINE
        assert len(line) <= MOST_SPANS + 1
        assert not set(shown) & set("\x00\x07\x1b\r\n\b\u202e\u2028\ufdd0\ud800")
        shown.encode()


@given(TEXTS)
def test_neighbours_in_a_line_differ_in_style(text: str) -> None:
    """Spans are as long as they can be."""
    for line in lines_of(text):
        assert all(span.text for span in line)
        assert all(a.style != b.style for a, b in pairwise(line))


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("one\ntwo", ["one", "two"]),
        ("one\r\ntwo\r\n", ["one", "two", ""]),
        ("10%\r20%\r100%", ["100%"]),
        ("long line\rshort", ["shortline"]),
        ("long line\r\x1b[Kshort", ["short"]),
        ("long line\x1b[2K\rshort", ["short    "]),
        ("abc\b\bX", ["aXc"]),
        ("\b\bX", ["X"]),
        ("a\tb", ["a\tb"]),
        ("a\x00b\x07c", ["abc"]),
        ("a\x01b\x7f", ["a\u2401b\u2421"]),
        ("a\u202eb", ["a\\u202eb"]),
        ("a\x1b]0;window title\x07b", ["ab"]),
        ("a\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\b", ["alinkb"]),
        ("a\x1b(Bb\x1b=c", ["abc"]),
        ("a\x1b[2J\x1b[H\x1b[?25lb", ["ab"]),
        ("a\x1b]never ended\nb", ["a]never ended", "b"]),
        ("a\x1b[12", ["a[12"]),
        ("x" * (LONGEST_LINE + 2), ["x" * LONGEST_LINE, "xx"]),
    ],
)
def test_what_is_printed_is_shown_as_a_terminal_would(printed: str, shown: list[str]) -> None:
    """What is printed is shown as a terminal would show it."""
    assert texts_of(printed) == shown


def test_colours_hold_until_they_are_reset() -> None:
    """Colours hold over lines until they are reset."""
    first, second = lines_of("a\x1b[31mb\nc\x1b[md")
    assert first == (("a", PLAIN), ("b", RED))
    assert second == (("c", RED), ("d", PLAIN))


@pytest.mark.parametrize(
    ("code", "style"),
    [
        ("1;3;4;9", Style(is_bold=True, is_italic=True, is_underlined=True, is_struck=True)),
        ("7", Style(is_inverse=True)),
        ("2;22", PLAIN),
        ("4:3", Style(is_underlined=True)),
        ("4;4:0", PLAIN),
        ("91;102", Style(colour=9, background=10)),
        ("38;5;9", Style(colour=9)),
        ("38;5;16", Style(colour=Rgb(0, 0, 0))),
        ("38;5;231", Style(colour=Rgb(255, 255, 255))),
        ("48;5;232", Style(background=Rgb(8, 8, 8))),
        ("38;2;1;2;3;1", Style(colour=Rgb(1, 2, 3), is_bold=True)),
        ("38:2:1:2:3", Style(colour=Rgb(1, 2, 3))),
        ("38:2::1:2:3", Style(colour=Rgb(1, 2, 3))),
        ("58;5;1;31", RED),
        ("38;5", PLAIN),
        ("38;5;999;31", RED),
        ("38;2;1;2;300", PLAIN),
        ("31;;", PLAIN),
        ("31;73;99999999999999", RED),
        ("31;39", PLAIN),
        ("31m\x1b[>4;2m\x1b[?1", RED),
    ],
)
def test_a_code_sets_a_style(code: str, style: Style) -> None:
    """A code of a terminal sets the style of what follows."""
    [line] = lines_of(f"\x1b[{code}mx")
    assert line == (("x", style),)


def test_the_line_that_goes_on_is_returned_again() -> None:
    """The line that goes on is returned again as it has become."""
    screen = Screen()
    assert screen.feed("do") == [(("do", PLAIN),)]
    assert screen.feed("ne\nnext") == [(("done", PLAIN),), (("next", PLAIN),)]


def test_a_remark_stands_in_a_line_of_its_own() -> None:
    """A remark stands in a line of its own."""
    screen = Screen()
    screen.feed("half a li")
    assert screen.note("left out") == [(("half a li", PLAIN),), (("left out", NOTICE),), ()]
    assert screen.feed("rest") == [(("rest", PLAIN),)]


def test_a_line_of_very_many_styles_ends_in_plain_text() -> None:
    """A line of very many styles is shown whole, its end in plain text."""
    [line] = lines_of("".join(f"\x1b[3{number % 8}mx" for number in range(1000)))
    assert len(line) == MOST_SPANS + 1
    assert line[-1] == ("x" * (1000 - MOST_SPANS), PLAIN)
