"""A strip that says something about what stands below it: a hint, a warning, an error."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.buttons import icon_button
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone, colour
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import CORNER, GAP, GAP_S

_ICONS = {Tone.BAD: "error", Tone.WARN: "warning", Tone.GOOD: "success"}


class Notice(QWidget):
    """An icon, words that wrap, and at most a button or two; tinted by what it says."""

    def __init__(
        self, text: str = "", tone: Tone = Tone.ACCENT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._picture = Picture(QIcon())
        self._title = plain_label(is_strong=True, wraps=True)
        self._words = plain_label(text, wraps=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GAP + GAP_S, GAP, GAP, GAP)
        self._row.setSpacing(GAP)
        self._row.addWidget(self._picture)
        column = QVBoxLayout()
        column.setSpacing(GAP_S // 2)
        column.addWidget(self._title)
        column.addWidget(self._words)
        self._row.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.say(text, tone)

    def say(self, text: str, tone: Tone | None = None, *, title: str = "") -> None:
        """Say something else, below a title where there is one."""
        self._tone = tone or self._tone
        self._picture.set_icon(icon(_ICONS.get(self._tone, "info"), self._tone))
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._words.setText(text)
        self._words.setVisible(bool(text))
        self.update()

    def title(self) -> str:
        """Return the title."""
        return self._title.text()

    def text(self) -> str:
        """Return the words."""
        return self._words.text()

    def add_button(self, text: str) -> QPushButton:
        """Offer something to do about it."""
        button = QPushButton(text)
        self._row.addWidget(button)
        return button

    def add_close(self) -> QToolButton:
        """Offer to put the strip away; it is hidden, not deleted."""
        button = icon_button("close", _("Close this message"))
        button.clicked.connect(self.hide)
        self._row.addWidget(button)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - named by Qt
        """Draw the tinted ground."""
        ink = colour(self.palette(), self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink.setAlphaF(0.45)
        painter.setPen(QPen(ink, 1))
        ink.setAlphaF(0.09)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
