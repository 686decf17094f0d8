"""What: the name of a job, its action, and its tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.commandform import CommandForm
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.keptpart import KeptPart
from deskcron.gui.editor.openform import OpenForm
from deskcron.gui.editor.part import Part, within
from deskcron.gui.editor.pythonform import PythonForm
from deskcron.gui.editor.reminderform import ReminderForm
from deskcron.gui.editor.scriptform import ScriptForm
from deskcron.gui.editor.segments import Segments
from deskcron.gui.editor.surroundingsform import SurroundingsForm
from deskcron.gui.editor.tagsfield import TagsField
from deskcron.gui.editor.tidyform import TidyForm
from deskcron.gui.editor.webform import WebForm
from deskcron.gui.theme.disclosure import Disclosure
from deskcron.gui.theme.spacing import GAP

_KEPT = "kept"
_FORMS: Mapping[str, type[Part]] = MappingProxyType({
    "reminder": ReminderForm,
    "script": ScriptForm,
    "command": CommandForm,
    "open": OpenForm,
    "tidy": TidyForm,
    "web": WebForm,
    "python": PythonForm,
    _KEPT: KeptPart,
})  # fmt: skip
_WITH_SURROUNDINGS = ("script", "command", "python")


class WhatSection(QWidget):
    """Each kind of action keeps what was typed for it while another is chosen."""

    changed = Signal()
    kind_chosen = Signal(str)
    grown = Signal()  # there are controls that were not there before

    def __init__(self, tags: QStringListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._raw: Document = {}
        self._name = QLineEdit()
        self._tags = TagsField(tags)
        self._forms: dict[str, Part] = {}
        self._place = QVBoxLayout()
        self._kind = Segments(_("Kind"))
        for kind, words, icon_name in (
            ("reminder", _("Reminder"), "bell"),
            ("script", _("Script"), "script"),
            ("command", _("Command"), "command"),
            ("open", _("Open"), "open"),
            ("tidy", _("Tidy"), "folder"),
            ("web", _("Web request"), "globe"),
            ("python", _("Python"), "code"),
            (_KEPT, _("Kept as it is"), "unknown"),
        ):
            self._kind.add(kind, words, icon_name)
        self._kind.button(_KEPT).hide()
        self._surroundings = SurroundingsForm()
        self._more = Disclosure(_("More"))
        self._name_field = Field(_("&Name"), self._name, self._name.textChanged)
        self._tags_field = Field(
            _("Ta&gs"), self._tags, self._tags.textChanged, hint=_("Separate tags with commas.")
        )
        self._kind_field = Field(_("Kind"), self._kind, self._kind.chosen)
        self._lay_out()
        self._surroundings.changed.connect(self.changed)
        for field in (self._name_field, self._tags_field, self._kind_field):
            field.changed.connect(self.changed)
        self._more.toggled.connect(self.changed)
        self._tags.textChanged.connect(self._show_summary)
        self._surroundings.changed.connect(self._show_summary)
        self._kind.chosen.connect(self._on_kind)

    def kind(self) -> str:
        """Return the kind that is chosen."""
        return self._kind.value()

    def set_kind(self, kind: str) -> None:
        """Choose a kind."""
        self._kind.set_value(kind)

    def form(self) -> Part:
        """Return the form of the kind that is chosen."""
        kind = self.kind()
        if kind not in self._forms:
            form = self._forms[kind] = _FORMS[kind]()
            form.changed.connect(self.changed)
            self._place.addWidget(form)
            for field in form.folded:
                self._inner.insertWidget(0, field)
            form.show()
            self.grown.emit()
        return self._forms[kind]

    def name(self) -> str:
        """Return the name as it was typed."""
        return self._name.text()

    def focus_first(self) -> None:
        """Begin at the name."""
        self._name.setFocus()

    def load(self, document: Document) -> None:
        """Show what a job does."""
        self._raw = document.get("action", {})
        self._name.setText(document.get("name", ""))
        self._name.setCursorPosition(0)  # a long name is read from its beginning
        self._tags.set_tags(document.get("tags", ()))
        kind = str(self._raw.get("kind", ""))
        kind = kind if kind in _FORMS else _KEPT
        self._kind.button(_KEPT).setVisible(kind == _KEPT)
        self._kind.set_value(kind)
        self.form().load(self._raw)
        self._surroundings.load(self._raw)
        self._show_summary()

    def values(self) -> dict[str, Any]:
        """Return name, tags and action; unknown fields of the stored action are kept."""
        kind = self.kind()
        action: dict[str, Any] = self.form().values()
        if kind != _KEPT:
            before = self._raw if self._raw.get("kind") == kind else {}
            around = self._surroundings.values() if kind in _WITH_SURROUNDINGS else {}
            action = {**before, "kind": kind, **action, **around}
        return {"name": self._name.text(), "tags": self._tags.tags(), "action": action}

    def fields(self) -> dict[str, Field]:
        """Return the fields by their path in the document."""
        found = {"name": self._name_field, **within("action", self.form().fields)}
        if self.kind() in _WITH_SURROUNDINGS:
            found.update(within("action", self._surroundings.fields))
        return {**found, "tags": self._tags_field}

    def own_problems(self) -> Sequence[Problem]:
        """Say what only the form can know to be wrong."""
        found = list(self.form().own_problems())
        if self.kind() in _WITH_SURROUNDINGS:
            found += self._surroundings.own_problems()
        return [problem.within("action") for problem in found]

    def reveal(self, field: Field) -> None:
        """Unfold what a field is in."""
        folded = (self._tags_field, *self.form().folded, *self._surroundings.fields.values())
        if field in folded:
            self._more.set_open(is_open=True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP + GAP // 2)
        column.addWidget(self._name_field)
        column.addWidget(self._kind_field)
        column.addLayout(self._place)
        column.addWidget(self._more)
        self._inner = inner = QVBoxLayout(self._more.body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GAP + GAP // 2)
        inner.addWidget(self._surroundings)
        inner.addWidget(self._tags_field)

    def _on_kind(self, kind: str) -> None:
        chosen = self.form()
        for form in self._forms.values():
            form.setVisible(form is chosen)
            for field in form.folded:
                field.setVisible(form is chosen)
        self._surroundings.setVisible(kind in _WITH_SURROUNDINGS)
        self._show_summary()
        self.kind_chosen.emit(kind)

    def _show_summary(self) -> None:
        words = list(self._tags.tags())
        if self.kind() in _WITH_SURROUNDINGS:
            around = self._surroundings.values()
            words += [part for part in (around["directory"], *around["environment"]) if part]
            offered = _("folder, environment, tags")
        else:
            offered = _("title, tags") if self.form().folded else _("tags")
            title = str(self.form().values().get("title", ""))
            words = [part for part in (title, *words) if part]
        self._more.set_summary(_(", ").join(words) or offered)
