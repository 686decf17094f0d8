"""What cron text is refused or warned of, in words, and what is understood."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from deskcron.domain.errors import BadInput
from deskcron.domain.trigger import RuleContext
from deskcron.triggers.cron import Cron
from deskcron.triggers.crontext import five_fields
from deskcron.triggers.limits import Limits

CONTEXT = RuleContext("Europe/Berlin")
NOW = datetime(2026, 7, 1, tzinfo=UTC)

REFUSED = [
    ("", "is empty"),
    ("   ", "is empty"),
    ("* * * * * *", "six fields; five are needed"),
    ("0 0 * * * backup --all", "has 7 fields; five are needed"),
    ("0 9 * *", "has 4 fields; five are needed"),
    ("@reboot", "@reboot is a start, and no time. Leave out its hours, weekdays and dates"),
    ("@fortnightly", "@fortnightly is not known. Use one of @hourly, @daily"),
    ("60 * * * *", "Field minute: 60 is outside 0 to 59"),
    ("* 24 * * *", "Field hour: 24 is outside 0 to 23"),
    ("* * 0 * *", "Field day of month: 0 is outside 1 to 31"),
    ("* * * 13 *", "Field month: 13 is outside 1 to 12"),
    ("* * * * 8", "Field day of week: 8 is outside 0 to 7"),
    ("0 22-2 * * *", "Field hour: the range 22-2 runs backwards"),
    ("0 0 * * fri-mon", "Field day of week: the range fri-mon runs backwards"),
    ("0 0 * nov-feb *", "Field month: the range nov-feb runs backwards"),
    ("*/0 * * * *", "Field minute: '*/0': a step of 0"),
    ("0 9 * * mon-fri/2x", "Field day of week: 'mon-fri/2x' is not understood"),
    ("0 9 * * monday", "Field day of week: 'monday' is not understood"),
    ("0 9 * jan-foo *", "Field month: 'foo' is not understood"),
    ("0 9 15W * *", "Field day of month: '15w' is not understood"),
    ("0 9 L-3 * *", "Field day of month: 'l' is not understood"),
    ("0 9 L/2 * *", "Field day of month: 'l' is not understood"),
    ("0 9 * * mon#6", "'mon#6': a month has a first to a fifth"),
    ("0 9 * * 9L", "Field day of week: 9 is outside 0 to 7"),
    ("0 9 ? * *", "Field day of month: '?' is not understood"),
    ("-5 * * * *", "Field minute: '-5' is not understood"),
    ("1.5 * * * *", "Field minute: '1.5' is not understood"),
    ("\u0661 * * * *", "Field minute: '\u0661' is not understood"),
    ("5, * * * *", "Field minute: there is a comma with nothing beside it"),
    ("*5 * * * *", "Field minute: '*5' is not understood"),
    ("0 0 31 2 *", "never comes about"),
    ("0 0 30 2 *", "never comes about"),
    ("0 0 31 4,6,9,11 *", "never comes about"),
    ("0 0 */31 * 5#5", "never comes about: no date fits"),
    ("*/5 0 */31 * 5#5", "never comes about: no date fits"),
    ("0 0 * 2 mon#5", "The next run would be on 29 Feb 2044, more than five years away"),
]


def test_unusable_text_is_refused_in_words() -> None:
    """A rule that cannot be is refused, naming the field and what is wrong with it."""
    for expression, words in REFUSED:
        problems = Cron(id="t1", expression=expression).problems(NOW, CONTEXT)
        assert [problem.field for problem in problems] == ["expression"], expression
        assert words in problems[0].message


def test_asking_an_unusable_rule_fails_in_words() -> None:
    """A rule that cannot be used says so instead of never being due."""
    with pytest.raises(BadInput, match="Field hour"):
        Cron(id="t1", expression="0 25 * * *").next_after(NOW, CONTEXT)


@pytest.mark.parametrize(
    ("expression", "after", "expected"),
    [
        ("@hourly", "2026-07-01T10:10", "2026-07-01T11:00"),
        ("@daily", "2026-07-01T10:10", "2026-07-02T00:00"),
        ("@midnight", "2026-07-01T10:10", "2026-07-02T00:00"),
        ("@weekly", "2026-07-01T10:10", "2026-07-05T00:00"),
        ("@monthly", "2026-07-01T10:10", "2026-08-01T00:00"),
        ("@yearly", "2026-07-01T10:10", "2027-01-01T00:00"),
        ("@ANNUALLY", "2026-07-01T10:10", "2027-01-01T00:00"),
        ("0 9 * * 0", "2026-07-01T10:10", "2026-07-05T09:00"),
        ("0 9 * * 7", "2026-07-01T10:10", "2026-07-05T09:00"),
        ("0 9 * * SUN", "2026-07-01T10:10", "2026-07-05T09:00"),
        ("0 9 13 * fri", "2026-07-01T10:10", "2026-07-03T09:00"),
        ("0 9 L * *", "2026-07-01T10:10", "2026-07-31T09:00"),
        ("0 9 LW * *", "2026-05-01T10:10", "2026-05-29T09:00"),
        ("0 9 * * 5L", "2026-07-01T10:10", "2026-07-31T09:00"),
        ("0 9 * * mon#2", "2026-07-01T10:10", "2026-07-13T09:00"),
        ("3-3/5 * * * *", "2026-07-01T10:04", "2026-07-01T11:03"),
        ("50/5 * * * *", "2026-07-01T10:51", "2026-07-01T10:55"),
        ("*/70 * * * *", "2026-07-01T10:51", "2026-07-01T11:00"),
        ("  0   9 * jan-mar *  ", "2026-07-01T10:51", "2027-01-01T09:00"),
    ],
)
def test_usable_text_is_understood(expression: str, after: str, expected: str) -> None:
    """Nicknames, names, both Sundays, L, W and # mean what they mean to cron."""
    trigger = Cron(id="t1", expression=expression, zone="UTC")
    assert not trigger.problems(NOW, CONTEXT)
    due = trigger.next_after(datetime.fromisoformat(after).replace(tzinfo=UTC), CONTEXT)
    assert due is not None
    assert due.at == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("0 9 13 * fri", "Runs on either"),
        ("0 9 */2 * fri", "only where both"),
        ("0 0 29 2 *", "only every 4 years"),
        ("*/45 * * * *", "*/45 in the field minute starts anew"),
        ("0 */5 * * *", "*/5 in the field hour starts anew"),
    ],
)
def test_surprising_rules_come_with_a_word(expression: str, words: str) -> None:
    """A rule that may surprise is accepted with one warning saying why."""
    trigger = Cron(id="t1", expression=expression)
    assert not trigger.problems(NOW, CONTEXT)
    warnings = trigger.warnings(NOW, CONTEXT)
    assert len(warnings) == 1
    assert words in warnings[0]


