"""Clean what users and jobs wrote before a notification server sees it."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Container

LONGEST_TITLE = 64
LONGEST_TEXT = 250
_ZERO_WIDTH_SPACE = "\u200b"


def plain_title(title: str) -> str:
    """Return one line without control characters that no program takes for an option."""
    line = _cut(" ".join(_printable(title).split()), LONGEST_TITLE)
    return _ZERO_WIDTH_SPACE + line if line.startswith("-") else line or _ZERO_WIDTH_SPACE


def plain_text(text: str) -> str:
    """Return the text without control characters but line ends, cut to what is shown."""
    clean = _cut(_printable(text), LONGEST_TEXT)
    return _ZERO_WIDTH_SPACE + clean if clean.startswith("-") else clean


def body(text: str, capabilities: Container[str]) -> str:
    """Return the plain text in the form that a service with these capabilities shows as it is."""
    plain = plain_text(text)
    return html.escape(plain, quote=False) if "body-markup" in capabilities else plain


def _printable(text: str) -> str:
    return "".join(
        letter if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"} else " "
        for letter in text
    )


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
