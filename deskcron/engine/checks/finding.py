"""What a check is, and the three ways a finding can be taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from deskcron.domain.answers import Finding, Health
from deskcron.domain.texts import gettext as _


class Check(Protocol):
    """Look at one part and say what is found. Thread: any, not the GUI's: it may take seconds."""

    def findings(self) -> Iterable[Finding]:
        """Go through what there is to say; may raise DeskcronError or OSError."""


def good(topic: str, text: str) -> Finding:
    """Say that something is as it should be."""
    return Finding(topic=topic, health=Health.GOOD, text=text)


def note(topic: str, text: str, why: str, hint: str) -> Finding:
    """Say what is worth a look, why it matters, and what to do."""
    return Finding(topic=topic, health=Health.NOTE, text=text, why=why, hint=hint)


def bad(topic: str, text: str, why: str, hint: str) -> Finding:
    """Say what is wrong, why it matters, and what to do."""
    return Finding(topic=topic, health=Health.BAD, text=text, why=why, hint=hint)


def mendable(topic: str, text: str, why: str, *, health: Health = Health.BAD) -> Finding:
    """Say what is wrong, why it matters, and that it can be mended here."""
    hint = _("Mend it: 'deskcron doctor --mend', or Mend in the settings.")
    return Finding(topic=topic, health=health, text=text, why=why, hint=hint, mends=True)
