"""What holds for every unit test: files are in memory, as no test here is about disks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest


@pytest.fixture(scope="session")
def _places(memory: Path | None) -> Iterator[Iterator[Path]]:
    """Return the names of places in memory that nobody has used yet."""
    with TemporaryDirectory(prefix="deskcron-places-", dir=memory) as top:
        yield (Path(top, str(number)) for number in count(1))


@pytest.fixture
def tmp_path(memory_path: Path) -> Path:
    """Return a directory of the test's own that costs no time."""
    return memory_path
