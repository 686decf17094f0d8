"""A status as icon and word, never as a colour alone."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskcron.domain.run import Status
from deskcron.domain.words import status_word
from deskcron.gui.theme.icons import icon, status_icon
from deskcron.gui.theme.labels import ElidedLabel
from deskcron.gui.theme.palette import Tone, status_tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP_S


class StatusLabel(QWidget):
    """An icon and a line of words; also for states that are not those of a run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture(QIcon())
        self._words = ElidedLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S + 2)
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)

    def show_status(self, status: Status, words: str = "") -> None:
        """Show the status of a run, in `words` where there is more to say than its name."""
        self._put(status_icon(status), words or status_word(status), status_tone(status))

    def show_state(self, name: str, words: str, tone: Tone = Tone.PLAIN) -> None:
        """Show any other state by an icon's name and words."""
        self._put(icon(name, tone), words, tone)

    def text(self) -> str:
        """Return the words."""
        return self._words.text()

    def _put(self, picture: QIcon, words: str, tone: Tone) -> None:
        self._picture.set_icon(picture)
        self._words.setText(words)
        self._words.set_tone(tone)
