"""Paint the rows of the inbox: headings, and entries in two lines with icon and time."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deskcron.domain.answers import InboxEntry
from deskcron.gui.inbox.model import ENTRY_ROLE, SUMMARY_ROLE, WHEN_ROLE, InboxModel
from deskcron.gui.inbox.words import Sort, sort_of
from deskcron.gui.theme.icons import icon, status_icon
from deskcron.gui.theme.labels import scaled
from deskcron.gui.theme.palette import Tone, colour
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S, ICON_L
from deskcron.gui.theme.tables import is_current_row

Index = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_SMALL = 0.92


class EntryDelegate(QStyledItemDelegate):
    """Paint a row; headings are low, entries have two lines."""

    def __init__(self, entries: InboxModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries = entries

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the height of a heading or of an entry; a list asks for that of each row."""
        is_heading = self._entries.entry(index.row()) is None
        return _height(option.fontMetrics.lineSpacing(), is_heading=is_heading)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground and what stands on it."""
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        entry = index.data(ENTRY_ROLE)
        painter.save()
        if entry is None:
            _paint_heading(painter, option, text)
        else:
            option.state &= ~QStyle.StateFlag.State_HasFocus
            style = option.widget.style()
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
            _paint_entry(painter, option, index, entry)
        painter.restore()


@cache
def _height(line: int, *, is_heading: bool) -> QSize:
    return QSize(0, line + GAP + GAP_L if is_heading else 2 * line + 2 * GAP + GAP_S)


def entry_icon(entry: InboxEntry) -> QIcon:
    """Return the icon of what an entry is."""
    if entry.run is not None and sort_of(entry) in {Sort.FAILURE, Sort.DOUBT}:
        return status_icon(entry.run.status)
    name, tone = {
        Sort.REMINDER: ("bell", Tone.ACCENT),
        Sort.MISSED: ("missed", Tone.WARN),
        Sort.QUESTION: ("clock", Tone.ACCENT),
        Sort.HELD: ("paused", Tone.WARN),
        Sort.OTHER: ("warning", Tone.WARN),
        Sort.NOTICE: ("info", Tone.ACCENT),
    }.get(sort_of(entry), ("error", Tone.BAD))
    return icon(name, tone)


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
    painter.setFont(scaled(option.font, _SMALL, is_strong=True))
    painter.setPen(colour(option.widget.palette(), Tone.SOFT))  # its own is that of a disabled row
    room = option.rect.adjusted(GAP + GAP_S, GAP, -GAP, 0)
    painter.drawText(room, _LEFT, text)


def _paint_entry(
    painter: QPainter, option: QStyleOptionViewItem, index: Index, entry: InboxEntry
) -> None:
    room = option.rect.adjusted(GAP + GAP_S, GAP, -GAP - GAP_S, -GAP)
    line = option.fontMetrics.lineSpacing()
    box = QRect(room.left(), room.top() + (line - ICON_L) // 2, ICON_L, ICON_L)
    entry_icon(entry).paint(painter, box)
    room.setLeft(box.right() + 1 + GAP)
    upper, lower = QRect(room), QRect(room)
    upper.setHeight(line)
    lower.setTop(room.bottom() + 1 - line)
    soft = colour(option.palette, Tone.SOFT)
    upper.setRight(_paint_at_right(painter, upper, str(index.data(WHEN_ROLE)), soft))
    if entry.count > 1:
        upper.setRight(_paint_count(painter, option, upper, entry.count))
    painter.setFont(scaled(option.font, 1.0, is_strong=True))
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    _paint_line(painter, upper, str(index.data(Qt.ItemDataRole.DisplayRole)))
    painter.setFont(option.font)
    painter.setPen(soft)
    _paint_line(painter, lower, str(index.data(SUMMARY_ROLE)))
    if is_current_row(option, index):
        painter.setPen(colour(option.palette, Tone.ACCENT))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


def _paint_line(painter: QPainter, room: QRect, text: str) -> None:
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LEFT, elided)


def _paint_at_right(painter: QPainter, room: QRect, text: str, ink: QColor) -> int:
    """Paint a text at the right end, and return where the rest of the room ends."""
    painter.setPen(ink)
    painter.drawText(room, _RIGHT, text)
    return room.right() - painter.fontMetrics().horizontalAdvance(text) - GAP


def _paint_count(painter: QPainter, option: QStyleOptionViewItem, room: QRect, count: int) -> int:
    """Paint how often it happened as a chip, and return where the rest of the room ends."""
    text = f"{count}\u00d7"
    width = option.fontMetrics.horizontalAdvance(text) + 2 * GAP_S + 4
    chip = QRectF(room.right() - width, room.top(), width, room.height())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(option.palette.color(QPalette.ColorRole.Mid))
    painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    return int(chip.left()) - GAP
