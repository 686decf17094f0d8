"""Importing stays as it is in Python."""

from __future__ import annotations

import builtins
import subprocess
import sys

import pytest

from deskcron.gui.life.importing import own_import

_KEPT = """
import linecache
from deskcron.gui.life.guard import require_qt
from deskcron.gui.life.importing import own_import
with own_import():
    require_qt()
before = set(linecache.cache)
import deskcron.gui.life.application
print(sorted(set(linecache.cache) - before))
"""


def load_and_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put another import in the place of Python's, then fail."""
    monkeypatch.setattr(builtins, "__import__", lambda *_given: None)
    raise ImportError


def test_an_import_put_in_its_place_does_not_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a library makes of import is undone, also when loading it fails."""
    own = builtins.__import__
    with pytest.raises(ImportError), own_import():
        load_and_fail(monkeypatch)
    assert builtins.__import__ is own


def test_no_source_is_kept_of_what_the_window_imports() -> None:
    """The window is imported with Qt present, and no line of its source stays in memory."""
    done = subprocess.run(
        [sys.executable, "-c", _KEPT], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
