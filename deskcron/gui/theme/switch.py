"""A switch: on or off at once, without saving."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from deskcron.gui.theme.palette import Tone, colour
from deskcron.gui.theme.spacing import GAP

TRACK = QSize(32, 18)
_MARGIN = 3.0


def paint_switch(
    painter: QPainter, track: QRectF, colours: QPalette, *, is_on: bool, is_enabled: bool = True
) -> None:
    """Draw a switch, for delegates of tables and for `Switch`; `track` has the size TRACK."""
    ink = colour(colours, Tone.ACCENT if is_on else Tone.SOFT)
    if not is_enabled:
        ink = colours.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    knob_side = track.height() - 2 * _MARGIN
    knob = QRectF(0, 0, knob_side, knob_side)
    knob.moveTop(track.top() + _MARGIN)
    if is_on:
        knob.moveRight(track.right() - _MARGIN)
    else:
        knob.moveLeft(track.left() + _MARGIN)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rim = track.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(ink if is_on else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rim, rim.height() / 2, rim.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.color(QPalette.ColorRole.Base)) if is_on else ink)
    painter.drawEllipse(knob.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


class Switch(QCheckBox):
    """A check box drawn as a switch; keyboard and screen reader know it as a check box."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return room for the switch and its words."""
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        gap = GAP + words.width() if self.text() else 0
        return QSize(TRACK.width() + gap + 4, max(TRACK.height(), words.height()) + 4)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return the same."""
        return self.sizeHint()

    def hitButton(self, point: QPoint) -> bool:  # noqa: N802 - named by Qt
        """Take clicks on all of it."""
        return self.rect().contains(point)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - named by Qt
        """Draw the switch, its words, and a frame while it has the keyboard."""
        painter = QPainter(self)
        track = QRectF(2, (self.height() - TRACK.height()) / 2, TRACK.width(), TRACK.height())
        paint_switch(
            painter, track, self.palette(), is_on=self.isChecked(), is_enabled=self.isEnabled()
        )
        words = self.rect().adjusted(TRACK.width() + 2 + GAP, 0, 0, 0)
        self.style().drawItemText(
            painter,
            words,
            Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic,
            self.palette(),
            self.isEnabled(),
            self.text(),
            QPalette.ColorRole.WindowText,
        )
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(self.palette(), Tone.PLAIN), 1))
            frame = track.adjusted(-1.5, -1.5, 1.5, 1.5)
            painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
