"""Cron rules in words."""

from __future__ import annotations

from gettext import NullTranslations

import pytest

from deskcron.domain import texts
from deskcron.triggers.calendar import Calendar
from deskcron.triggers.cron import Cron
from deskcron.triggers.limits import Limits


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("*/15 * * * *", "Every 15 minutes"),
        ("0 9 * 1 mon-fri", "At 09:00, Monday through Friday, only in January"),
        ("30 17,18 * * 0", "At 17:30 and 18:30, only on Sunday"),
        ("*/45 * * * *", "Every 45 minutes"),
        ("*/70 * * * *", "By the cron expression */70 * * * *"),
        ("0 */24 * * *", "By the cron expression 0 */24 * * *"),
        ("0 0 L,15 * *", "By the cron expression 0 0 l,15 * *"),
        ("0 0 * * mon#1,fri#2", "By the cron expression 0 0 * * mon#1,fri#2"),
        ("0 0 * * 1,*/1", "By the cron expression 0 0 * * 1,*/1"),
    ],
)
def test_rules_are_put_into_words(expression: str, words: str) -> None:
    """A rule reads as a sentence, in 24 hours."""
    assert Cron(id="t1", expression=expression).describe() == words


@pytest.mark.parametrize(
    ("expression", "rule", "words"),
    [
        ("0 9 * * *", "FREQ=DAILY", "Every day at 09:00"),
        ("@daily", "FREQ=DAILY", "Every day at 00:00"),
        ("0 9 * * mon-wed", "FREQ=WEEKLY;BYDAY=MO,TU,WE", "Every Monday to Wednesday at 09:00"),
        ("30 17 * * 7", "FREQ=WEEKLY;BYDAY=SU", "Every Sunday at 17:30"),
        ("0 8 * * 6,7", "FREQ=WEEKLY;BYDAY=SA,SU", "Every Saturday and Sunday at 08:00"),
        ("0 9 * * 1-7", "FREQ=WEEKLY;BYDAY=SU,MO,TU,WE,TH,FR,SA", "Every day at 09:00"),
        ("0 0 L * *", "FREQ=MONTHLY;BYMONTHDAY=-1", "On the last day of every month at 00:00"),
        ("0 9 * * 5L", "FREQ=MONTHLY;BYDAY=-1FR", "On the last Friday of every month at 09:00"),
    ],
)
def test_a_rule_has_the_words_of_the_calendar_where_that_can_say_it(
    expression: str, rule: str, words: str
) -> None:
    """The same days and time read the same, whichever kind of trigger says them."""
    at = words[-5:]
    calendar = Calendar(id="t1", rule=rule, at=at, start_date="2026-01-05")
    assert Cron(id="t1", expression=expression).describe() == words == calendar.describe()


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("de", "Um 09:00, mondaY bis fridaY, nur im januarY"),
        ("de_AT", "Um 09:00, mondaY bis fridaY, nur im januarY"),
        ("es", "A las 09:00, de mondaY a fridaY, sólo en januarY"),
        ("eo", "At 09:00, mondaY through fridaY, only in januarY"),
        ("en_GB", "At 09:00, mondaY through fridaY, only in januarY"),
    ],
)
def test_rules_are_told_in_the_language_of_all_other_words(
    monkeypatch: pytest.MonkeyPatch, spoken: str, words: str
) -> None:
    """A rule is told in the language in use, else in English; days and months as elsewhere."""
    monkeypatch.setattr(texts, "_catalogue", lambda: _Swapped(spoken))
    assert Cron(id="t1", expression="0 9 * 1 mon-fri").describe() == words


class _Swapped(NullTranslations):
    """A language whose words are the English ones with their cases swapped."""

    def __init__(self, spoken: str) -> None:
        super().__init__()
        self._spoken = spoken

    def info(self) -> dict[str, str]:
        """Return what the head of a catalogue says."""
        return {"language": self._spoken}

    def gettext(self, message: str) -> str:
        """Return the translation."""
        return f"{message[0].lower()}{message[1:-1]}{message[-1].upper()}"


def test_limits_and_zone_follow_the_rule() -> None:
    """Limits come after the rule and a zone that is not the computer's at the end."""
    trigger = Cron(
        id="t1", expression="0 * * * *", zone="Asia/Tokyo", limits=Limits(between="09:00-18:00")
    )
    assert trigger.describe() == "Every hour, between 09:00 and 18:00 (Asia/Tokyo)"
