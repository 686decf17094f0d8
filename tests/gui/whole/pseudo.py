"""A language that nobody speaks: accents on every letter, a third longer, between brackets."""

from __future__ import annotations

import re
from gettext import NullTranslations

BEGIN, END = "⟦", "⟧"
LONGER = 0.3
_ACCENTS = str.maketrans(
    "AaCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz", "ÅåÇçĐđÉéĜĝĤĥÎîĴĵĶķŁłÑñÖöŔŕŠšŢţÛûŴŵÝýŽž"
)
_KEPT = re.compile(r"(\{[^{}]*\}|&.|%[a-zA-Z])")
"""Placeholders, letters that are pressed with Alt, and formats of times."""


class Pseudo(NullTranslations):
    """Translations of everything."""

    def gettext(self, message: str) -> str:
        """Return the message in the language."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for this number."""
        return pseudo(msgid1 if n == 1 else msgid2)


def pseudo(message: str) -> str:
    """Return a text in the language."""
    parts = _KEPT.split(message)
    words = "".join(
        part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(parts)
    )
    longer = "~" * round(len("".join(parts[::2])) * LONGER)
    return f"{BEGIN}{words}{longer}{END}"


def untranslated(text: str) -> str:
    """Return what stands outside of the brackets."""
    outside, depth = [], 0
    for letter in text:
        depth += (letter == BEGIN) - (letter == END)
        if depth == 0 and letter != END:
            outside.append(letter)
    return "".join(outside)
