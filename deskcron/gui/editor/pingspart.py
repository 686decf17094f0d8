"""Rules: addresses that are told of a job's runs."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QLineEdit

from deskcron.domain.pinging import Pings
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import line
from deskcron.gui.editor.boundpart import BoundPart


class PingsPart(BoundPart):
    """One for the start and one for each end."""

    def __init__(self) -> None:
        super().__init__(msgspec.structs.asdict(Pings()))
        self._bind_address("start", _("When a run starts"))
        self._bind_address("success", _("When it has succeeded"))
        hint = _("${secret:NAME} stands for a secret; the settings keep them.")
        self._bind_address("failure", _("When it has failed"), hint)

    def _bind_address(self, name: str, label: str, hint: str = "") -> None:
        address = QLineEdit()
        address.setPlaceholderText(_("https://"))
        self.bind(name, label, line(address), hint=hint)
