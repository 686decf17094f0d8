"""Settings that belong together: a heading, and their rows on a ground of their own."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.gui.theme.hairline import hairline
from deskcron.gui.theme.labels import HEADING, plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import CORNER, GAP, GAP_S


class Section(QWidget):
    """Rows below a heading, with a hairline between them."""

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = plain_label("", Tone.SOFT, wraps=True)
        self._card = _Card(self)
        self._rows = QVBoxLayout(self._card)
        self._rows.setContentsMargins(1, 1, 1, 1)
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        column.addWidget(plain_label(title, size=HEADING, is_strong=True))
        column.addWidget(self._hint)
        column.addSpacing(GAP - GAP_S)
        column.addWidget(self._card)
        self.set_hint(hint)

    def set_hint(self, text: str) -> None:
        """Say what all rows together mean."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def hint(self) -> str:
        """Return what is said of all rows."""
        return self._hint.text()

    def add_row(self, row: QWidget) -> None:
        """Put a row below the others."""
        if self._rows.count():
            self._rows.addWidget(hairline(Qt.Orientation.Horizontal))
        self._rows.addWidget(row)


class _Card(QWidget):
    """A ground in the colour of fields."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - named by Qt
        """Draw the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
