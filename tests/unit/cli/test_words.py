"""Codes become words, times become local, text becomes safe."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from deskcron.cli import words
from deskcron.cli.asjson import plain
from deskcron.cli.display import TerminalText, fitted, quoted, shown, width_of
from deskcron.cli.tables import table
from deskcron.domain.answers import Health, Obstacle
from deskcron.domain.reason import Reason
from deskcron.domain.records import Change, InboxKind
from deskcron.domain.run import Cause, Status
from deskcron.domain.timewords import (
    exact_duration,
    in_its_zone,
    measured,
    relative,
    short_duration,
)
from deskcron.triggers.preview import Mark

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ARGUMENTS = {
    "max_age_s": 5400,
    "timeout_s": 600,
    "limit": 3,
    "limit_bytes": 5_000_000,
    "wall": "2026-10-25T02:30",
    "path": "/opt/tool\x1b",
    "target": "mailto:x",
    "error": "odd",
    "kind": "http",
    "code": 3,
    "signal": 9,
}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason):
    """Each reason is a phrase with its parameters filled in, without its code."""
    text = words.reason_words(reason, ARGUMENTS)
    assert len(text) > 5
    assert "{" not in text
    assert not text.endswith(".")
    assert text.isprintable()
    assert text != reason.value


def test_reasons_show_their_parameters():
    """Lengths of time can be read, paths are safe."""
    assert "1h30m" in words.reason_words(Reason.TOO_OLD, ARGUMENTS)
    assert "/opt/tool\\x1b" in words.reason_words(Reason.PROGRAM_MISSING, ARGUMENTS)
    assert "5 MB" in words.reason_words(Reason.OUTPUT_LIMIT, ARGUMENTS)


def test_a_reason_of_another_version_is_shown_as_it_is():
    """A missing parameter is no crash."""
    assert words.reason_words(Reason.EXIT_CODE, {}) == "exit-code"
    assert words.reason_words(Reason.EXIT_CODE, {"x": 1}) == "exit-code (x=1)"


def test_every_code_has_words():
    """No status, cause, obstacle, change, health, kind or mark is without words."""
    texts = [
        *map(words.status_word, Status),
        *map(words.cause_word, Cause),
        *map(words.obstacle_words, Obstacle),
        *map(words.health_word, Health),
        *map(words.inbox_word, InboxKind),
    ]
    assert all(texts)
    assert all(words.change_words(change.value) != change.value for change in Change)
    assert all(words.mark_words(mark) != mark for mark in Mark)


def test_unknown_codes_stay_readable():
    """A code of a newer version is shown as it is."""
    assert words.change_words("merge") == "merge"
    assert words.mark_words("leap") == "leap"
    assert words.fault_words("in its own words") == "in its own words"


@pytest.mark.parametrize(
    ("delta", "text"),
    [
        (timedelta(0), "now"),
        (timedelta(seconds=5), "in 5 s"),
        (timedelta(seconds=-119), "119 s ago"),
        (timedelta(minutes=2), "in 2 min"),
        (timedelta(hours=-30), "30 h ago"),
        (timedelta(days=3), "in 3 days"),
    ],
)
def test_relative_times(delta, text):
    """How far away an instant is, in its largest unit."""
    assert relative(NOW + delta, NOW) == text


def test_lengths_of_time():
    """Lengths are short, exact or measured."""
    assert short_duration(90) == "90 s"
    assert exact_duration(90_061) == "1d1h1m1s"
    assert exact_duration(0) == "0s"
    assert measured(0.04) == "0.0 s"
    assert measured(3661.2) == "1h1m1s"


def test_a_zone_that_is_not_the_computers_is_stated():
    """A wall time elsewhere carries its offset."""
    local = NOW.astimezone()
    assert in_its_zone(local) == f"{local:%Y-%m-%d %H:%M}"
    elsewhere = NOW.astimezone(timezone((local.utcoffset() or timedelta()) + timedelta(minutes=45)))
    assert in_its_zone(elsewhere).startswith(f"{elsewhere:%Y-%m-%d %H:%M} ")
    assert in_its_zone(elsewhere)[-6] in "+-"
    odd = datetime(1900, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert "1900-01-01 00:00" in in_its_zone(odd)


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
