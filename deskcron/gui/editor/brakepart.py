"""Rules: when a job is stopped from running on."""

from __future__ import annotations

import msgspec

from deskcron.domain.braking import Brake
from deskcron.domain.job import Document
from deskcron.domain.policyproblems import MOST_FAILURES, MOST_RUNS_PER_DAY
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import length, number
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.lengthfield import HOUR
from deskcron.gui.editor.optionalfields import OptionalLength
from deskcron.gui.theme.inputs import SpinBox


class BrakePart(BoundPart):
    """How long a hold lasts is shown once there is one."""

    def __init__(self) -> None:
        super().__init__(msgspec.structs.asdict(Brake()))
        self._failures = SpinBox(_("Hold the job after failures in a row"), 0, MOST_FAILURES)
        self._failures.setSpecialValueText(_("Never"))
        resume = OptionalLength(_("Go on by itself after"), _("Length of the hold"), HOUR)
        most = SpinBox(_("Runs a day, at most"), 0, MOST_RUNS_PER_DAY)
        most.setSpecialValueText(_("No limit"))
        hint = _("You are told in the inbox, and can let it go on there.")
        label = _("Hold the job after failures in a row")
        self.bind("failures", label, number(self._failures), hint=hint)
        self.bind("resume_s", "", length(resume))
        self.bind("runs_per_day", _("Runs a day, at most"), number(most))
        self._failures.valueChanged.connect(self._show_resume)

    def load(self, values: Document) -> None:
        """Show the values."""
        super().load(values)
        self._show_resume()

    def _show_resume(self) -> None:
        self.fields["resume_s"].setVisible(self._failures.value() > 0)
