"""Where a repeating trigger holds: a span of time, hours of the day, days of the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.optionalfields import OptionalHours, OptionalMoment, are_hours, in_line
from deskcron.gui.editor.part import Part, typing_problems
from deskcron.gui.editor.weekdayfield import WeekdayField
from deskcron.gui.theme.clockfields import is_moment


class LimitsPart(Part):
    """Each limit has its own switch, so that switching off loses no value."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self._from = OptionalMoment(_("Not before"), now)
        self._until = OptionalMoment(_("Not after"), now)
        self._hours = OptionalHours()
        self._weekdays = WeekdayField(_("Only on"))
        in_line(self._from, self._until, self._hours)
        self.add("not_before", Field("", self._from, self._from.edited))
        self.add("not_after", Field("", self._until, self._until.edited))
        self.add("between", Field("", self._hours, self._hours.edited))
        hint = _("None chosen means every day.")
        self.add("weekdays", Field(_("Only on"), self._weekdays, self._weekdays.edited, hint=hint))

    @staticmethod
    def can_show(limits: Document) -> bool:
        """Tell whether nothing of the limits would be lost."""
        moments = (limits.get("not_before", ""), limits.get("not_after", ""))
        return (
            all(text == "" or is_moment(text) for text in moments)
            and are_hours(limits.get("between", ""))
            and isinstance(limits.get("weekdays", ()), list | tuple)
        )

    def load(self, values: Document) -> None:
        """Show limits."""
        self._from.set_iso(values.get("not_before", ""))
        self._until.set_iso(values.get("not_after", ""))
        self._hours.set_text(values.get("between", ""))
        self._weekdays.set_days(values.get("weekdays", ()))

    def values(self) -> dict[str, Any]:
        """Return the limits."""
        return {
            "not_before": self._from.iso(),
            "not_after": self._until.iso(),
            "between": self._hours.text(),
            "weekdays": self._weekdays.days(),
        }

    def own_problems(self) -> Sequence[Problem]:
        """Say what is no date or no time, of the limits that are switched on."""
        return typing_problems(not_before=self._from, not_after=self._until, between=self._hours)
