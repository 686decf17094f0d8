"""An address, a file, a folder or a program to open."""

from __future__ import annotations

from typing import Any

from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.pathfield import PathField


class OpenForm(Part):
    """One target."""

    def __init__(self) -> None:
        super().__init__()
        self._target = PathField(_("What to open"), files=True, folders=True)
        hint = _("An address that begins with https://, a file, a folder or a program.")
        self.add("target", Field(_("What to &open"), self._target, self._target.edited, hint=hint))

    def load(self, values: Document) -> None:
        """Show a target."""
        self._target.set_text(values.get("target", ""))

    def values(self) -> dict[str, Any]:
        """Return the target."""
        return {"target": self._target.text()}
