"""Keep Python's own import where a library puts another in its place."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_import() -> Iterator[None]:
    """Import inside of this what brings its own import, and go on with Python's.

    That of PySide6 reads the source of every module that is imported from then on, for a
    feature that nothing here uses: a tenth of the start, and 10 MB of lines kept for good.
    """
    own = builtins.__import__
    try:
        yield
    finally:
        builtins.__import__ = own
