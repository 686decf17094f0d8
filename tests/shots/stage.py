"""The window over a home, and what a scene may do with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from deskcron.engine.facade import Facade
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.later import Throttle
from deskcron.gui.output.view import OutputView
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.review.hint import ReviewHint
from deskcron.gui.shell.errorbar import ErrorBar
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.places import Place
from deskcron.gui.shell.surprise import Surprise
from deskcron.gui.shell.toast import Toast
from deskcron.gui.shell.window import MainWindow

SIZE = QSize(1366, 768)
PATIENCE_S = 60.0
TURN_MS = 10
QUIET_TURNS = 3
SOON_MS = 500
"""What is put off for longer is no part of what is shown now."""


class Stage:
    """The window, whose scenes follow one another; `strike` ends one."""

    def __init__(
        self,
        window: MainWindow,
        context: PageContext,
        facade: Facade,
        overview_watcher: OverviewWatcher,
    ) -> None:
        self.window = window
        self.context = context
        self.facade = facade
        self.overview_watcher = overview_watcher
        self._afterwards: list[Callable[[], object]] = []

    def settle(self) -> None:
        """Wait until all questions are answered, and nothing is put off any more."""
        quiet = 0

        def is_at_rest() -> bool:
            nonlocal quiet
            quiet = 0 if self._is_asking() or any(map(_is_soon, _timers())) else quiet + 1
            return quiet >= QUIET_TURNS

        self._await(is_at_rest)
        QApplication.sendPostedEvents()  # a clock may have ticked and asked for another layout

    def until(self, has_come: Callable[[], bool]) -> None:
        """Wait for what nobody here has asked for, and what follows from it."""
        self._await(has_come)
        self.settle()

    def go(self, place: Place) -> QWidget:
        """Show a page."""
        self.window.go(place)
        self.settle()
        return self.window

    def dialog(self) -> QDialog:
        """Return the dialog that is open, a question before what it is about."""
        self.settle()
        question = QApplication.activeModalWidget()
        if isinstance(question, QDialog):
            return question
        shown = [
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, QDialog) and one.isVisible()
        ]
        if not shown:
            raise LookupError("No dialog is open")
        return shown[-1]

    def form(self) -> Editor:
        """Return the form that is open, with all that is in it."""
        dialog = self.dialog()
        assert isinstance(dialog, Editor)
        self.until(dialog.form.widget().isVisible)  # it is made in several turns
        return dialog

    def popup(self) -> QWidget:
        """Return the menu or calendar that is open."""
        self.settle()
        shown = QApplication.activePopupWidget()
        if shown is None:
            raise LookupError("No menu is open")
        return shown

    def afterwards(self, act: Callable[[], object]) -> None:
        """Have something done when the scene is over."""
        self._afterwards.append(act)

    def strike(self) -> None:
        """Close dialogs, menus and messages, go back to the first page."""
        while (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, Editor):
                widget.let_go(is_ending=True)
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.done(0)
        while self._afterwards:
            self._afterwards.pop()()
        for kind in (ErrorBar, Surprise, ReviewHint, Toast):
            self.window.findChild(kind).hide()
        self.window.resize(SIZE)
        self.go(Place.JOBS)

    def sees_a_run(self) -> bool:
        """Tell whether the window knows of a job that is running."""
        overview = self.overview_watcher.overview
        return overview is not None and bool(overview.running)

    def job(self, name: str) -> str:
        """Return the id of a job."""
        return self.facade.history.job_id(name)

    def _is_asking(self) -> bool:
        """Tell whether an answer is awaited, other than by an output that is followed."""
        return any(
            not isinstance(asked.owner, OutputView) for asked in self.context.bridge._asked.values()
        )

    def _await(self, has_come: Callable[[], bool]) -> None:
        end_s = time.monotonic() + PATIENCE_S
        while not has_come():
            if time.monotonic() > end_s:
                raise TimeoutError("The window does not come to rest")
            QTest.qWait(TURN_MS)


Scene = Callable[[Stage], QWidget]


def _timers() -> Iterator[QTimer]:
    for window in QApplication.topLevelWidgets():
        yield from window.findChildren(QTimer)


def _is_soon(timer: QTimer) -> bool:
    """Tell whether it stands for something that is about to change what is shown."""
    owner: QObject | None = timer.parent()
    if isinstance(owner, Throttle) and not owner._is_behind:
        return False
    if not timer.isActive() or timer.interval() > SOON_MS or isinstance(owner, OutputView):
        return False
    return timer.isSingleShot() or timer.interval() == 0
