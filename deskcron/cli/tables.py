"""Lay rows out in plain columns."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import click

from deskcron.cli.display import fitted, is_terminal, shown, width_of

_WIDEST_ALIGNED = 60
"""A column is padded up to this width; a longer cell stands out instead of widening all rows."""
_NARROWEST = 8
_GAP = "  "


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print the rows under their headings; cut to the screen on a terminal, whole when piped."""
    screen = shutil.get_terminal_size().columns if is_terminal() else None
    click.echo(table(headings, rows, screen=screen))


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, screen: int | None = None
) -> str:
    """Return aligned lines; control characters are escaped. `screen` cuts lines to fit."""
    lines = [list(headings), *([shown(cell) for cell in row] for row in rows)]
    columns = [[line[index] for line in lines] for index in range(len(headings))]
    widths = [[width_of(cell) for cell in column] for column in columns]
    aligned = [min(max(column), _WIDEST_ALIGNED) for column in widths]
    if screen is not None:
        aligned = _narrowed(aligned, screen)
        columns = [
            [fitted(cell, most) for cell in column]
            for column, most in zip(columns, aligned, strict=True)
        ]
        widths = [[width_of(cell) for cell in column] for column in columns]
    padded = [
        [cell + " " * (most - width) for cell, width in zip(column, own, strict=True)]
        for column, own, most in zip(columns, widths, aligned, strict=True)
    ]
    return "\n".join(_GAP.join(line).rstrip() for line in zip(*padded, strict=True))


def print_facts(facts: Sequence[tuple[str, str]]) -> None:
    """Print labels with their texts beside them, each line of a text on one of its own."""
    widest = max(width_of(label) for label, _text in facts)
    for label, text in facts:
        for number, line in enumerate(text.split("\n")):
            start = label if number == 0 else ""
            padding = " " * (widest - width_of(start))
            click.echo(f"{start}{padding}{_GAP}{shown(line)}".rstrip())


def _narrowed(widths: Sequence[int], screen: int) -> list[int]:
    """Take columns away from the widest ones until a line fits."""
    left = list(widths)
    too_wide = sum(left) + len(_GAP) * (len(left) - 1) - screen
    while too_wide > 0 and max(left) > _NARROWEST:
        left[left.index(max(left))] -= 1
        too_wide -= 1
    return left
