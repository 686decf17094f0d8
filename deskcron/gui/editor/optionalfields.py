"""Fields with a switch before them: while it is off there is no value, and none is lost."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.lengthfield import DAY, HOUR, MINUTE, SECOND, LengthField
from deskcron.gui.theme.clockfields import MomentField, TimeField, is_time
from deskcron.gui.theme.flow import FlowLayout
from deskcron.gui.theme.inputs import DecimalBox
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.rows import in_a_row
from deskcron.gui.theme.spacing import GAP

_MIDNIGHT = {"24:00": "23:59:59", "24:00:00": "23:59:59"}
"""What a clock can show of it; due times are whole seconds."""


class _Optional(QWidget):
    """A switch, and behind it what it makes usable."""

    edited = Signal()

    def __init__(self, name: str, *controls: QWidget) -> None:
        super().__init__()
        self.switch = QCheckBox(name)
        self.setFocusProxy(self.switch)
        row = FlowLayout(GAP, self)
        row.addWidget(self.switch)
        height = max(control.sizeHint().height() for control in controls)
        self.switch.setMinimumHeight(height)  # so that its words are in line with theirs
        for control in controls:
            row.addWidget(control)
            control.setEnabled(False)
            self.switch.toggled.connect(control.setEnabled)
        self.switch.toggled.connect(self.edited)


class OptionalMoment(_Optional):
    """A moment; its text is empty while the switch is off."""

    def __init__(self, name: str, now: datetime) -> None:
        moment = MomentField(name)
        super().__init__(name, moment)
        self._moment = moment
        self._moment.set_iso(f"{now.date().isoformat()}T00:00")
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


class OptionalHours(_Optional):
    """Hours of the day; the text is such as '09:00-18:00', empty while the switch is off."""

    def __init__(self) -> None:
        opens, closes = TimeField(_("Only between: from")), TimeField(_("Only between: to"))
        between = QWidget()
        in_a_row(between, opens, plain_label(_("and")), closes)
        super().__init__(_("Only between"), between)
        self._opens, self._closes = opens, closes
        self._opens.set_iso("09:00")
        self._closes.set_iso("18:00")
        self._opens.edited.connect(self.edited)
        self._closes.edited.connect(self.edited)

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


class OptionalLength(_Optional):
    """A length of time, None while the switch is off."""

    def __init__(self, switch: str, name: str, begins_with_s: int) -> None:
        length = LengthField(name, (SECOND, MINUTE, HOUR, DAY))
        super().__init__(switch, length)
        self._length = length
        self._length.set_seconds(begins_with_s)
        self._length.edited.connect(self.edited)

    def seconds(self) -> int | None:
        """Return the length."""
        return self._length.seconds() if self.switch.isChecked() else None

    def set_seconds(self, seconds: int | None) -> None:
        """Show a length, or none."""
        if seconds is not None:
            self._length.set_seconds(seconds)
        self.switch.setChecked(seconds is not None)


class OptionalDecimal(_Optional):
    """A number, None while the switch is off."""

    def __init__(self, switch: str, box: DecimalBox, begins_with: float) -> None:
        super().__init__(switch, box)
        self._box = box
        self._box.setValue(begins_with)
        self._box.valueChanged.connect(self.edited)

    def number(self) -> float | None:
        """Return the number."""
        return self._box.value() if self.switch.isChecked() else None

    def set_number(self, number: float | None) -> None:
        """Show a number, or none."""
        if number is not None:
            self._box.setValue(number)
        self.switch.setChecked(number is not None)


def in_line(*fields: _Optional) -> None:
    """Let what stands behind the switches of several fields be in line."""
    width = max(field.switch.sizeHint().width() for field in fields)
    for field in fields:
        field.switch.setMinimumWidth(width)


def are_hours(text: object) -> bool:
    """Tell whether an `OptionalHours` can show the text."""
    return text == "" or _hours(text) is not None


def _hours(text: object) -> tuple[str, str] | None:
    if not isinstance(text, str):
        return None
    opens, _dash, closes = text.replace(" ", "").partition("-")
    closes = _MIDNIGHT.get(closes, closes)
    return (opens, closes) if is_time(opens) and is_time(closes) else None
