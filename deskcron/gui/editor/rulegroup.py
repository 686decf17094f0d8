"""One group of rules: folded to a line in words, its fields made when it is unfolded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.policy import Policy
from deskcron.domain.policywords import policy_words
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.keptpart import KeptPart
from deskcron.gui.editor.panel import Panel
from deskcron.gui.editor.part import Part, within
from deskcron.gui.theme.disclosure import Disclosure


class GroupKind(NamedTuple):
    """What a group is about: which `names` of the policy, and what makes their fields.

    The fields stand for the values `inside` of the one name it then has, else for those of all
    names. `offered` is said while nothing of it is set.
    """

    title: str
    names: tuple[str, ...]
    make: Callable[[], Part]
    offered: str
    inside: str = ""
    can_show: Callable[[Policy], bool] = lambda _policy: True


class RuleGroup(Disclosure):
    """What nobody touched comes back as it was, unknown values survive a change."""

    changed = Signal()
    grown = Signal()

    def __init__(self, kind: GroupKind, parent: QWidget | None = None) -> None:
        super().__init__(kind.title, parent)
        self._kind = kind
        self._raw: Document = {}
        self._policy: Policy | None = None
        self.part: Part | None = None
        self._values_at_load: Document = {}
        self._panel = Panel()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        self.toggled.connect(self._on_toggled)
        self.load({})

    def load(self, policy: Document) -> None:
        """Show this group's part of a policy."""
        self._raw = {name: policy[name] for name in self._kind.names if name in policy}
        self._policy = self._read(self._raw)
        if self.part is not None:
            self._panel.column.removeWidget(self.part)
            self.part.hide()
            self.part.deleteLater()
            self.part = None
        self.set_open(is_open=False)
        self._show_summary()

    def values(self) -> Document:
        """Return this group's part of the policy."""
        if self.part is None:
            return self._raw
        values, inside = self.part.values(), self._kind.inside
        if values == self._values_at_load:
            return self._raw
        return {inside: {**self._inner(), **values}} if inside else {**self._raw, **values}

    def words(self) -> str:
        """Say what is set, "" where nothing is."""
        policy = self._read(self.values())
        if policy is None:
            return _("Kept as it is") if self._policy is None else ""
        return _(". ").join(policy_words(policy))

    def fields(self) -> dict[str, Field]:
        """Return the fields that there are by their path in the policy."""
        if self.part is None or self._policy is None:
            return {}
        inside = self._kind.inside
        return within(inside, self.part.fields) if inside else dict(self.part.fields)

    def own_problems(self) -> Sequence[Problem]:
        """Say what only the form can know to be wrong."""
        found = () if self.part is None else self.part.own_problems()
        inside = self._kind.inside
        return [problem.within(inside) for problem in found] if inside else found

    def make_fields(self) -> None:
        """Make the fields, unless they are there."""
        if self.part is None:
            part = self.part = KeptPart() if self._policy is None else self._kind.make()
            part.load(self._raw if self._policy is None else self._inner())
            self._values_at_load = part.values()
            part.changed.connect(self._on_changed)
            part.grown.connect(self.grown)
            self._panel.column.addWidget(part)
            part.show()  # by itself it would be shown, and given room, a turn later
            self.grown.emit()

    def answers_for(self, path: str) -> bool:
        """Tell whether a path in the policy leads here."""
        return path.partition(".")[0] in self._kind.names

    def _inner(self) -> dict[str, Any]:
        return dict(self._raw.get(self._kind.inside, {}) if self._kind.inside else self._raw)

    def _read(self, raw: Document) -> Policy | None:
        """Return a policy of nothing but this, None for what cannot be shown."""
        try:
            policy = msgspec.convert(raw, Policy)
        except msgspec.ValidationError:
            return None
        return policy if self._kind.can_show(policy) else None

    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - a slot
        if is_open:
            self.make_fields()
        self._show_summary()
        self.changed.emit()

    def _on_changed(self) -> None:
        self._show_summary()
        self.changed.emit()

    def _show_summary(self) -> None:
        self.set_summary(self.words() or self._kind.offered)
