"""The table of figures: what was measured, beside what, against which bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table; `met` is None for what has no bar of its own.

    A `note` goes beneath the table.
    """

    figure: str
    measured: str
    peer: str = ""
    ratio: str = ""
    bar: str = ""
    met: bool | None = None
    note: str = ""


_HEAD = Row(figure="figure", measured="measured", peer="peer", ratio="ratio", bar="bar")


def spread(values: Sequence[float], unit: str, scale: float = 1.0, digits: int = 2) -> str:
    """Return the median with the range of the rounds behind it."""
    low, middle, high = (f"{v * scale:.{digits}f}" for v in _low_middle_high(values))
    if len(values) == 1:
        return f"{middle} {unit}"
    return f"{middle} {unit} ({low}-{high})"


def table(rows: Sequence[Row]) -> str:
    """Return the lines of the table in aligned columns."""
    cells = [[*_texts(row), _word(row)] for row in rows]
    cells.insert(0, [*_texts(_HEAD), "met?"])
    widths = [max(len(line[column]) for line in cells) for column in range(6)]
    cells.insert(1, ["-" * width for width in widths])
    lines = [
        " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]
    return "\n".join([*lines, *(row.note for row in rows if row.note)])


def _low_middle_high(values: Sequence[float]) -> tuple[float, float, float]:
    return min(values), median(values), max(values)


def _texts(row: Row) -> list[str]:
    return [row.figure, row.measured, row.peer, row.ratio, row.bar]


def _word(row: Row) -> str:
    return "" if row.met is None else ("yes" if row.met else "NO")
