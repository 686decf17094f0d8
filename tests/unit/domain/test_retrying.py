"""When a failed attempt is followed by another one: the whole decision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.retrying import RETRYABLE, Retry
from deskcron.domain.run import Status


def delays(rule: Retry, attempts: range) -> list[float | None]:
    """Return the delays after these attempts, none of them lengthened by chance."""
    return [rule.delay_after(attempt, Status.FAILED, 0.0) for attempt in attempts]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"count": 0}, [None, None, None, None, None]),
        ({"count": 1}, [60, None, None, None, None]),
        ({"count": 9}, [60, 120, 240, 480, 960]),
        ({"count": 3, "growth": 1}, [60, 60, 60, None, None]),
        ({"count": 9, "growth": 1.5, "delay_s": 10}, [10, 15, 22.5, 33.75, 50.625]),
        ({"count": 9, "ceiling_s": 200}, [60, 120, 200, 200, 200]),
        ({"count": 9, "ceiling_s": 30}, [30, 30, 30, 30, 30]),
        ({"count": 9, "growth": 100}, [60, 3600, 3600, 3600, 3600]),
        ({"count": 9, "delay_s": 0}, [0, 0, 0, 0, 0]),
        ({"count": 9, "ceiling_s": 0}, [0, 0, 0, 0, 0]),
    ],
)
def test_delays_grow_up_to_their_ceiling(rule, expected):
    """The first is as said, each later one so many times longer, and none is over the ceiling."""
    assert delays(Retry(**rule), range(1, 6)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("growth", "attempt", "delay_s"),
    [(1.01, 100, 60 * 1.01**99), (1.05, 100, 3600), (1, 100, 60), (100, 100, 3600)],
)
def test_the_last_of_many_attempts_comes_no_sooner(growth, attempt, delay_s):
    """Also what grows slowly grows to the end, and nothing grows out of what can be counted."""
    rule = Retry(count=100, growth=growth)
    assert rule.delay_after(attempt, Status.FAILED, 0.0) == pytest.approx(delay_s)


@pytest.mark.parametrize(
    ("jitter", "chance", "delay_s"),
    [
        (0.0, 1.0, 60),
        (0.1, 0.0, 60),
        (0.1, 0.5, 63),
        (0.1, 1.0, 66),
        (1.0, 1.0, 120),
    ],
)
def test_chance_adds_up_to_its_share(jitter, chance, delay_s):
    """Nothing is taken away, and no more than the share is added."""
    rule = Retry(count=1, jitter=jitter)
    assert rule.delay_after(1, Status.FAILED, chance) == pytest.approx(delay_s)


@pytest.mark.parametrize("status", list(Status))
def test_only_ends_that_were_chosen_are_followed(status):
    """Usually failures and time limits; what was chosen counts, and nothing else does."""
    usual = Retry(count=1).delay_after(1, status, 0.0)
    assert (usual is not None) == (status in {Status.FAILED, Status.TIMED_OUT})
    for chosen in RETRYABLE:
        rule = Retry(count=1, on=(chosen,))
        assert (rule.delay_after(1, status, 0.0) is not None) == (status is chosen)


@given(
    delay_s=st.integers(0, 86_400),
    ceiling_s=st.integers(0, 86_400),
    growth=st.floats(1, 100),
    jitter=st.floats(0, 1),
    chance=st.floats(0, 1),
    attempt=st.integers(1, 99),
)
def test_delays_stay_within_their_bounds(delay_s, ceiling_s, growth, jitter, chance, attempt):
    """None is below nothing or over the ceiling and its share, and none is under the one before."""
    rule = Retry(count=100, delay_s=delay_s, ceiling_s=ceiling_s, growth=growth, jitter=jitter)
    first = rule.delay_after(attempt, Status.FAILED, chance)
    second = rule.delay_after(attempt + 1, Status.FAILED, chance)
    assert first is not None
    assert second is not None
    assert 0 <= first <= second <= ceiling_s * (1 + jitter)
