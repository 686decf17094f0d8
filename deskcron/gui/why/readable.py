"""Labels whose words can be selected and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt

from deskcron.gui.theme.labels import ToneLabel, plain_label
from deskcron.gui.theme.palette import Tone


def readable_label(
    tone: Tone = Tone.PLAIN, *, size: float = 1.0, is_strong: bool = False
) -> ToneLabel:
    """Return an empty label that wraps; it is no stop for the keyboard, which has a copy button."""
    label = plain_label("", tone, size=size, is_strong=is_strong, wraps=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
