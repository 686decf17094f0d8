"""The page in place of all others while the data cannot be used: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_XL, ICON_XL

_WIDTH_LETTERS = 60


class UnusablePage(QWidget):
    """Show one error over the whole window."""

    retry = Signal()
    quit_wanted = Signal()

    def __init__(self, error: DeskcronError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unusable")
        picture = QLabel()
        picture.setPixmap(icon("warning", Tone.WARN).pixmap(QSize(ICON_XL, ICON_XL)))
        self._title, self._detail, self._hint = _text(), _text(), _text()
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setBold(True)
        self._title.setFont(font)
        self._retry = QPushButton(_("&Try again"))
        self._retry.setDefault(True)
        self._retry.clicked.connect(self.retry)
        leave = QPushButton(_("&Quit"))
        leave.clicked.connect(self.quit_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self._retry)
        buttons.addWidget(leave)
        buttons.addStretch()
        column = QVBoxLayout()
        column.setSpacing(GAP)
        for part in (picture, self._title, self._detail, self._hint):
            column.addWidget(part)
        column.addSpacing(GAP_L)
        column.addLayout(buttons)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        outer.addStretch(1)
        centred = QVBoxLayout()
        centred.addStretch(1)
        centred.addLayout(column)
        centred.addStretch(2)
        outer.addLayout(centred, 4)
        outer.addStretch(1)
        self.explain(error)

    def explain(self, error: DeskcronError) -> None:
        """Show another error."""
        self._title.setText(error.title)
        detail = error.detail
        if detail and not detail.endswith((".", "?", "!")):
            detail += "."
        for label, text in ((self._detail, detail), (self._hint, error.hint)):
            label.setText(text)
            label.setVisible(bool(text))

    def focus(self) -> None:
        """Put the keyboard where the way on is."""
        self._retry.setFocus()


def _text() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(label.fontMetrics().averageCharWidth() * _WIDTH_LETTERS)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
