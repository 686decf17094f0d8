"""The last runs of a job as a row of bars: how long each took, and below it how it ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from deskcron.domain.run import Run
from deskcron.domain.texts import gettext as _
from deskcron.gui.statistics.words import run_words
from deskcron.gui.theme.icons import status_icon
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.palette import Tone, colour, status_tone
from deskcron.gui.theme.spacing import GAP, GAP_S, ICON
from deskcron.gui.theme.tables import is_current_row
from deskcron.gui.zones import Zones

Index = QModelIndex | QPersistentModelIndex

RUN_ROLE = int(Qt.ItemDataRole.UserRole)
SHARE_ROLE = RUN_ROLE + 1
"""How long a run took, from 0 to 1 for the longest; None where nothing ran."""
_BAR = 56
"""The height of the longest."""
_WIDTH = 10
_LEAST = 2
_CELL = QSize(ICON + GAP, GAP + _BAR + GAP_S + ICON + GAP_S)
_NOWHERE = QModelIndex()


class RunStrip(QListView):
    """Show runs from the oldest at the left to the newest; the arrow keys go from one to another.

    `chosen` says that another run is the current one.
    """

    chosen = Signal()

    def __init__(
        self, now: Callable[[], datetime], zones: Zones, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runs = _Runs(now, zones, self)
        self.setModel(self._runs)
        self.setItemDelegate(_Bars(self))
        self.setAccessibleName(_("Last runs"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFixedHeight(_CELL.height() + self.horizontalScrollBar().sizeHint().height())
        self.selectionModel().currentChanged.connect(self.chosen)

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show these runs, given newest first; the current one stays, else it is the newest."""
        before, bar = self.current(), self.horizontalScrollBar()
        scrolled = bar.value()
        shown = list(reversed(runs))
        self._runs.show(shown)
        kept = [row for row, run in enumerate(shown) if before is not None and run.id == before.id]
        self.setCurrentIndex(self._runs.index(kept[0] if kept else len(shown) - 1))
        if kept:
            bar.setValue(scrolled)  # whoever has scrolled looks elsewhere
        else:
            self.scrollTo(self.currentIndex())

    def current(self) -> Run | None:
        """Return the run that is chosen."""
        run = self.currentIndex().data(RUN_ROLE)
        return run if isinstance(run, Run) else None

    def current_words(self) -> str:
        """Return the run that is chosen in words."""
        return str(self.currentIndex().data() or "")


class _Runs(QAbstractListModel):
    """Runs, oldest first, in words."""

    def __init__(self, now: Callable[[], datetime], zones: Zones, parent: QObject) -> None:
        super().__init__(parent)
        self._now = now
        self._zones = zones
        self._runs: Sequence[Run] = ()
        self._longest_s = 0.0

    def show(self, runs: Sequence[Run]) -> None:
        self.beginResetModel()
        self._runs = runs
        self._longest_s = max((run.duration_s or 0.0 for run in runs), default=0.0)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - named by Qt
        return 0 if parent.isValid() else len(self._runs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Any: Qt takes values of all kinds."""
        if not 0 <= index.row() < len(self._runs):
            return None
        run = self._runs[index.row()]
        if role == RUN_ROLE:
            return run
        if role == SHARE_ROLE:
            return None if run.duration_s is None else run.duration_s / (self._longest_s or 1.0)
        words = run_words(run, self._now(), self._zones.zone(run.zone))
        return {Qt.ItemDataRole.DisplayRole: words, Qt.ItemDataRole.ToolTipRole: tip(words)}.get(
            Qt.ItemDataRole(role)
        )


class _Bars(QStyledItemDelegate):
    """Paint a run as a bar over the icon of how it ended."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        return _CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        run: Run = index.data(RUN_ROLE)
        share: float | None = index.data(SHARE_ROLE)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        centre = option.rect.center().x() + 1
        foot = option.rect.bottom() + 1 - GAP_S - ICON
        status_icon(run.status).paint(painter, QRect(centre - ICON // 2, foot, ICON, ICON))
        if share is not None:
            height = max(_LEAST, round(share * _BAR))
            bar = QRectF(centre - _WIDTH / 2, foot - GAP_S - height, _WIDTH, height)
            painter.fillRect(bar, colour(option.palette, status_tone(run.status)))
        if is_current_row(option, index):
            painter.setPen(colour(option.palette, Tone.ACCENT))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
