"""Fields in a page that is scrolled keep their values under the wheel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from deskcron.gui.theme.clockfields import DateField, TimeField
from deskcron.gui.theme.inputs import ComboBox, SpinBox


def choice() -> ComboBox:
    """Return a choice of which neither end is chosen."""
    combo = ComboBox("Letter", {"a": "A", "b": "B", "c": "C"})
    combo.set_value("b")
    return combo


def number() -> SpinBox:
    """Return a number between its ends."""
    field = SpinBox("Number", 0, 10)
    field.setValue(5)
    return field


def day() -> DateField:
    """Return a date."""
    field = DateField("Date")
    field.set_iso("2026-11-30")
    return field


def at() -> TimeField:
    """Return a time."""
    field = TimeField("Time")
    field.set_iso("09:00")
    return field


def turn_wheel(field: QWidget) -> bool:
    """Turn the wheel over a field and return whether the field has used it."""
    place = QPointF(field.rect().center())
    event = QWheelEvent(
        place, field.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, event)
    return event.isAccepted()


@pytest.mark.parametrize("make", [choice, number, day, at])
def test_the_wheel_is_for_the_page_until_a_field_has_the_keyboard(
    qtbot: QtBot, make: Callable[[], QWidget]
) -> None:
    """A field that is merely passed keeps its value; one that is being edited follows the wheel."""
    page = QWidget()
    field = make()
    field.setParent(page)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    assert not turn_wheel(field)
    field.setFocus()
    assert turn_wheel(field)


def test_a_number_stands_where_its_words_want_it(qtbot: QtBot) -> None:
    """Each language puts the number where it belongs among the words."""
    field = number()
    qtbot.addWidget(field)
    field.set_measure("after {count} days")
    assert field.text() == "after 5 days"
