"""The page of jobs in a process of its own, used as a person would: HOME.

The last line of the output says for each thing that was done by how much the event loop's beats
were late, in milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit, QTableView
from visitor import Phase, visit

from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge
from deskcron.gui.jobs.page import JobsPage

TYPED = "number 12"


class Person(QObject):
    """What a person does on the page."""

    def __init__(self, bridge: Bridge, page: JobsPage) -> None:
        super().__init__(page)
        self._bridge, self._page = bridge, page
        self._table = page.findChild(QTableView)
        self._search = page.findChild(QLineEdit)

    def phases(self) -> Iterable[Phase]:
        """Return one thing after another."""
        return (
            Phase("opening", lambda step: self._page.show() if step == 0 else None, 30),
            Phase("resting", lambda _step: None, 30),
            Phase("typing in the search", self._type, 60),
            Phase("other commits", self._commit, 60),
            Phase("other commits, all selected", self._commit_selected, 60),
            Phase("scrolling while others commit", self._scroll, 60),
            Phase("sorting by columns", self._sort, 30),
        )

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


visit(JobsPage, lambda bridge, page: Person(bridge, page).phases())
