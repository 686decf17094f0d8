"""Say what will not run before deskcron is quit."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget
from shiboken6 import isValid

from deskcron.domain.answers import Overview
from deskcron.domain.daywords import moment
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.words import ahead_name
from deskcron.gui.life.host import ROLE
from deskcron.gui.life.question import question
from deskcron.gui.pagecontext import PageContext

_AHEAD = 3


class QuitConfirmation(QObject):
    """Ask before the end where something would be missed; `agreed` when nothing stands against."""

    agreed = Signal()

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._box: QMessageBox | None = None

    def ask(self, parent: QWidget | None) -> None:
        """Look at what is ahead, and ask over `parent` if there is anything."""
        self._context.bridge.ask(
            self,
            lambda facade: facade.overview.look(_AHEAD),
            lambda overview: self._weigh(overview, parent),
            lambda _error: self.agreed.emit(),
        )

    def _weigh(self, overview: Overview, parent: QWidget | None) -> None:
        if not will_miss(overview):
            self.agreed.emit()
        elif self._box is not None:
            self._box.raise_()
            self._box.activateWindow()
        else:
            self._open(overview, parent)

    def _open(self, overview: Overview, parent: QWidget | None) -> None:
        box = self._box = question(
            parent if parent is not None and isValid(parent) else None,  # let go of meanwhile
            _("Quit deskcron"),
            _("Quit deskcron?"),
            details(overview, self._context.clock.now(), self._context.zones.zone()),
        )
        leave = box.addButton(_("&Quit"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        leave.clicked.connect(self.agreed)
        box.destroyed.connect(self._gone)
        box.open()
        box.raise_()
        box.activateWindow()

    def _gone(self) -> None:
        self._box = None


def will_miss(overview: Overview) -> bool:
    """Tell whether jobs depend on this process: it is the engine, and something is ahead."""
    return overview.engine.role == ROLE and bool(overview.coming())


def details(overview: Overview, now: datetime, zone: tzinfo | None) -> str:
    """Return what will not run, and what becomes of running jobs."""
    lines = [_("No job starts by itself until you start deskcron again. Next it would be:"), ""]
    lines += [
        _("{time}: {job}").format(time=moment(ahead.at, now, zone), job=ahead_name(ahead))
        for ahead in overview.coming()[:_AHEAD]
    ]
    if overview.running:
        text = ngettext(
            "{count} job that is running now goes on.",
            "{count} jobs that are running now go on.",
            len(overview.running),
        )
        lines += ["", text.format(count=len(overview.running))]
    return "\n".join(lines)
