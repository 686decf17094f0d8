"""Put recurrence rules into words, those that the builders make and their neighbours."""

from __future__ import annotations

from datetime import date, time

from deskcron.domain.daywords import day_name, month_name
from deskcron.domain.pattern import WEEKDAYS, Pattern
from deskcron.domain.pattern import rule_text as text_of_pattern
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.weekdaywords import days_text
from deskcron.triggers.names import time_text
from deskcron.triggers.rruletext import DAY_CODES, RuleParts, rule_parts


def rule_text(rule: RuleParts, start: date, at: time) -> str:
    """Return the rule in words, by its own text where it is beyond them."""
    words = ""
    if rule.frequency == "DAILY":
        words = _daily(rule)
    elif rule.frequency == "WEEKLY":
        words = _weekly(rule, start)
    elif rule.frequency == "MONTHLY":
        words = _monthly(rule, start)
    else:
        words = _yearly(rule, start)
    if not words:
        parts = (("FREQ", rule.frequency), ("INTERVAL", str(rule.interval)), *rule.others)
        text = ";".join(f"{name}={value}" for name, value in parts)
        words = _("By the rule {text}").format(text=text)
    return _("{rule} at {time}").format(rule=words, time=time_text(at))


def pattern_text(pattern: Pattern, at: time) -> str:
    """Return a pattern in the words of its rule; it says its days by itself."""
    return rule_text(rule_parts(text_of_pattern(pattern)), date.min, at)


def _daily(rule: RuleParts) -> str:
    return "" if rule.others else _every_day(rule.interval)


def _every_day(count: int) -> str:
    return ngettext("Every day", "Every {count} days", count).format(count=count)


def _weekly(rule: RuleParts, start: date) -> str:
    if {name for name, _value in rule.others} - {"BYDAY"}:
        return ""
    value = rule.value("BYDAY") or DAY_CODES[start.weekday()]
    days = {WEEKDAYS[DAY_CODES.index(day)] for day in value.split(",")}
    if rule.interval == 1 and len(days) == len(WEEKDAYS):
        return _every_day(1)
    return ngettext("Every {days}", "Every {count} weeks on {days}", rule.interval).format(
        count=rule.interval, days=days_text(days)
    )


def _monthly(rule: RuleParts, start: date) -> str:
    day = _month_day(rule, start)
    if not day:
        return ""
    return ngettext("{day} of every month", "{day} of every {count} months", rule.interval).format(
        day=day, count=rule.interval
    )


def _month_day(rule: RuleParts, start: date) -> str:
    names = {name for name, _value in rule.others}
    if names == {"BYDAY"}:
        return _nth_day(rule.value("BYDAY"))
    if names - {"BYMONTHDAY"}:
        return ""
    day = rule.value("BYMONTHDAY") or str(start.day)
    if day == "-1":
        return _("On the last day")
    if "-" in day:
        return ""
    return ngettext("On day {days}", "On days {days}", day.count(",") + 1).format(
        days=day.replace(",", _(", "))
    )


def _nth_day(text: str) -> str:
    if text[:-2].removeprefix("+") not in {"1", "2", "3", "4", "5", "-1"}:
        return ""
    sentences = {
        1: _("On the first {day}"),
        2: _("On the second {day}"),
        3: _("On the third {day}"),
        4: _("On the fourth {day}"),
        5: _("On the fifth {day}"),
        -1: _("On the last {day}"),
    }
    day = day_name(DAY_CODES.index(text[-2:]))
    return sentences[int(text[:-2])].format(day=day)


def _yearly(rule: RuleParts, start: date) -> str:
    month, day = rule.value("BYMONTH") or str(start.month), rule.value("BYMONTHDAY")
    if {name for name, _value in rule.others} - {"BYMONTH", "BYMONTHDAY"}:
        return ""
    day = day or str(start.day)
    if not (month.isdigit() and day.isdigit()):
        return ""
    return ngettext(
        "Every year on {day} {month}", "Every {count} years on {day} {month}", rule.interval
    ).format(count=rule.interval, day=int(day), month=month_name(int(month)))
