"""Rules: ask before a run starts."""

from __future__ import annotations

from deskcron.domain.policy import Policy
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import length_or_zero
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.lengthfield import MINUTE
from deskcron.gui.editor.optionalfields import OptionalLength


class AskPart(BoundPart):
    """One length of time."""

    def __init__(self) -> None:
        super().__init__({"ask_s": Policy().ask_s})
        ask = OptionalLength(_("Ask, and wait for an answer for"), _("Time to answer"), MINUTE)
        hint = _("Run now, put off or leave out. Without an answer it starts.")
        self.bind("ask_s", "", length_or_zero(ask), hint=hint)
