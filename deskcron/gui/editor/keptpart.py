"""What this version cannot show in full: kept as it is, and shown to be read."""

from __future__ import annotations

import json
from typing import Any

from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.textbox import TextBox
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone

_LINES = 5


class KeptPart(Part):
    """A part of a document, word for word."""

    def __init__(self) -> None:
        super().__init__()
        self._raw: Document = {}
        self._text = TextBox(_("As it is stored"), _LINES, is_code=True)
        self._text.setReadOnly(True)
        words = _("This version cannot show it in a form. It is kept as it is.")
        self.column.addWidget(plain_label(words, Tone.SOFT, wraps=True))
        self.add("raw", Field("", self._text))

    def load(self, values: Document) -> None:
        """Show a part."""
        self._raw = values
        self._text.setPlainText(json.dumps(values, indent=2, ensure_ascii=False))

    def values(self) -> dict[str, Any]:
        """Return it unchanged."""
        return dict(self._raw)
