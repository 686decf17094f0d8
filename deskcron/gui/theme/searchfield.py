"""A field to search by: what was typed is told when the typing rests."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.palette import Tone

REST_MS = 150
_LETTERS, _FEWEST = 24, 14


class SearchField(QLineEdit):
    """A line with a clear button; Ctrl+F goes there from anywhere on its page, Esc clears it.

    `searched` carries the text without blanks around it, `REST_MS` after the last change.
    """

    searched = Signal(str)

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        glass = QAction(icon("search", Tone.SOFT), hint, self)
        glass.triggered.connect(self._come)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icon("close", Tone.SOFT), _("Clear the search"), self)
        self._clear.triggered.connect(self.clear)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textChanged.connect(self._on_text_changed)

    def sizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return room for a few words."""
        return self._room(_LETTERS)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return room for a word."""
        return self._room(_FEWEST)

    def attach(self, page: QWidget) -> None:
        """Let Ctrl+F come here while the keyboard is anywhere on `page`."""
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._come)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - named by Qt
        """Clear by Esc; an empty field leaves Esc to the window."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _room(self, letters: int) -> QSize:
        width = self.fontMetrics().averageCharWidth() * letters
        return QSize(width, super().sizeHint().height())

    def _come(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _on_text_changed(self, text: str) -> None:
        if text and self._clear not in self.actions():
            self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        elif not text:
            self.removeAction(self._clear)
        self._rest.start()
