"""What fields of the form offer to choose from; it comes from the core, after the form is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QStringListModel, Signal

from deskcron.domain.run import JobId


class Offers(QObject):
    """Time zones, tags, jobs and places, each told to those fields that are there already.

    `places_wanted` asks for the places that have public holidays.
    """

    jobs_came = Signal()
    places_came = Signal()
    places_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.zones, self.tags = QStringListModel(self), QStringListModel(self)
        self.jobs: Mapping[JobId, str] | None = None
        self.places: Mapping[str, Mapping[str, str]] = {}

    def take(self, zones: Sequence[str], tags: Sequence[str], jobs: Mapping[JobId, str]) -> None:
        """Offer these; `jobs` are names by id."""
        self.zones.setStringList(zones)
        self.tags.setStringList(tags)
        self.jobs = jobs
        self.jobs_came.emit()

    def want_places(self) -> None:
        """Ask for the places, unless they are there."""
        if not self.places:
            self.places_wanted.emit()

    def take_places(self, places: Mapping[str, Mapping[str, str]]) -> None:
        """Offer countries by their codes, each with the names of its regions by theirs."""
        self.places = places
        self.places_came.emit()
