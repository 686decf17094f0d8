"""Rules: the hours and days at which a job may run, and those at which it may not."""

from __future__ import annotations

from datetime import date
from functools import partial

import msgspec

from deskcron.domain.hours import Hours, wrong_hours
from deskcron.domain.policy import Policy
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import Binding
from deskcron.gui.editor.hoursrows import BlackoutRow, WindowRow
from deskcron.gui.editor.offers import Offers
from deskcron.gui.editor.placefield import PlaceField
from deskcron.gui.editor.rowlist import RowList
from deskcron.gui.editor.rowspart import RowsPart


class HoursPart(RowsPart):
    """Windows, days without any run, and public holidays; `today` is the first day offered."""

    def __init__(self, today: date, offers: Offers) -> None:
        super().__init__(msgspec.structs.asdict(Hours()))
        windows = RowList(_("Add hours"), _("Remove these hours"), WindowRow)
        blackout = RowList(_("Add days"), _("Remove these days"), partial(BlackoutRow, today))
        place = PlaceField(_("Not on public holidays of"), offers)
        hint = _("No day chosen means every day. An end before the beginning is on the next day.")
        self.add_rows("windows", _("Only within"), windows, hint=hint)
        self.add_rows("blackout", _("Never on"), blackout)
        holidays = Binding(place, place.textChanged, place.code, place.set_code)
        self.bind("holidays", _("Not on public holidays of"), holidays)

    @staticmethod
    def can_show(policy: Policy) -> bool:
        """Tell whether all hours and days are some."""
        return not wrong_hours(policy.hours)
