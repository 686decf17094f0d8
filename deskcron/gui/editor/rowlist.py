"""Any number of like things below each other, each with a button that removes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskcron.domain.errors import Problem
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part, within
from deskcron.gui.theme.buttons import button, icon_button
from deskcron.gui.theme.spacing import GAP


class RowList(QWidget):
    """`make` makes a row; what it is to show at first is what it shows unloaded.

    A row whose one value has no name stands for the value alone. `edited` says that a value is
    another, `grown` that there are other fields.
    """

    edited = Signal()
    grown = Signal()

    def __init__(self, add_words: str, remove_words: str, make: Callable[[], Part]) -> None:
        super().__init__()
        self._make = make
        self._remove_words = remove_words
        self._rows: dict[Part, QWidget] = {}
        self.add_button = button(add_words, "add")
        self.add_button.setAutoDefault(False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.clicked.connect(self.add)

    def rows(self) -> Sequence[Part]:
        """Return the rows from the top."""
        return list(self._rows)

    def values(self) -> list[Any]:
        """Return what each row stands for. Any: it is JSON."""
        found = (row.values() for row in self._rows)
        return [values.get("", values) for values in found]

    def load(self, values: Sequence[Any]) -> None:
        """Show exactly these."""
        for row in self.rows():
            self._drop(row)
        for value in values:
            self._put().load(value if isinstance(value, Mapping) else {"": value})

    def add(self) -> None:
        """Add a row and go to it."""
        row = self._put()
        self.grown.emit()
        self.edited.emit()
        first = next(iter(row.fields.values()), None)
        if first is not None:
            first.control.setFocus()

    def remove(self, row: Part) -> None:
        """Take a row away."""
        self._drop(row)
        self.add_button.setFocus()
        self.grown.emit()
        self.edited.emit()

    def fields(self) -> dict[str, Field]:
        """Return the fields of all rows by their path from here: "0.path"."""
        found: dict[str, Field] = {}
        for index, row in enumerate(self._rows):
            found.update(within(str(index), row.fields))
        return found

    def own_problems(self) -> Sequence[Problem]:
        """Say what only the form can know to be wrong."""
        return [
            problem.within(str(index))
            for index, row in enumerate(self._rows)
            for problem in row.own_problems()
        ]

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - named by Qt
        """Give the keyboard to the first field; a proxy that changes would lead Tab in circles."""
        fields = (field for row in self._rows for field in row.fields.values())
        first = next(fields, None)
        control = self.add_button if first is None else first.control
        control.setFocus(event.reason())

    def _put(self) -> Part:
        row, line = self._make(), QWidget()
        remove = icon_button("close", self._remove_words)
        box = QHBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP)
        box.addWidget(row, 1)
        box.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        self._rows[row] = line
        self._column.insertWidget(self._column.count() - 1, line)
        line.show()  # by itself it would be shown, and given room, a turn later
        row.changed.connect(self.edited)
        row.grown.connect(self.grown)
        remove.clicked.connect(lambda: self.remove(row))
        return row

    def _drop(self, row: Part) -> None:
        line = self._rows.pop(row)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
