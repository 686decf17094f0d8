"""The page of runs in a process of its own, used as a person would: HOME.

The last line of the output says for each thing that was done by how much the event loop's beats
were late, in milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from visitor import Phase, visit

from deskcron.gui.bridge import Bridge
from deskcron.gui.history.page import HistoryPage


class Person(QObject):
    """What a person does on the page."""

    def __init__(self, bridge: Bridge, page: HistoryPage) -> None:
        super().__init__(page)
        self._bridge, self._page = bridge, page

    def phases(self) -> Iterable[Phase]:
        """Return one thing after another."""
        return (
            Phase("opening", lambda step: self._page.show() if step == 0 else None, 40),
            Phase("resting", lambda _step: None, 30),
            Phase("walking through the runs", self._walk, 60),
            Phase("scrolling down for more", self._scroll, 60),
            Phase("other commits", self._commit, 60),
            Phase("choosing by result and cause", self._choose, 60),
            Phase("showing runs far away", self._show_run, 60),
        )

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


visit(HistoryPage, lambda bridge, page: Person(bridge, page).phases())
