"""The main window: navigation, pages, errors, messages, and the state at the foot."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.answers import Overview
from deskcron.domain.texts import gettext as _
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.review.hint import ReviewHint
from deskcron.gui.shell.errorbar import ErrorBar
from deskcron.gui.shell.memory import WindowMemory
from deskcron.gui.shell.navigation import Navigation
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.shell.pausemenu import PauseMenu
from deskcron.gui.shell.places import Pages, Place
from deskcron.gui.shell.shortcuts import KeysDialog
from deskcron.gui.shell.statusstrip import StatusStrip
from deskcron.gui.shell.surprise import Surprise
from deskcron.gui.shell.toast import Toast
from deskcron.gui.theme.hairline import hairline
from deskcron.gui.theme.icons import application_icon, icon
from deskcron.gui.theme.spacing import GAP, GAP_L

_LETTERS_NARROW = 150
"""Below this width the navigation shows icons alone."""
_LETTERS = QSize(190, 48)
"""The size at the first start."""
_SHARE = 0.9
"""Of the screen, at most: the frame of the window needs some, too."""
_LETTERS_LEAST = QSize(72, 28)


class MainWindow(QMainWindow):
    """Hold the pages, each made when it is first wanted.

    Closing it hides it and keeps size and place; whether it may be closed is for whoever owns
    it. `quit_wanted` is the wish to end the program.
    """

    quit_wanted = Signal()

    def __init__(
        self,
        context: PageContext,
        overview_watcher: OverviewWatcher,
        memory: WindowMemory,
        pages: Pages,
    ) -> None:
        super().__init__()
        self._context = context
        self._memory = memory
        self._makers = dict(zip(Place, pages, strict=True))
        self._pages: dict[Place, QWidget] = {}
        self._stack = QStackedWidget()
        self._navigation = Navigation()
        self._navigation.chosen.connect(self._show)
        self._navigation.more.setMenu(self._more_menu(overview_watcher))
        self._errors = ErrorBar()
        self._surprise = Surprise(context)
        self._hint = ReviewHint(context, self._stack)
        contents = self._lay_out(StatusStrip(context, overview_watcher))
        self._toast = Toast(context, self._stack)
        context.bridge.failed.connect(self._errors.show_error)
        overview_watcher.follow(self._on_seen)
        self._bind_keys(contents)
        self.setWindowIcon(application_icon())
        self._restore()
        self.go(Place.JOBS)

    def page(self, place: Place) -> QWidget:
        """Return a page, made now if it was not."""
        if place not in self._pages:
            page = self._makers[place](self._stack)
            self._pages[place] = page
            self._stack.addWidget(page)
        return self._pages[place]

    def go(self, place: Place) -> None:
        """Show a page and give it the keyboard."""
        self._show(place)
        self.page(place).setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> Place:
        """Return which page is shown."""
        shown = self._stack.currentWidget()
        return next(place for place, page in self._pages.items() if page is shown)

    def show_keys(self) -> None:
        """Show the overview of keys."""
        dialog = KeysDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - named by Qt
        """Give the pages the room where there is little."""
        super().resizeEvent(event)
        self._navigation.set_narrow(is_narrow=self.width() < self._letters(_LETTERS_NARROW))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - named by Qt
        """Look what is new."""
        super().showEvent(event)
        self._hint.catch_up()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - named by Qt
        """Remember size and place."""
        self._memory.keep(bytes(self.saveGeometry().data()))
        super().closeEvent(event)

    def _show(self, place: Place) -> None:
        self._navigation.go(place)
        self._stack.setCurrentWidget(self.page(place))
        self.setWindowTitle(_("{page} — deskcron").format(page=place.title))

    def _lay_out(self, strip: StatusStrip) -> QWidget:
        """Return what holds all the parts."""
        page_area = QVBoxLayout()
        page_area.setSpacing(0)
        error_room = QVBoxLayout()
        error_room.setContentsMargins(GAP_L, GAP, GAP_L, 0)
        error_room.addWidget(self._errors)
        error_room.addWidget(self._surprise)
        error_room.addWidget(self._hint)
        page_area.addLayout(error_room)
        page_area.addWidget(self._stack, 1)
        page_area.addWidget(hairline(Qt.Orientation.Horizontal))
        page_area.addWidget(strip)
        contents = QWidget()
        row = QHBoxLayout(contents)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation)
        row.addWidget(hairline(Qt.Orientation.Vertical))
        row.addLayout(page_area, 1)
        self.setCentralWidget(contents)
        return contents

    def _more_menu(self, overview_watcher: OverviewWatcher) -> QMenu:
        menu = QMenu(self)
        pause = PauseMenu(self._context, overview_watcher, menu)
        pause.setIcon(icon("pause"))  # panels draw icons on grounds of their own: none there
        pause.resume.setIcon(icon("resume"))
        menu.addMenu(pause)
        menu.addAction(pause.resume)
        menu.addSeparator()
        review = menu.addAction(icon("missed"), _("What was due while &away…"))
        review.triggered.connect(lambda: self._context.signals.show_review.emit(None))
        keys = menu.addAction(icon("keyboard"), _("&Keyboard"))
        keys.setShortcut("F1")
        keys.triggered.connect(self.show_keys)
        leave = menu.addAction(icon("quit"), _("&Quit"))
        leave.setShortcut(QKeySequence("Ctrl+Q"))
        leave.triggered.connect(self.quit_wanted)
        self.addActions([keys, leave])
        return menu

    def _bind_keys(self, contents: QWidget) -> None:
        """Bind keys to the contents, so that they rest while something else stands there."""
        for place in Place:
            shortcut = QShortcut(QKeySequence(place.keys), contents)
            shortcut.activated.connect(lambda place=place: self.go(place))
        begin = QShortcut(QKeySequence(QKeySequence.StandardKey.New), contents)
        begin.activated.connect(lambda: self._context.signals.new_job.emit(""))
        QShortcut(QKeySequence("?"), contents).activated.connect(self.show_keys)

    def _restore(self) -> None:
        letter, line = self._letters(1), self.fontMetrics().lineSpacing()
        self.setMinimumSize(_LETTERS_LEAST.width() * letter, _LETTERS_LEAST.height() * line // 2)
        size = QSize(_LETTERS.width() * letter, _LETTERS.height() * line)
        self.resize(size.boundedTo(self.screen().availableSize() * _SHARE))
        self.restoreGeometry(QByteArray(self._memory.recall()))

    def _letters(self, count: int) -> int:
        return self.fontMetrics().averageCharWidth() * count

    def _on_seen(self, overview: Overview) -> None:
        self._navigation.set_waiting(overview.needs_you)
