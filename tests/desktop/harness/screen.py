"""The screen, the mouse and the keys."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from waiting import moment, until
from Xlib import X
from Xlib.display import Display
from Xlib.protocol.event import ClientMessage

_ENTER_S = 0.08
_SETTLE_S = 0.05
_DRAG_STEPS = 10
_BY_A_PERSON = 2
SHORTLY_S = 3.0


class Window(NamedTuple):
    """A window that can be seen."""

    id: str
    x: int
    y: int
    width: int
    height: int
    title: str


class Screen:
    """What can be seen and touched."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = dict(environ)

    def shot(self, file: Path, *, pointer: bool = True) -> None:
        """Photograph the whole screen."""
        hidden = [] if pointer else ["--hidecursor"]
        subprocess.run(["maim", *hidden, str(file)], env=self._environ, check=True)

    def shot_window(self, title: str, file: Path) -> None:
        """Photograph the window whose title matches."""
        number = self.window(title).id
        subprocess.run(["maim", "-i", number, str(file)], env=self._environ, check=True)

    def windows(self) -> Sequence[Window]:
        """Return the windows with a title."""
        return list(self._found("--all", "--name", ".+"))

    def windows_of_process(self, pid: int) -> Sequence[Window]:
        """Return the windows with a title that a process says are its own."""
        return list(self._found("--all", "--pid", str(pid), "--name", ".+"))

    def windows_of(self, program: str) -> Sequence[Window]:
        """Return the windows whose class is that of a program."""
        return list(self._found("--class", program))

    def window(self, title: str) -> Window:
        """Return the window whose title matches, the whole title first; waits for it shortly."""
        found = until(
            lambda: [one for one in self.windows() if re.search(title, one.title, re.IGNORECASE)],
            f"a window {title!r} is on the screen",
            SHORTLY_S,
        )
        return min(
            found,
            key=lambda one: (
                not re.fullmatch(title, one.title, re.IGNORECASE),
                -one.width * one.height,
            ),
        )

    def has_window(self, title: str) -> bool:
        """Tell whether a window with such a title can be seen now."""
        return any(re.search(title, one.title, re.IGNORECASE) for one in self.windows())

    def is_above(self, title: str, other: str) -> bool:
        """Tell whether a window stands before another one, wherever the keyboard goes."""
        with closing(Display(self._environ["DISPLAY"])) as display:
            name = display.intern_atom("_NET_CLIENT_LIST_STACKING")
            order = display.screen().root.get_full_property(name, X.AnyPropertyType)
        stack = [] if order is None else list(order.value)
        upper, lower = (int(self.window(one).id) for one in (title, other))
        return upper in stack and lower in stack and stack.index(upper) > stack.index(lower)

    def activate(self, title: str) -> None:
        """Bring a window to the front."""
        self._xdo("windowactivate", "--sync", self.window(title).id)

    def close(self, title: str) -> None:
        """Close a window as its own button does: the window manager is asked to."""
        number = int(self.window(title).id)
        with closing(Display(self._environ["DISPLAY"])) as display:
            ask = ClientMessage(
                window=display.create_resource_object("window", number),
                client_type=display.intern_atom("_NET_CLOSE_WINDOW"),
                data=(32, [X.CurrentTime, _BY_A_PERSON, 0, 0, 0]),
            )
            mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
            display.screen().root.send_event(ask, event_mask=mask)
            display.sync()

    def click(self, x: int, y: int, button: int = 1, *, double: bool = False) -> None:
        """Press and release a button of the mouse."""
        self.move(x, y)
        moment(_ENTER_S)  # the window has to see the pointer come first
        twice = ("--repeat", "2", "--delay", "60") if double else ()
        self._xdo("click", *twice, str(button))
        moment(_SETTLE_S)

    def move(self, x: int, y: int) -> None:
        """Put the pointer somewhere."""
        self._xdo("mousemove", str(x), str(y))

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Move the pointer with its button held."""
        self.move(*start)
        self._xdo("mousedown", "1")
        for step in range(1, _DRAG_STEPS + 1):
            x, y = (a + (b - a) * step // _DRAG_STEPS for a, b in zip(start, end, strict=True))
            self.move(x, y)
            moment(_SETTLE_S)
        self._xdo("mouseup", "1")

    def keys(self, *names: str) -> None:
        """Press keys, by xdotool's names: ctrl+n, Return, F1."""
        self._xdo("key", "--delay", "40", *names)

    def type(self, text: str) -> None:
        """Type a text."""
        self._xdo("type", "--delay", "15", "--", text)

    def _found(self, *criteria: str) -> Iterator[Window]:
        numbers = self._asked("search", "--onlyvisible", *criteria).split()
        for number in numbers:
            lines = self._asked("getwindowgeometry", "--shell", number).split()
            place = dict(line.split("=") for line in lines if "=" in line)
            if place and int(place["WIDTH"]) > 1:
                x, y, width, height = (int(place[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))
                title = self._asked("getwindowname", number).strip("\n")
                yield Window(number, x, y, width, height, title)

    def _asked(self, *arguments: str) -> str:
        """Return what xdotool answers; nothing where a window has gone meanwhile."""
        command = ["xdotool", *arguments]
        return subprocess.run(
            command, env=self._environ, capture_output=True, encoding="utf-8", check=False
        ).stdout

    def _xdo(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environ, check=True)
