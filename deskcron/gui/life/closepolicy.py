"""What closing the window means: into the tray, into the task bar, or the end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMessageBox, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.life.preferenceswatcher import PreferencesWatcher
from deskcron.gui.life.question import question


class ClosePolicy(QObject):
    """Let the window go where there is a tray to come back from; else ask, once.

    The end of process or session is never held up: after `let_go` every close is granted.
    """

    quit_wanted = Signal()
    went_to_tray = Signal()
    """For the first time ever: worth a word where the window has gone."""

    def __init__(
        self,
        preferences_watcher: PreferencesWatcher,
        has_tray: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences_watcher = preferences_watcher
        self._has_tray = has_tray
        self._is_ending = False

    def let_go(self) -> None:
        """Stand in the way of no close from now on."""
        self._is_ending = True

    def hold_again(self) -> None:
        """Decide again what a close means: the session goes on after all."""
        self._is_ending = False

    def decide(self, window: QWidget, event: QCloseEvent) -> None:
        """Accept the close, which hides the window, or ignore it and do otherwise."""
        if self._is_ending:
            event.accept()
        elif self._has_tray():
            event.accept()
            if not self._is_known():
                self._preferences_watcher.remember_tray()
                self.went_to_tray.emit()
        else:
            event.ignore()
            if self._is_known():
                window.showMinimized()
            else:
                self._ask(window)

    def _ask(self, window: QWidget) -> None:
        box = question(
            window,
            _("Close deskcron"),
            _("Keep deskcron running?"),
            _(
                "Your desktop shows no icon of deskcron, so it needs its window. Minimised, it "
                "goes on running your jobs. Once it is quit, no job starts until you open it "
                "again; jobs that are running go on."
            ),
        )
        minimise = box.addButton(_("&Minimise"), QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton(_("&Quit"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(minimise)
        minimise.clicked.connect(window.showMinimized)
        minimise.clicked.connect(self._preferences_watcher.remember_tray)
        leave.clicked.connect(self.quit_wanted)
        box.open()

    def _is_known(self) -> bool:
        """Tell whether the person has been told; where that is not known nobody is asked."""
        preferences = self._preferences_watcher.preferences
        return preferences is None or preferences.knows_tray
