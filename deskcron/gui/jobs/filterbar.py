"""The controls above the table that choose which jobs it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QToolButton,
    QWidget,
)

from deskcron.domain.texts import gettext as _
from deskcron.gui.jobs.views import View
from deskcron.gui.jobs.words import view_word
from deskcron.gui.theme.flow import FlowLayout
from deskcron.gui.theme.searchfield import SearchField
from deskcron.gui.theme.spacing import GAP, GAP_S

_TAG_LETTERS = 24


class FilterBar(QWidget):
    """Views with their numbers of jobs, tags, and a search; `changed` when another is chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(_("Search jobs"))
        self.search.searched.connect(self.changed)
        self._tags = QComboBox()
        self._tags.setAccessibleName(_("Tag"))
        # Qt on Linux takes what is chosen for the name; the description is read out with it.
        self._tags.setAccessibleDescription(_("Tag"))
        self._tags.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._tags.setMaximumWidth(_TAG_LETTERS * self.fontMetrics().averageCharWidth())
        self._tags.activated.connect(self.changed)
        self._views = QButtonGroup(self)
        self._buttons = {view: self._view_button(view) for view in View}
        self._buttons[View.ALL].setChecked(True)
        self._views.buttonClicked.connect(self.changed)
        self._lay_out()
        self.offer(dict.fromkeys(View, 0), [])

    def _lay_out(self) -> None:
        self._choice = FlowLayout(GAP_S)
        for button in self._buttons.values():
            self._choice.addWidget(button)
        self._narrowing = QHBoxLayout()
        self._narrowing.setSpacing(GAP)
        self._narrowing.addWidget(self._tags)
        self._narrowing.addWidget(self.search, 1)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(GAP)
        self._parts.addLayout(self._choice, 1)
        self._parts.addLayout(self._narrowing)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the search below the views where both have no room in one line."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        needed = self._choice.sizeHint().width() + GAP + self._narrowing.sizeHint().width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._parts.setDirection(across if needed <= self.width() else down)

    def view(self) -> View:
        """Return the view that is chosen."""
        return next(view for view, button in self._buttons.items() if button.isChecked())

    def tag(self) -> str | None:
        """Return the tag that is chosen, None for all jobs."""
        return None if self._tags.currentIndex() <= 0 else self._tags.currentText()

    def clear(self) -> None:
        """Leave no job of the view out."""
        self._tags.setCurrentIndex(0)
        self.search.clear()
        self.changed.emit()

    def offer(self, numbers: Mapping[View, int], tags: Sequence[str]) -> None:
        """Show how many jobs each view has, and the tags there are; what is chosen stays."""
        for view, button in self._buttons.items():
            word, count = view_word(view), numbers[view]
            button.setText(_("{view}  {count}").format(view=word, count=count))
            button.setAccessibleName(_("{view}: {count}").format(view=word, count=count))
        held = self._buttons[View.HELD]
        held.setVisible(numbers[View.HELD] > 0 or held.isChecked())
        self._tags.setVisible(bool(tags))
        self._arrange()
        if tags == [self._tags.itemText(place) for place in range(1, self._tags.count())]:
            return
        chosen = self.tag()
        self._tags.clear()
        self._tags.addItems([_("All tags"), *tags])
        self._tags.setCurrentIndex(tags.index(chosen) + 1 if chosen in tags else 0)
        if self.tag() != chosen:
            self.changed.emit()

    def _view_button(self, view: View) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setObjectName(f"view-{view.value}")
        self._views.addButton(button)
        return button
