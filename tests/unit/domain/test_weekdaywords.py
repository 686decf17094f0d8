"""Days of the week in words."""

from __future__ import annotations

import pytest

from deskcron.domain.weekdaywords import days_text


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (("fri",), "Friday"),
        (("sun", "sat"), "Saturday and Sunday"),
        (("fri", "mon", "wed"), "Monday, Wednesday and Friday"),
        (("mon", "tue", "wed", "thu", "fri"), "Monday to Friday"),
        (("fri", "sat", "sun"), "Friday to Sunday"),
        (("mon", "tue", "wed", "fri"), "Monday, Tuesday, Wednesday and Friday"),
        (("sat", "sun", "mon"), "Monday, Saturday and Sunday"),
    ],
)
def test_days_are_named_as_people_do(codes: tuple[str, ...], words: str) -> None:
    """Three days and more in a row are a span, all others a list in the order of the week."""
    assert days_text(codes) == words
