"""The choice of an attempt whose output is shown, for runs that were tried more than once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.inputs import ComboBox


class AttemptChoice(ComboBox):
    """Offer each attempt of a run, the latest one first; there is nothing to see of a single one.

    `chosen`: the person wants to see another attempt.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Attempt"), {}, parent)
        self.activated.connect(lambda _place: self.chosen.emit())
        self.hide()

    @property
    def attempt(self) -> int | None:
        """Return the number of an earlier attempt, None for the latest."""
        number: int | None = self.currentData()
        return number

    def show_number(self, attempts: int) -> None:
        """Offer so many attempts; what is chosen stays while there are more of them."""
        if attempts != self.count():
            earlier = self.attempt if attempts > self.count() else None
            self.clear()
            self.addItem(_("Attempt {number}, the latest").format(number=attempts), None)
            for number in range(attempts - 1, 0, -1):
                self.addItem(_("Attempt {number}").format(number=number), number)
            self.setCurrentIndex(max(0, self.findData(earlier)))
        self.setVisible(attempts > 1)
