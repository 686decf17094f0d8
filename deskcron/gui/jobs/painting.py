"""Paint the cells of the table of jobs: switches, names with tags, results with icons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deskcron.domain.job import JobSummary
from deskcron.domain.run import Status
from deskcron.gui.jobs.model import JobsModel, Shown
from deskcron.gui.jobs.views import View, is_held_back, view_of
from deskcron.gui.theme.icons import icon, status_icon
from deskcron.gui.theme.labels import scaled
from deskcron.gui.theme.palette import Tone, colour
from deskcron.gui.theme.spacing import GAP, GAP_S, ICON
from deskcron.gui.theme.switch import TRACK, paint_switch
from deskcron.gui.theme.tables import is_current_row

Index = QModelIndex | QPersistentModelIndex

_CHIP_SCALE = 0.9
_NAME_SHARE = 0.55
"""The part of the cell that a name keeps, however many tags there are."""
_KIND_ICONS = {
    "reminder": "bell",
    "command": "command",
    "script": "script",
    "open": "link",
    "web": "globe",
    "python": "code",
    "tidy": "folder",
}


class RowDelegate(QStyledItemDelegate):
    """Paint a cell's text, quiet where it needs no attention, and a line around the current row.

    It paints everything itself: the style would ask the model for a dozen values a cell.
    """

    def __init__(self, jobs: JobsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the selection, the contents, and what marks the current row."""
        shown = self._jobs.shown(index)
        if option.state & QStyle.StateFlag.State_Selected:
            _fill(painter, option.rect, option.palette.highlight().color())
        painter.setFont(option.font)
        painter.setPen(_ink(option, shown))
        self.paint_contents(painter, option, shown)
        if is_current_row(option, index):
            accent = colour(option.palette, Tone.ACCENT)
            edge = option.rect
            _fill(painter, QRect(edge.left(), edge.top(), edge.width(), 1), accent)
            _fill(painter, QRect(edge.left(), edge.bottom(), edge.width(), 1), accent)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for all that is said."""
        metrics = QFontMetrics(option.font)
        return QSize(self.needed(metrics, option, self._jobs.shown(index)), metrics.height())

    def needed(self, metrics: QFontMetrics, _option: QStyleOptionViewItem, shown: Shown) -> int:
        """Return the width at which nothing is shortened."""
        return metrics.horizontalAdvance(shown.cell.text) + 2 * GAP + 1

    def paint_contents(self, painter: QPainter, option: QStyleOptionViewItem, shown: Shown) -> None:
        """Paint what the cell says; font and ink are set."""
        _paint_text(painter, option.rect.adjusted(GAP, 0, -GAP, 0), shown.cell.text)


class SwitchDelegate(RowDelegate):
    """Paint whether a job is enabled as a switch, and let a click switch it."""

    def paint_contents(self, painter: QPainter, option: QStyleOptionViewItem, shown: Shown) -> None:
        """Paint the switch in the middle of the cell."""
        job = shown.line.job
        track = QRect(QPoint(), TRACK)
        track.moveCenter(option.rect.center())
        may_switch = job.fault is None
        is_on = job.enabled and may_switch
        paint_switch(painter, QRectF(track), option.palette, is_on=is_on, is_enabled=may_switch)

    def editorEvent(  # noqa: N802 - Qt's name
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Switch when the button of the mouse is released over the cell."""
        del option
        if not isinstance(event, QMouseEvent) or event.button() is not Qt.MouseButton.LeftButton:
            return False
        if event.type() is QEvent.Type.MouseButtonRelease:
            is_on = self._jobs.line(index.row()).job.enabled
            wanted = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
            model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
        return True


