"""What the kinds of triggers have in common that follow what happens instead of the clock."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from deskcron.domain.job import Document
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.lengthfield import LONGEST_S

TIMING: Mapping[str, int] = MappingProxyType(
    {"delay_s": 0, "random_delay_s": 0, "at_most_every_s": 0}
)
"""What every event trigger has, in seconds."""


class EventPart(BoundPart):
    """`DEFAULTS` has the values that only this kind has. Any: they are JSON."""

    KIND: ClassVar[str]
    DEFAULTS: ClassVar[Mapping[str, Any]] = MappingProxyType({})

    def __init__(self) -> None:
        super().__init__(self.DEFAULTS)

    @classmethod
    def can_show(cls, trigger: Document) -> bool:
        """Tell whether nothing of the trigger would be lost."""
        defaults = {**cls.DEFAULTS, **TIMING}
        found = ((trigger.get(name, default), default) for name, default in defaults.items())
        return all(type(value) is type(default) and _has_room(value) for value, default in found)

    def values(self) -> dict[str, Any]:
        """Return the trigger's own values."""
        return {"kind": self.KIND, **super().values()}


def _has_room(value: object) -> bool:
    """Tell whether a field can show the value: of numbers, lengths of time."""
    return not isinstance(value, int) or 0 <= value <= LONGEST_S
