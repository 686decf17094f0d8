"""What a reminder says."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from deskcron.domain.action import Urgency
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.textbox import TextBox
from deskcron.gui.theme.inputs import ComboBox

_LINES = 3


class ReminderForm(Part):
    """Text and urgency; the title, as few need another than the name, is folded."""

    def __init__(self) -> None:
        super().__init__()
        self._title = QLineEdit()
        self._title.setPlaceholderText(_("The name of the job"))
        self._text = TextBox("", _LINES)
        self._urgency = ComboBox(
            "",
            {
                Urgency.LOW: _("Low: quiet"),
                Urgency.NORMAL: _("Normal"),
                Urgency.CRITICAL: _("High: stays on the screen"),
            },
        )
        self._urgency.set_value(Urgency.NORMAL)
        self.folded = (
            self.take("title", Field(_("&Title"), self._title, self._title.textChanged)),
        )
        self.add("text", Field(_("Te&xt"), self._text, self._text.textChanged))
        self.add("urgency", Field(_("&Urgency"), self._urgency, self._urgency.currentIndexChanged))

    def load(self, values: Document) -> None:
        """Show a reminder."""
        self._title.setText(values.get("title", ""))
        self._text.set_text(values.get("text", ""))
        self._urgency.set_value(values.get("urgency", Urgency.NORMAL))

    def values(self) -> dict[str, Any]:
        """Return the reminder."""
        return {
            "title": self._title.text(),
            "text": self._text.text(),
            "urgency": self._urgency.value(),
        }
