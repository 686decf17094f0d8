"""The accessible tree as text."""

from __future__ import annotations

from collections.abc import Iterator

from harness.accessible import Accessible
from harness.widgets import KINDS

_BORING = {
    "filler",
    "panel",
    "unknown",
    "scroll pane",
    "viewport",
    "layered pane",
    "separator",
    "section",
}
_NOTABLE = (
    "active",
    "modal",
    "focused",
    "checked",
    "checkable",
    "selected",
    "expanded",
    "collapsed",
    "editable",
    "read-only",
    "iconified",
    "required",
    "invalid-entry",
    "pressed",
    "indeterminate",
    "multi-line",
)
_MOST = 600


def lines(one: Accessible, *, everything: bool = False, depth: int = 0) -> Iterator[str]:
    """Yield a line for each thing that can be seen and says something; all with `everything`."""
    is_program = one.role == "application"
    name, value, states = one.name, one.value, one.states
    is_boring = not everything and one.role in _BORING and not name and not value
    if not is_boring:
        yield "  " * depth + _line(one, name, value, states)
    count = 0
    for child in one.children:
        if everything or is_program or child.is_showing:
            count += 1
            if count > _MOST:
                yield "  " * (depth + 1) + "…"
                return
            yield from lines(child, everything=everything, depth=depth + (not is_boring))


def _line(one: Accessible, name: str, value: object, states: list[str]) -> str:
    flags = [state for state in states if state in _NOTABLE]
    if one.role != "application":
        flags += [] if "sensitive" in states else ["disabled"]
        flags += [] if "showing" in states else ["hidden"]
    label = one.label if one.role in KINDS["field"] else ""
    shown = f"{name} ({label})" if label and label != name else name
    place = one.place
    parts = [
        f"{one.role} {shown!r}",
        f" [{','.join(flags)}]" if flags else "",
        f" @{','.join(map(str, place))}" if place.width > 0 else "",
        f" ={value!r}" if value not in (None, "", name) else "",
    ]
    return "".join(parts)
