"""What all tables have in common: rows of one height, no grid, whole rows selected."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.spacing import GAP_S, ICON, ROW

Index = QModelIndex | QPersistentModelIndex


def named_by_tip(words: str, role: int) -> str | None:
    """Return what a heading says in a role: its words, also as a tooltip."""
    if role == Qt.ItemDataRole.ToolTipRole:
        return tip(words)
    return words if role == Qt.ItemDataRole.DisplayRole else None


class Cells(QStyledItemDelegate):
    """Cells that begin where the headings do."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(GAP_S + 1, 0, 0, 0)
        super().paint(painter, inner, index)


def is_current_row(option: QStyleOptionViewItem, index: Index) -> bool:
    """Tell a delegate whether the keyboard is in the row of a cell."""
    view = option.widget
    if not isinstance(view, QAbstractItemView) or not view.hasFocus():
        return False
    return view.currentIndex().row() == index.row()


def dress_table(view: QTableView, *, row_height: int = ROW) -> None:
    """Make a table look and behave like the others; the model comes from elsewhere."""
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setAlternatingRowColors(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setIconSize(QSize(ICON, ICON))
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setTabKeyNavigation(False)  # Tab leaves the table, the arrows walk in it
    rows = view.verticalHeader()
    rows.hide()
    rows.setMinimumSectionSize(row_height)
    rows.setDefaultSectionSize(row_height)
    head = view.horizontalHeader()
    head.setHighlightSections(False)
    head.setTextElideMode(Qt.TextElideMode.ElideRight)
    head.setStretchLastSection(True)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
