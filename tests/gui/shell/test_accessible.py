"""Everybody can use the window: names for what can be reached, and keys to reach it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from deskcron.domain.errors import RequestFailed
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.navigation import NavigationButton
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.pausemenu import PauseMenu
from deskcron.gui.shell.places import Place
from deskcron.gui.shell.window import MainWindow


def reachable(window: QWidget) -> list[QWidget]:
    """Return what can have the keyboard."""
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and (one.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(one, NavigationButton))
    ]


def is_other_page(widget: QWidget) -> bool:
    """Tell whether Tab leaves it to the arrows: a page that is not shown."""
    return isinstance(widget, NavigationButton) and widget.isCheckable() and not widget.isChecked()


def name(widget: QWidget) -> str:
    """Return what a screen reader says."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_everything_in_the_window_has_a_name(window: MainWindow, context: PageContext) -> None:
    """Whatever has the keyboard can be named, also in messages and errors."""
    context.bridge.failed.emit(
        RequestFailed(title="Not saved", detail="no room", hint="Make room.")
    )
    context.signals.say_undoable.emit("Deleted Backup", 1)
    found = reachable(window)
    assert len(found) >= 7
    assert [one for one in found if not name(one)] == []


def test_tab_walks_through_the_window(
    window: MainWindow, context: PageContext, qtbot: QtBot
) -> None:
    """Tab leads to everything that can have the keyboard, and back to where it began."""
    context.signals.say_undoable.emit("Deleted Backup", 1)
    with qtbot.waitActive(window):
        window.activateWindow()
    wanted = {one for one in reachable(window) if not is_other_page(one)}
    visited: list[QWidget] = []
    for _step in range(3 * len(wanted)):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())
    assert wanted <= set(visited)


def test_arrows_go_from_page_to_page(window: MainWindow, qtbot: QtBot) -> None:
    """With the keyboard in the navigation the arrows change the page and stay there."""
    with qtbot.waitActive(window):
        window.activateWindow()
    jobs = next(one for one in reachable(window) if name(one) == "Jobs")
    jobs.setFocus()
    for place in (Place.HISTORY, Place.INBOX):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        assert window.place() is place
    assert name(QApplication.focusWidget()) == "Inbox"


def test_menus_have_words_and_letters(
    window: MainWindow, context: PageContext, overview_watcher: OverviewWatcher, qtbot: QtBot
) -> None:
    """Each entry of a menu can be chosen by a letter of its own."""
    menu = PauseMenu(context, overview_watcher)
    qtbot.addWidget(menu)
    letters = [
        entry.text()[entry.text().index("&") + 1].lower()
        for entry in menu.actions()
        if not entry.isSeparator()
    ]
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_words_fit_in_large_letters(window: MainWindow, qapp: QApplication, scale: float) -> None:
    """In letters of twice the size the navigation still has room for its words."""
    before = qapp.font()
    font = qapp.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    try:
        qapp.setFont(font)
        window.resize(window.fontMetrics().averageCharWidth() * 180, 600)
        QApplication.processEvents()
        for button in reachable(window):
            assert button.width() >= button.minimumSizeHint().width()
    finally:
        qapp.setFont(before)
