"""What every figure is given: how thorough to be, and places for its data."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One run of the benchmarks. What is made once is kept until the end of the run."""

    directory: Path
    rounds: int
    quick: bool
    _made: dict[str, Path] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)

    def size(self, full: int, quick: int) -> int:
        """Return the full size, or the one for a quick look."""
        return quick if self.quick else full

    def most_rounds(self, limit: int) -> int:
        """Return the number of rounds of a figure whose rounds take long."""
        return min(self.rounds, limit)

    def fresh(self, name: str) -> Path:
        """Return a place for new data.

        It stays until the end of the run: removing many files would slow down what is
        measured next, for minutes on some file systems.
        """
        self._names.append(name)
        return self.directory / f"{name}-{len(self._names)}"

    def kept(self, name: str, make: Callable[[Path], None]) -> Path:
        """Return a home that is made by the first figure that asks for it; do not change it."""
        if name not in self._made:
            self.say(f"making {name}")
            path = self.fresh(name)
            make(path)
            self._made[name] = path
        return self._made[name]

    def say(self, text: str) -> None:
        """Tell what is going on, beside the table."""
        print(f"  {text}", file=sys.stderr, flush=True)
