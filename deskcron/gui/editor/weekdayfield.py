"""Seven toggles for the days of the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from deskcron.domain.daywords import weekday
from deskcron.domain.pattern import WEEKDAYS
from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.flow import FlowLayout
from deskcron.gui.theme.spacing import GAP_S

_A_MONDAY = 1


class WeekdayField(QWidget):
    """Any of the days, Monday first."""

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._buttons: dict[str, QToolButton] = {}
        flow = FlowLayout(GAP_S, self)
        for code, words in zip(WEEKDAYS, _short_names(), strict=True):
            button = QToolButton()
            button.setText(words)
            button.setCheckable(True)
            button.setProperty("outlined", True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(_("{name}: {day}").format(name=name, day=long_weekday(code)))
            button.toggled.connect(self.edited)
            flow.addWidget(button)
            self._buttons[code] = button
        self.setFocusProxy(self._buttons[WEEKDAYS[0]])

    def days(self) -> list[str]:
        """Return the codes of the days that are on, in the order of the week."""
        return [code for code, button in self._buttons.items() if button.isChecked()]

    def set_days(self, codes: Sequence[str]) -> None:
        """Switch on exactly these days."""
        for code, button in self._buttons.items():
            button.setChecked(code in codes)


def long_weekday(code: str) -> str:
    """Return the name of the day."""
    return weekday(datetime.combine(date(2024, 1, _A_MONDAY + WEEKDAYS.index(code)), time()))


def _short_names() -> tuple[str, ...]:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
