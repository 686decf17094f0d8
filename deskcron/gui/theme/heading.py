"""The head of a page: what it shows, and what can be done there."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskcron.gui.theme.labels import TITLE, ElidedLabel, scaled
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP


class PageHeader(QWidget):
    """Title and subtitle at the left, actions at the right."""

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(title)
        self._title.setFont(scaled(self._title.font(), TITLE, is_strong=True))
        self._subtitle = ElidedLabel("", Tone.SOFT)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addLayout(words, 1)
        lines = self._title.sizeHint().height() + self._subtitle.sizeHint().height()
        self.setMinimumHeight(lines)  # what is below stays where it is without a subtitle
        self.set_subtitle(subtitle)

    def set_subtitle(self, subtitle: str) -> None:
        """Say more about it, such as how many there are."""
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add_action(self, control: QWidget) -> None:
        """Put a button or field at the right end."""
        self._row.addWidget(control)
