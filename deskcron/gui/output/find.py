"""Find text in the output: a line to type in, the number of matches, a way to each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.later import later
from deskcron.gui.output.text import OutputText
from deskcron.gui.theme.buttons import icon_button
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone, colour
from deskcron.gui.theme.spacing import GAP_S

MOST_COUNTED = 1_000
_MOST_MARKED = 300
_REST_MS = 150
_LETTERS = 40
_MARK_ALPHA = 80


class FindBar(QWidget):
    """Return finds the next match, Shift+Return the one before, Esc closes."""

    def __init__(self, text: OutputText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._starts: list[int] = []
        self._field = QLineEdit()
        self._field.setPlaceholderText(_("Find in the output"))
        self._field.setAccessibleName(_("Find in the output"))
        self._field.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        self._field.addAction(icon("search", Tone.SOFT), QLineEdit.ActionPosition.LeadingPosition)
        self._count = plain_label("", Tone.SOFT)
        previous = icon_button("find-previous", _("Previous match (Shift+F3)"))
        following = icon_button("find-next", _("Next match (F3)"))
        close = icon_button("close", _("Close the search (Esc)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        row.addWidget(self._field)
        row.addWidget(previous)
        row.addWidget(following)
        row.addSpacing(GAP_S)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(close)
        self._typed = later(self, _REST_MS, self._on_typed)
        self._changed = later(self, _REST_MS, self._look)
        self._moved = later(self, 0, self._mark)
        self._field.textChanged.connect(self._typed.start)
        text.textChanged.connect(self._on_text_changed)
        text.verticalScrollBar().valueChanged.connect(self._on_moved)
        text.cursorPositionChanged.connect(self._on_moved)
        previous.clicked.connect(self.find_previous)
        following.clicked.connect(self.find_next)
        close.clicked.connect(self.leave)
        self.hide()

    def come(self) -> None:
        """Show the bar, with what is selected as what is looked for."""
        selected = self._text.textCursor().selectedText()
        if selected and "\u2029" not in selected:  # within one line
            self._field.setText(selected)
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._look()

    def leave(self) -> None:
        """Close the bar and go back to the text."""
        self.hide()
        self._text.setExtraSelections([])
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_next(self) -> None:
        """Go to the next match, from the last one to the first."""
        self._find(self._text.textCursor())

    def find_previous(self) -> None:
        """Go to the match before, from the first one to the last."""
        self._find(self._text.textCursor(), is_backward=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - named by Qt
        """Obey the keys that mean something here."""
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and shift:
            self.find_previous()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.find_next()
        else:
            super().keyPressEvent(event)

    def _on_typed(self) -> None:
        self._look()
        cursor = self._text.textCursor()
        cursor.setPosition(cursor.selectionStart())
        if self._starts:
            self._find(cursor)

    def _on_text_changed(self) -> None:
        # Not begun anew by each change: a text that never rests is to be looked at, too.
        if self.isVisible() and not self._changed.isActive():
            self._changed.start()

    def _on_moved(self) -> None:
        if self.isVisible():
            self._moved.start()

    def _find(self, start: QTextCursor, *, is_backward: bool = False) -> None:
        wanted = self._field.text()
        if not wanted:
            return
        document = self._text.document()
        flags = QTextDocument.FindFlag(0)
        if is_backward:
            flags |= QTextDocument.FindFlag.FindBackward
        found = document.find(wanted, start, flags)
        if found.isNull():
            around = QTextCursor(document)
            if is_backward:
                around.movePosition(QTextCursor.MoveOperation.End)
            found = document.find(wanted, around, flags)
        if not found.isNull():
            self._text.setTextCursor(found)

    def _look(self) -> None:
        """Count the matches, a bounded number of them."""
        self._starts = []
        for start, _length in self._matches(self._text.toPlainText()):
            self._starts.append(start)
            if len(self._starts) > MOST_COUNTED:
                break
        self._mark()

    def _mark(self) -> None:
        """Mark the matches that are to be seen, and say which of all is selected."""
        marks = []
        tint = colour(self.palette(), Tone.WARN)
        tint.setAlpha(_MARK_ALPHA)
        ink = QTextCharFormat()
        ink.setBackground(tint)
        for block in self._visible_blocks():
            for start, length in self._matches(block.text()):
                place = QTextCursor(block)
                place.setPosition(block.position() + start)
                end = block.position() + start + length
                place.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                mark = QTextEdit.ExtraSelection()
                mark.cursor = place
                mark.format = ink
                marks.append(mark)
                if len(marks) >= _MOST_MARKED:
                    break
        self._text.setExtraSelections(marks[:_MOST_MARKED])
        self._count.setText(self._count_words())

    def _visible_blocks(self) -> Iterator[QTextBlock]:
        block = self._text.firstVisibleBlock()
        rows = self._text.viewport().height() // max(1, self._text.fontMetrics().height()) + 2
        for _row in range(rows):
            if not block.isValid():
                return
            yield block
            block = block.next()

    def _matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield place and length of each match, as the document counts."""
        wanted = self._field.text()
        if not wanted:
            return
        expression = QRegularExpression(
            QRegularExpression.escape(wanted),
            QRegularExpression.PatternOption.CaseInsensitiveOption,
        )
        found = expression.globalMatch(text)
        while found.hasNext():
            match = found.next()
            yield match.capturedStart(), match.capturedLength()

    def _count_words(self) -> str:
        if not self._field.text():
            return ""
        if not self._starts:
            return _("no match")
        total = len(self._starts)
        words = f"{MOST_COUNTED:,}+" if total > MOST_COUNTED else str(total)
        cursor = self._text.textCursor()
        place = bisect_left(self._starts, cursor.selectionStart())
        if cursor.hasSelection() and self._starts[place : place + 1] == [cursor.selectionStart()]:
            return _("{number} of {count}").format(number=place + 1, count=words)
        return _("{count} found").format(count=words)
