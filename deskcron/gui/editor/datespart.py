"""When: on days that repeat, at a time of day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.pattern import Frequency, Pattern, pattern_of_rule, rule_text
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.monthdayfield import MonthDayField
from deskcron.gui.editor.part import Part, typing_problems
from deskcron.gui.editor.weekdayfield import WeekdayField
from deskcron.gui.theme.clockfields import DateField, TimeField, is_date, is_time
from deskcron.gui.theme.inputs import SpinBox
from deskcron.gui.theme.spacing import GAP_L

_MOST = 1000
_NINE = "09:00"
_WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


class DatesPart(Part):
    """Each n-th day, week or month, by `frequency`."""

    def __init__(self, frequency: Frequency, now: datetime) -> None:
        super().__init__()
        self.frequency: Frequency = frequency
        self._at = TimeField(_("Time"))
        self._at.set_iso(_NINE)
        self._every = SpinBox("", 1, _MOST)
        self._start = DateField(_("Counted from"))
        self._start.set_iso(_first_day(frequency, now).isoformat())
        self._today = now.date().isoformat()
        self._weekdays = WeekdayField(_("Days of the week"))
        self._weekdays.set_days(_WORKDAYS)
        self._day = MonthDayField()
        if frequency == "weekly":
            self.add("weekdays_picked", Field(_("On"), self._weekdays, self._weekdays.edited))
        elif frequency == "monthly":
            self.add("rule", Field(_("On"), self._day, self._day.edited))
        start = Field(_("Counted from"), self._start, self._start.edited)
        self._start_field = self.take("start_date", start)
        row = QHBoxLayout()
        row.setSpacing(GAP_L)
        row.addWidget(self.take("at", Field(_("At"), self._at, self._at.edited)))
        interval = Field(_("Every"), self._every, self._every.valueChanged)
        row.addWidget(self.take("interval", interval))
        row.addWidget(start)
        row.addStretch(1)
        self.column.addLayout(row)
        self._every.valueChanged.connect(self._on_every)
        self._on_every()

    @staticmethod
    def can_show(trigger: Document) -> bool:
        """Tell whether nothing of the trigger would be lost."""
        return (
            pattern_of_rule(str(trigger.get("rule", ""))) is not None
            and is_time(trigger.get("at"))
            and is_date(trigger.get("start_date"))
        )

    def load(self, values: Document) -> None:
        """Show a trigger whose pattern has this frequency."""
        pattern = pattern_of_rule(values["rule"])
        if pattern is not None:
            self.show_pattern(pattern)
        self.show_time(values["at"])
        self._start.set_iso(values["start_date"])
        self._show_start()

    def show_time(self, at: str) -> None:
        """Show a time of day."""
        self._at.set_iso(at)

    def show_pattern(self, pattern: Pattern) -> None:
        """Show a pattern of this frequency."""
        self._every.setValue(pattern.every)
        if pattern.frequency == "weekly":
            self._weekdays.set_days(pattern.weekdays)
        elif pattern.frequency == "monthly":
            self._day.show_pattern(pattern)

    def pattern(self) -> Pattern:
        """Return the pattern that is picked."""
        every = self._every.value()
        if self.frequency == "weekly":
            return Pattern("weekly", every, tuple(self._weekdays.days()))
        if self.frequency == "monthly":
            return self._day.pattern(every)
        return Pattern("daily", every)

    def time(self) -> str:
        """Return the time of day that is picked."""
        return self._at.iso()

    def values(self) -> dict[str, Any]:
        """Return the trigger's own values."""
        return {
            "kind": "calendar",
            "rule": rule_text(self.pattern()),
            "at": self._at.iso(),
            "start_date": self._start.iso(),
        }

    def own_problems(self) -> Sequence[Problem]:
        """Ask in plain words for what the rule would be refused without."""
        found = typing_problems(at=self._at, start_date=self._start)
        if self.frequency == "weekly" and not self._weekdays.days():
            return [Problem("rule", _("Choose at least one day.")), *found]
        return found

    def _on_every(self) -> None:
        count = self._every.value()
        self._every.set_measure(
            {
                "daily": ngettext("{count} day", "{count} days", count),
                "weekly": ngettext("{count} week", "{count} weeks", count),
                "monthly": ngettext("{count} month", "{count} months", count),
            }[self.frequency]
        )
        self._show_start()

    def _show_start(self) -> None:
        """Show the first day where it matters: for each second week, or when it is ahead."""
        matters = self._every.value() > 1 or self._start.iso() > self._today
        self._start_field.setVisible(matters)


def _first_day(frequency: str, now: datetime) -> date:
    """Return where counting begins: today, this week's Monday, the first of this month."""
    if frequency == "weekly":
        return now.date() - timedelta(days=now.weekday())
    return now.date().replace(day=1) if frequency == "monthly" else now.date()
