"""Rules: how a run is carried out."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from deskcron.domain.policy import Policy
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import length, switch
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.lengthfield import MINUTE, SECOND, LengthField

_DEFAULTS = Policy()


class RunningPart(BoundPart):
    """Evidence of start and end, and how it is stopped."""

    def __init__(self) -> None:
        super().__init__({"exact": _DEFAULTS.exact, "grace_s": _DEFAULTS.grace_s})
        exact = QCheckBox(_("&Exact evidence of start and end"))
        grace = LengthField(_("Time to end by itself"), (SECOND, MINUTE))
        hint = _(
            "Its exit code is known even if deskcron was not running at its end; each "
            "start takes a little longer."
        )
        self.bind("exact", "", switch(exact), hint=hint)
        hint = _("A run that is stopped gets this long before it is ended by force.")
        self.bind("grace_s", _("Time to end by itself"), length(grace), hint=hint)
