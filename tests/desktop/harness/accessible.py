"""One thing in the accessible tree, asked over D-Bus.

The library for this caches, listens to events, and can wait for ever on a program that starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from harness.bus import Bus, CallFailed

PREFIX = "org.a11y.atspi."
_STATE_WORDS = (
    "invalid active armed busy checked collapsed defunct editable enabled expandable expanded "
    "focusable focused has-tooltip horizontal iconified modal multi-line multiselectable opaque "
    "pressed resizable selectable selected sensitive showing single-line stale transient vertical "
    "visible manages-descendants indeterminate required truncated animated invalid-entry "
    "supports-autocompletion selectable-text is-default visited checkable has-popup read-only"
)
STATES = tuple(_STATE_WORDS.split())
"""In the order of their bits."""
_LABELLED_BY = 2
_SCREEN_COORDINATES = 0
_ANSWER_S = 1.5


class Place(NamedTuple):
    """Where something is on the screen."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """Return the point to click on."""
        return self.x + self.width // 2, self.y + self.height // 2


class Accessible:
    """A widget, window or program. What it says is asked anew each time, but for its role."""

    def __init__(self, bus: Bus, name: str, path: str) -> None:
        self._bus = bus
        self._name = name
        self._path = path

    def __repr__(self) -> str:
        return f"<{self.role} {self.name!r}>"

    @cached_property
    def role(self) -> str:
        """Return what it is: push button, text, table."""
        return str(self.ask("Accessible", "GetRoleName", default=""))

    @property
    def name(self) -> str:
        """Return what a screen reader calls it."""
        return str(self.get("Accessible", "Name") or "")

    @property
    def description(self) -> str:
        """Return what a screen reader adds."""
        return str(self.get("Accessible", "Description") or "")

    @property
    def label(self) -> str:
        """Return the text of its label; a combo box's own name may be its current entry."""
        for kind, targets in self.ask("Accessible", "GetRelationSet", default=()):
            if kind == _LABELLED_BY:
                return " ".join(Accessible(self._bus, *target).name for target in targets)
        return ""

    @property
    def states(self) -> Sequence[str]:
        """Return what is so: checked, focused, showing."""
        low, high = self.ask("Accessible", "GetState", default=(0, 0))[:2]
        bits = low | high << 32
        return [state for number, state in enumerate(STATES) if bits >> number & 1]

    @property
    def is_showing(self) -> bool:
        """Tell whether it can be seen."""
        return "showing" in self.states

    @property
    def place(self) -> Place:
        """Return where it is on the screen."""
        here = self.ask("Component", "GetExtents", "u", [_SCREEN_COORDINATES], (0, 0, 0, 0))
        return Place(*here)

    @property
    def value(self) -> Any:
        """Return its number or text; None where it has neither."""
        interfaces = self.interfaces
        if "Value" in interfaces:
            return self.get("Value", "CurrentValue")
        if "Text" in interfaces:
            return self.ask("Text", "GetText", "ii", [0, -1])
        return None

    @property
    def interfaces(self) -> Sequence[str]:
        """Return what it can be asked."""
        names = self.ask("Accessible", "GetInterfaces", default=())
        return [name.rpartition(".")[2] for name in names]

    @property
    def actions(self) -> Sequence[str]:
        """Return what can be done with it."""
        return [action[0] for action in self.ask("Action", "GetActions", default=())]

    @property
    def children(self) -> Sequence[Accessible]:
        """Return what it consists of."""
        found = self.ask("Accessible", "GetChildren", default=())
        return [Accessible(self._bus, *child) for child in found]

    def walk(self, *, hidden: bool = False) -> Iterator[Accessible]:
        """Yield it and everything below it, only what is showing unless `hidden` is wanted, too."""
        yield self
        for child in self.children:
            if hidden or child.is_showing:
                yield from child.walk(hidden=hidden)

    def cell(self, row: int, column: int) -> Accessible:
        """Return a cell of a table."""
        return Accessible(self._bus, *self.ask("Table", "GetAccessibleAt", "ii", [row, column]))

    def in_column(self, header: str) -> Accessible:
        """Return the cell of the same row in another column; raises LookupError."""
        table = Accessible(self._bus, *self.get("TableCell", "Table"))
        row, _column = self.get("TableCell", "Position")
        for number, title in enumerate(table.headers):
            if title == header:
                return table.cell(row, number)
        raise LookupError(f"No column {header!r} among {table.headers}")

    @property
    def headers(self) -> Sequence[str]:
        """Return the titles of a table's columns."""
        count = self.get("Table", "NColumns") or 0
        return [
            self.ask("Table", "GetColumnDescription", "i", [number], "") for number in range(count)
        ]

    def rows(self) -> Sequence[Sequence[str]]:
        """Return the words of a table, those of a check box with a mark before them."""
        count, width = self.get("Table", "NRows") or 0, len(self.headers)
        return [
            [self.cell(row, column).marked_name() for column in range(width)]
            for row in range(count)
        ]

    def marked_name(self) -> str:
        """Return its name in one line; [x] or [ ] before it where it can be checked."""
        states = self.states
        mark = ("[x] " if "checked" in states else "[ ] ") if "checkable" in states else ""
        return (mark + " ".join(self.name.split())).strip()

    def do(self, action: str) -> None:
        """Do one of its actions."""
        number = list(self.actions).index(action)
        # A dialog that opens may hold the answer back, which is no failure.
        self.ask("Action", "DoAction", "i", [number])

    def fill(self, text: str) -> bool:
        """Replace the text of a field; False where it refuses."""
        return self.ask("EditableText", "SetTextContents", "s", [text]) is not False

    def set_number(self, number: float) -> None:
        """Set the value of a field of numbers."""
        self._bus.set_property(
            self._name, self._path, f"{PREFIX}Value", "CurrentValue", "d", number
        )

    def scroll_to(self) -> None:
        """Have it brought into view, where the program can do that."""
        self.ask("Component", "ScrollTo", "u", [_ANYWHERE])

    def ask(
        self,
        interface: str,
        member: str,
        signature: str = "",
        arguments: Sequence[Any] = (),
        default: Any = None,
    ) -> Any:
        """Return the answer of a call, or the default where it fails."""
        try:
            answer = self._bus.call(
                self._name,
                self._path,
                PREFIX + interface,
                member,
                signature,
                arguments,
                within_s=_ANSWER_S,
            )
        except CallFailed:
            return default
        return answer[0] if len(answer) == 1 else answer

    def get(self, interface: str, what: str) -> Any:
        """Return a property, None where there is none."""
        return self._bus.property(self._name, self._path, PREFIX + interface, what)


_ANYWHERE = 6
