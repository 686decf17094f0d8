"""The strip that tells of an absence until it was seen or answered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from deskcron.domain.preferences import ZoneDisplay
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


def show(window: QWidget, hint: ReviewHint) -> None:
    """Show a window, which tells its hint so."""
    window.show()
    hint.catch_up()


@pytest.fixture
def hint(window: QWidget, context: PageContext, monkeypatch: pytest.MonkeyPatch) -> ReviewHint:
    """Return the hint in its window; it looks often."""
    monkeypatch.setattr("deskcron.gui.review.hint.LOOK_MS", 50)
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
    show(window, hint)
    qtbot.waitUntil(hint.isVisible)
    assert hint.title() == "While deskcron was away"
    assert hint.text().startswith("2 jobs were due between ")
    assert hint.text().endswith("1 of them was missed or still waits.")
    assert "&" not in hint.findChild(QPushButton).text()
    with qtbot.waitSignal(context.signals.show_review) as shown:
        qtbot.mouseClick(hint.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert shown.args == [until]
    assert not hint.isVisible()
    qtbot.waitUntil(lambda: facade.review.news() is None)


def test_it_is_closed_and_stays_so(
    away, hint: ReviewHint, window: QWidget, context: PageContext, qtbot: QtBot
) -> None:
    """It comes again with the next absence alone."""
    away.missed("Tea")
    away.over()
    show(window, hint)
    qtbot.waitUntil(hint.isVisible)
    qtbot.mouseClick(hint.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert not hint.isVisible()
    away.missed("Water")
    away.over()
    context.bridge.changed.emit()
    qtbot.waitUntil(hint.isVisible)


def test_it_outlives_its_window(
    away, hint: ReviewHint, window: QWidget, context: PageContext, qtbot: QtBot
) -> None:
    """What nobody has closed or opened is told by the next window, too."""
    away.missed("Tea")
    away.over()
    show(window, hint)
    qtbot.waitUntil(hint.isVisible)
    delete(hint)
    context.signals.show_review.emit(None)
    context.bridge.changed.emit()
    again = QWidget()
    qtbot.addWidget(again)
    other = ReviewHint(context, again)
    other.setParent(again)
    show(again, other)
    qtbot.waitUntil(other.isVisible)


def test_it_follows_what_is_answered_elsewhere(
    away, hint: ReviewHint, window: QWidget, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """The number is that of now; where nothing is left to be answered the strip goes."""
    tea, water = away.missed("Tea"), away.missed("Water")
    away.over()
    show(window, hint)
    qtbot.waitUntil(hint.isVisible)
    assert hint.text().endswith("2 of them were missed or still wait.")
    facade.review.skip(tea)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: hint.text().endswith("1 of them was missed or still waits."))
    facade.review.skip(water)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: not hint.isVisible())


@pytest.mark.usefixtures("_tokyo")
def test_its_times_follow_the_zone_that_is_preferred(
    away, hint: ReviewHint, window: QWidget, context: PageContext, qtbot: QtBot
) -> None:
    """It is said anew when another zone is wanted."""
    away.missed("Tea")
    away.over()
    show(window, hint)
    qtbot.waitUntil(hint.isVisible)
    before = hint.text()
    context.zones.show_in(ZoneDisplay.UTC)
    assert hint.text() != before
