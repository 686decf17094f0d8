"""The rules that few jobs need, in groups, folded until one of them is set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.rulegroup import GroupKind, RuleGroup
from deskcron.gui.editor.rulegroups import FOR_REMINDERS
from deskcron.gui.theme.disclosure import Disclosure
from deskcron.gui.theme.spacing import GAP_L, GAP_S


class MoreRules(Disclosure):
    """The groups below each other, each by its name."""

    changed = Signal()
    grown = Signal()

    def __init__(self, kinds: Mapping[str, GroupKind], parent: QWidget | None = None) -> None:
        super().__init__(_("More rules"), parent)
        self._is_reminder = False
        self.groups = {name: RuleGroup(kind) for name, kind in kinds.items()}
        column = QVBoxLayout(self.body)
        column.setContentsMargins(GAP_L, 0, 0, 0)
        column.setSpacing(GAP_S)
        for group in self.groups.values():
            column.addWidget(group)
            group.changed.connect(self._on_changed)
            group.grown.connect(self.grown)
        self.toggled.connect(self.changed)

    def load(self, policy: Document) -> None:
        """Show a policy; unfolded where it has something beyond the usual."""
        for group in self.groups.values():
            group.load(policy)
        self._show_summary()
        self.set_open(is_open=any(map(RuleGroup.words, self.groups.values())))

    def show_for(self, kind: str) -> None:
        """Show the groups that matter to a kind of action."""
        self._is_reminder = kind == "reminder"
        for name, group in self.groups.items():
            group.setVisible(name in FOR_REMINDERS or not self._is_reminder)
        self._show_summary()

    def values(self) -> dict[str, object]:
        """Return the parts of the policy."""
        found: dict[str, object] = {}
        for group in self.groups.values():
            found.update(group.values())
        return found

    def fields(self) -> dict[str, Field]:
        """Return the fields that there are by their path in the policy."""
        found: dict[str, Field] = {}
        for group in self.groups.values():
            found.update(group.fields())
        return found

    def own_problems(self) -> Sequence[Problem]:
        """Say what only the form can know to be wrong."""
        return [one for group in self.groups.values() for one in group.own_problems()]

    def make_field(self, path: str) -> None:
        """Make the field of a path in the policy."""
        for group in self.groups.values():
            if group.answers_for(path):
                group.make_fields()

    def reveal(self, field: Field) -> None:
        """Unfold what a field is in."""
        for group in self.groups.values():
            if field in group.fields().values():
                self.set_open(is_open=True)
                group.set_open(is_open=True)

    def _on_changed(self) -> None:
        self._show_summary()
        self.changed.emit()

    def _show_summary(self) -> None:
        shown = (group for group in self.groups.values() if not group.isHidden())
        offered = (
            _("hours and days, conditions")
            if self._is_reminder
            else _("retries, hours, conditions and others")
        )
        self.set_summary(_(". ").join(filter(None, map(RuleGroup.words, shown))) or offered)
