"""The strip that tells once of an absence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.review.hint import ReviewHint


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window with pages below the hint, not yet to be seen."""
    window = QWidget()
    qtbot.addWidget(window)
    window.pages = QWidget(window)
    return window


@pytest.fixture
def hint(window: QWidget, context: PageContext) -> ReviewHint:
    """Return the hint in its window."""
    hint = ReviewHint(context, window.pages)
    column = QVBoxLayout(window)
    column.addWidget(hint)
    column.addWidget(window.pages)
    return hint


def test_a_person_is_told_when_the_window_is_seen(
    away, hint: ReviewHint, window: QWidget, context: PageContext, facade: Facade, qtbot: QtBot
) -> None:
    """Once, in words, with the way to the review; nothing pops up."""
    away.missed("Tea", count=8)
    away.ran("Backup")
    until = away.until
    away.over()
    window.show()
    qtbot.waitUntil(hint.isVisible)
    assert hint.title() == "While deskcron was away"
    assert hint.text().startswith("2 jobs were due between ")
    assert hint.text().endswith("1 of them was missed or still waits.")
    assert facade.review.news() is None
    with qtbot.waitSignal(context.signals.show_review) as shown:
        qtbot.mouseClick(hint.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert shown.args == [until]
    assert not hint.isVisible()


def test_it_is_closed_and_stays_so(
    away, hint: ReviewHint, window: QWidget, context: PageContext, qtbot: QtBot
) -> None:
    """It comes again with the next absence alone."""
    away.missed("Tea")
    away.over()
    window.show()
    qtbot.waitUntil(hint.isVisible)
    qtbot.mouseClick(hint.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert not hint.isVisible()
    away.missed("Water")
    away.over()
    context.bridge.changed.emit()
    qtbot.waitUntil(hint.isVisible)


def test_a_hidden_window_leaves_it_to_others(
    away, hint: ReviewHint, facade: Facade, context: PageContext
) -> None:
    """What nobody can see is not told."""
    away.missed("Tea")
    away.over()
    context.bridge.changed.emit()
    assert facade.review.news() is not None
