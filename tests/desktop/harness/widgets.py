"""Find what is in the windows by role and name, and use it as a person would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waiting import until

from harness.accessible import PREFIX, Accessible
from harness.bus import Bus
from harness.screen import Screen

WITHIN_S = 5.0
ANY = "*"
KINDS = {
    "button": ("push button", "toggle button", "button", "button menu"),
    "menu": ("menu item", "check menu item", "radio menu item", "menu"),
    "window": ("frame", "dialog", "window", "alert", "alert message", "file chooser"),
    "cell": ("cell", "table cell"),
    "checkbox": ("check box",),
    "tab": ("page tab",),
    "spin button": ("spin button", "spin box"),
    "field": ("text", "password text", "spin button", "spin box", "combo box", "entry"),
    "table": ("table", "tree table", "tree", "list"),
}
"""Short names for several roles; any other word is a role itself."""
_ROOT = (f"{PREFIX}Registry", "/org/a11y/atspi/accessible/root")
_PRESSES = ("press", "click", "toggle", "activate", "check")
_EXACT, _SAME, _PART = 3, 2, 1


@dataclass(frozen=True)
class Where:
    """Where to look, and for which of several."""

    app: str = ""
    window: str = ""
    nth: int = 1
    column: str = ""
    hidden: bool = False
    within_s: float = WITHIN_S


EVERYWHERE = Where()


class Widgets:
    """The windows of all programs. NAME is a text, /regex/ or *."""

    def __init__(self, bus: Bus, screen: Screen) -> None:
        self._bus = bus
        self._screen = screen

    def apps(self, name: str = "") -> Sequence[Accessible]:
        """Return the programs with a name that contains this."""
        registry = Accessible(self._bus, *_ROOT)
        return [app for app in registry.children if name.lower() in app.name.lower()]

    def find(self, role: str, name: str, where: Where = EVERYWHERE) -> Accessible:
        """Return the best match, waiting until there is one."""
        found = until(
            lambda: self.look(role, name, where),
            f"{role} {name!r} is in a window",
            where.within_s,
        )
        return found.in_column(where.column) if where.column else found

    def look(self, role: str, name: str, where: Where = EVERYWHERE) -> Accessible | None:
        """Return the best match now: active windows come first, exact names before others."""
        roles = KINDS.get(role, (role,))
        ranked: list[tuple[int, int, int, Accessible]] = []
        for depth, window in enumerate(self._windows(where)):
            for one in window.walk(hidden=where.hidden):
                fit = _fit(one, roles if role != ANY else (), name)
                if fit:
                    ranked.append((-fit, depth, len(ranked), one))
        ranked.sort(key=lambda found: found[:3])
        return ranked[where.nth - 1][3] if len(ranked) >= where.nth else None

    def await_gone(self, role: str, name: str, where: Where = EVERYWHERE) -> None:
        """Wait until there is no match."""
        until(
            lambda: self.look(role, name, where) is None,
            f"{role} {name!r} has gone",
            where.within_s,
        )

    def press(self, role: str, name: str, where: Where = EVERYWHERE) -> Accessible:
        """Do what a press does, without the mouse where there is an action for it."""
        found = self.find(role, name, where)
        self.press_it(found)
        return found

    def press_it(self, found: Accessible) -> None:
        """Press something that was found."""
        if found.role in KINDS["cell"]:  # its Toggle would only select it
            self.click_it(found)
            if "checkable" in found.states:
                self._screen.keys("space")
            return
        actions = {action.lower(): action for action in found.actions}
        chosen = next((actions[word] for word in _PRESSES if word in actions), None)
        if chosen is None:
            self.click_it(found)
        else:
            found.do(chosen)

    def click(
        self,
        role: str,
        name: str,
        where: Where = EVERYWHERE,
        *,
        button: int = 1,
        double: bool = False,
    ) -> Accessible:
        """Click on the middle of something with the mouse."""
        found = self.find(role, name, where)
        self.click_it(found, button=button, double=double)
        return found

    def click_it(self, found: Accessible, *, button: int = 1, double: bool = False) -> None:
        """Click on something that was found."""
        place = found.place
        if place.width < 1:
            raise LookupError(f"{found} has no place on the screen")
        self._screen.click(*place.middle, button, double=double)

    def click_at(self, x: int, y: int) -> None:
        """Click on a point of the screen."""
        self._screen.click(x, y)

    def fill(self, role: str, name: str, text: str, where: Where = EVERYWHERE) -> Accessible:
        """Put a text into a field, a number into a spin box, or choose from a combo box."""
        found = self.find(role, name, where)
        interfaces = found.interfaces
        if found.role == "combo box" and "EditableText" not in interfaces:
            self._choose(found, text)
        elif "Value" in interfaces:
            found.set_number(float(text))
        elif "EditableText" in interfaces:
            if not found.fill(text):
                raise LookupError(f"{found} does not take {text!r}")
        else:
            self.click_it(found)
            self._screen.keys("ctrl+a")
            self._screen.type(text)
        return found

    def table(self, name: str = ANY, where: Where = EVERYWHERE) -> Sequence[Sequence[str]]:
        """Return the titles and the rows of a table, or the entries of a list."""
        found = self.find("table", name, where)
        if "Table" not in found.interfaces:
            return [[child.name] for child in found.children]
        return [found.headers, *found.rows()]

    def _choose(self, combo: Accessible, text: str) -> None:
        """Choose from a combo box: open it, wherever it is scrolled to, and click the entry."""
        self.press_it(combo)
        self.click_it(self.find("list item", text))

    def _windows(self, where: Where) -> Iterator[Accessible]:
        found: list[tuple[int, Accessible]] = []
        for app in self.apps(where.app):
            for window in app.children:
                states = window.states
                is_wanted = re.search(where.window, window.name, re.IGNORECASE)
                if is_wanted and (where.hidden or "showing" in states):
                    found.append((-2 * ("active" in states) - ("modal" in states), window))
        found.sort(key=lambda one: one[0])
        return (window for _rank, window in found)


def _fit(one: Accessible, roles: Sequence[str], wanted: str) -> int:
    role = one.role
    if roles and role not in roles:
        return 0
    if wanted == ANY:
        return _EXACT
    names = [one.name]
    if role in KINDS["field"]:  # a combo box's own name may be its current entry
        names += [one.label, one.description]
    return max(_fit_of_name(name, wanted) for name in names)


def _fit_of_name(name: str, wanted: str) -> int:
    if len(wanted) > 1 and wanted[0] == wanted[-1] == "/":
        return _SAME if name and re.search(wanted[1:-1], name) else 0
    if name == wanted:
        return _EXACT
    plain, plain_wanted = (_plain(text) for text in (name, wanted))
    if plain and plain == plain_wanted:
        return _SAME
    return _PART if plain_wanted and plain_wanted in plain else 0


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("….: ").strip().lower()