class NameDelegate(RowDelegate):
    """Paint the icon of the kind, the name, and the tags as quiet chips."""

    def __init__(self, jobs: JobsModel, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._kinds = {kind: icon(name, Tone.SOFT) for kind, name in _KIND_ICONS.items()}
        self._unknown = icon("unknown", Tone.SOFT)
        self._fault = icon("warning", Tone.WARN)
        self._mute = icon("mute", Tone.SOFT)

    def needed(self, metrics: QFontMetrics, option: QStyleOptionViewItem, shown: Shown) -> int:
        """Add icon and tags to the name."""
        job, chip_metrics = shown.line.job, QFontMetrics(scaled(option.font, _CHIP_SCALE))
        tags = sum(_chip(tag, chip_metrics)[1] + GAP_S for tag in job.tags)
        icons = (ICON + GAP) * (2 if job.muted else 1)
        return super().needed(metrics, option, shown) + icons + (tags + GAP if tags else 0)

    def paint_contents(self, painter: QPainter, option: QStyleOptionViewItem, shown: Shown) -> None:
        """Paint icon, name and tags from the left; tags give way before the name is elided."""
        job, text = shown.line.job, shown.cell.text
        room = option.rect.adjusted(GAP, 0, -GAP, 0)
        room.setLeft(_paint_icon(painter, room, self._kind(job)))
        chip_font = scaled(option.font, _CHIP_SCALE)
        name_width = option.fontMetrics.horizontalAdvance(text) + 1
        mute_width = ICON + GAP if job.muted else 0
        spare = room.width() - mute_width
        chips = fitting_chips(
            job.tags,
            QFontMetrics(chip_font),
            spare - min(name_width + GAP, round(spare * _NAME_SHARE)),
        )
        name_room = QRect(room)
        name_room.setWidth(min(name_width, spare - sum(width + GAP_S for _text, width in chips)))
        _paint_text(painter, name_room, text)
        room.setLeft(name_room.right() + GAP)
        if job.muted:
            room.setLeft(_paint_icon(painter, room, self._mute))
        if chips:
            painter.save()
            painter.setFont(chip_font)
            is_lit = bool(option.state & QStyle.StateFlag.State_Selected)
            _paint_chips(painter, room, chips, option.palette, is_lit=is_lit)
            painter.restore()

    def _kind(self, job: JobSummary) -> QIcon:
        return self._fault if job.fault is not None else self._kinds.get(job.kind, self._unknown)


class NextDelegate(RowDelegate):
    """Paint when a job runs next, with an icon where failures in a row keep it from running."""

    def __init__(self, jobs: JobsModel, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._held = icon("paused", Tone.WARN)

    def needed(self, metrics: QFontMetrics, option: QStyleOptionViewItem, shown: Shown) -> int:
        """Add the icon to the words."""
        icons = ICON + GAP if is_held_back(shown.line.job) else 0
        return super().needed(metrics, option, shown) + icons

    def paint_contents(self, painter: QPainter, option: QStyleOptionViewItem, shown: Shown) -> None:
        """Paint the icon before the words."""
        room = option.rect.adjusted(GAP, 0, -GAP, 0)
        if is_held_back(shown.line.job):
            room.setLeft(_paint_icon(painter, room, self._held))
        _paint_text(painter, room, shown.cell.text)


class ResultDelegate(RowDelegate):
    """Paint the last result by icon and word."""

    def __init__(self, jobs: JobsModel, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._results = {status.value: status_icon(status) for status in Status}

    def paint_contents(self, painter: QPainter, option: QStyleOptionViewItem, shown: Shown) -> None:
        """Paint the icon of the status before the words."""
        room = option.rect.adjusted(GAP, 0, -GAP, 0)
        line = shown.line
        status = line.job.last_status or ""
        if line.is_running:
            status = Status.RUNNING.value
        elif line.waiting is not None:
            status = Status.WAITING.value
        result = self._results.get(status)
        if result is not None:
            room.setLeft(_paint_icon(painter, room, result))
        _paint_text(painter, room, shown.cell.text)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def fitting_chips(tags: Sequence[str], metrics: QFontMetrics, room: int) -> list[tuple[str, int]]:
    """Return text and width of the tags that fit, and "+2" for those that do not."""
    chips: list[tuple[str, int]] = []
    for number, tag in enumerate(tags):
        rest = len(tags) - number
        chip = _chip(tag, metrics)
        needed = chip[1] + GAP_S + (_chip(f"+{rest - 1}", metrics)[1] if rest > 1 else 0)
        if needed > room:
            more = _chip(f"+{rest}", metrics)
            return [*chips, more] if more[1] <= room else chips
        chips.append(chip)
        room -= chip[1] + GAP_S
    return chips


def _chip(text: str, metrics: QFontMetrics) -> tuple[str, int]:
    return text, metrics.horizontalAdvance(text) + 2 * GAP_S + 2


def _paint_chips(
    painter: QPainter,
    room: QRect,
    chips: Sequence[tuple[str, int]],
    colours: QPalette,
    *,
    is_lit: bool,
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    height = painter.fontMetrics().height() + 2
    left = float(room.left())
    top = room.center().y() - height / 2 + 0.5
    for text, width in chips:
        box = QRectF(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(
            colours.color(QPalette.ColorRole.Base if is_lit else QPalette.ColorRole.Mid)
        )
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(colour(colours, Tone.SOFT))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        left += width + GAP_S


def _paint_icon(painter: QPainter, room: QRect, picture: QIcon) -> int:
    """Paint an icon at the left of the room, and return where the rest of the room begins."""
    box = QRect(room.left(), 0, ICON, ICON)
    box.moveTop(room.center().y() - ICON // 2 + 1)
    picture.paint(painter, box)
    return box.right() + 1 + GAP


def _fill(painter: QPainter, room: QRect, ground: QColor) -> None:
    """Fill a part of a cell; for `fillRect` the binding makes all it knows of gradients, 2 ms."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRect(room)


def _paint_text(painter: QPainter, room: QRect, text: str) -> None:
    metrics = painter.fontMetrics()
    elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LEFT, elided)


def _ink(option: QStyleOptionViewItem, shown: Shown) -> QColor:
    is_quiet = shown.cell.is_quiet or view_of(shown.line.job) is not View.ACTIVE
    return colour(option.palette, Tone.SOFT if is_quiet else Tone.PLAIN)
