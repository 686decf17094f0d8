"""When: after a length of time, again and again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from deskcron.domain.drafting import coming_beginning
from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.lengthfield import HOUR, LONGEST_S, MINUTE, SECOND, LengthField
from deskcron.gui.editor.part import Part, typing_problems
from deskcron.gui.theme.clockfields import MomentField
from deskcron.gui.theme.inputs import ComboBox

_DEFAULT_S = HOUR


class IntervalPart(Part):
    """Elapsed time, counted on a grid from a start, or from the last run."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self._every = LengthField(_("Every"), (SECOND, MINUTE, HOUR))
        self._every.set_seconds(_DEFAULT_S)
        self._anchor = ComboBox(
            "",
            {
                "grid": _("A fixed time"),
                "start": _("The start of the last run"),
                "end": _("The end of the last run"),
            },
        )
        self._start = MomentField(_("Counted from"))
        self._now = now
        self._is_new = True
        self._shown_start = self._start.iso()
        self._begin_on_the_clock()
        self.add("every_s", Field(_("Every"), self._every, self._every.edited))
        self.add("anchor", Field(_("Counted from"), self._anchor, self._anchor.currentIndexChanged))
        self._start_field = self.add("start", Field("", self._start, self._start.edited))
        self._anchor.currentIndexChanged.connect(self._on_anchor)
        self._every.edited.connect(self._begin_on_the_clock)
        self._on_anchor()

    @staticmethod
    def can_show(trigger: Document) -> bool:
        """Tell whether nothing of the trigger would be lost."""
        every_s = trigger.get("every_s")
        return (
            isinstance(every_s, int)
            and 0 <= every_s <= LONGEST_S
            and trigger.get("anchor", "grid") in {"grid", "start", "end"}
            and _instant(trigger.get("start")) is not None
        )

    def load(self, values: Document) -> None:
        """Show a trigger."""
        self._is_new = False
        self._every.set_seconds(values["every_s"])
        self._anchor.set_value(values.get("anchor", "grid"))
        self._stored_start = values["start"]
        self._show_start()

    def values(self) -> dict[str, Any]:
        """Return the trigger's own values; a start that was not touched stays as it is."""
        start = self._stored_start
        if self._start.problem():
            start = self._start.iso()
        elif self._start.iso() != self._shown_start:
            start = datetime.fromisoformat(self._start.iso()).astimezone().isoformat()
        return {
            "kind": "interval",
            "every_s": self._every.seconds(),
            "anchor": self._anchor.value(),
            "start": start,
        }

    def own_problems(self) -> Sequence[Problem]:
        """Say what is no date or no time."""
        return typing_problems(start=self._start)

    def _begin_on_the_clock(self) -> None:
        """Let a new interval begin on a round time, until another is typed."""
        if self._is_new and self._start.iso() == self._shown_start:
            self._stored_start = coming_beginning(self._now, self._every.seconds()).isoformat()
            self._show_start()

    def _show_start(self) -> None:
        start = _instant(self._stored_start)
        if start is not None:
            wall = start.astimezone().replace(tzinfo=None)
            self._start.set_iso(wall.isoformat(timespec="seconds"))
        self._shown_start = self._start.iso()

    def _on_anchor(self) -> None:
        is_grid = self._anchor.value() == "grid"
        self._start_field.setVisible(is_grid)
        self.fields["anchor"].set_hint(
            "" if is_grid else _("The first run is this long after the job is saved.")
        )


def _instant(text: object) -> datetime | None:
    """Return the instant of an ISO text with offset, None for anything else."""
    try:
        instant = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return instant if instant is not None and instant.tzinfo is not None else None
