"""When failures in a row hold a job: the whole decision."""

from __future__ import annotations

import pytest

from deskcron.domain.braking import Brake
from deskcron.domain.run import Status

WELL, BAD, LATE = Status.SUCCEEDED, Status.FAILED, Status.TIMED_OUT
LOST, ODD, STOPPED = Status.INTERRUPTED, Status.UNKNOWN, Status.CANCELLED


@pytest.mark.parametrize(
    ("failures", "newest_first", "is_too_many"),
    [
        (0, [], False),
        (0, [BAD, BAD, BAD], False),
        (1, [], False),
        (1, [BAD], True),
        (1, [WELL, BAD], False),
        (1, [BAD, WELL], True),
        (2, [BAD], False),
        (2, [BAD, BAD], True),
        (2, [BAD, WELL, BAD], False),
        (2, [BAD, BAD, WELL], True),
        (3, [BAD, LATE], False),
        (3, [BAD, LATE, LOST], True),
        (3, [ODD, LOST, LATE], True),
        (3, [BAD, STOPPED, BAD, BAD], False),
        (3, [STOPPED, BAD, BAD, BAD], False),
    ],
)
def test_only_failures_in_a_row_are_too_many(failures, newest_first, is_too_many):
    """A success or a stop among the latest ends begins the count anew; what is older is past."""
    assert Brake(failures=failures).is_reached(newest_first) is is_too_many
