"""Nothing flashes up on the screen: a part is in its window before it is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QLabel, QLineEdit

PARTS = (QAbstractButton, QLabel, QLineEdit, QFrame)
"""What is a part of a window, never one itself."""


class Onlooker(QObject):
    """Note which parts are shown as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - named by Qt
        """Look, and let it pass."""
        if event.type() is QEvent.Type.Show and isinstance(watched, PARTS) and is_alone(watched):
            self.seen.add(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def is_alone(part: QFrame | QAbstractButton | QLabel | QLineEdit) -> bool:
    """Tell whether a part has no parent; lists that open below a field have one."""
    return part.parentWidget() is None


@pytest.fixture
def onlooker(qapp: QApplication) -> Iterator[Onlooker]:
    """Return what watches all windows."""
    onlooker = Onlooker()
    qapp.installEventFilter(onlooker)
    yield onlooker
    qapp.removeEventFilter(onlooker)


def test_no_part_is_shown_as_a_window_of_its_own(walk, onlooker: Onlooker) -> None:
    """Making a page or dialog shows nothing but it."""
    walk()
    assert not onlooker.seen
