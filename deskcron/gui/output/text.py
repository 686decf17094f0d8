"""The text of a run's output: bounded, at its end while nobody scrolls up, never frozen."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.later import later
from deskcron.gui.output.ink import Ink
from deskcron.gui.output.screen import Line, Span
from deskcron.gui.output.style import PLAIN, Style
from deskcron.gui.theme.spacing import GAP

MOST_LINES = 10_000
MOST_CHARACTERS = 2_000_000
SLICE_SPANS = 600
SLICE_CHARACTERS = 16_384
"""How much is put in at one go: takes some milliseconds."""
_TAB = 8
_SMALLEST_PT, _LARGEST_PT = 5, 40
_END_OF_LINE = Span("\n", PLAIN)


class OutputText(QPlainTextEdit):
    """Lines with styles, the newest last.

    `settled`: all that was given is shown. `followed`: whether the end is followed has changed.
    `recoloured`: what is shown has the colours of another palette.
    """

    settled = Signal()
    followed = Signal(bool)
    recoloured = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink(self.palette())
        self._slices: deque[Sequence[Span]] = deque()
        self._is_following = True
        self._is_writing = False
        self._next = later(self, 0, self._write_slice)
        self.setAccessibleName(_("Output"))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setMaximumBlockCount(MOST_LINES)
        self.document().setDocumentMargin(GAP)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._usual_pt = self.font().pointSizeF()
        self._measure_tabs()
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self.copyAvailable.connect(self._on_selected)

    @property
    def is_following(self) -> bool:
        """Tell whether new lines are scrolled to."""
        return self._is_following

    def has_room(self, lines: int) -> bool:
        """Tell whether so many lines fit without dropping the first ones."""
        return (
            self.blockCount() + lines <= MOST_LINES
            and self.document().characterCount() < MOST_CHARACTERS
        )

    def write(self, lines: Sequence[Line]) -> None:
        """Show lines at the end; the first one takes the place of the last."""
        if lines:
            self._drop_last_line()
            self._slices.extend(_sliced(_spans(lines[-MOST_LINES:])))
        self._write_slice()

    def write_before(self, lines: Sequence[Line]) -> None:
        """Show as many of these lines as there is room for before the first, which goes on."""
        room = max(1, MOST_LINES - self.blockCount())
        top = QTextCursor(self.firstVisibleBlock())
        cursor = QTextCursor(self.document())
        self._is_writing = True
        self._insert(cursor, _spans(lines[-room:]))
        self._is_writing = False
        self.verticalScrollBar().setValue(top.block().firstLineNumber())

    def begin_anew(self) -> None:
        """Show nothing and follow the end."""
        self._slices.clear()
        self._is_writing = True
        self.clear()
        self._is_writing = False
        self._set_following(is_following=True)

    def follow_end(self) -> None:
        """Go to the end and stay there."""
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._set_following(is_following=True)
        self._scroll_to_end()

    def set_wrapping(self, *, is_wrapping: bool) -> None:
        """Break lines at the edge of the window, or let them go on behind it."""
        mode = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(mode.WidgetWidth if is_wrapping else mode.NoWrap)

    def zoom(self, steps: int) -> None:
        """Make the letters larger or smaller; 0 gives back the usual size."""
        font = self.font()
        size_pt = font.pointSizeF() + steps if steps else self._usual_pt
        font.setPointSizeF(min(max(size_pt, _SMALLEST_PT), _LARGEST_PT))
        self.setFont(font)
        self._measure_tabs()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - named by Qt
        """Take the colours of another palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            ink = Ink(self.palette())
            if not ink.is_like(self._ink):
                self._ink = ink
                self.recoloured.emit()

    def _write_slice(self) -> None:
        if self._slices:
            self._is_writing = True
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            self._insert(cursor, self._slices.popleft())
            self._drop_what_is_too_much()
            self._is_writing = False
            if self._is_following:
                self._scroll_to_end()
        if self._slices:
            self._next.start()
        else:
            self.settled.emit()

    def _insert(self, cursor: QTextCursor, spans: Iterable[Span]) -> None:
        cursor.beginEditBlock()
        for text, style in _joined(spans):
            cursor.insertText(text, self._ink.format(style))
        cursor.endEditBlock()

    def _drop_last_line(self) -> None:
        self._is_writing = True
        cursor = QTextCursor(self.document().lastBlock())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._is_writing = False

    def _drop_what_is_too_much(self) -> None:
        excess = self.document().characterCount() - MOST_CHARACTERS
        if excess > 0:
            cursor = QTextCursor(self.document())
            cursor.setPosition(excess, QTextCursor.MoveMode.KeepAnchor)
            cursor.movePosition(
                QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.removeSelectedText()

    def _measure_tabs(self) -> None:
        self.setTabStopDistance(_TAB * self.fontMetrics().horizontalAdvance(" "))

    def _scroll_to_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _on_scrolled(self, value: int) -> None:
        if not self._is_writing:
            self._set_following(is_following=value >= self.verticalScrollBar().maximum())

    def _on_range_changed(self) -> None:
        if self._is_following:
            self._scroll_to_end()

    def _on_selected(self, has_selection: bool) -> None:  # noqa: FBT001 - a slot
        if has_selection and not self._is_writing:
            self._set_following(is_following=False)

    def _set_following(self, *, is_following: bool) -> None:
        if is_following != self._is_following:
            self._is_following = is_following
            self.followed.emit(is_following)


def _spans(lines: Sequence[Line]) -> Iterator[Span]:
    """Return the spans of lines, with ends of lines between."""
    for number, line in enumerate(lines):
        if number:
            yield _END_OF_LINE
        yield from line


def _sliced(spans: Iterable[Span]) -> Iterator[Sequence[Span]]:
    """Divide spans into what can be put in at one go."""
    part: list[Span] = []
    size = 0
    for span in spans:
        part.append(span)
        size += len(span.text)
        if len(part) >= SLICE_SPANS or size >= SLICE_CHARACTERS:
            yield part
            part, size = [], 0
    yield part


def _joined(spans: Iterable[Span]) -> Iterator[tuple[str, Style]]:
    """Join neighbours of one style; each insertion costs as much as many letters."""
    texts: list[str] = []
    style = PLAIN
    for span in spans:
        if span is not _END_OF_LINE and span.style != style:
            if texts:
                yield "".join(texts), style
            texts, style = [], span.style
        texts.append(span.text)
    if texts:
        yield "".join(texts), style
