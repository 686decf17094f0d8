"""A preference that is a number: stored when it has rested, so that a wrong step does no harm."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QTimer, Signal

from deskcron.domain.errors import InvalidDraft
from deskcron.domain.preferences import LIMITS, Preferences
from deskcron.gui.settings.keeper import Keeper
from deskcron.gui.settings.row import Row
from deskcron.gui.theme.inputs import SpinBox

REST_MS = 1_000
"""A number that is stepped through stays this long before it is stored."""
_LETTERS = 26
"""The same room for all numbers."""


class NumberRow(Row):
    """A number in the words of its `measure`; `changed` says that it is another, stored or not."""

    changed = Signal()

    def __init__(
        self,
        keeper: Keeper,
        field: str,
        title: str,
        measure: Callable[[int], str],
        step: int = 1,
        /,
    ) -> None:
        self.number = SpinBox(title, *LIMITS[field])
        super().__init__(title, "", self.number)
        self._keeper = keeper
        self._field = field
        self._measure = measure
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._save)
        self.number.setSingleStep(step)
        self.number.setGroupSeparatorShown(True)
        self.number.setKeyboardTracking(False)
        self.number.setMinimumWidth(_LETTERS * self.number.fontMetrics().averageCharWidth())
        self.number.valueChanged.connect(self._on_changed)
        keeper.read.connect(self._show)
        keeper.refused.connect(self._on_refused)
        self._say_measure()

    def finish(self) -> None:
        """Store now what still rests."""
        self.number.interpretText()
        if self._rest.isActive():
            self._save()

    def _on_changed(self) -> None:
        self.show_problem("")
        self._say_measure()
        self._rest.start()
        self.changed.emit()

    def _save(self) -> None:
        self._rest.stop()
        self._keeper.change(self._field, self.number.value())

    def _show(self, preferences: Preferences) -> None:
        value = getattr(preferences, self._field)
        if self._rest.isActive() or value == self.number.value():
            return  # what is being typed stays
        with QSignalBlocker(self.number):
            self.number.setValue(value)
        self._say_measure()
        self.changed.emit()

    def _say_measure(self) -> None:
        self.number.set_measure(self._measure(self.number.value()))

    def _on_refused(self, field: str, error: Exception) -> None:
        if field != self._field:
            return
        problems = error.problems if isinstance(error, InvalidDraft) else ()
        own = [problem.message for problem in problems if problem.field == field]
        self.show_problem(" ".join(own) or str(error))
