"""A part of the form that stands for a part of the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.gui.editor.field import Field
from deskcron.gui.theme.spacing import GAP


class Part(QWidget):
    """Fields below each other, by the name that problems give them.

    `grown` says that there are other fields than before. Any in `values`: they are JSON.
    """

    changed = Signal()
    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self.folded: tuple[Field, ...] = ()  # those that stand under "More"
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP + GAP // 2)

    def add(self, name: str, field: Field) -> Field:
        """Put a field below the others."""
        self.column.addWidget(field)
        return self.take(name, field)

    def take(self, name: str, field: Field) -> Field:
        """Answer for a field that stands elsewhere in the layout."""
        self.fields[name] = field
        field.changed.connect(self.changed)
        return field

    def load(self, values: Document) -> None:
        """Show the values of a document."""
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """Return what is typed, as a part of a document."""
        raise NotImplementedError

    def own_problems(self) -> Sequence[Problem]:
        """Say what only the form can know to be wrong."""
        return ()


class Typed(Protocol):
    """A control that may hold what it does not understand."""

    def problem(self) -> str:
        """Say what is not understood, "" for nothing."""


def typing_problems(**controls: Typed) -> list[Problem]:
    """Return what is not understood, by the names of the fields."""
    return [
        Problem(name, words) for name, control in controls.items() if (words := control.problem())
    ]


def within(path: str, fields: Mapping[str, Field]) -> dict[str, Field]:
    """Return the fields by their path in the whole document; "" is the path itself."""
    return {f"{path}.{name}" if name else path: field for name, field in fields.items()}
