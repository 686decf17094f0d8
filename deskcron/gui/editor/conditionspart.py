"""Rules: what must hold for a run to start, and what becomes of it otherwise."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtWidgets import QVBoxLayout

from deskcron.domain.conditions import Conditions, Otherwise
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import choice, length
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.conditionkinds import IN_LINE, condition_part, condition_words
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.lengthfield import DAY, HOUR, MINUTE, SECOND, LengthField
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.rowlist import RowList
from deskcron.gui.editor.rowspart import RowsPart
from deskcron.gui.theme.flow import FlowLayout
from deskcron.gui.theme.inputs import ComboBox
from deskcron.gui.theme.spacing import GAP, GAP_L


class ConditionsPart(RowsPart):
    """Conditions below each other; the rest is shown once there is one."""

    def __init__(self) -> None:
        super().__init__(msgspec.structs.asdict(Conditions()))
        self._rows = RowList(_("Add a condition"), _("Remove this condition"), ConditionRow)
        self._otherwise = ComboBox(
            _("Otherwise"),
            {
                Otherwise.SKIP: _("Leave the run out"),
                Otherwise.WAIT: _("Wait until they do"),
                Otherwise.RUN: _("Run all the same"),
            },
        )
        wait = LengthField(_("Wait at most"), (SECOND, MINUTE, HOUR, DAY))
        self.add_rows("all", _("A run starts when all of these hold"), self._rows)
        self.bind("otherwise", _("Otherwise"), choice(self._otherwise))
        hint = _("A run that has waited so long is left out.")
        self.bind("wait_s", _("Wait at most"), length(wait), hint=hint)
        self._rows.grown.connect(self._show_rest)
        self._otherwise.currentIndexChanged.connect(self._show_rest)

    def load(self, values: Document) -> None:
        """Show conditions."""
        super().load(values)
        self._show_rest()

    def _show_rest(self) -> None:
        has_some, waits = bool(self._rows.rows()), self._otherwise.value() == Otherwise.WAIT
        self.fields["otherwise"].setVisible(has_some)
        self.fields["wait_s"].setVisible(has_some and waits)


class ConditionRow(Part):
    """A kind and its fields; what was typed for one kind stays while another is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._raw: Document = {}
        self._parts: dict[str, BoundPart] = {}
        self._kind = ComboBox(_("Condition"), dict(condition_words()))
        self._kind_field = Field("", self._kind, self._kind.currentIndexChanged)
        self._sentence, self._below = FlowLayout(GAP), QVBoxLayout()
        self._sentence.addWidget(self._kind_field)
        self._below.setContentsMargins(GAP_L, 0, 0, 0)
        self.column.addLayout(self._sentence)
        self.column.addLayout(self._below)
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._kind_field.changed.connect(self.changed)
        self._on_kind()

    def load(self, values: Document) -> None:
        """Show a condition."""
        self._raw = values
        self._kind.set_value(values["kind"])
        self._part().load(values)

    def values(self) -> dict[str, Any]:
        """Return the condition."""
        kind = self._kind.value()
        before = self._raw if self._raw.get("kind") == kind else {}
        return {**before, "kind": kind, **self._part().values()}

    def _part(self) -> BoundPart:
        kind = self._kind.value()
        if kind not in self._parts:
            part = self._parts[kind] = condition_part(kind)
            part.changed.connect(self.changed)
            (self._sentence if kind in IN_LINE else self._below).addWidget(part)
        return self._parts[kind]

    def _on_kind(self) -> None:
        chosen = self._part()
        for part in self._parts.values():
            part.setVisible(part is chosen and bool(part.fields))
        self.fields.clear()
        self.fields.update({"kind": self._kind_field, **chosen.fields})
        self.grown.emit()
