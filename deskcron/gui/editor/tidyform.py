"""A folder to tidy, by which rules, and how carefully."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox

from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.domain.tidying import Conflict
from deskcron.domain.tidywords import conflict_word
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.pathfield import PathField
from deskcron.gui.editor.tidyrules import TidyRulesField
from deskcron.gui.theme.inputs import ComboBox


class TidyForm(Part):
    """Rules decide in their order; a new tidying is a rehearsal until the person has seen one."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = PathField(_("Folder to tidy"), folders=True)
        self._recursive = QCheckBox(_("With the folders in it"))
        self._rules = TidyRulesField()
        self._conflict = ComboBox("", {choice: conflict_word(choice) for choice in Conflict})
        self._rehearse = QCheckBox(_("Rehearse: only list what would happen"))
        self._rehearse.setChecked(True)
        self._aside = PathField(_("Folder for files that make trouble"), folders=True)
        self._aside.line.setPlaceholderText(_("They stay where they are"))
        self.folded = (
            self.take(
                "error_folder",
                Field(_("Folder for files that make trouble"), self._aside, self._aside.edited),
            ),
        )
        self.add("folder", Field(_("Folder to tidy"), self._folder, self._folder.edited))
        self.add("is_recursive", Field("", self._recursive, self._recursive.toggled))
        hint = _("The first rule that fits a file decides. A file that none fits stays.")
        self.add("rules", Field(_("Rules"), self._rules, self._rules.edited, hint=hint))
        self.add(
            "conflict",
            Field(_("Where a name is taken"), self._conflict, self._conflict.currentIndexChanged),
        )
        hint = _("“Test run” always rehearses: it lists what would happen now.")
        self.add("rehearse", Field("", self._rehearse, self._rehearse.toggled, hint=hint))

    def load(self, values: Document) -> None:
        """Show a tidying."""
        self._folder.set_text(values.get("folder", ""))
        self._recursive.setChecked(bool(values.get("is_recursive", False)))
        self._rules.set_rules(values.get("rules", ()))
        self._conflict.set_value(values.get("conflict", Conflict.NUMBER))
        self._aside.set_text(values.get("error_folder", ""))
        self._rehearse.setChecked(bool(values.get("rehearse", True)))

    def values(self) -> dict[str, Any]:
        """Return the tidying."""
        return {
            "folder": self._folder.text(),
            "is_recursive": self._recursive.isChecked(),
            "rules": self._rules.rules(),
            "conflict": self._conflict.value(),
            "error_folder": self._aside.text().strip(),
            "rehearse": self._rehearse.isChecked(),
        }
