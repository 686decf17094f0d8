"""When: by a recurrence rule that is beyond what can be picked, edited as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLineEdit

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part, typing_problems
from deskcron.gui.theme.clockfields import DateField, TimeField, is_date, is_time


class RulePart(Part):
    """The text of RFC 5545, the time of day and the first date."""

    def __init__(self) -> None:
        super().__init__()
        self._rule = QLineEdit()
        self._rule.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._at = TimeField(_("Time"))
        self._start = DateField(_("From"))
        hint = _("As in RFC 5545, such as FREQ=MONTHLY;BYMONTHDAY=1,15.")
        self.add("rule", Field(_("Rule"), self._rule, self._rule.textChanged, hint=hint))
        self.add("at", Field(_("At"), self._at, self._at.edited))
        self.add("start_date", Field(_("From"), self._start, self._start.edited))

    @staticmethod
    def can_show(trigger: Document) -> bool:
        """Tell whether nothing of the trigger would be lost."""
        return (
            isinstance(trigger.get("rule"), str)
            and is_time(trigger.get("at"))
            and is_date(trigger.get("start_date"))
        )

    def load(self, values: Document) -> None:
        """Show a trigger."""
        self._rule.setText(values["rule"])
        self._at.set_iso(values["at"])
        self._start.set_iso(values["start_date"])

    def values(self) -> dict[str, Any]:
        """Return the trigger's own values."""
        return {
            "kind": "calendar",
            "rule": self._rule.text(),
            "at": self._at.iso(),
            "start_date": self._start.iso(),
        }

    def own_problems(self) -> Sequence[Problem]:
        """Say what is no time or no date."""
        return typing_problems(at=self._at, start_date=self._start)
