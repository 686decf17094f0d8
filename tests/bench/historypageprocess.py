"""The page of runs in a process of its own, used as a person would: HOME.

The last line of the output says for each thing that was done by how much the event loop's beats
were late, in milliseconds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from heartbeat import Heartbeat
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from deskcron.bootstrap.core import Core
from deskcron.gui.bridge import Bridge
from deskcron.gui.desk import Desk, Ways
from deskcron.gui.history.page import HistoryPage
from deskcron.gui.theme.look import Look
from deskcron.gui.watch import Watch
from deskcron.gui.zones import Zones
from deskcron.system.paths import Paths

STEP_MS = 60
WINDOW = (1186, 700)


class Person(QObject):
    """Do one thing after another, with a pause between the steps of each."""

    def __init__(self, bridge: Bridge, page: HistoryPage, heart: Heartbeat) -> None:
        super().__init__()
        self._bridge, self._page, self._heart = bridge, page, heart
        self._found: dict[str, dict[str, float]] = {}
        self._phases: Iterator[tuple[str, Callable[[int], object], int]] = iter(
            (
                ("opening", lambda step: page.show() if step == 0 else None, 40),
                ("resting", lambda _step: None, 30),
                ("walking through the runs", self._walk, 60),
                ("scrolling down for more", self._scroll, 60),
                ("other commits", self._commit, 60),
                ("choosing by result and cause", self._choose, 60),
                ("showing runs far away", self._show_run, 60),
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

    def _walk(self, _step: int) -> None:
        QTest.keyClick(self._page.table, Qt.Key.Key_Down)

    def _scroll(self, _step: int) -> None:
        bar = self._page.table.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _commit(self, step: int) -> None:
        name = f"Job number {step * 7 % 300}"
        self._bridge.ask(
            self, lambda facade: facade.jobs.set_enabled([name], False), lambda _done: None
        )

    def _choose(self, step: int) -> None:
        boxes = [box for box in self._page.filters.findChildren(QComboBox) if not box.isEditable()]
        if step % 5 == 0:
            box = boxes[step // 5 % len(boxes)]
            box.setCurrentIndex((box.currentIndex() + 1) % (box.count() - 1))

    def _show_run(self, step: int) -> None:
        if step % 10 == 0:
            self._page.show_run(1 + step * 16)


def main() -> None:
    """Use the page of the runs of a home."""
    app = QApplication(sys.argv)
    Look(app).wear("light")
    with closing(Core(Paths.below(Path(sys.argv[1])))) as core:
        facade = core.facade()
        bridge = Bridge(lambda: facade)
        bridge.open()
        watch = Watch(lambda: facade, bridge.changed.emit)
        watch.set_seen(is_seen=True)
        watch.start()
        page = HistoryPage(Desk(bridge, core.clock(), Ways(), Zones()))
        page.resize(*WINDOW)
        person = Person(bridge, page, Heartbeat())
        app.exec()
        watch.close()
        bridge.close()
        del person, page  # after the last other thread, which must not be the one to delete them


main()
