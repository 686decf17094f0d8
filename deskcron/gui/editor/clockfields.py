"""Fields for a date and a time of day, in the texts that triggers store."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.calm import CalmDate, CalmTime
from deskcron.gui.theme.spacing import GAP

_ISO = Qt.DateFormat.ISODate


class DateField(CalmDate):
    """A local date; its text is 'YYYY-MM-DD'."""

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setDateRange(QDate(1900, 1, 1), QDate(2999, 12, 31))
        self.setCalendarPopup(True)
        self.dateChanged.connect(lambda _date: self.edited.emit())

    def iso(self) -> str:
        """Return the date as text."""
        return str(self.date().toString(_ISO))

    def set_iso(self, text: str) -> None:
        """Show the date of a text."""
        self.setDate(QDate.fromString(text, _ISO))


class TimeField(CalmTime):
    """A local time of day; its text is 'HH:MM', or 'HH:MM:SS' once it has had seconds."""

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setDisplayFormat("HH:mm")
        self.timeChanged.connect(lambda _time: self.edited.emit())

    def iso(self) -> str:
        """Return the time as text."""
        time = self.time()
        return str(time.toString("HH:mm:ss" if time.second() else "HH:mm"))

    def set_iso(self, text: str) -> None:
        """Show the time of a text, with seconds where it has any."""
        time = QTime.fromString(text, "HH:mm:ss" if text.count(":") > 1 else "HH:mm")
        self.setDisplayFormat("HH:mm:ss" if time.second() else "HH:mm")
        self.setTime(time)


class MomentField(QWidget):
    """Date and time side by side; the text is 'YYYY-MM-DDTHH:MM[:SS]'."""

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.date = DateField(_("{name}: date").format(name=name))
        self.time = TimeField(_("{name}: time").format(name=name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.date)
        row.addWidget(self.time)
        row.addStretch(1)
        self.setFocusProxy(self.date)
        self.date.edited.connect(self.edited)
        self.time.edited.connect(self.edited)

    def iso(self) -> str:
        """Return the moment as text."""
        return f"{self.date.iso()}T{self.time.iso()}"

    def set_iso(self, text: str) -> None:
        """Show the moment of a text."""
        day, time = text.replace(" ", "T").split("T")
        self.date.set_iso(day)
        self.time.set_iso(time)


def is_date(text: object) -> bool:
    """Tell whether a `DateField` can show the text."""
    return isinstance(text, str) and len(text) == 10 and QDate.fromString(text, _ISO).isValid()


def is_time(text: object) -> bool:
    """Tell whether a `TimeField` can show the text."""
    return isinstance(text, str) and any(
        QTime.fromString(text, shape).isValid() for shape in ("HH:mm", "HH:mm:ss")
    )


def is_moment(text: object) -> bool:
    """Tell whether a `MomentField` can show the text."""
    if not isinstance(text, str):
        return False
    day, _between, time = text.replace(" ", "T").partition("T")
    return is_date(day) and is_time(time)
