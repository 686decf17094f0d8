"""Rules: how a run is carried out, beside others and on this machine."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit

from deskcron.domain.policy import Io, OutputOver, Policy
from deskcron.domain.policyproblems import MOST_NICE, MOST_OUTPUT_MB
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import choice, length, line, number, number_or_none, switch
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.lengthfield import MINUTE, SECOND, LengthField
from deskcron.gui.theme.inputs import ComboBox, SpinBox

RUNNING = (
    "lane",
    "nice",
    "io",
    "keep_awake",
    "output_limit_mb",
    "output_over",
    "grace_s",
    "exact",
)
"""The rules of a policy that are about it."""


class RunningPart(BoundPart):
    """Company, machine, output, and its end."""

    def __init__(self) -> None:
        usual = Policy()
        super().__init__({name: getattr(usual, name) for name in RUNNING})
        self._add_company()
        self._add_output()
        grace = LengthField(_("Time to end by itself"), (SECOND, MINUTE))
        hint = _("A run that is stopped gets this long before it is ended by force.")
        self.bind("grace_s", _("Time to end by itself"), length(grace), hint=hint)
        exact = QCheckBox(_("&Exact evidence of start and end"))
        hint = _(
            "Its exit code is known even if deskcron was not running at its end; each "
            "start takes a little longer."
        )
        self.bind("exact", "", switch(exact), hint=hint)

    def _add_company(self) -> None:
        lane, nice = QLineEdit(), SpinBox(_("Use of the processor"), 0, MOST_NICE)
        lane.setPlaceholderText(_("None"))
        nice.setSpecialValueText(_("As all others"))
        io = ComboBox(
            _("Use of the disk"),
            {Io.NORMAL: _("As all others"), Io.IDLE: _("Only when nobody else wants it")},
        )
        hint = _("Jobs of one lane, such as disk, do not run all at once.")
        self.bind("lane", _("Lane"), line(lane), hint=hint)
        nice.set_measure(_("Niceness {count}"))
        hint = _("Up to 19, which leaves the processor to all other programs.")
        self.bind("nice", _("Use of the processor"), number(nice), hint=hint)
        self.bind("io", _("Use of the disk"), choice(io))
        awake = QCheckBox(_("Keep the computer awake while it runs"))
        self.bind("keep_awake", "", switch(awake))

    def _add_output(self) -> None:
        most = SpinBox(_("Output that is kept, at most"), 0, MOST_OUTPUT_MB)
        most.set_measure(_("{count} MB"))
        most.setSpecialValueText(_("As in the settings"))
        over = ComboBox(
            _("If it prints more"),
            {
                OutputOver.KEEP_NEWEST: _("Keep the newest part"),
                OutputOver.STOP: _("Stop the run"),
            },
        )
        self.bind("output_limit_mb", _("Output that is kept, at most"), number_or_none(most))
        self.bind("output_over", _("If it prints more"), choice(over))
