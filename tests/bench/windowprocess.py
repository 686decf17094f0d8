"""The window in a process of its own: HOME [--hidden]; it ends with its input.

It prints what time.monotonic() says when the window is first exposed, then "ready" when the
store can be used. What is measured is `deskcron` itself; this only looks on.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSocketNotifier

from deskcron.bootstrap import Core
from deskcron.domain.opening import Opening
from deskcron.gui.life import application
from deskcron.system.paths import Paths


class Onlooker(QObject):
    """Tell of the first expose of a window."""

    def __init__(self, told: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._told = told

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Tell once, and look no more."""
        if event.type() is QEvent.Type.Expose:
            watched.removeEventFilter(self)
            self._told()
        return False


class WatchedLife(application.Life):
    """The life of the application, looked at."""

    def begin(self, *, is_hidden: bool) -> None:
        """Begin as ever."""
        self._room.opened.connect(self._say_ready)
        super().begin(is_hidden=is_hidden)
        window = None if is_hidden else self._front.window.windowHandle()
        if window is not None:
            self._onlooker = Onlooker(self._say_exposed, self)
            window.installEventFilter(self._onlooker)
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self.quit)

    def _say_exposed(self) -> None:
        print(time.monotonic(), flush=True)

    def _say_ready(self) -> None:
        print("ready", flush=True)


def main() -> int:
    """Be the window of a home until nobody holds our standard input open."""
    application.Life = WatchedLife  # type: ignore[misc]  # that is how it is looked at
    opening = Opening.HIDDEN if "--hidden" in sys.argv[2:] else Opening.OPEN
    with closing(Core(Paths.below(Path(sys.argv[1])))) as core:
        return core.open_window(opening)


if __name__ == "__main__":
    sys.exit(main())
