"""What of a job's runs is unusual enough to be told, and from when on."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

import msgspec

LEAST_SUCCESSES = 5
"""Earlier successes without which nothing is known to be usual."""


class Usual(NamedTuple):
    """What the newest earlier successes of a job are like: their number, and medians."""

    successes: int
    duration_s: float
    output_bytes: int


class Success(NamedTuple):
    """What is known of a run that succeeded. Its duration may not be."""

    duration_s: float | None
    output_bytes: int
    wrote_errors: bool = False


class Sign(StrEnum):
    """What is odd about a success."""

    SLOW = "slow"
    ERRORS = "errors"
    SMALL = "small"


class Watchdogs(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Tell of a job without success for `no_success_s`, or not `not_started_s` after it was due.

    And of successes that took more than `slower_than` times the usual, wrote to the error output,
    or printed less than the share `smaller_than` of the usual. None for no watch.
    """

    no_success_s: int | None = None
    not_started_s: int | None = None
    slower_than: float | None = None
    smaller_than: float | None = None
    errors: bool = False

    @property
    def compares(self) -> bool:
        """Tell whether a success is held against earlier ones."""
        return self.slower_than is not None or self.smaller_than is not None

    def signs(self, success: Success, usual: Usual | None) -> Iterator[Sign]:
        """Yield what is odd; `usual` is None where nothing is to be compared."""
        if self.errors and success.wrote_errors:
            yield Sign.ERRORS
        if usual is None or usual.successes < LEAST_SUCCESSES:
            return
        took_s, slower, smaller = success.duration_s, self.slower_than, self.smaller_than
        if slower is not None and took_s is not None and took_s > slower * usual.duration_s:
            yield Sign.SLOW
        if smaller is not None and success.output_bytes < smaller * usual.output_bytes:
            yield Sign.SMALL
