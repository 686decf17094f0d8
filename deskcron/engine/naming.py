"""Names for what is copied or imported, and for operations on several jobs."""

from __future__ import annotations

from collections.abc import Sequence

from deskcron.domain.records import StoredJob, folded
from deskcron.domain.texts import ngettext
from deskcron.engine.drafts import LONGEST_NAME, shortened


def free_name(wanted: str, taken: set[str]) -> str:
    """Return the name, numbered where it is taken, and take it; `taken` holds folded names."""
    name, number = wanted, 2
    while folded(name) in taken:
        name, number = fitted(wanted, f"{{name}} ({number})"), number + 1
    taken.add(folded(name))
    return name


def fitted(name: str, pattern: str) -> str:
    """Return the pattern with the name in it, which is shortened where the whole is too long."""
    room = LONGEST_NAME - len(pattern.format(name=""))
    return pattern.format(name=shortened(name, room))


def label(jobs: Sequence[StoredJob]) -> str:
    """Return what an operation on these jobs is called."""
    if len(jobs) == 1:
        return jobs[0].name
    return ngettext("{count} job", "{count} jobs", len(jobs)).format(count=len(jobs))
