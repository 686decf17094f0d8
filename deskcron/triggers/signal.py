"""Say "now" when somebody fires a signal from outside: `deskcron fire NAME`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from deskcron.domain.errors import Problem
from deskcron.domain.listening import EventTrigger, Topic
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import RuleContext
from deskcron.triggers.eventwords import with_timing

SIGNAL = "signal"
LONGEST_NAME = 100


class Signal(EventTrigger, frozen=True, kw_only=True, tag="signal"):
    """Say "now" at each signal of this name."""

    name: str

    @property
    def topic(self) -> Topic:
        """Return the signal."""
        return Topic(SIGNAL, self.name)

    def problems(self, now: datetime, context: RuleContext) -> Sequence[Problem]:
        """Say what keeps the trigger from being saved, in words."""
        found = list(super().problems(now, context))
        name = self.name.strip()
        if not name:
            found.append(Problem("name", _("Give the signal a name, such as backup-disk.")))
        elif name != self.name or not name.isprintable() or len(name) > LONGEST_NAME:
            found.append(
                Problem("name", _("The name of a signal is one line without blanks around."))
            )
        return found

    def describe(self) -> str:
        """Put the signal into words."""
        return with_timing(_("At the signal “{name}”").format(name=self.name), self)
