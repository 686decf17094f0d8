"""Rules: of what a person is told that no failure would tell."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtWidgets import QCheckBox

from deskcron.domain.job import Document
from deskcron.domain.policy import Policy
from deskcron.domain.policyproblems import MOST_GROWTH
from deskcron.domain.texts import gettext as _
from deskcron.domain.watchdogs import Watchdogs
from deskcron.gui.editor.bindings import length, optional_number, optional_share, switch
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.lengthfield import DAY, HOUR, MINUTE
from deskcron.gui.editor.optionalfields import OptionalDecimal, OptionalLength, in_line
from deskcron.gui.editor.part import Part, within
from deskcron.gui.theme.inputs import DecimalBox

WATCH = ("soft_timeout_s", "watchdogs")
"""The rules of a policy that are about it."""
_LEAST_TIMES, _LEAST_PERCENT, _MOST_PERCENT = 1.1, 0.1, 99.9
_USUAL_TIMES, _USUAL_PERCENT = 3, 50


class WatchPart(Part):
    """A run that takes long, and what the watchdogs look at."""

    def __init__(self) -> None:
        super().__init__()
        self._raw: Document = {}
        self._length = BoundPart({"soft_timeout_s": Policy().soft_timeout_s})
        told = OptionalLength(_("A run takes longer than"), _("Length of a run"), HOUR)
        self._length.bind("soft_timeout_s", "", length(told), hint=_("It goes on all the same."))
        self._dogs = _WatchdogsPart(told)
        for part in (self._length, self._dogs):
            self.column.addWidget(part)
            part.changed.connect(self.changed)
        self.fields = {**self._length.fields, **within("watchdogs", self._dogs.fields)}

    def load(self, values: Document) -> None:
        """Show a policy's part."""
        self._raw = values.get("watchdogs", {})
        self._length.load(values)
        self._dogs.load(self._raw)

    def values(self) -> dict[str, Any]:
        """Return a policy's part."""
        return {**self._length.values(), "watchdogs": {**self._raw, **self._dogs.values()}}


class _WatchdogsPart(BoundPart):
    """Each with a switch of its own; `above` is a field to stand in line with."""

    def __init__(self, above: OptionalLength) -> None:
        super().__init__(msgspec.structs.asdict(Watchdogs()))
        success = OptionalLength(_("No success within"), _("Time without success"), DAY)
        start = OptionalLength(
            _("Due, not started within"), _("Time after it was due"), 15 * MINUTE
        )
        times = DecimalBox(_("Times the usual length"), _LEAST_TIMES, MOST_GROWTH)
        times.set_measure(_("{count} times the usual"))
        slower = OptionalDecimal(_("Took more than"), times, _USUAL_TIMES)
        percent = DecimalBox(_("Percent of the usual output"), _LEAST_PERCENT, _MOST_PERCENT)
        percent.set_measure(_("{count} % of the usual"))
        smaller = OptionalDecimal(_("Printed less than"), percent, _USUAL_PERCENT)
        in_line(above, success, start, slower, smaller)
        self.bind("no_success_s", "", length(success))
        self.bind("not_started_s", "", length(start))
        self.bind("slower_than", "", optional_number(slower))
        self.bind("smaller_than", "", optional_share(smaller))
        self.bind("errors", "", switch(QCheckBox(_("Succeeded, but wrote errors"))))
