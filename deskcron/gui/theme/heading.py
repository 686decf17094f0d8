"""The head of a page: what it shows, and what can be done there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskcron.gui.theme.labels import TITLE, ElidedLabel, scaled
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP


class PageHeader(QWidget):
    """Title and subtitle at the left, on one line of writing; actions at the right."""

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(title)
        self._title.setFont(scaled(self._title.font(), TITLE, is_strong=True))
        self._subtitle = ElidedLabel("", Tone.SOFT)
        deeper = self._title.fontMetrics().descent() - self._subtitle.fontMetrics().descent()
        self._subtitle.setContentsMargins(0, 0, 0, deeper)
        words = QHBoxLayout()
        words.setSpacing(GAP + GAP // 2)
        words.addWidget(self._title)
        words.addWidget(self._subtitle, 1, Qt.AlignmentFlag.AlignBottom)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addLayout(words)
        middle.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addLayout(middle, 1)
        lines = self._title.sizeHint().height() + self._subtitle.sizeHint().height()
        self.setMinimumHeight(lines)  # as high as with actions, on each page
        self.set_subtitle(subtitle)

    def set_subtitle(self, subtitle: str) -> None:
        """Say more about it, such as how many there are."""
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add_action(self, control: QWidget) -> None:
        """Put a button or field at the right end."""
        self._row.addWidget(control)
