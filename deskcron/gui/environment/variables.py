"""The variables of an environment as rows, and as rows what differs from another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from deskcron.domain.parity import Comparison
from deskcron.domain.texts import gettext as _

_PATH = "PATH"


class Against(Enum):
    """What an environment is compared with."""

    NOTHING = auto()
    TERMINAL = auto()
    PRESENT = auto()


class Variable(NamedTuple):
    """A name with its value, and the value elsewhere; None where it is not set.

    Of a PATH that differs each folder is one of its own, and `is_folder`.
    """

    name: str
    here: str | None
    there: str | None = None
    is_folder: bool = False


class Heads(NamedTuple):
    """What the values belong to, in words; `there` is "" where nothing is compared."""

    here: str
    there: str


def heads(run_id: int | None, against: Against) -> Heads:
    """Return the words for a run, or for what the job gets now, and for what it is held against."""
    here = _("The job now") if run_id is None else _("Run {number}").format(number=run_id)
    there = {
        Against.NOTHING: "",
        Against.TERMINAL: _("A new terminal"),
        Against.PRESENT: _("The job now"),
    }[against]
    return Heads(here, there)


def every(variables: Mapping[str, str]) -> Sequence[Variable]:
    """Return all variables by name."""
    return [Variable(name, variables[name]) for name in sorted(variables)]


def differing(found: Comparison) -> Sequence[Variable]:
    """Return what differs by name; the folders of the PATH where both have one."""
    rows = [Variable(name, value) for name, value in found.only_here.items()]
    rows += [Variable(name, None, value) for name, value in found.only_there.items()]
    rows += [Variable(one.name, one.here, one.there) for one in found.different]
    if _PATH not in found.only_here and _PATH not in found.only_there:
        rows += _folders(found)
    return sorted(rows, key=lambda row: row.name)


def matching(rows: Iterable[Variable], text: str) -> Sequence[Variable]:
    """Return the rows that contain a text in their name or in a value."""
    wanted = text.casefold()
    return [
        row
        for row in rows
        if any(wanted in part.casefold() for part in (row.name, row.here or "", row.there or ""))
    ]


def name_words(row: Variable) -> str:
    """Return the name of a row."""
    return _("{name}, a folder").format(name=row.name) if row.is_folder else row.name


def value_words(value: str | None) -> str:
    """Return a value, or what there is in its place."""
    if value is None:
        return _("not there")
    return value or _("empty")


def spelled_out(row: Variable, names: Heads) -> str:
    """Return all of the values of a row, each below what it belongs to."""
    if not names.there:
        return value_words(row.here)
    return "\n".join(
        (
            _("{name}:").format(name=names.here),
            value_words(row.here),
            "",
            _("{name}:").format(name=names.there),
            value_words(row.there),
        )
    )


def as_text(rows: Iterable[Variable], names: Heads) -> str:
    """Return rows as text to be sent to somebody."""
    return "\n".join(_lines(rows, names))


def _lines(rows: Iterable[Variable], names: Heads) -> Iterator[str]:
    for row in rows:
        if not names.there:
            yield f"{row.name}={row.here or ''}"
            continue
        yield name_words(row)
        line = _("  {name}: {value}")
        yield line.format(name=names.here, value=value_words(row.here))
        yield line.format(name=names.there, value=value_words(row.there))


def _folders(found: Comparison) -> Iterator[Variable]:
    for folder in found.path_only_here:
        yield Variable(_PATH, folder, None, is_folder=True)
    for folder in found.path_only_there:
        yield Variable(_PATH, None, folder, is_folder=True)
    if found.is_path_reordered:
        same = _("the same folders in another order")
        yield Variable(_PATH, same, same)
