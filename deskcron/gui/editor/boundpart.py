"""A part of the form of which each field stands for one value of the document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deskcron.domain.job import Document
from deskcron.gui.editor.bindings import Binding
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part


class BoundPart(Part):
    """`defaults` are shown of what a document does not say."""

    def __init__(self, defaults: Mapping[str, Any]) -> None:
        """Any: values are JSON."""
        super().__init__()
        self._defaults = defaults
        self._bindings: dict[str, Binding] = {}

    def bind(self, name: str, label: str, binding: Binding, *, hint: str = "") -> Field:
        """Put the field of a value below the others."""
        self._bindings[name] = binding
        return self.add(name, Field(label, binding.control, binding.edited, hint=hint))

    def load(self, values: Document) -> None:
        """Show the values."""
        for name, binding in self._bindings.items():
            binding.show(values.get(name, self._defaults[name]))

    def values(self) -> dict[str, Any]:
        """Return the values."""
        return {name: binding.read() for name, binding in self._bindings.items()}
