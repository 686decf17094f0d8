"""The menu to put entries off, and the dialog for any other time."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, QTime, Signal
from PySide6.QtWidgets import (
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.ports import Clock
from deskcron.domain.texts import gettext as _
from deskcron.gui.inbox.putoff import choices
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.spacing import GAP, GAP_L

_USUAL = timedelta(hours=3)


class SnoozeMenu(QMenu):
    """Offer times as of the moment it opens; `chosen` carries an aware instant."""

    chosen = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(_("&Snooze"), parent)
        self._clock = clock
        self.setIcon(icon("snooze"))
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for choice in choices(self._clock.now()):
            action = self.addAction(choice.words)
            action.triggered.connect(lambda _on, until=choice.until: self.chosen.emit(until))
        self.addSeparator()
        self.addAction(_("&Other time…")).triggered.connect(self._ask)

    def _ask(self) -> None:
        dialog = UntilDialog(self._clock.now(), self.parentWidget())
        dialog.chosen.connect(self.chosen)
        dialog.open()


class UntilDialog(QDialog):
    """Ask until when; `chosen` carries an aware instant."""

    chosen = Signal(object)

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Snooze"))
        wall = now.astimezone().replace(tzinfo=None, second=0, microsecond=0)
        self.field = QDateTimeEdit(_field_value((wall + _USUAL).replace(minute=0)))
        self.field.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.field.setCalendarPopup(True)
        self.field.setMinimumDateTime(_field_value(wall + timedelta(minutes=1)))
        label = plain_label(_("Show it again &at"))
        label.setBuddy(self.field)
        self.field.setAccessibleName(_("Show it again at"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        snooze = QPushButton(_("&Snooze"))
        buttons.addButton(snooze, QDialogButtonBox.ButtonRole.AcceptRole)
        snooze.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP)
        column.addWidget(label)
        column.addWidget(self.field)
        column.addSpacing(GAP)
        column.addWidget(buttons)

    def _tell(self) -> None:
        wall = self.field.dateTime().toPython()
        assert isinstance(wall, datetime)  # noqa: S101 - what a QDateTime becomes
        self.chosen.emit(wall.astimezone())


def _field_value(wall: datetime) -> QDateTime:
    return QDateTime(
        QDate(wall.year, wall.month, wall.day), QTime(wall.hour, wall.minute, wall.second)
    )
