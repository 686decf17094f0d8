"""What few event triggers need: delays, and how often at most they start the job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import length_words
from deskcron.gui.editor.bindings import length_or_zero
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.eventpart import TIMING
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.lengthfield import HOUR, MINUTE
from deskcron.gui.editor.optionalfields import OptionalLength, in_line
from deskcron.gui.editor.panel import Panel
from deskcron.gui.theme.disclosure import Disclosure

_USUAL_DELAY_S = 5 * MINUTE


class EventTiming(Disclosure):
    """Folded, with what is set in words."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("More"), parent)
        self._part = _TimingPart()
        panel = Panel()
        panel.column.addWidget(self._part)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self._show_summary()
        self._part.changed.connect(self._on_changed)
        self.toggled.connect(self.changed)

    def load(self, trigger: Document) -> None:
        """Show the delays of a trigger."""
        self._part.load(trigger)
        self._show_summary()

    def values(self) -> dict[str, Any]:
        """Return the delays."""
        return self._part.values()

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names that problems give them."""
        return self._part.fields

    def own_problems(self) -> Sequence[Problem]:
        """Find nothing wrong: what can be typed is a length."""
        return ()

    def _on_changed(self) -> None:
        self._show_summary()
        self.changed.emit()

    def _show_summary(self) -> None:
        words = {
            "delay_s": _("{length} later"),
            "random_delay_s": _("up to {length} more by chance"),
            "at_most_every_s": _("at most once in {length}"),
        }
        said = [
            words[name].format(length=length_words(length_s))
            for name, length_s in self.values().items()
            if length_s
        ]
        self.set_summary(_(", ").join(said) or _("delay, random delay, at most once in a time"))


class _TimingPart(BoundPart):
    def __init__(self) -> None:
        super().__init__(TIMING)
        delay = OptionalLength(_("Start later by"), _("Delay"), _USUAL_DELAY_S)
        chance = OptionalLength(_("And by chance up to"), _("Random delay"), _USUAL_DELAY_S)
        most = OptionalLength(_("At most once in"), _("Least time between"), HOUR)
        in_line(delay, chance, most)
        self.bind("delay_s", "", length_or_zero(delay))
        hint = _("So that many computers or jobs do not start at the same moment.")
        self.bind("random_delay_s", "", length_or_zero(chance), hint=hint)
        hint = _("What happens again within this time after a run starts nothing.")
        self.bind("at_most_every_s", "", length_or_zero(most), hint=hint)
