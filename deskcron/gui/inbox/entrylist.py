"""The list of entries: what is selected in it, and where it stands while entries come and go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from deskcron.domain.answers import InboxEntry
from deskcron.domain.texts import gettext as _
from deskcron.gui.inbox.model import InboxModel
from deskcron.gui.inbox.painting import EntryDelegate

_SELECT = QItemSelectionModel.SelectionFlag


class _Standing(NamedTuple):
    """Where the list stands while its rows are shown anew."""

    selected: Sequence[int]
    current: int
    row: int
    scrolled: int


class EntryList(QListView):
    """Show entries in groups; one that goes leaves its place to the next.

    `chosen` says that other entries are selected, or that the selected ones have changed;
    `menu_wanted` where on the screen a menu for them is wanted.
    """

    chosen = Signal()
    opened = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: InboxModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = model
        self._standing = _Standing([], 0, 0, 0)
        self.setAccessibleName(_("Inbox"))
        self.setModel(model)
        self.setItemDelegate(EntryDelegate(model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.dataChanged.connect(self.chosen)
        self.selectionModel().selectionChanged.connect(self.chosen)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def selected(self) -> list[InboxEntry]:
        """Return the selected entries from top to bottom."""
        parts = self.selectionModel().selection().toList()
        rows = sorted(row for part in parts for row in range(part.top(), part.bottom() + 1))
        found = (self._entries.entry(row) for row in rows)
        return [entry for entry in found if entry is not None]

    def select(self, entry_ids: Iterable[int]) -> None:
        """Select these entries alone where they are shown."""
        self.clearSelection()
        for row in self._entries.rows_of(entry_ids):
            self.selectionModel().select(self._entries.index(row), _SELECT.Select)

    def place_for_menu(self) -> QPoint:
        """Return where on the screen a menu for the current entry belongs."""
        place = self._current_rect().bottomLeft()
        return self.viewport().mapToGlobal(place)

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the entry below where a key leads to a heading, which takes no keyboard."""
        place = super().moveCursor(action, modifiers)
        is_heading = place.isValid() and self._entries.entry(place.row()) is None
        return place.siblingAtRow(place.row() + 1) if is_heading else place

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for a menu at the pointer, or below the current entry when a key was pressed."""
        if not self.selected():
            return
        is_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self.menu_wanted.emit(event.globalPos() if is_mouse else self.place_for_menu())

    def _current_rect(self) -> QRect:
        return self.visualRect(self.currentIndex())

    def _remember(self) -> None:
        current = self._entries.entry(self.currentIndex().row())
        self._standing = _Standing(
            [entry.id for entry in self.selected()],
            current.id if current is not None else 0,
            max(self.currentIndex().row(), 0),
            self.verticalScrollBar().value(),
        )

    def _restore(self) -> None:
        standing = self._standing
        self.select(standing.selected)
        kept = self._entries.rows_of([standing.current])
        row = kept[0] if kept else self._nearest(standing.row)
        if row is not None:
            how = _SELECT.NoUpdate if self.selected() else _SELECT.Select
            self.selectionModel().setCurrentIndex(self._entries.index(row), how)
        self.verticalScrollBar().setValue(standing.scrolled)
        self.chosen.emit()

    def _nearest(self, row: int) -> int | None:
        """Return the entry that has taken the place of a row, else the last one above it."""
        count = self._entries.rowCount()
        below = range(row, count)
        above = range(min(row, count) - 1, -1, -1)
        places = (place for part in (below, above) for place in part)
        return next((place for place in places if self._entries.entry(place) is not None), None)
