"""What the selected entry says in full, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QIcon, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from deskcron.domain.answers import InboxEntry
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.inbox.painting import entry_icon
from deskcron.gui.inbox.words import Told, caption, in_full, last_lines, when_exactly
from deskcron.gui.theme.flow import FlowLayout
from deskcron.gui.theme.labels import HEADING, plain_label, tip
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S, ICON_L

_LINES_LEAST = 3
"""Of the text, however low the window is."""


class Reader(QWidget):
    """Show one entry, or how many are selected."""

    def __init__(self, buttons: Sequence[QAbstractButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture(QIcon(), ICON_L)
        self._title = plain_label(size=HEADING, is_strong=True, wraps=True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._caption = plain_label("", Tone.SOFT, wraps=True)
        self.text = _full_text()
        self._output = ""
        self._told = Told("", "", "")
        row = FlowLayout(GAP)
        for button in buttons:
            row.addWidget(button)
        words = QVBoxLayout()
        words.setSpacing(GAP_S)
        words.addWidget(self._title)
        words.addWidget(self._caption)
        words.addSpacing(GAP)
        words.addLayout(row)
        words.addSpacing(GAP)
        words.addWidget(self.text, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(GAP_L, GAP, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)

    def show_entries(
        self, entries: Sequence[InboxEntry], now: datetime, zone: tzinfo | None
    ) -> None:
        """Show what is selected as of now."""
        self.setVisible(bool(entries))
        if len(entries) == 1:
            self._show_one(entries[0], now, zone)
        elif entries:
            self._show_number(len(entries))

    def show_output(self, text: str) -> None:
        """Show the last lines of this output with the next entry."""
        self._output = last_lines(text)

    def title(self) -> str:
        """Return the title that is shown."""
        return self._title.text()

    def caption(self) -> str:
        """Return what it is and since when."""
        return self._caption.text()

    def read(self) -> None:
        """Give the keyboard to the text."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_one(self, entry: InboxEntry, now: datetime, zone: tzinfo | None) -> None:
        self._picture.set_icon(entry_icon(entry))
        self._picture.show()
        self._title.setText(entry.title)
        self._caption.setText(caption(entry, now, zone))
        self._caption.setToolTip(tip(when_exactly(entry, now, zone)))
        self._say(in_full(entry, now, zone, self._output))

    def _show_number(self, count: int) -> None:
        text = ngettext("{count} entry is selected", "{count} entries are selected", count)
        self._picture.hide()
        self._title.setText(text.format(count=count))
        self._caption.setText(_("What you do is done to all of them."))
        self._caption.setToolTip("")
        self._say(Told("", "", ""))

    def _say(self, told: Told) -> None:
        if told == self._told:
            return  # what is marked to be copied would be lost
        self._told = told
        self.text.clear()
        cursor = QTextCursor(self.text.document())
        words, printed = QTextCharFormat(), QTextCharFormat()
        printed.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        pieces = (
            ("", told.words, words),
            ("\n", told.output, printed),
            ("\n\n", told.advice, words),
        )
        for gap, piece, looks in pieces:
            if piece:
                cursor.insertText(piece if cursor.atStart() else f"{gap}{piece}", looks)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)


def _full_text() -> QPlainTextEdit:
    text = QPlainTextEdit()
    text.setAccessibleName(_("What it says"))
    text.setReadOnly(True)
    text.setTabChangesFocus(True)
    text.setProperty("bare", True)
    text.document().setDocumentMargin(0)
    text.setMinimumHeight(_LINES_LEAST * text.fontMetrics().lineSpacing())
    return text
