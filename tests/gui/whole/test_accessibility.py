"""Everybody can use every page and dialog: names, the Tab key, and letters of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QToolBar,
    QWidget,
)
from stage import Stage

from deskcron.gui.shell.navigation import NavigationButton

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
MOST_TABS = 150


def test_everybody_can_use_it(walk) -> None:
    """Each control says what it is and is reached by Tab; no letter is given to two of them."""
    wrong = walk(nameless, unreachable, shared_letters)
    assert not wrong, wrong


def controls(window: QWidget) -> list[QWidget]:
    """Return what a person can use now."""
    return [
        one
        for one in window.findChildren(QWidget)
        if isinstance(one, CONTROLS)
        and one.isVisible()
        and one.isEnabled()
        and one.window() is window
        and not is_part(one)
    ]


def is_part(one: QWidget) -> bool:
    """Tell whether it belongs to a control and is used with that."""
    parent = one.parentWidget()
    inner = isinstance(one, QHeaderView) or isinstance(parent, QAbstractSpinBox | QComboBox)
    return inner or isinstance(parent, QLineEdit) or is_in_view(one)


def is_in_view(one: QWidget) -> bool:
    """Tell whether it is a part of a list or table."""
    parent = one.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractItemView):
            return True
        parent = parent.parentWidget()
    return False


def nameless(window: QWidget, _stage: Stage) -> Iterator[str]:
    """Yield the controls and entries that a screen reader has no name for."""
    yield from (str(entry.objectName()) for entry in entries(window) if not entry.text())
    for one in controls(window):
        interface = QAccessible.queryAccessibleInterface(one)
        name = interface.text(QAccessible.Text.Name)
        if isinstance(one, QComboBox):  # on Linux its name is what is chosen
            name = one.accessibleName()
            relations = interface.relations(QAccessible.RelationFlag.Label)
            if not relations and not interface.text(QAccessible.Text.Description):
                name = ""
        if not name:
            yield described(one)


def unreachable(window: QWidget, _stage: Stage) -> Iterator[str]:
    """Yield the controls that Tab never comes to; the arrows lead through menus."""
    if window.windowType() is Qt.WindowType.Popup:
        return
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    wanted = {one for one in controls(window) if not is_left_to_others(one)}
    visited = set()
    for _step in range(MOST_TABS):
        focused = QApplication.focusWidget() or window
        visited.add(focused)
        visited.add(focused.focusProxy())
        if wanted <= visited:
            return
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is focused:  # Tab indents there, and says so
            QTest.keyClick(focused, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    yield from (described(one) for one in wanted - visited)


def is_left_to_others(one: QWidget) -> bool:
    """Tell whether Tab need not come to it.

    The arrows lead to one of several of which one is chosen; what a tool bar has is also in the
    menu beside it.
    """
    if isinstance(one.parentWidget(), QToolBar):
        return True
    if isinstance(one, NavigationButton):
        return one.isCheckable() and not one.isChecked()
    return isinstance(one, QAbstractButton) and one.group() is not None and not one.isChecked()


def entries(window: QWidget) -> list[QAction]:
    """Return what can be chosen in a menu."""
    if not isinstance(window, QMenu):
        return []
    return [one for one in window.actions() if one.isVisible() and not one.isSeparator()]


def shared_letters(window: QWidget, _stage: Stage) -> Iterator[str]:
    """Yield the letters that several controls or entries have."""
    texts = [entry.text() for entry in entries(window)] + [
        one.text()
        for one in window.findChildren(QWidget)
        if isinstance(one, QAbstractButton | QLabel)
        and one.isVisible()
        and one.window() is window
        and (not isinstance(one, QLabel) or one.buddy())
    ]
    letters = Counter(letter for text in texts if (letter := letter_of(text)))
    for letter, count in letters.items():
        if count > 1:
            yield f"{letter} is for {[text for text in texts if letter_of(text) == letter]}"


def letter_of(text: str) -> str:
    """Return the letter that is pressed with Alt, "" for none."""
    _head, mark, rest = text.replace("&&", "").partition("&")
    return rest[:1].lower() if mark else ""


def described(one: QWidget) -> str:
    """Return which control it is."""
    text = one.text() if isinstance(one, QAbstractButton) else ""
    words = one.accessibleName() or text or one.toolTip()
    parents = []
    parent = one.parentWidget()
    while parent is not None and len(parents) < 3:
        parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{type(one).__name__} {words!r} in {' in '.join(parents)}"
