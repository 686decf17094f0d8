"""The window's process from its first breath to its last: build, connect, and end in order.

A lost X display ends it past all of this, within Xlib or Qt; the next start finds what it needs, as
after a kill: locks die with their owner, a stale socket is removed, jobs are adopted.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from deskcron.domain.errors import DeskcronError
from deskcron.domain.opening import Opening
from deskcron.domain.preferences import Preferences
from deskcron.domain.run import RunId
from deskcron.domain.texts import gettext as _
from deskcron.gui.bridge import Bridge
from deskcron.gui.life.closepolicy import ClosePolicy
from deskcron.gui.life.collecting import Collecting
from deskcron.gui.life.engineroom import EngineRoom
from deskcron.gui.life.erroroverlay import ErrorOverlay
from deskcron.gui.life.forms import Forms
from deskcron.gui.life.hooks import Hooks
from deskcron.gui.life.host import Host
from deskcron.gui.life.instance import Address, InstanceMessage, InstanceServer
from deskcron.gui.life.mending import examine_place, mend_login
from deskcron.gui.life.messages import Messages
from deskcron.gui.life.preferenceswatcher import PreferencesWatcher
from deskcron.gui.life.preparing import Preparing
from deskcron.gui.life.quitconfirmation import QuitConfirmation
from deskcron.gui.life.resting import Resting
from deskcron.gui.life.signals import Signals
from deskcron.gui.life.windowcontroller import WindowController
from deskcron.gui.life.windowfactory import WindowFactory
from deskcron.gui.notices.banners import Banners
from deskcron.gui.pagecontext import PageContext, PageSignals
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.storewatcher import StoreWatcher
from deskcron.gui.theme.icons import APPLICATION, application_icon
from deskcron.gui.theme.themecontroller import SYSTEM, ThemeController
from deskcron.gui.tray.panel import panel_ink
from deskcron.gui.tray.tray import Tray
from deskcron.gui.zones import Zones
from deskcron.system.session import session_of

_QUEUED = Qt.ConnectionType.QueuedConnection
_LOGOUT_MS = 60_000
"""A session that is still there by then was not ended after all."""

_FRAMED_MS = 200
"""The window manager frames a new window by then; forms are placed by the frame of theirs."""


def run(host: Host, address: Address, messages: Messages, opening: Opening) -> int:
    """Be the window until it is quit; return the exit code."""
    app = QApplication([APPLICATION])
    messages.started()
    app.setApplicationName(APPLICATION)
    app.setApplicationDisplayName("deskcron")
    app.setDesktopFileName(APPLICATION)
    app.setWindowIcon(application_icon())
    app.setQuitOnLastWindowClosed(False)
    life = Life(host, address, app)
    life.begin(opening)
    code = app.exec()
    life.dismantle()
    return code


class Life(QObject):
    """All parts of the process, and the order in which they begin and end.

    The window shows first; store and engine are opened behind it.
    """

    def __init__(self, host: Host, address: Address, app: QApplication) -> None:
        super().__init__(app)
        self._host = host
        self._app = app
        self._ink = panel_ink(os.environ, app.styleHints().colorScheme())
        self._collecting = Collecting(self)
        self._hooks = Hooks(str(host.paths().window_log), self)
        self._signals = Signals(self)
        self._instances = InstanceServer(address, self._may_obey, self)
        self._theme = ThemeController(app)
        self._bridge = Bridge(host.facade, self)
        self._context = PageContext(self._bridge, host.clock(), PageSignals(), Zones())
        self._watch = StoreWatcher(host.facade, self._bridge.changed.emit)
        self._room = EngineRoom(host, self)
        self._overview_watcher = OverviewWatcher(self._bridge, self)
        self._preferences_watcher = PreferencesWatcher(self._bridge, self)
        self._tray = Tray(self._context, self._overview_watcher, self._ink, parent=self)
        self._banners = Banners(host, self._bridge, self._tray.icon, self)
        self._forms = Forms(self._context, self)
        self._window_factory = WindowFactory(self._context, host, self._forms)
        self._close_policy = ClosePolicy(self._preferences_watcher, self._tray.icon.is_there, self)
        self._windows = WindowController(self._make_window, self._close_policy.decide, self)
        self._resting = Resting(
            self._windows, self._bridge, lambda: self._room.is_open, host.forget, self
        )
        self._overlay = ErrorOverlay(self)
        self._quit_confirmation = QuitConfirmation(self._context, self)
        self._connect_ends()
        self._connect_parts()

    def begin(self, opening: Opening) -> None:
        """Show the window or the icon, then open what they show."""
        self._hooks.install()
        self._signals.install()
        self._theme.apply(SYSTEM)
        self._instances.open()
        if opening is Opening.HIDDEN:
            self._on_seen(False)
        else:
            self._open(opening)
        QTimer.singleShot(0, self, self._tray.open)
        QTimer.singleShot(0, self, self._room.start)

    def quit(self) -> None:
        """End as soon as no form with unsaved words wants to stay."""
        self._forms.leave()

    def end(self) -> None:
        """End now; nothing stands in the way."""
        self._let_go()
        self._windows.close()
        self._app.exit(0)

    def dismantle(self) -> None:
        """Destroy the window, after the loop has ended and while the application is there.

        The interpreter's own end destroys what is left in cycles without an application, icons
        before what draws them: Qt does not survive that each time.
        """
        self._windows.delete()
        gc.collect()

    def _connect_ends(self) -> None:
        """Every way out leads to `end`, most past a question."""
        self._signals.asked.connect(self.end, _QUEUED)
        self._quit_confirmation.agreed.connect(self.quit)
        self._forms.all_gone.connect(self.end)
        self._close_policy.quit_wanted.connect(self.quit)
        self._overlay.quit_wanted.connect(self.end)
        self._tray.quit_wanted.connect(self._ask_to_quit)
        self._app.commitDataRequest.connect(self._on_logout)
        self._app.aboutToQuit.connect(self._end)

    def _connect_parts(self) -> None:
        self._hooks.told.connect(self._bridge.failed)
        self._instances.called.connect(self._on_call)
        self._instances.refused.connect(lambda _call: self._forms.show_changed())
        self._room.opened.connect(self._on_opened)
        self._room.failed.connect(self._on_room_failed)
        self._overlay.retry.connect(self._room.retry)
        self._bridge.failed.connect(self._on_failed)
        self._windows.seen.connect(self._on_seen)
        self._windows.going.connect(self._collecting.spare_nothing)
        self._close_policy.went_to_tray.connect(self._say_where)
        self._preferences_watcher.changed.connect(self._on_preferences)
        self._app.styleHints().colorSchemeChanged.connect(self._on_scheme)
        self._tray.opened.connect(self._windows.open)
        self._tray.reminder_wanted.connect(lambda: self._open(Opening.REMINDER))
        self._tray.missing.connect(self._on_tray_missing)
        self._tray.runs_wanted.connect(self._open_runs)
        self._tray.inbox_wanted.connect(self._open_inbox)
        self._banners.window_wanted.connect(self._windows.open)
        self._banners.run_wanted.connect(self._open_run)
        self._banners.runs_wanted.connect(self._open_runs)
        self._banners.inbox_wanted.connect(self._open_inbox)
        self._banners.review_wanted.connect(self._open_review)

    def _make_window(self) -> QMainWindow:
        window = self._window_factory.window(self._overview_watcher)
        window.quit_wanted.connect(self._ask_to_quit)
        self._collecting.spare()
        Preparing(self._bridge, window).made.connect(self._collecting.spare)
        return window

    def _on_opened(self) -> None:
        self._overlay.take_off()
        self._bridge.open()
        self._watch.start()
        self._preferences_watcher.look()
        self._overview_watcher.start()
        self._bridge.ask(self, lambda _facade: mend_login(self._host), self._say_all)
        self._bridge.ask(self, lambda _facade: examine_place(self._host), lambda _fine: None)
        if session := session_of(os.environ):
            self._bridge.ask(
                self, lambda facade: facade.environment.remember(session), lambda _done: None
            )

    def _on_room_failed(self, error: DeskcronError) -> None:
        if self._room.is_open:
            self._bridge.failed.emit(error)
        else:
            self._windows.open()
            self._overlay.put_on(self._windows.window, error)

    def _on_failed(self, error: DeskcronError) -> None:
        """Tell beside the icon what no window can show."""
        if self._windows.shown is None:
            self._tray.icon.say(error.title, f"{error.detail} {error.hint}".strip())

    def _may_obey(self, call: InstanceMessage) -> bool:
        """Tell whether what another start wants comes about without a question."""
        return call.opening is not Opening.QUIT or not self._forms.have_changes()

    def _on_call(self, call: InstanceMessage) -> None:
        if call.opening is Opening.QUIT:
            self.quit()
        elif call.opening is not Opening.HIDDEN:
            self._open(call.opening, call.token)

    def _open(self, opening: Opening, token: str = "") -> None:
        self._windows.open(token)
        if opening is Opening.REMINDER:
            QTimer.singleShot(
                _FRAMED_MS, self, lambda: self._context.signals.new_job.emit("reminder")
            )

    def _on_seen(self, is_seen: bool) -> None:  # noqa: FBT001 - a signal's value
        self._watch.set_seen(is_seen=is_seen)
        self._overview_watcher.set_seen(is_seen=is_seen)

    def _on_preferences(self, preferences: Preferences) -> None:
        self._theme.apply(preferences.appearance)
        self._context.zones.show_in(preferences.zone)

    def _on_scheme(self, scheme: Qt.ColorScheme) -> None:
        preferences = self._preferences_watcher.preferences
        if preferences is None or preferences.appearance == SYSTEM:
            self._tray.icon.use_ink(panel_ink(os.environ, scheme))

    def _on_tray_missing(self) -> None:
        if self._windows.shown is None:
            self._windows.open_minimised()

    def _on_logout(self) -> None:
        self._let_go()
        QTimer.singleShot(_LOGOUT_MS, self, self._hold_again)

    def _let_go(self) -> None:
        self._close_policy.let_go()
        self._forms.let_go(is_ending=True)

    def _hold_again(self) -> None:
        self._close_policy.hold_again()
        self._forms.let_go(is_ending=False)

    def _ask_to_quit(self) -> None:
        if self._room.is_open:
            self._quit_confirmation.ask(self._windows.shown)
        else:
            self.quit()

    def _open_runs(self, job_id: str) -> None:
        self._windows.open()
        self._context.signals.show_runs.emit(job_id)

    def _open_run(self, run_id: RunId) -> None:
        self._windows.open()
        self._context.signals.show_run.emit(run_id)

    def _open_inbox(self) -> None:
        self._windows.open()
        self._context.signals.show_inbox.emit()

    def _open_review(self, at: datetime) -> None:
        self._windows.open()
        self._context.signals.show_review.emit(at)

    def _say_where(self) -> None:
        self._tray.icon.say(
            _("deskcron keeps running"),
            _("Your jobs run while its window is closed. Quit it from the menu of its icon."),
        )

    def _say_all(self, lines: Sequence[str]) -> None:
        if lines:
            self._context.signals.say.emit(" ".join(lines))

    def _end(self) -> None:
        """Stop in order: the last questions, then the engine; running jobs go on."""
        self._tray.close()
        self._instances.close()
        self._watch.close()
        if self._room.is_open:
            self._host.facade().control.hurry()
        self._bridge.close()
        self._room.stop()
        self._signals.remove()
        self._hooks.remove()
