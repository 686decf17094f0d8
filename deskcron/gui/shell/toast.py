"""A line at the foot of the window that goes away by itself, with a way back where there is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.doing import Doing
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.announcing import announce
from deskcron.gui.theme.labels import ElidedLabel
from deskcron.gui.theme.palette import Tone, colour
from deskcron.gui.theme.spacing import CORNER, GAP, GAP_L, GAP_S

_SHOWN_MS = 4000
_OFFERED_MS = 8000


class Toast(QWidget):
    """Show what was just done over the foot of its parent; a newer line replaces it.

    It stays while the pointer rests on it or the keyboard is in it.
    """

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._doing = Doing(context, self)
        self._deed: Callable[[], None] | None = None
        self._ground = parent
        self._words = ElidedLabel("", Tone.ON_INVERSE)
        self._button = QPushButton()
        self._button.setProperty("toast", True)
        self._button.clicked.connect(self._do)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._on_rest)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_L, GAP, GAP, GAP)
        row.setSpacing(GAP_L)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        parent.installEventFilter(self)
        context.signals.say.connect(self.say)
        context.signals.say_undoable.connect(self.say_undoable)
        context.signals.say_editable.connect(self.say_editable)
        self.hide()

    def say(self, text: str) -> None:
        """Show a line for a few seconds."""
        self._show(text, _SHOWN_MS)

    def say_undoable(self, text: str, operation: int) -> None:
        """Show a line, longer, with a button that takes this change back."""
        self._offer(text, _("Undo"), lambda: self._doing.undo(operation))

    def say_editable(self, text: str, job_id: str) -> None:
        """Show a line, longer, with a button that opens this job in the form."""
        self._offer(text, _("Edit"), lambda: self._context.signals.edit_job.emit(job_id))

    def text(self) -> str:
        """Return the line."""
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - named by Qt
        """Stay at the foot of the parent."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - named by Qt
        """Give time to read."""
        super().enterEvent(event)
        self._rest.stop()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - named by Qt
        """Go on to go away."""
        super().leaveEvent(event)
        self._rest.start()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - named by Qt
        """Draw the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self.palette(), Tone.INVERSE))
        painter.drawRoundedRect(QRectF(self.rect()), CORNER, CORNER)

    def _offer(self, text: str, words: str, deed: Callable[[], None]) -> None:
        self._button.setText(words)
        self._show(text, _OFFERED_MS, deed)

    def _show(self, text: str, length_ms: int, deed: Callable[[], None] | None = None) -> None:
        self._deed = deed
        self._words.setText(text)
        self._button.setVisible(deed is not None)
        self._place()
        self.show()
        self.raise_()
        self._rest.start(length_ms)
        announce(self, text)

    def _place(self) -> None:
        room = self._ground.rect().adjusted(GAP_L, GAP_L, -GAP_L, -GAP_L)
        size = self.sizeHint()
        width = min(size.width() + GAP_S, room.width())
        self.setGeometry(
            room.center().x() - width // 2, room.bottom() - size.height(), width, size.height()
        )

    def _on_rest(self) -> None:
        if self._button.hasFocus():
            self._rest.start()
        else:
            self.hide()

    def _do(self) -> None:
        self.hide()
        if self._deed is not None:
            self._deed()
