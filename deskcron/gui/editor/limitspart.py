"""Where a repeating trigger holds: a span of time, hours of the day, days of the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part, typing_problems
from deskcron.gui.editor.weekdayfield import WeekdayField
from deskcron.gui.theme.clockfields import MomentField, TimeField, is_moment, is_time
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.spacing import GAP

_MIDNIGHT = {"24:00": "23:59:59", "24:00:00": "23:59:59"}
"""What a clock can show of it; due times are whole seconds."""


class LimitsPart(Part):
    """Each limit has its own switch, so that switching off loses no value."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self._from = OptionalMoment(_("Not before"), now)
        self._until = OptionalMoment(_("Not after"), now)
        self._hours = OptionalHours()
        self._weekdays = WeekdayField(_("Only on"))
        switches = [part.switch for part in (self._from, self._until, self._hours)]
        width = max(switch.sizeHint().width() for switch in switches)
        for switch in switches:
            switch.setMinimumWidth(width)  # so that what stands behind them is in line
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
            and (limits.get("between", "") == "" or _hours(limits["between"]) is not None)
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


class OptionalMoment(QWidget):
    """A moment with a switch; its text is empty while that is off."""

    edited = Signal()

    def __init__(self, name: str, now: datetime) -> None:
        super().__init__()
        self.switch = QCheckBox(name)
        self._moment = MomentField(name)
        self._moment.set_iso(f"{now.date().isoformat()}T00:00")
        _in_a_row(self, self.switch, self._moment)
        self.setFocusProxy(self.switch)
        self._moment.setEnabled(False)
        self.switch.toggled.connect(self._moment.setEnabled)
        self.switch.toggled.connect(self.edited)
        self._moment.edited.connect(self.edited)

    def iso(self) -> str:
        """Return the moment."""
        return self._moment.iso() if self.switch.isChecked() else ""

    def set_iso(self, text: str) -> None:
        """Show a moment, or none."""
        if text:
            self._moment.set_iso(text)
        self.switch.setChecked(bool(text))

    def problem(self) -> str:
        """Say in words what is no date or no time, "" while the switch is off."""
        return self._moment.problem() if self.switch.isChecked() else ""


class OptionalHours(QWidget):
    """Hours of the day with a switch; the text is such as '09:00-18:00'."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.switch = QCheckBox(_("Only between"))
        self._opens = TimeField(_("Only between: from"))
        self._closes = TimeField(_("Only between: to"))
        self._opens.set_iso("09:00")
        self._closes.set_iso("18:00")
        _in_a_row(self, self.switch, self._opens, plain_label(_("and")), self._closes)
        self.setFocusProxy(self.switch)
        for control in (self._opens, self._closes):
            control.setEnabled(False)
            self.switch.toggled.connect(control.setEnabled)
            control.edited.connect(self.edited)
        self.switch.toggled.connect(self.edited)

    def text(self) -> str:
        """Return the hours."""
        return f"{self._opens.iso()}-{self._closes.iso()}" if self.switch.isChecked() else ""

    def set_text(self, text: str) -> None:
        """Show hours, or none."""
        hours = _hours(text)
        if hours is not None:
            self._opens.set_iso(hours[0])
            self._closes.set_iso(hours[1])
        self.switch.setChecked(hours is not None)

    def problem(self) -> str:
        """Say in words what is no time, "" while the switch is off."""
        if not self.switch.isChecked():
            return ""
        return self._opens.problem() or self._closes.problem()


def _hours(text: object) -> tuple[str, str] | None:
    if not isinstance(text, str):
        return None
    opens, _dash, closes = text.replace(" ", "").partition("-")
    closes = _MIDNIGHT.get(closes, closes)
    return (opens, closes) if is_time(opens) and is_time(closes) else None


def _in_a_row(widget: QWidget, *controls: QWidget) -> None:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    for control in controls:
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
