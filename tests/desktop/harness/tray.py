"""The icons in the panel, and their menus."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dbus_fast import Variant
from waiting import until

from harness.bus import Bus, CallFailed
from harness.screen import Screen
from harness.session import Session
from harness.settings import PANEL_HEIGHT

_WATCHER = "org.kde.StatusNotifierWatcher"
_ITEM = "org.kde.StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"
_SHORTLY_S = 5.0


@dataclass(frozen=True)
class Entry:
    """An entry of a menu."""

    number: int
    label: str
    is_enabled: bool = True
    is_checked: bool | None = None
    is_separator: bool = False
    entries: tuple[Entry, ...] = ()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield it and its submenu as text."""
        mark = {None: "", True: "[x] ", False: "[ ] "}[self.is_checked]
        words = "---" if self.is_separator else mark + self.label
        yield "  " * depth + words + ("" if self.is_enabled else "  (disabled)")
        for entry in self.entries:
            yield from entry.lines(depth + 1)


@dataclass(frozen=True)
class Icon:
    """An icon: what it says of itself, its menu, and the point to click on, if it is shown."""

    service: str
    menu_path: str
    id: str
    title: str
    status: str
    tooltip: str
    icon_name: str
    entries: tuple[Entry, ...]
    point: tuple[int, int] | None

    def entry(self, path: str) -> Entry:
        """Return an entry by what it says; / leads into a submenu. Raises LookupError."""
        entries = self.entries
        found: Entry | None = None
        parts = [path] if any(_same(one.label, path) for one in entries) else path.split("/")
        for part in parts:
            found = next((one for one in entries if _same(one.label, part)), None)
            if found is None:
                raise LookupError(f"No entry {part!r} among {[one.label for one in entries]}")
            entries = found.entries
        if found is None:
            raise LookupError(f"No entry {path!r}")
        return found


class Tray:
    """The tray of the panel."""

    def __init__(self, session: Session, bus: Bus, screen: Screen) -> None:
        self._session = session
        self._bus = bus
        self._screen = screen

    def icons(self) -> Sequence[Icon]:
        """Return the icons that are there, hidden ones without a point."""
        watched = self._bus.property(
            _WATCHER, "/StatusNotifierWatcher", _WATCHER, "RegisteredStatusNotifierItems"
        )
        items = [_parted(item) for item in watched or ()]
        shown = [item for item in items if self._get(item, "Status") != "Passive"]
        points = self._points(shown)
        return [self._icon(item, points.get(item)) for item in items]

    def icon(self, words: str = "") -> Icon:
        """Wait for an icon whose id or title contains the words."""
        found = until(
            lambda: [
                one for one in self.icons() if words.lower() in f"{one.id} {one.title}".lower()
            ],
            f"an icon {words!r} is in the panel",
            _SHORTLY_S,
        )
        return found[0]

    def click(self, button: int = 1, icon: str = "") -> None:
        """Click on an icon: 1 activates, 3 opens the menu."""
        point = self.icon(icon).point
        if point is None:
            raise LookupError("The icon is not shown")
        self._screen.click(*point, button)

    def press(self, path: str, icon: str = "") -> None:
        """Choose an entry of the menu as the panel tells the program of it."""
        found = self.icon(icon)
        entry = found.entry(path)
        if not entry.is_enabled:
            raise LookupError(f"{entry.label!r} is disabled")
        event = [entry.number, "clicked", Variant("s", ""), 0]
        try:
            self._bus.call(found.service, found.menu_path, _MENU, "Event", "isvu", event)
        except CallFailed as failure:
            # A dialog holds the answer back, or the program has ended: both mean that it heard.
            if not any(word in str(failure) for word in ("not answer", "NoReply", "disconnected")):
                raise

    def _icon(self, item: tuple[str, str], point: tuple[int, int] | None) -> Icon:
        tooltip = self._get(item, "ToolTip")
        menu = self._get(item, "Menu") or ""
        return Icon(
            service=item[0],
            menu_path=menu,
            id=self._get(item, "Id") or "",
            title=self._get(item, "Title") or "",
            status=self._get(item, "Status") or "",
            tooltip=" ".join(text for text in tooltip[2:4] if text) if tooltip else "",
            icon_name=self._get(item, "IconName") or "",
            entries=self._menu(item[0], menu, 0) if menu else (),
            point=point,
        )

    def _get(self, item: tuple[str, str], what: str) -> Any:
        return self._bus.property(*item, _ITEM, what)

    def _menu(self, service: str, path: str, number: int) -> tuple[Entry, ...]:
        try:
            self._bus.call(service, path, _MENU, "AboutToShow", "i", [number])
            layout = self._bus.call(service, path, _MENU, "GetLayout", "iias", [number, 1, []])[1]
        except CallFailed:
            return ()  # the program is just ending
        return tuple(
            self._entry(service, path, child, properties)
            for child, properties, _children in layout[2]
            if properties.get("visible", True)
        )

    def _entry(self, service: str, path: str, number: int, properties: dict[str, Any]) -> Entry:
        if properties.get("type") == "separator":
            return Entry(number, "", is_separator=True)
        has_menu = properties.get("children-display") == "submenu"
        can_be_checked = bool(properties.get("toggle-type"))
        return Entry(
            number,
            properties.get("label", "").replace("__", "\0").replace("_", "").replace("\0", "_"),
            is_enabled=properties.get("enabled", True),
            is_checked=properties.get("toggle-state") == 1 if can_be_checked else None,
            entries=self._menu(service, path, number) if has_menu else (),
        )

    def _points(self, shown: Sequence[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, int]]:
        """Return where icons are: the tray is a window of squares, in the panel's own order."""
        order = self._known()
        ids = {item: self._get(item, "Id") for item in shown}
        ranked = sorted(
            shown, key=lambda item: order.index(ids[item]) if ids[item] in order else len(order)
        )
        edge = self._session.height  # its tooltips and menus stand above the panel
        trays = [
            window
            for window in self._screen.windows_of("wrapper-2.0")
            if window.height >= PANEL_HEIGHT // 2 and window.y + window.height == edge
        ]
        if not trays or not ranked:
            return {}
        tray = trays[0]
        old_style = max(0, round(tray.width / tray.height) - len(ranked))  # they come first
        step = tray.width / (old_style + len(ranked))
        return {
            item: (int(tray.x + (old_style + number + 0.5) * step), tray.y + tray.height // 2)
            for number, item in enumerate(ranked)
        }

    def _known(self) -> Sequence[str]:
        query = ["xfconf-query", "-c", "xfce4-panel", "-p", "/plugins/plugin-3/known-items"]
        answer = subprocess.run(
            query, env=self._session.environ, capture_output=True, encoding="utf-8", check=False
        )
        return [line for line in answer.stdout.splitlines() if line]


def _parted(item: str) -> tuple[str, str]:
    name, slash, path = item.partition("/")
    return name, f"/{path}" if slash else "/StatusNotifierItem"


def _same(label: str, wanted: str) -> bool:
    return label.rstrip("….").strip().lower() == wanted.rstrip("….").strip().lower()
