"""The menu to put entries off, and the dialog for any other time."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.ports import Clock
from deskcron.domain.texts import gettext as _
from deskcron.gui.inbox.putoff import choices, next_quarter
from deskcron.gui.theme.announcing import announce
from deskcron.gui.theme.clockfields import MomentField
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_L

_LETTERS = 44


class SnoozeMenu(QMenu):
    """Offer times as of the moment it opens; `chosen` carries an aware instant."""

    chosen = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(_("&Snooze"), parent)
        self._clock = clock
        self.setIcon(icon("snooze"))
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for choice in choices(self._clock.now()):
            action = self.addAction(choice.words)
            action.triggered.connect(lambda _on, until=choice.until: self.chosen.emit(until))
        self.addSeparator()
        self.addAction(_("&Other time…")).triggered.connect(self._ask)

    def _ask(self) -> None:
        dialog = UntilDialog(self._clock, self.parentWidget())
        dialog.chosen.connect(self.chosen)
        dialog.open()


class UntilDialog(QDialog):
    """Ask until when; `chosen` carries an aware instant that is ahead."""

    chosen = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.setWindowTitle(_("Snooze until"))
        self.field = MomentField(_("Show it again"))
        self.field.set_iso(next_quarter(clock.now()).isoformat(timespec="minutes"))
        self._problem = plain_label("", Tone.BAD, wraps=True)
        label = plain_label(_("Show it again &at"))
        label.setBuddy(self.field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        snooze = QPushButton(_("&Snooze"))
        buttons.addButton(snooze, QDialogButtonBox.ButtonRole.AcceptRole)
        snooze.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.field.edited.connect(lambda: self._say(""))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP)
        column.addWidget(label)
        column.addWidget(self.field)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addWidget(buttons)
        self._problem.hide()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        self.field.time.setFocus()

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return self._problem.text()

    def accept(self) -> None:
        """Put it off, or say what is wrong with the time."""
        words = self.field.problem()
        until = None if words else datetime.fromisoformat(self.field.iso()).astimezone()
        if until is not None and until <= self._clock.now():
            words = _("This time is past. Choose a later one.")
        self._say(words)
        if until is not None and not words:
            super().accept()
            self.chosen.emit(until)

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.field.setAccessibleDescription(words)
        if words:
            announce(self, words)
