"""What is unusual about a success."""

from __future__ import annotations

import pytest

from deskcron.domain.watchdogs import Success, Usual, Watchdogs

FIVE = Usual(5, 10.0, 1000)
ALL = Watchdogs(slower_than=2, smaller_than=0.5, errors=True)


@pytest.mark.parametrize(
    ("dogs", "success", "usual", "signs"),
    [
        (ALL, Success(10.0, 1000), FIVE, []),
        (ALL, Success(20.0, 500), FIVE, []),
        (ALL, Success(20.1, 1000), FIVE, ["slow"]),
        (ALL, Success(10.0, 499), FIVE, ["small"]),
        (ALL, Success(10.0, 1000, wrote_errors=True), FIVE, ["errors"]),
        (ALL, Success(99.0, 0, wrote_errors=True), FIVE, ["errors", "slow", "small"]),
        (ALL, Success(99.0, 0, wrote_errors=True), Usual(4, 10.0, 1000), ["errors"]),
        (ALL, Success(None, 1000), FIVE, []),
        (ALL, Success(10.0, 0), Usual(5, 10.0, 0), []),
        (Watchdogs(), Success(99.0, 0, wrote_errors=True), FIVE, []),
        (Watchdogs(errors=True), Success(99.0, 0), None, []),
    ],
)
def test_what_is_odd_about_a_success(dogs, success, usual, signs):
    """Only what is watched, and only where enough is known to be usual."""
    assert list(dogs.signs(success, usual)) == signs
