"""When: somebody fires a signal from outside."""

from __future__ import annotations

import shlex
from types import MappingProxyType

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import line
from deskcron.gui.editor.eventpart import EventPart
from deskcron.gui.editor.field import Field
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.spacing import GAP_S


class SignalPart(EventPart):
    """The signal's name, and the command that fires it."""

    KIND = "signal"
    DEFAULTS = MappingProxyType({"name": ""})

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.command = QLineEdit()
        self.command.setReadOnly(True)
        self.command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy = button(_("Copy"), "copy")
        self.copy.setAutoDefault(False)
        self.copy.setAccessibleName(_("Copy the command"))
        self.bind("name", _("Name of the signal"), line(self.name))
        self.column.addWidget(self._shown_command())
        self.name.textChanged.connect(self._show_command)
        self.copy.clicked.connect(self._copy_command)

    def _shown_command(self) -> Field:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        row.addWidget(self.command, 1)
        row.addWidget(self.copy)
        both.setFocusProxy(self.command)
        hint = _("In a terminal, a script or another program.")
        field = Field(_("Fired by"), both, hint=hint)
        self.command.setAccessibleName(_("Fired by"))
        self._show_command()
        return field

    def _show_command(self) -> None:
        name = self.name.text()
        self.command.setText(f"deskcron fire {shlex.quote(name) if name else _('NAME')}")
        self.command.setCursorPosition(0)

    def _copy_command(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
