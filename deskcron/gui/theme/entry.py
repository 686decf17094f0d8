"""A field for a value of several parts, such as 22:45: typed in any shape, stepped by arrows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QToolButton, QWidget

from deskcron.gui.theme.fields import inset
from deskcron.gui.theme.inputs import WheelGuard
from deskcron.gui.theme.spacing import GAP, ICON

_NUMBER = re.compile(r"\d+")
_BETWEEN = frozenset(":-./ ")


class Entry(WheelGuard, QAbstractSpinBox):
    """Whatever is typed stays as it is until the keyboard leaves; then it is written out.

    `edited` says that the value, or the text that has none, is another one. The first click
    marks all, the next ones a part. Typing on after a part that is full overwrites the next.
    """

    edited = Signal()

    def __init__(
        self, name: str, *, widths: tuple[int, ...], sample: str, parent: QWidget | None = None
    ) -> None:
        """`widths` tells the digits of each part, `sample` how long the text gets."""
        super().__init__(parent)
        self._sample = sample
        self._widths = widths
        self._part = 0  # the one that arrows step
        self._told = ""
        self.line = _Line(self)
        self.setLineEdit(self.line)
        self.line.clicked.connect(self._on_click)
        self.line.textChanged.connect(self._tell)
        self.editingFinished.connect(self._write_out)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inset(self)

    def iso(self) -> str:
        """Return the value as it is stored, or the text as it was typed where it has none."""
        return self.written(self.line.text()) or self.line.text()

    def set_iso(self, text: str) -> None:
        """Show a stored value; any other text stands as it is."""
        self.line.setText(self.shown(text) or text)

    def problem(self) -> str:
        """Say in words that the text has no value, "" where it has one."""
        raise NotImplementedError

    def written(self, text: str) -> str:
        """Return the value of a text as it is stored, "" for none."""
        raise NotImplementedError

    def shown(self, text: str) -> str:
        """Return the value of a text as the field writes it, "" for none."""
        return self.written(text)

    def parts(self, text: str) -> Sequence[tuple[int, int]]:
        """Return where the parts of a text begin and end: its numbers.

        They are in the order in which the field writes them, whatever order they were typed in.
        """
        return [found.span() for found in _NUMBER.finditer(text)]

    def stepped(self, text: str, part: int, steps: int) -> str:
        """Return the text with one of its parts moved on."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Leave room for the longest text."""
        size = super().sizeHint()
        letters = self.fontMetrics().horizontalAdvance(self._sample)
        return QSize(size.width() + letters + self._room_for_icons(), size.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Leave room for the longest text."""
        return self.sizeHint()

    def stepBy(self, steps: int) -> None:  # noqa: N802 - named by Qt
        """Move the part that was clicked or typed last."""
        self._part = self._part_at_cursor()  # before the text and with it the cursor changes
        self._write_out()
        self.line.setText(self.stepped(self.line.text(), self._part, steps))
        self._mark(self._part)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:  # noqa: N802 - named by Qt
        """Step what is understood, in both directions."""
        if not self.written(self.line.text()):
            return QAbstractSpinBox.StepEnabledFlag.StepNone
        return (
            QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
            | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - named by Qt
        """Go on to the next part where one is full, or where it is ended by hand."""
        text, cursor = self.line.text(), self.line.cursorPosition()
        typed = event.text()
        if typed and not self.line.hasSelectedText() and text[cursor : cursor + 1] in _BETWEEN:
            ended = typed in _BETWEEN and text[:cursor][-1:].isalnum()
            if ended or (typed.isdigit() and self._is_full_before(cursor)):
                self._mark_next(cursor)
                if ended:
                    return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - named by Qt
        """Mark all, so that typing replaces it; arrows begin with the first part."""
        super().focusInEvent(event)
        if event.reason() not in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }:
            self._part = 0
            self.line.selectAll()
            self.line.begin()

    def _room_for_icons(self) -> int:
        return len(self.line.findChildren(QToolButton)) * (ICON + GAP)

    def _tell(self) -> None:
        if self.iso() != self._told:
            self._told = self.iso()
            self.edited.emit()

    def _write_out(self) -> None:
        text = self.shown(self.line.text())
        if text and text != self.line.text():
            self.line.setText(text)

    def _on_click(self, is_first: bool) -> None:  # noqa: FBT001 - a slot
        self._part = self._part_before(self.line.cursorPosition())
        if is_first:
            self.line.selectAll()
        else:
            self._mark(self._part)

    def _mark(self, part: int) -> None:
        self._select(self.parts(self.line.text())[part : part + 1])

    def _mark_next(self, cursor: int) -> None:
        spans = sorted(self.parts(self.line.text()))
        self._select([span for span in spans if span[0] > cursor])

    def _select(self, spans: Sequence[tuple[int, int]]) -> None:
        """Select the first of these, if there is one."""
        for begin, end in spans[:1]:
            self.line.setSelection(begin, end - begin)

    def _part_at_cursor(self) -> int:
        if self.line.selectedText() == self.line.text():
            return self._part
        if self.line.hasSelectedText():
            return self._part_before(self.line.selectionStart())
        return self._part_before(self.line.cursorPosition())

    def _part_before(self, cursor: int) -> int:
        begins = [begin for begin, _end in self.parts(self.line.text())]
        before = [begin for begin in begins if begin <= cursor]
        return begins.index(max(before)) if before else 0

    def _is_full_before(self, cursor: int) -> bool:
        """Tell whether another digit can only belong to the next part."""
        before = self.line.text()[:cursor]
        if before[-1:].isalpha():
            return True
        digits = re.search(r"\d*$", before)
        width = self._widths[min(self._part_before(cursor), len(self._widths) - 1)]
        return digits is not None and len(digits[0]) >= width


class _Line(QLineEdit):
    """`clicked` tells whether the click brought the keyboard."""

    clicked = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_first = True

    def begin(self) -> None:
        """Take the click that comes next for the one that brought the keyboard."""
        self._is_first = True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - named by Qt
        """Tell of a click that marked nothing."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.hasSelectedText():
            self.clicked.emit(self._is_first)
        self._is_first = False
