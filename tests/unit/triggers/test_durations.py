"""Lengths of time as people type them, and the rules made of them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from deskcron.domain.errors import BadInput
from deskcron.domain.trigger import RuleContext
from deskcron.triggers.calendar import Calendar
from deskcron.triggers.durations import Duration, every, parse_duration
from deskcron.triggers.interval import Interval

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 27, 14, 3, 27, 500_000, tzinfo=BERLIN)
CONTEXT = RuleContext("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90s", Duration(90, 0)), ("15m", Duration(900, 0)), ("1h30m", Duration(5400, 0)),
        ("2d", Duration(0, 2)), ("2w", Duration(0, 14)), ("1w 2d 3h 4m 5s", Duration(11_045, 9)),
        (" 36H ", Duration(129_600, 0)), ("007m", Duration(420, 0)),
    ],
)  # fmt: skip
def test_lengths_are_read(text: str, expected: Duration) -> None:
    """Units come largest first; days and weeks are kept apart from elapsed time."""
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "15", "m", "1.5h", "-5m", "30m1h", "5m5m", "1y", "soon", "\u0661m", "1h\u200b"],
)
def test_other_text_is_refused_in_words(text: str) -> None:
    """What is no length of time is refused with examples."""
    with pytest.raises(BadInput, match="90s, 15m, 1h30m, 2d or 2w"):
        parse_duration(text)


def test_zero_is_refused() -> None:
    """A length of zero would never end."""
    with pytest.raises(BadInput, match="zero"):
        parse_duration("0m0s")


def test_hours_and_less_are_elapsed_time() -> None:
    """An interval is first due its own length from now, whole seconds."""
    rule = every("15m", NOW)
    assert isinstance(rule, Interval)
    assert (rule.every_s, rule.start) == (900, "2026-03-27T14:03:27+01:00")
    due = rule.next_after(NOW.astimezone(UTC), CONTEXT)
    assert due is not None
    assert due.at == datetime(2026, 3, 27, 13, 18, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("1d", "FREQ=DAILY", "2026-03-28T14:03 2026-03-29T14:03 2026-03-30T14:03"),
        ("3d", "FREQ=DAILY;INTERVAL=3", "2026-03-30T14:03 2026-04-02T14:03"),
        ("2w", "FREQ=WEEKLY;BYDAY=FR;INTERVAL=2", "2026-04-10T14:03 2026-04-24T14:03"),
        ("1w1d", "FREQ=DAILY;INTERVAL=8", "2026-04-04T14:03"),
    ],
)
def test_days_and_weeks_follow_the_calendar(text: str, rule: str, expected: str) -> None:
    """Days repeat at this time of day, also over a clock change, first a length from now."""
    trigger = every(text, NOW, "t7")
    assert isinstance(trigger, Calendar)
    assert (trigger.id, trigger.rule, trigger.at) == ("t7", rule, "14:03")
    cursor = NOW.astimezone(UTC)
    for part in expected.split():
        due = trigger.next_after(cursor, CONTEXT)
        assert due is not None
        assert due.wall == datetime.fromisoformat(part)
        cursor = due.at


def test_days_and_hours_do_not_mix_in_a_rule() -> None:
    """A mixture is refused with a way out."""
    with pytest.raises(BadInput, match="36h for 36 hours"):
        every("1d12h", NOW)
