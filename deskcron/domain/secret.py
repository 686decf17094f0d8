"""Secrets by name: how a text refers to one, and the keyring that keeps their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from deskcron.domain.errors import RequestFailed

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_REFERENCE = re.compile(r"\$\{secret:((?:[^$}]|\$(?!\{))*+)\}")
"""It ends before the next one begins, so that a text is looked through once."""


class KeyringClosed(RequestFailed):
    """The keyring of the system is not there, is locked, or refuses."""


class Keyring(Protocol):
    """Values by name, kept by the system. Thread: any, not the GUI's: it may ask the person.

    All but `obstacle` raise KeyringClosed.
    """

    def get(self, name: str) -> str | None:
        """Return a value, None where there is none."""

    def set(self, name: str, value: str) -> None:
        """Keep a value, in place of one there is."""

    def remove(self, name: str) -> None:
        """Forget a value, silent where there is none."""

    def obstacle(self) -> str:
        """Return in words why nothing can be kept here, "" where it can; raises nothing."""


def is_name(name: str) -> bool:
    """Tell whether a secret can have this name."""
    return _NAME.fullmatch(name) is not None


def reference(name: str) -> str:
    """Return what stands for the value in a text."""
    return f"${{secret:{name}}}"


def names_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each name that the texts refer to once, as it is written, in order."""
    return tuple(dict.fromkeys(name for text in texts for name in _REFERENCE.findall(text)))


def next_reference(text: str, start: int) -> int:
    """Return where the next reference begins, the length of the text where none comes."""
    found = _REFERENCE.search(text, start)
    return len(text) if found is None else found.start()


def filled(
    text: str, values: Mapping[str, str], written: Callable[[str], str] = lambda value: value
) -> str:
    """Return the text with the values in place of the references, each as it is `written` there.

    Raises KeyError with the name of a secret that has no value.
    """
    return _REFERENCE.sub(lambda found: written(values[found[1]]), text)
