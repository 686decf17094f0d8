"""Dates and times are read as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.daywords import date_text
from deskcron.gui.theme.typedtimes import date_spans, read_date, read_time


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


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-24",
        "20261224",
        "2026/12/24",
        "24.12.2026",
        "24. 12. 26",
        "24 12 2026",
        "24 Dec 2026",
        "24. december 2026",
        "Dec 24, 2026",
    ],
)
def test_a_date_is_read_in_any_usual_shape(text: str) -> None:
    """A date is read year first, day first where points or blanks part it, or with its month."""
    assert read_date(text) == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("01/02/2027", "mdy", date(2027, 1, 2)),
        ("01/02/2027", "dmy", date(2027, 2, 1)),
        ("1/2/27", "mdy", date(2027, 1, 2)),
        ("1-2-27", "dmy", date(2027, 2, 1)),
        ("1.2.2027", "mdy", date(2027, 2, 1)),
        ("2027/1/2", "dmy", date(2027, 1, 2)),
        ("13/24/2027", "mdy", None),
        ("24/12/2027", "mdy", None),
        ("01/02/2027", "ymd", None),
    ],
)
def test_slashes_are_read_in_the_order_of_the_region(
    text: str, order: str, day: date | None
) -> None:
    """The same text is another day elsewhere; it is never turned round to make sense."""
    assert read_date(text, order) == day


@pytest.mark.parametrize(
    "text",
    ["", "24", "2026-02-30", "0026-12-24", "01/02/2027", "2026-12", "01/02", "24 Foo 2026"],
)
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    """No date is made of what is none, nor of what could mean two."""
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "order", "parts"),
    [
        ("2026-12-24", "", ("2026", "12", "24")),
        (" 20261224 ", "", ("2026", "12", "24")),
        ("24. 12. 26", "", ("26", "12", "24")),
        ("12/24/2026", "mdy", ("2026", "12", "24")),
        ("Dec 24, 2026", "", ("2026", "Dec", "24")),
        ("31 Feb 2026", "", ("2026", "Feb", "31")),
    ],
)
def test_the_parts_of_a_date_have_places(text: str, order: str, parts: tuple[str, ...]) -> None:
    """Year, month and day are found in whatever order they were typed, also where none is so."""
    spans = date_spans(text, order)
    found = tuple(text[slice(*spans[unit])] for unit in ("year", "month", "day"))
    assert found == parts


@given(st.text())
def test_any_text_is_read_without_failing(text: str) -> None:
    """Whatever is typed or pasted is read, or is no time."""
    assert read_time(text) is None or isinstance(read_time(text), time)
    assert read_date(text) is None or isinstance(read_date(text), date)


@given(st.times())
def test_a_written_time_is_read_back(at: time) -> None:
    """A time is read back from how it is written."""
    assert read_time(at.isoformat("seconds")) == at.replace(microsecond=0)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31)))
def test_a_written_date_is_read_back(day: date) -> None:
    """A date is read back from its words, and from how it is stored."""
    assert read_date(date_text(day)) == read_date(day.isoformat()) == day
