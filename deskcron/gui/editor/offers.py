"""What fields of the form offer to choose from; it comes from the core, after the form is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QStringListModel, Signal


class Offers(QObject):
    """Time zones, tags and jobs, each told to those fields that are there already."""

    jobs_came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.zones, self.tags = QStringListModel(self), QStringListModel(self)
        self.jobs: Mapping[str, str] | None = None

    def take(self, zones: Sequence[str], tags: Sequence[str], jobs: Mapping[str, str]) -> None:
        """Offer these; `jobs` are names by id."""
        self.zones.setStringList(zones)
        self.tags.setStringList(tags)
        self.jobs = jobs
        self.jobs_came.emit()
