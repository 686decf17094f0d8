"""Rules: those that many jobs need, and those that few do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.morerules import MoreRules
from deskcron.gui.editor.usualrules import UsualRules
from deskcron.gui.theme.spacing import GAP


class RulesSection(QWidget):
    """The part of the policy that is not about notifications."""

    changed = Signal()
    grown = Signal()  # there are controls that were not there before

    def __init__(self, usual: UsualRules, more: MoreRules) -> None:
        super().__init__()
        self.usual = usual
        self.more = more
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP + GAP // 2)
        for part in (self.usual, self.more):
            column.addWidget(part)
            part.changed.connect(self.changed)
        self.more.grown.connect(self.grown)

    def load(self, policy: Document) -> None:
        """Show the rules of a policy."""
        self.usual.load(policy)
        self.more.load(policy)

    def values(self) -> dict[str, Any]:
        """Return the rules."""
        return {**self.usual.values(), **self.more.values()}

    def fields(self) -> dict[str, Field]:
        """Return the fields that there are by their path in the policy."""
        return {**self.usual.fields, **self.more.fields()}

    def own_problems(self) -> Sequence[Problem]:
        """Say what only the form can know to be wrong."""
        found = (*self.usual.own_problems(), *self.more.own_problems())
        return [problem.within("policy") for problem in found]

    def show_for(self, kind: str) -> None:
        """Show the rules that matter to a kind of action; a reminder starts nothing."""
        self.usual.show_for(kind)
        self.more.show_for(kind)

    def make_fields(self, problems: Sequence[Problem]) -> None:
        """Make the fields that problems of the whole document are about."""
        for problem in problems:
            head, _dot, path = problem.field.partition(".")
            if head == "policy":
                self.more.make_field(path)

    def reveal(self, field: Field) -> None:
        """Unfold what a field is in."""
        self.more.reveal(field)
