"""Rules: the hours and days at which a job may run, and those at which it may not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from deskcron.domain.errors import Problem
from deskcron.domain.hours import wrong_hours
from deskcron.domain.job import Document
from deskcron.domain.policy import Policy
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.hoursrows import BlackoutRow, WindowRow
from deskcron.gui.editor.offers import Offers
from deskcron.gui.editor.part import Part, within
from deskcron.gui.editor.placefield import PlaceField
from deskcron.gui.editor.rowlist import RowList


class HoursPart(Part):
    """Windows, days without any run, and public holidays; `today` is the first day offered."""

    def __init__(self, today: date, offers: Offers) -> None:
        super().__init__()
        self._windows = RowList(_("Add hours"), _("Remove these hours"), WindowRow)
        self._blackout = RowList(_("Add days"), _("Remove these days"), partial(BlackoutRow, today))
        self._holidays = PlaceField(_("Not on public holidays of"), offers)
        hint = _("No day chosen means every day. An end before the beginning is on the next day.")
        self._own = {
            "windows": Field(_("Only within"), self._windows, self._windows.edited, hint=hint),
            "blackout": Field(_("Never on"), self._blackout, self._blackout.edited),
            "holidays": Field(
                _("Not on public holidays of"), self._holidays, self._holidays.textChanged
            ),
        }
        for name, field in self._own.items():
            self.add(name, field)
        for rows in (self._windows, self._blackout):
            rows.grown.connect(self._on_grown)

    @staticmethod
    def can_show(policy: Policy) -> bool:
        """Tell whether all hours and days are some."""
        return not wrong_hours(policy.hours)

    def load(self, values: Document) -> None:
        """Show hours."""
        self._windows.load(values.get("windows", ()))
        self._blackout.load([{"days": text} for text in values.get("blackout", ())])
        self._holidays.set_code(values.get("holidays", ""))
        self._collect()

    def values(self) -> dict[str, Any]:
        """Return the hours."""
        return {
            "windows": self._windows.values(),
            "blackout": [row["days"] for row in self._blackout.values()],
            "holidays": self._holidays.code(),
        }

    def own_problems(self) -> Sequence[Problem]:
        """Say what is no time or no date."""
        return [
            Problem(f"{name}.{problem.field}".rstrip("."), problem.message)
            for name, rows in (("windows", self._windows), ("blackout", self._blackout))
            for problem in rows.own_problems()
        ]

    def _collect(self) -> None:
        """Answer for the fields that there are now."""
        self.fields.clear()
        self.fields.update(self._own)
        self.fields.update(within("windows", self._windows.fields()))
        self.fields.update(within("blackout", self._blackout.fields()))

    def _on_grown(self) -> None:
        self._collect()
        self.grown.emit()
