"""What changes all the time is looked at seldom, and only while it is seen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from deskcron.gui.later import Throttle
from tests.gui.conftest import let_rest


@pytest.fixture
def seen(qtbot: QtBot) -> QWidget:
    """Return a widget that nobody sees yet."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_many_changes_are_two_looks(seen: QWidget) -> None:
    """The first change is looked at as it comes, all others together after a rest."""
    looks: list[str] = []
    throttle = Throttle(seen, lambda: looks.append("look"))
    seen.show()
    for _change in range(5):
        throttle.changed()
    assert len(looks) == 1
    let_rest(throttle)
    assert len(looks) == 2
    let_rest(throttle)
    assert len(looks) == 2


def test_nothing_is_looked_at_unseen(seen: QWidget) -> None:
    """What changes while nobody sees it is looked at once when somebody does."""
    looks: list[str] = []
    throttle = Throttle(seen, lambda: looks.append("look"))
    throttle.changed()
    throttle.changed()
    assert looks == []
    seen.show()
    throttle.catch_up()
    throttle.catch_up()
    assert len(looks) == 1


def test_a_look_that_is_wanted_does_not_wait(seen: QWidget) -> None:
    """What a person asks for is done at once, also right after another look."""
    looks: list[str] = []
    throttle = Throttle(seen, lambda: looks.append("look"))
    throttle.now()
    throttle.now()
    assert len(looks) == 2


def test_a_look_that_takes_its_time_is_followed_by_a_rest(seen: QWidget) -> None:
    """What changes while a look is under way is looked at when that has ended, after a rest."""
    looks: list[str] = []
    is_looking = True
    throttle = Throttle(seen, lambda: looks.append("look"), is_looking=lambda: is_looking)
    seen.show()
    throttle.changed()
    assert looks == []
    let_rest(throttle)
    assert looks == []
    is_looking = False
    let_rest(throttle)
    assert looks == ["look"]
