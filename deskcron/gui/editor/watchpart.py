"""Rules: of what a person is told while a run goes on."""

from __future__ import annotations

from deskcron.domain.policy import Policy
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import length
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.lengthfield import HOUR
from deskcron.gui.editor.optionalfields import OptionalLength


class WatchPart(BoundPart):
    """A length of time after which a run is told of and goes on."""

    def __init__(self) -> None:
        super().__init__({"soft_timeout_s": Policy().soft_timeout_s})
        told = OptionalLength(_("Tell me of a run that takes longer than"), _("Length"), HOUR)
        hint = _("It goes on; only the time limit stops it.")
        self.bind("soft_timeout_s", "", length(told), hint=hint)
