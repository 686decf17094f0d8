"""When: by a cron expression, with its five fields named."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part
from deskcron.gui.theme.labels import ElidedLabel, plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_S

_FIELDS = 5
_NOTHING = "·"


class CronPart(Part):
    """One line; what it means in words comes from the preview."""

    def __init__(self) -> None:
        super().__init__()
        self._expression = QLineEdit()
        self._expression.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._expression.setPlaceholderText("0 9 * * 1-5")
        self._legend = CronLegend()
        self._expression.textChanged.connect(self._legend.show_text)
        label = _("Cron expression")
        self.add("expression", Field(label, self._expression, self._expression.textChanged))
        self.column.addWidget(self._legend)

    @staticmethod
    def can_show(trigger: Document) -> bool:
        """Tell whether nothing of the trigger would be lost."""
        return isinstance(trigger.get("expression"), str)

    def load(self, values: Document) -> None:
        """Show a trigger."""
        self._expression.setText(values["expression"])

    def expression(self) -> str:
        """Return what is typed."""
        return self._expression.text()

    def values(self) -> dict[str, Any]:
        """Return the trigger's own values."""
        return {"kind": "cron", "expression": self._expression.text()}


class CronLegend(QWidget):
    """What is typed for each of the five fields, its name, and what may stand there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = (_("minute"), _("hour"), _("day of month"), _("month"), _("day of week"))
        ranges = ("0-59", "0-23", "1-31, L", _("1-12, jan-dec"), _("0-7, mon-sun, 5L, 1#2"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(0)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._typed = []
        for column, (name, allowed) in enumerate(zip(names, ranges, strict=True)):
            typed = ElidedLabel(_NOTHING, Tone.ACCENT)
            typed.setFont(fixed)
            self._typed.append(typed)
            grid.addWidget(typed, 0, column)
            grid.addWidget(ElidedLabel(name), 1, column)
            grid.addWidget(ElidedLabel(allowed, Tone.SOFT), 2, column)
            grid.setColumnStretch(column, max(len(name), len(allowed)))
        grid.setRowMinimumHeight(3, GAP_S)
        row = plain_label(
            _("* any · 1,15 a list · 9-17 a range · */10 every tenth · @daily"),
            Tone.SOFT,
            wraps=True,
        )
        grid.addWidget(row, 4, 0, 1, _FIELDS)

    def show_text(self, text: str) -> None:
        """Show the parts of an expression above their names."""
        parts = text.split()
        for index, label in enumerate(self._typed):
            label.setText(parts[index] if index < len(parts) else _NOTHING)
