"""Words at the left and controls at the right, below each other where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from deskcron.gui.theme.spacing import GAP, GAP_L

_LETTERS = 24
"""The room that words have beside the controls, at least."""


class Beside(QWidget):
    """Keep controls beside words that wrap; `whole` is one of the words that does not."""

    def __init__(
        self,
        words: QLayout,
        controls: Sequence[QWidget],
        whole: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controls = controls
        self._whole = whole
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(words, 1)
        for control in controls:
            self._row.addWidget(control)
        self._stand(is_beside=True)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the widest part, as they may stand below each other."""
        widest = max((one.minimumSizeHint().width() for one in self._shown()), default=0)
        return QSize(max(widest, self._words_width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the controls beside the words where there is room for both."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        needed = self._words_width()
        needed += sum(one.sizeHint().width() + GAP_L for one in self._shown())
        self._stand(is_beside=needed <= self.width())

    def _stand(self, *, is_beside: bool) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if is_beside else down)
        self._row.setSpacing(GAP_L if is_beside else GAP)
        left, middle = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter
        for control in self._controls:
            self._row.setAlignment(control, middle if is_beside else left)

    def _shown(self) -> list[QWidget]:
        return [control for control in self._controls if not control.isHidden()]

    def _words_width(self) -> int:
        letters = _LETTERS * self.fontMetrics().averageCharWidth()
        return max(letters, 0 if self._whole is None else self._whole.sizeHint().width())
