"""When: a single time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from deskcron.domain.drafting import coming_hour
from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.ports import Clock
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part, typing_problems
from deskcron.gui.theme.clockfields import MomentField, is_moment
from deskcron.gui.theme.inputs import ComboBox
from deskcron.gui.theme.spacing import GAP

_SOON = (5, 10, 30)
_ROUNDED_UP = timedelta(seconds=59)
_DAY = timedelta(days=1)


class OncePart(Part):
    """Date and time, and which of the two where the clocks show that time twice."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        now = clock.now().astimezone()
        self._at = MomentField(_("Date and time"))
        self._at.set_iso(coming_hour(now).isoformat(timespec="minutes"))
        self._fold = ComboBox("", {"0": _("The first"), "1": _("The second, after the change")})
        self.add("at", Field(_("Date and time"), self._at, self._at.edited))
        self.soon = self._made_soon()
        self.column.addWidget(self.soon)
        label = _("The clocks show this time twice; meant is")
        self._which = self.add("fold", Field(label, self._fold, self._fold.currentIndexChanged))
        self._which.hide()

    def _made_soon(self) -> QWidget:
        """Return buttons for times that are near, counted from the moment they are pressed."""
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for minutes in _SOON:
            words = ngettext("In {count} minute", "In {count} minutes", minutes)
            soon = QPushButton(words.format(count=minutes))
            soon.setAutoDefault(False)
            soon.setProperty("small", True)
            soon.clicked.connect(partial(self._set_in, timedelta(minutes=minutes)))
            row.addWidget(soon)
        row.addStretch(1)
        return buttons

    def _set_in(self, length: timedelta) -> None:
        at = self._clock.now().astimezone() + length + _ROUNDED_UP
        self._at.set_iso(at.replace(tzinfo=None).isoformat(timespec="minutes"))

    @staticmethod
    def can_show(trigger: Document) -> bool:
        """Tell whether nothing of the trigger would be lost."""
        return is_moment(trigger.get("at")) and trigger.get("fold", 0) in {0, 1}

    def load(self, values: Document) -> None:
        """Show a trigger."""
        self._at.set_iso(values["at"])
        self._fold.set_value(str(values.get("fold", 0)))
        self.offer_choice(is_repeated=bool(values.get("fold", 0)))

    def time(self) -> str:
        """Return the time of day that is picked."""
        return self._at.iso().partition("T")[2]

    def show_time(self, at: str) -> None:
        """Show when it is this time of day next."""
        now = self._clock.now().astimezone().replace(tzinfo=None)
        moment = datetime.fromisoformat(f"{now:%Y-%m-%d}T{at}")
        if moment <= now:
            moment += _DAY
        self._at.set_iso(moment.isoformat(timespec="seconds" if moment.second else "minutes"))

    def values(self) -> dict[str, Any]:
        """Return the trigger's own values."""
        return {"kind": "once", "at": self._at.iso(), "fold": int(self._fold.value())}

    def own_problems(self) -> Sequence[Problem]:
        """Say which of the two is not understood."""
        return typing_problems(at=self._at)

    def offer_choice(self, *, is_repeated: bool) -> None:
        """Ask which of two is meant, while the time occurs twice or the second is chosen."""
        self._which.setVisible(is_repeated or self._fold.value() == "1")
