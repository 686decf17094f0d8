"""Start at login: the icon with its engine, or the engine alone, as the system itself has it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from deskcron.domain.errors import DeskcronError
from deskcron.domain.ports import Autostart, AutostartState
from deskcron.domain.texts import gettext as _
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge
from deskcron.gui.settings.row import Row
from deskcron.gui.settings.section import Section
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.switch import Switch


class StartSection(Section):
    """A switch for each way to start; what they show is read back from the system."""

    def __init__(
        self,
        bridge: Bridge,
        login: Autostart,
        headless: Autostart,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Start"), parent=parent)
        self.login = LoginRow(
            bridge,
            login,
            _("Start deskcron at login"),
            _("Jobs run from the beginning; deskcron waits as an icon in the panel."),
        )
        self.headless = LoginRow(
            bridge,
            headless,
            _("Run jobs without the window, too"),
            _("The engine alone starts at login and does not depend on icon or window."),
        )
        self.add_row(self.login)
        self.add_row(self.headless)

    def look(self) -> None:
        """Read from the system what is set there."""
        self.login.look()
        self.headless.look()


class LoginRow(Row):
    """One way to start at login. What is pressed while the system is asked has no effect."""

    def __init__(self, bridge: Bridge, autostart: Autostart, title: str, hint: str, /) -> None:
        self.switch = Switch()
        super().__init__(title, hint, self.switch)
        self._bridge = bridge
        self._autostart = autostart
        self._meaning = hint
        self._is_asking = False
        self._is_on = False
        self.switch.toggled.connect(self._set)  # a screen reader toggles without a click

    def look(self) -> None:
        """Read from the system what is set there."""
        autostart = self._autostart
        self._ask(lambda _facade: autostart.state())

    def _set(self, is_wanted: bool) -> None:  # noqa: FBT001 - a slot
        autostart = self._autostart
        if self._is_asking:
            self._stand()
            return
        self.show_problem("")

        def change(_facade: Facade) -> AutostartState:
            if is_wanted:
                autostart.enable()
            else:
                autostart.disable()
            return autostart.state()

        self._ask(change)

    def _ask(self, call: Callable[[Facade], AutostartState]) -> None:
        self._is_asking = True
        self._bridge.ask(self, call, self._show, self._refused)

    def _show(self, state: AutostartState) -> None:
        self._is_asking = False
        self._is_on = state.is_on
        self._stand()
        more = [state.remark]
        if state.is_stale:
            more.append(_("Turn it off and on again to mend it."))
        self.set_hint(" ".join(text for text in (self._meaning, *more) if text))
        self.switch.setToolTip(tip(state.place))

    def _refused(self, error: DeskcronError) -> None:
        """Say what failed; what holds now is asked anew, as a change may have come half-way."""
        self.show_problem(str(error))
        autostart = self._autostart
        self._bridge.ask(self, lambda _facade: autostart.state(), self._show, self._give_up)

    def _give_up(self, error: DeskcronError) -> None:
        self._is_asking = False
        self._stand()
        self.show_problem(str(error))

    def _stand(self) -> None:
        """Let the switch stand as the system last had it."""
        with QSignalBlocker(self.switch):
            self.switch.setChecked(self._is_on)
