"""A field for several lines of plain text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontDatabase, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.labels import tip

_INDENT = "    "
_LINE_END = "\u2029"
"""What Qt keeps between lines."""
_COMING_BACK = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})


class TextBox(QPlainTextEdit):
    """As high as its number of lines; `is_code` for a monospaced font without wrapping.

    Tab moves on, but indents where `indents` is set; Ctrl+Tab always moves on. `left` says that
    the keyboard did.
    """

    left = Signal()

    def __init__(
        self,
        name: str,
        lines: int,
        *,
        is_code: bool = False,
        indents: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._indents = indents
        self._given = self._shown = ""
        self.setAccessibleName(name)
        self.setTabChangesFocus(not indents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if is_code:
            self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        if indents:
            self.setToolTip(tip(_("Tab indents, Ctrl+Tab moves on")))

    def set_text(self, text: str) -> None:
        """Show a text; the box itself knows one way to end a line."""
        self.setPlainText(text)
        self._given, self._shown = text, self._raw()

    def text(self) -> str:
        """Return what is typed, letter for letter; unchanged, exactly what was set."""
        raw = self._raw()
        return self._given if raw == self._shown else raw

    def sizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return room for its lines."""
        frame = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        return QSize(0, self.fontMetrics().lineSpacing() * self._lines + frame)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - named by Qt
        """Indent by Tab where that is wanted; leave Ctrl+Enter to the window."""
        is_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Tab and is_control:
            self._move_on(is_forward=True)
        elif event.key() == Qt.Key.Key_Backtab:
            self._move_on(is_forward=False)
        elif event.key() == Qt.Key.Key_Tab and self._indents:
            self.insertPlainText(_INDENT)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_control:
            event.ignore()
        elif event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            self.insertPlainText("\n")  # Qt would insert a letter of its own
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - named by Qt
        """Tell of it, unless a menu has the keyboard meanwhile, or another window."""
        super().focusOutEvent(event)
        if event.reason() not in _COMING_BACK:
            self.left.emit()

    def _move_on(self, *, is_forward: bool) -> None:
        """Hand the keyboard on, which Qt refuses to a box in which Tab indents."""
        self.setTabChangesFocus(True)
        self.focusNextPrevChild(is_forward)
        self.setTabChangesFocus(not self._indents)

    def _raw(self) -> str:
        """Return the text as `toPlainText` would, which makes blanks of no-break spaces."""
        return self.document().toRawText().replace(_LINE_END, "\n")
