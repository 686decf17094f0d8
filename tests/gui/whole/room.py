"""How much room words need where they are shown, and how much they have."""

from __future__ import annotations

from collections.abc import Iterator

from pseudo import BEGIN
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QToolButton,
    QWidget,
)
from stage import Stage

from deskcron.gui.theme.labels import ElidedLabel

EDGE = 2
"""Pixels that Qt leaves at either end of a line to type in."""


def cut_off(window: QWidget, _stage: Stage) -> Iterator[str]:
    """Yield what has less room than its words need, and does not tell them in a tooltip."""
    for one in (window, *window.findChildren(QWidget)):
        if not one.isVisible() or one.window() is not window or isinstance(one, ElidedLabel):
            continue
        for text, has, needs in rooms(one):
            if has < needs:
                yield f"{type(one).__name__} {text!r} has {has} of {needs}"


def rooms(one: QWidget) -> Iterator[tuple[str, int, int]]:
    """Yield texts with the pixels that they have, and that they need."""
    if isinstance(one, QLabel) and one.text():
        yield room_of_label(one)
    elif isinstance(one, QAbstractButton) and one.text() and not is_icon(one):
        yield one.text(), one.width(), one.minimumSizeHint().width()
    elif isinstance(one, QAbstractSpinBox):
        yield one.accessibleName(), one.width(), one.minimumSizeHint().width()
    elif isinstance(one, QComboBox):
        yield from rooms_of_choices(one)
    elif isinstance(one, QLineEdit) and not one.text() and not one.toolTip():
        yield room_of_placeholder(one)
    elif isinstance(one, QTableView):
        yield from rooms_of_heads(one)
    elif isinstance(one, QMenu):
        texts = " | ".join(entry.text() for entry in one.actions())
        yield texts, one.width(), one.sizeHint().width()
        yield texts, one.screen().availableSize().height(), one.sizeHint().height()


def room_of_label(one: QLabel) -> tuple[str, int, int]:
    """Return the height of a text in several lines, the width of one in one line."""
    if one.wordWrap():
        return one.text(), one.height(), one.heightForWidth(one.width())
    return one.text(), one.width(), one.sizeHint().width()


def is_icon(one: QAbstractButton) -> bool:
    """Tell whether a button shows no words."""
    icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(one, QToolButton) and one.toolButtonStyle() is icon_only and bool(one.icon())


def rooms_of_choices(one: QComboBox) -> Iterator[tuple[str, int, int]]:
    """Yield the choices that are the program's own; those of a person may end in dots."""
    option = QStyleOptionComboBox()
    one.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    field = one.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, one)
    for place in range(one.count()):
        text = one.itemText(place)
        if text.startswith(BEGIN):
            icon = 0 if one.itemIcon(place).isNull() else one.iconSize().width() + 2 * EDGE
            yield text, field.width(), one.fontMetrics().horizontalAdvance(text) + icon


def room_of_placeholder(one: QLineEdit) -> tuple[str, int, int]:
    """Return the room between the icons at both ends."""
    inside = one.contentsRect().marginsRemoved(one.textMargins())
    left, right = inside.left(), inside.right()
    for icon in one.findChildren(QToolButton):
        if icon.isVisible() and icon.geometry().center().x() < one.width() // 2:
            left = max(left, icon.geometry().right())
        elif icon.isVisible():
            right = min(right, icon.geometry().left())
    text = one.placeholderText()
    return text, right - left - 2 * EDGE, one.fontMetrics().horizontalAdvance(text)


def rooms_of_heads(one: QTableView) -> Iterator[tuple[str, int, int]]:
    """Yield the heads of columns that are to be seen and have no tooltip with their words."""
    head, model = one.horizontalHeader(), one.model()
    if not head.isVisible() or model is None:
        return
    for column in range(head.count()):
        text = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        said = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        if text and not head.isSectionHidden(column) and text not in str(said or ""):
            yield text, head.sectionSize(column), head.sectionSizeHint(column)
