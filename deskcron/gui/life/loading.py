"""Load what the pages are made of before somebody waits for it."""

from __future__ import annotations

from importlib import import_module

_PARTS = ("history.page", "inbox.page", "settings.page", "editor.dialog", "why.dialog")


def load_pages() -> None:
    """Import the pages that the first window does not show. Thread: any; makes no widgets."""
    for part in _PARTS:
        import_module(f"deskcron.gui.{part}")
