"""Fields for a date and a time of day; their values are the texts that triggers store."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QLineEdit,
    QWidget,
)

from deskcron.domain.daywords import date_pattern, date_text
from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.calendarpopup import FIRST, LAST, CalendarPopup
from deskcron.gui.theme.entry import Entry
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.rows import in_a_row
from deskcron.gui.theme.typedtimes import date_spans, read_date, read_time

_ISO = Qt.DateFormat.ISODate
_DATE, _TIME = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d\d:\d\d(:\d\d)?")
_ANY_DAY = date(2000, 1, 1)
_EXAMPLE = date(2026, 12, 24)


class TimeField(Entry):
    """A local time of day; its text is 'HH:MM', or 'HH:MM:SS' where it has seconds."""

    _STEPS = (timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1))

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, widths=(2, 2, 2), sample="00:00:00", parent=parent)

    def problem(self) -> str:
        """Say that the text is no time."""
        if self.written(self.text()):
            return ""
        if not self.text().strip():
            return _("Type a time, such as 22:45.")
        return _("“{text}” is not a time of day. Type it like 22:45.").format(text=self.text())

    def written(self, text: str) -> str:
        """Return the time as it is stored."""
        at = read_time(text)
        return "" if at is None else at.isoformat("seconds" if at.second else "minutes")

    def shown(self, text: str) -> str:
        """Return the time, with seconds where there are any in the text."""
        at = read_time(text)
        return "" if at is None else at.isoformat(_exactness(text))

    def stepped(self, text: str, part: int, steps: int) -> str:
        """Move hour, minute or second; after midnight it begins anew."""
        moved = datetime.combine(_ANY_DAY, read_time(text) or time()) + steps * self._STEPS[part]
        return moved.time().isoformat(_exactness(text))


class DateField(Entry):
    """A local date, shown as 24 Dec 2026; its value is 'YYYY-MM-DD'.

    Typed dates are also understood as the person's region writes them with slashes or dashes.
    Alt and the arrow down open a calendar.
    """

    _DIGITS: Final = {"day": 2, "month": 2, "year": 4}

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._units = list(date_pattern().groupindex)  # in the order in which they are read
        widths = tuple(self._DIGITS[unit] for unit in self._units)
        longest = max((date_text(date(2000, month, 28)) for month in range(1, 13)), key=len)
        super().__init__(name, widths=widths, sample=longest, parent=parent)
        self._choose = QAction(icon("calendar"), _("Choose in a calendar"), self)
        self._choose.setShortcut(QKeySequence("Alt+Down"))
        self._choose.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._choose.setToolTip(tip(_("Choose in a calendar (Alt+Down)")))
        self._choose.triggered.connect(self._open_calendar)
        self.addAction(self._choose)
        self.line.addAction(self._choose, QLineEdit.ActionPosition.TrailingPosition)

    def problem(self) -> str:
        """Say that the text is no date."""
        if self._read(self.text()):
            return ""
        example = date_text(_EXAMPLE)
        if not self.text().strip():
            return _("Type a date, such as {example}.").format(example=example)
        return _("“{text}” is not a date. Type it like {example}.").format(
            text=self.text(), example=example
        )

    def written(self, text: str) -> str:
        """Return the date as it is stored."""
        day = self._read(text)
        return "" if day is None else day.isoformat()

    def shown(self, text: str) -> str:
        """Return the date in words."""
        day = self._read(text)
        return "" if day is None else date_text(day)

    def parts(self, text: str) -> Sequence[tuple[int, int]]:
        """Return where day, month and year stand, in the order in which they are shown."""
        found = date_spans(text, _order(self.locale()))
        return [found[unit] for unit in self._units] if found else super().parts(text)

    def stepped(self, text: str, part: int, steps: int) -> str:
        """Move day, month or year, as far as there are dates."""
        day = QDate.fromString(self.written(text), _ISO)
        moves = {"day": day.addDays, "month": day.addMonths, "year": day.addYears}
        moved = moves[self._units[part]](steps)
        return self.shown(str(min(max(moved, FIRST), LAST).toString(_ISO)))

    def _read(self, text: str) -> date | None:
        return read_date(text, _order(self.locale()))

    def _open_calendar(self) -> None:
        popup = CalendarPopup(QDate.fromString(self.iso(), _ISO), self)
        popup.chosen.connect(self._on_chosen)
        popup.open_below(self)

    def _on_chosen(self, day: QDate) -> None:
        self.set_iso(str(day.toString(_ISO)))


class MomentField(QWidget):
    """Date and time side by side; the text is 'YYYY-MM-DDTHH:MM[:SS]'."""

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.date = DateField(_("{name}: date").format(name=name))
        self.time = TimeField(_("{name}: time").format(name=name))
        in_a_row(self, self.date, self.time)
        self.date.edited.connect(self.edited)
        self.time.edited.connect(self.edited)

    def iso(self) -> str:
        """Return the moment as text."""
        return f"{self.date.iso()}T{self.time.iso()}"

    def set_iso(self, text: str) -> None:
        """Show the moment of a text."""
        day, _between, at = text.replace(" ", "T").partition("T")
        self.date.set_iso(day)
        self.time.set_iso(at)

    def problem(self) -> str:
        """Say in words what is no date or no time, "" where both are."""
        return self.date.problem() or self.time.problem()


def _order(locale: QLocale) -> str:
    """Return the order of day, month and year in short dates, "" where none is known."""
    if locale.language() == QLocale.Language.C:
        return ""
    shape = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return "".join(letter for letter in dict.fromkeys(shape.lower()) if letter in "dmy")


def _exactness(text: str) -> str:
    at = read_time(text)
    has_seconds = text.count(":") > 1 or (at is not None and at.second)
    return "seconds" if has_seconds else "minutes"


def is_date(text: object) -> bool:
    """Tell whether a `DateField` can show the text."""
    return isinstance(text, str) and _DATE.fullmatch(text) is not None and bool(read_date(text))


def is_time(text: object) -> bool:
    """Tell whether a `TimeField` can show the text."""
    return (
        isinstance(text, str) and _TIME.fullmatch(text) is not None and read_time(text) is not None
    )


def is_moment(text: object) -> bool:
    """Tell whether a `MomentField` can show the text."""
    if not isinstance(text, str):
        return False
    day, _between, at = text.replace(" ", "T").partition("T")
    return is_date(day) and is_time(at)
