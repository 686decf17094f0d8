"""Rules: when a failed run is tried again."""

from __future__ import annotations

import msgspec

from deskcron.domain.job import Document
from deskcron.domain.policyproblems import MOST_ATTEMPTS, MOST_GROWTH
from deskcron.domain.retrying import RETRYABLE, Retry
from deskcron.domain.run import Status
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import Binding, decimal, length, number, share
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.checksfield import ChecksField
from deskcron.gui.editor.lengthfield import HOUR, MINUTE, SECOND, LengthField
from deskcron.gui.theme.inputs import DecimalBox, SpinBox

_UNITS = (SECOND, MINUTE, HOUR)


class RetryPart(BoundPart):
    """The waits are shown once there is a further attempt."""

    def __init__(self) -> None:
        super().__init__(msgspec.structs.asdict(Retry()))
        self._count = SpinBox(_("Further attempts, at most"), 0, MOST_ATTEMPTS)
        self._count.setSpecialValueText(_("None"))
        ends = {
            Status.FAILED: _("It failed"),
            Status.TIMED_OUT: _("It took too long"),
            Status.INTERRUPTED: _("It was interrupted"),
            Status.UNKNOWN: _("Its end is unknown"),
        }
        on = ChecksField(_("Try again if"), {status.value: ends[status] for status in RETRYABLE})
        delay, ceiling = (LengthField(name, _UNITS) for name in (_("Wait"), _("Longest wait")))
        growth = DecimalBox(_("Factor"), 1, MOST_GROWTH)
        jitter = SpinBox(_("Random addition"), 0, 100)
        jitter.set_measure(_("{count} %"))
        self.bind("count", _("Further attempts, at most"), number(self._count))
        self.bind("on", _("Try again if"), Binding(on, on.edited, on.chosen, on.choose))
        self.bind("delay_s", _("Wait before the first of them"), length(delay))
        hint = _("With 2, each wait is twice as long as the one before.")
        self.bind("growth", _("Factor by which waits grow"), decimal(growth), hint=hint)
        self.bind("ceiling_s", _("Longest wait"), length(ceiling))
        hint = _("To each wait, so that jobs that failed together are not repeated together.")
        self.bind("jitter", _("Random addition"), share(jitter), hint=hint)
        self._count.valueChanged.connect(self._show_waits)

    def load(self, values: Document) -> None:
        """Show the values."""
        super().load(values)
        self._show_waits()

    def _show_waits(self) -> None:
        for name, field in self.fields.items():
            field.setVisible(name == "count" or self._count.value() > 0)
