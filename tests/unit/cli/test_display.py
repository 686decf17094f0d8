"""Text is made safe and laid out for a terminal, answers become JSON."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from deskcron.cli.asjson import plain
from deskcron.cli.display import TerminalText, fitted, quoted, shown, width_of
from deskcron.cli.tables import table

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain", "plain"),
        ("two\nlines\ttab", "two\\nlines\\ttab"),
        ("\x1b[31mred\x00", "\\x1b[31mred\\x00"),
        ("\u202eevil", "\\u202eevil"),
        ("\u2028", "\\u2028"),
        ("👩‍👩‍👧 ok\xa0", "👩‍👩‍👧 ok\xa0"),
        ("\x9b2J", "\\x9b2J"),
    ],
)
def test_control_characters_are_shown(text, line):
    """A name cannot steer the terminal or break a line; joined emoji stay whole."""
    assert shown(text) == line


def test_width_as_displayed():
    """Wide characters take two columns, combining ones none."""
    assert width_of("abc") == 3
    assert width_of("休憩") == 4
    assert width_of("e\u0301") == 1
    assert width_of("🧘") == 2


def test_text_is_cut_by_width():
    """An ellipsis stands for what does not fit."""
    assert fitted("short", 5) == "short"
    assert fitted("longer", 5) == "long…"
    assert width_of(fitted("休憩休憩", 6)) <= 6
    assert len(quoted("x" * 10_000)) < 70


def test_a_table_fits_the_screen():
    """On a terminal the widest columns give way."""
    rows = [["x" * 50, "y" * 30], ["🧘" * 20, "z"]]
    lines = table(("A", "B"), rows, screen=40).splitlines()
    assert max(map(width_of, lines)) <= 40
    assert "…" in lines[1]
    tiny = table(("A", "B"), rows, screen=1).splitlines()
    assert len(tiny) == 3


def test_ten_thousand_rows_are_fast(benchmark_clock):
    """A long list is laid out in a moment."""
    rows = [[f"job {number}", "2026-11-20 12:00 (in 2 h)", "日本語 🧘"] for number in range(10_000)]
    started = benchmark_clock()
    table(("NAME", "NEXT", "WHEN"), rows)
    assert benchmark_clock() - started < 1


def test_output_on_a_terminal_keeps_colours_only():
    """Escape sequences other than colours are shown; a split colour is put together."""
    terminal = TerminalText()
    assert terminal.feed("\x1b[1;3") == ""
    assert terminal.feed("1mred\x1b[0m\n") == "\x1b[1;31mred\x1b[0m\n"
    assert terminal.feed("\x1b]0;title\x07\x1b[2J") == "\\x1b]0;title\\x07\\x1b[2J"
    assert terminal.feed("a\r\nb\rc") == "a\r\nb\nc"
    assert terminal.feed("\u202e\x1b") == "\\u202e"
    assert terminal.rest() == "\\x1b"
    assert terminal.rest() == ""


def test_json_values_of_every_shape():
    """Named tuples become objects and mappings that are no dict are written."""
    assert plain((1, [NOW])) == [1, ["2026-11-20T12:00:00+00:00"]]
