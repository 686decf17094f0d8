"""A field for a time zone, found by typing any part of its name."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE


class ZoneField(QLineEdit):
    """Empty means the zone of the computer, wherever it goes; `zones` are the names offered."""

    def __init__(self, zones: QStringListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Time zone"))
        self.setPlaceholderText(_("That of this computer"))
        self.setClearButtonEnabled(True)
        completer = QCompleter(zones, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def zone(self) -> str:
        """Return the name as triggers store it."""
        return self.text().strip().replace(" ", "_") or LOCAL_ZONE

    def set_zone(self, zone: str) -> None:
        """Show a zone."""
        self.setText("" if zone == LOCAL_ZONE else zone)
