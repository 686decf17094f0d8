"""Facts as a list of names and values; what a machine reads can be copied as it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from deskcron.domain.texts import gettext as _
from deskcron.gui.history.facts import Fact, spoken
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_L

_MOST_LINES = 5
_SPARE = 2
"""Without it the last line does not count as one that is to be seen."""


class FactList(QScrollArea):
    """Names at the left, values at the right; values that change are changed in place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Fact] = []
        self._values: list[QLabel | _Code] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts."""
        if [fact.name for fact in facts] != [fact.name for fact in self._shown]:
            self._lay_out(facts)
        for fact, before, value in zip(facts, self._shown, self._values, strict=True):
            if fact.value != before.value:
                _put(value, fact)
        self._shown = list(facts)

    def _lay_out(self, facts: Sequence[Fact]) -> None:
        self._values = []
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, GAP, 0)
        grid.setHorizontalSpacing(GAP_L)
        grid.setVerticalSpacing(GAP)
        grid.setColumnMinimumWidth(0, self.fontMetrics().horizontalAdvance(_("Ended with")))
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(facts):
            value = _Code(fact.name) if fact.is_code else _value()
            _put(value, fact)
            grid.addWidget(plain_label(fact.name, Tone.SOFT), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
            self._values.append(value)
        grid.setRowStretch(len(facts), 1)
        self._shown = list(facts)
        self.setWidget(body)


class _Code(QPlainTextEdit):
    """Text that is broken anywhere and takes the room it needs, up to some lines."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return the height of the lines there are."""
        lines = min(max(1, round(self.document().size().height())), _MOST_LINES)
        frame = self.height() - self.viewport().height()
        return QSize(0, lines * self.fontMetrics().lineSpacing() + frame + _SPARE)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return the same: its lines are not cut."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - named by Qt
        """Ask for the room that the lines need in this width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def _value() -> QLabel:
    label = plain_label(wraps=True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _put(value: QLabel | _Code, fact: Fact) -> None:
    if isinstance(value, _Code):
        value.setPlainText(fact.value)
    else:
        value.setText(fact.value)
        value.setAccessibleName(spoken(fact))
