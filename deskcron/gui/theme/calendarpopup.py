"""A calendar that pops up below a field, worked by mouse or keys."""

from __future__ import annotations

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QAbstractItemView, QCalendarWidget, QToolButton, QVBoxLayout, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.spacing import GAP_S, ICON

FIRST, LAST = QDate(1900, 1, 1), QDate(2999, 12, 31)


class CalendarPopup(QWidget):
    """`chosen` carries the day; Escape or a click beside it leaves."""

    chosen = Signal(QDate)

    def __init__(self, day: QDate, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("popup", True)
        self._days = QCalendarWidget()
        self._days.setDateRange(FIRST, LAST)
        self._days.setFirstDayOfWeek(parent.locale().firstDayOfWeek())
        self._days.setDateEditEnabled(False)  # typing is what the field is for
        self._days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if day.isValid():
            self._days.setSelectedDate(day)
        for table in self._days.findChildren(QAbstractItemView):
            table.setAccessibleName(_("Days"))
        self._dress()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_S, GAP_S, GAP_S, GAP_S)
        column.addWidget(self._days)
        self.setFocusProxy(self._days)
        self._days.clicked.connect(self._on_chosen)
        self._days.activated.connect(self._on_chosen)

    def open_below(self, field: QWidget) -> None:
        """Show it below a field, or above it where the screen ends."""
        self.adjustSize()
        room = field.screen().availableGeometry()
        corner = field.mapToGlobal(QPoint(0, field.height()))
        if corner.y() + self.height() > room.bottom():
            corner = field.mapToGlobal(QPoint(0, -self.height()))
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        self.move(corner)
        self.show()
        self._days.setFocus(Qt.FocusReason.PopupFocusReason)

    def _dress(self) -> None:
        """Draw it as all else is drawn, not as Qt does by itself."""
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._days.setWeekdayTextFormat(weekend, QTextCharFormat())
        for name, words, drawing in (
            ("qt_calendar_prevmonth", _("Previous month"), "chevron-left"),
            ("qt_calendar_nextmonth", _("Next month"), "chevron-right"),
        ):
            turn = self._days.findChild(QToolButton, name)
            if isinstance(turn, QToolButton):
                turn.setIcon(icon(drawing))
                turn.setIconSize(QSize(ICON, ICON))
                turn.setAccessibleName(words)

    def _on_chosen(self, day: QDate) -> None:
        self.close()
        self.chosen.emit(day)
