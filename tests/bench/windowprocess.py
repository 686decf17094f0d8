"""The window in a process of its own: HOME [--hidden | --walk | --let-go]; it ends with its input.

It prints what time.monotonic() says when the window is first exposed, then "ready" when the
store can be used. With --walk it then goes from page to page while the job "Printer" runs, and
prints as JSON for how many milliseconds the GUI thread was not there, the longest by step.
With --let-go the window is closed after a while and let go of, and it prints "let go".
What is measured is `deskcron` itself; this only looks on.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from deskcron.gui.life.importing import own_import

with own_import():  # as whoever opens a window does
    from PySide6.QtCore import QEvent, QObject, QPoint, QSocketNotifier, Qt, QTimer
    from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from deskcron.bootstrap.core import Core
from deskcron.domain.opening import Opening
from deskcron.engine.facade import Facade
from deskcron.gui.life import application
from deskcron.gui.shell.places import Place
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


SOUGHT = "123"
BEAT_MS = 5
STEP_MS = 600
LOOKED_AT_MS = 4_000


class Heart(QObject):
    """Beat on the GUI thread, and note how late each beat comes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late_ms: list[float] = []
        self.longest_ms: dict[str, float] = {}
        self.step = ""
        self._last_s = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now_s = time.perf_counter()
        late_ms = max(0.0, (now_s - self._last_s) * 1000 - BEAT_MS)
        self._last_s = now_s
        self.late_ms.append(late_ms)
        self.longest_ms[self.step] = max(late_ms, self.longest_ms.get(self.step, 0))


class WatchedLife(application.Life):
    """The life of the application, looked at."""

    def begin(self, opening: Opening) -> None:
        """Begin as ever."""
        self._room.opened.connect(self._say_ready)
        super().begin(opening)
        window = None if opening is Opening.HIDDEN else self._windows.window.windowHandle()
        if window is not None:
            self._onlooker = Onlooker(self._say_exposed, self)
            window.installEventFilter(self._onlooker)
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self.quit)

    def _say_exposed(self) -> None:
        print(time.monotonic(), flush=True)

    def _say_ready(self) -> None:
        print("ready", flush=True)
        if "--walk" in sys.argv[2:]:
            self._bridge.ask(self, _start_printer, self._begin_walk)
        if "--let-go" in sys.argv[2:]:
            QTimer.singleShot(LOOKED_AT_MS, self, self._let_go_of_window)

    def _let_go_of_window(self) -> None:
        self._windows.window.hide()
        self._resting.rest()
        print("let go", flush=True)

    def _begin_walk(self, printer: tuple[str, int]) -> None:
        self._heart = Heart(self)
        self._steps = self._walk(*printer)
        self._pace = QTimer(self)
        self._pace.timeout.connect(self._take_step)
        self._pace.start(STEP_MS)

    def _take_step(self) -> None:
        self._heart.step = next(self._steps, "")
        if not self._heart.step:
            self._pace.stop()
            late = sorted(self._heart.late_ms)
            answer = {"p99": late[len(late) * 99 // 100], "longest": self._heart.longest_ms}
            print(json.dumps(answer), flush=True)

    def _walk(self, printer: str, run_id: int) -> Iterator[str]:
        """Do what a person does, a step each time; each page twice, as the first makes it."""
        # Not at the start, whose time is measured.
        from deskcron.gui.output.view import OutputView  # noqa: PLC0415

        signals, window = self._context.signals, self._windows.window
        for visit in ("first", "again"):
            for place in (Place.HISTORY, Place.INBOX, Place.JOBS):
                window.go(place)
                yield f"{place.name.lower()}, {visit}"
            signals.show_runs.emit(printer)
            yield f"runs of a job, {visit}"
            signals.show_run.emit(run_id)
            for second in range(5):
                yield f"output that runs, {visit}, {second}"
            output = window.page(Place.HISTORY).findChild(OutputView)
            output.find_bar.come()
            for letter in SOUGHT:
                output.find_bar.findChild(QLineEdit).insert(letter)
                yield f"find {letter} in output that runs, {visit}"
            output.find_bar.leave()
            window.go(Place.SETTINGS)
            yield f"settings, {visit}"
            for name, signal, about in (
                ("why", signals.explain_job, (printer,)),
                ("statistics", signals.show_statistics, (printer,)),
                ("statistics of all jobs", signals.show_statistics, ("",)),
                ("review", signals.show_review, (None,)),
                ("environment", signals.show_environment, (printer, run_id)),
                ("templates", signals.new_job, ("",)),
                ("form", signals.edit_job, (printer,)),
            ):
                signal.emit(*about)
                yield f"{name}, {visit}"
                close_dialogs()
            self._tray.menu.popup(QPoint())
            yield f"menu of the icon, {visit}"
            self._tray.menu.close()
        self._bridge.ask(self, lambda facade: facade.control.stop("Printer"), lambda _runs: None)
        yield "rest"


def close_dialogs() -> None:
    """Close what stands over the window."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.reject()


def _start_printer(facade: Facade) -> tuple[str, int]:
    return facade.catalogue.show("Printer").summary.id, facade.control.run("Printer")


def main() -> int:
    """Be the window of a home until nobody holds our standard input open."""
    application.Life = WatchedLife  # type: ignore[misc]  # that is how it is looked at
    opening = Opening.HIDDEN if "--hidden" in sys.argv[2:] else Opening.OPEN
    with closing(Core(Paths.below(Path(sys.argv[1])))) as core:
        return core.open_window(opening)


if __name__ == "__main__":
    sys.exit(main())
