"""Nothing flashes up on the screen: a part is in its window before it is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget

WINDOWS = (QDialog, QMainWindow, QMenu)


class Onlooker(QObject):
    """Note which parts are shown as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - named by Qt
        """Look, and let it pass."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and is_part(watched):
            self.seen.add(f"{type(watched).__name__} {watched.accessibleName()}".strip())
        return False


def is_part(shown: QWidget) -> bool:
    """Tell whether a widget is a window only as it has no parent yet; popups have one, or are."""
    is_plain = shown.windowType() is Qt.WindowType.Window
    return is_plain and shown.parentWidget() is None and not isinstance(shown, WINDOWS)


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
