"""The page of jobs in a process of its own, used like a person would: HOME.

A heartbeat in the event loop notes how much later than its time it beats. The last line of the
output says for each thing that was done what the 99th percentile and the longest delay were, in
milliseconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from deskcron.bootstrap.core import Core
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge
from deskcron.gui.desk import Desk, Ways
from deskcron.gui.jobs.page import JobsPage
from deskcron.gui.theme.look import Look
from deskcron.gui.watch import Watch
from deskcron.gui.zones import Zones
from deskcron.system.paths import Paths

BEAT_MS = 2
STEP_MS = 60
TYPED = "number 12"
WINDOW = (1186, 700)


class Heartbeat(QObject):
    """Note by how much each beat is late."""

    def __init__(self) -> None:
        super().__init__()
        self._late_ms: list[float] = []
        self._last_s = time.perf_counter()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        """Forget what was noted before."""
        self._late_ms = []

    def take(self) -> dict[str, float]:
        """Return 99th percentile and longest delay since the beginning."""
        late = sorted(self._late_ms)
        return {"p99": late[int(len(late) * 0.99)], "max": late[-1]}

    def _beat(self) -> None:
        now_s = time.perf_counter()
        self._late_ms.append(max(0.0, (now_s - self._last_s) * 1000 - BEAT_MS))
        self._last_s = now_s


class Person(QObject):
    """Do one thing after another, with a pause between the steps of each."""

    def __init__(self, bridge: Bridge, page: JobsPage, heart: Heartbeat) -> None:
        super().__init__()
        self._bridge, self._page, self._heart = bridge, page, heart
        self._table = page.findChild(QTableView)
        self._search = page.findChild(QLineEdit)
        self._found: dict[str, dict[str, float]] = {}
        self._phases: Iterator[tuple[str, Callable[[int], None], int]] = iter(
            (
                ("opening", lambda _step: page.show() if _step == 0 else None, 30),
                ("resting", lambda _step: None, 30),
                ("typing in the search", self._type, 60),
                ("other commits", self._commit, 60),
                ("other commits, all selected", self._commit_selected, 60),
                ("scrolling while others commit", self._scroll, 60),
                ("sorting by columns", self._sort, 30),
            )
        )
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._go_on)
        self._begin()

    def _begin(self) -> None:
        phase = next(self._phases, None)
        if phase is None:
            print(json.dumps(self._found), flush=True)
            QApplication.quit()
            return
        self._name, self._deed, self._steps = phase
        self._step = 0
        self._heart.begin()
        self._timer.start()

    def _go_on(self) -> None:
        if self._step == self._steps:
            self._timer.stop()
            self._found[self._name] = self._heart.take()
            self._begin()
            return
        self._deed(self._step)
        self._step += 1

    def _type(self, step: int) -> None:
        """Type a letter in every third step, so that each is searched for; then delete them."""
        if step % 3 == 0:
            length = step // 3
            length = length if length <= len(TYPED) else max(0, 2 * len(TYPED) - length)
            self._search.setText(TYPED[:length])

    def _commit(self, step: int) -> None:
        name = f"Job number {step * 7 % 300}"
        self._bridge.ask(self, lambda facade: _switch(facade, name), lambda _done: None)

    def _commit_selected(self, step: int) -> None:
        if step == 0:
            self._table.selectAll()
        self._commit(step)

    def _scroll(self, step: int) -> None:
        if step == 0:
            self._table.clearSelection()
        self._commit(step)
        bar = self._table.verticalScrollBar()
        bar.setValue(bar.maximum() * step // 60)

    def _sort(self, step: int) -> None:
        if step % 5 == 0:
            column = (3, 4, 2, 0, 1, 3)[step // 5]
            self._table.sortByColumn(column, Qt.SortOrder(step // 5 % 2))


def _switch(facade: Facade, name: str) -> None:
    is_on = facade.catalogue.show(name).summary.enabled
    facade.jobs.set_enabled([name], not is_on)


def main() -> None:
    """Use the page of the jobs of a home."""
    app = QApplication(sys.argv)
    Look(app).wear("light")
    with closing(Core(Paths.below(Path(sys.argv[1])))) as core:
        facade = core.facade()
        bridge = Bridge(lambda: facade)
        bridge.open()
        watch = Watch(lambda: facade, bridge.changed.emit)
        watch.set_seen(is_seen=True)
        watch.start()
        page = JobsPage(Desk(bridge, core.clock(), Ways(), Zones()))
        page.resize(*WINDOW)
        heart = Heartbeat()
        person = Person(bridge, page, heart)
        app.exec()
        del person
        watch.close()
        bridge.close()


main()
