"""Dates and times are read as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.gui.theme.typedtimes import read_date, read_time


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2245", time(22, 45)),
        ("22:45", time(22, 45)),
        ("9:05", time(9, 5)),
        ("905", time(9, 5)),
        ("9", time(9)),
        (" 0814 ", time(8, 14)),
        ("22.45", time(22, 45)),
        ("22h45", time(22, 45)),
        ("22h", time(22)),
        ("22:", time(22)),
        ("9:05:30", time(9, 5, 30)),
        ("090530", time(9, 5, 30)),
        ("9 pm", time(21)),
        ("12:30am", time(0, 30)),
    ],
)
def test_a_time_is_read_in_any_usual_shape(text: str, at: time) -> None:
    """A time is read with and without its colon, with one digit, with seconds, with am and pm."""
    assert read_time(text) == at


@pytest.mark.parametrize(
    "text", ["", "x", "24:00", "9:60", "2260", "22451", "-1", "13 pm", "9:5:1:2"]
)
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    """No time is made of what is none."""
    assert read_time(text) is None


@pytest.mark.parametrize("text", ["2026-12-24", "20261224", "2026/12/24", "24.12.2026"])
def test_a_date_is_read_in_any_usual_shape(text: str) -> None:
    """A date is read year first, or day first where points part it."""
    assert read_date(text) == date(2026, 12, 24)


@pytest.mark.parametrize("text", ["", "24", "2026-02-30", "0026-12-24", "12/24/2026", "2026-12"])
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    """No date is made of what is none, nor of what could mean two."""
    assert read_date(text) is None


@given(st.text())
def test_any_text_is_read_without_failing(text: str) -> None:
    """Whatever is typed or pasted is read, or is no time."""
    assert read_time(text) is None or isinstance(read_time(text), time)
    assert read_date(text) is None or isinstance(read_date(text), date)


@given(st.times())
def test_a_written_time_is_read_back(at: time) -> None:
    """A time is read back from how it is written."""
    assert read_time(at.isoformat("seconds")) == at.replace(microsecond=0)
