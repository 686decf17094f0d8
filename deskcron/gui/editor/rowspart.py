"""A part of the form that has lists of like things among its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import within
from deskcron.gui.editor.rowlist import RowList


class RowsPart(BoundPart):
    """`fields` has those of the rows that there are now as well. Any: values are JSON."""

    def __init__(self, defaults: Mapping[str, Any]) -> None:
        super().__init__(defaults)
        self._lists: dict[str, RowList] = {}

    def add_rows(self, name: str, label: str, rows: RowList, *, hint: str = "") -> Field:
        """Put a list below the other fields."""
        self._lists[name] = rows
        rows.grown.connect(self._on_grown)
        return self.add(name, Field(label, rows, rows.edited, hint=hint))

    def load(self, values: Document) -> None:
        """Show the values."""
        super().load(values)
        for name, rows in self._lists.items():
            rows.load(values.get(name, ()))
        self._collect()

    def values(self) -> dict[str, Any]:
        """Return the values."""
        lists = {name: rows.values() for name, rows in self._lists.items()}
        return {**lists, **super().values()}

    def own_problems(self) -> Sequence[Problem]:
        """Say what the rows alone can know to be wrong."""
        return [
            problem.within(name)
            for name, rows in self._lists.items()
            for problem in rows.own_problems()
        ]

    def _collect(self) -> None:
        """Answer for the fields that there are now."""
        gone = [path for path in self.fields if path.partition(".")[0] in self._lists]
        for path in gone:
            if "." in path:
                del self.fields[path]
        for name, rows in self._lists.items():
            self.fields.update(within(name, rows.fields()))

    def _on_grown(self) -> None:
        self._collect()
        self.grown.emit()