@pytest.mark.parametrize("expression", ["*/15 * * * *", "0 9 * * mon-fri", "0 */6 1 * *"])
def test_plain_rules_come_without_a_word(expression: str) -> None:
    """A rule that does what it says has no warning."""
    assert not Cron(id="t1", expression=expression).warnings(NOW, CONTEXT)


def test_a_refused_rule_has_no_warnings() -> None:
    """Warnings wait until the problems are solved."""
    assert not Cron(id="t1", expression="0 0 31 2 mon,").warnings(NOW, CONTEXT)


def test_unknown_zone_is_refused_in_words() -> None:
    """A zone nobody knows is named, with an example of one that is known."""
    (problem,) = Cron(id="t1", expression="@daily", zone="Mars/Base").problems(NOW, CONTEXT)
    assert problem.field == "zone"
    assert problem.message == (
        "'Mars/Base' is not a known time zone. Use a name such as Europe/Berlin."
    )


def test_text_and_zone_are_judged_together() -> None:
    """Both mistakes are told at once."""
    problems = Cron(id="t1", expression="x", zone="Europe").problems(NOW, CONTEXT)
    assert [problem.field for problem in problems] == ["expression", "zone"]


def test_limits_that_leave_nothing_are_refused() -> None:
    """A rule whose limits never let it run is refused at the limits."""
    limits = Limits(between="10:00-11:00")
    trigger = Cron(id="t1", expression="0 9 * * *", limits=limits)
    (problem,) = trigger.problems(NOW, CONTEXT)
    assert problem.field == "limits"
    assert "never comes about" in problem.message


def test_a_limited_rule_is_counted_by_walking() -> None:
    """Hours and weekdays leave counting to walking, a span of dates does not."""
    until = datetime(2026, 7, 11, tzinfo=UTC)
    span = Limits(not_before="2026-07-03T00:00", not_after="2026-07-05T23:00")
    trigger = Cron(id="t1", expression="0 12 * * *", zone="UTC", limits=span)
    assert trigger.tally(NOW, until, CONTEXT) == 3
    hours = Cron(id="t1", expression="0 12 * * *", limits=Limits(weekdays=("mon",)))
    assert hours.tally(NOW, until, CONTEXT) is None
    assert trigger.tally(until, NOW, CONTEXT) == 0


def test_fields_come_apart_in_order() -> None:
    """The five fields of a nickname are those of the text it stands for."""
    assert five_fields("@weekly") == ("0", "0", "*", "*", "0")
