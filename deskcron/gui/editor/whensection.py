"""When: the triggers of a job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskcron.domain.answers import Upcoming
from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.ports import Clock
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.offers import Offers
from deskcron.gui.editor.part import within
from deskcron.gui.editor.triggercard import TriggerCard
from deskcron.gui.editor.triggerkinds import BY_HAND
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.spacing import GAP

_REPEATED = "repeated-hour"


class WhenSection(QWidget):
    """A card for each trigger; a lone one may be "by hand only", which is none."""

    changed = Signal()
    grown = Signal()  # there are controls that were not there before

    def __init__(self, clock: Clock, offers: Offers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._offers = offers
        self._cards: list[TriggerCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._add = QPushButton(icon("add"), _("Add anot&her time"))
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self.add_another)
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addStretch(1)
        self._column.addLayout(row)

    def loading(self, triggers: Sequence[Document]) -> Iterator[None]:
        """Show the triggers of a job, one in each step."""
        for card in tuple(self._cards):
            self._drop(card)
        for trigger in triggers:
            self._add_card(str(trigger.get("id", ""))).load(trigger)
            yield
        if not self._cards:
            card = self._add_card("")
            card.set_alone(is_alone=True)
            card.set_kind(BY_HAND)
        self._refresh()

    def add_another(self) -> None:
        """Add a card for one more trigger."""
        card = self._add_card("")
        card.set_kind("daily")
        self._on_changed()
        card.setFocus()

    def documents(self) -> list[dict[str, Any]]:
        """Return the triggers."""
        found = (card.document() for card in self._cards)
        return [document for document in found if document is not None]

    def fields(self) -> dict[str, Field]:
        """Return the fields by their path in the document."""
        found: dict[str, Field] = {}
        for index, card in enumerate(self._shown()):
            found.update(within(f"triggers.{index}", card.fields()))
        return found

    def own_problems(self) -> Sequence[Problem]:
        """Say what only the form can know to be wrong."""
        return [
            problem.within(f"triggers.{index}")
            for index, card in enumerate(self._shown())
            for problem in card.own_problems()
        ]

    def reveal(self, field: Field) -> None:
        """Unfold what a field is in."""
        for card in self._cards:
            card.reveal(field)

    def show_upcoming(self, upcoming: Sequence[Upcoming]) -> None:
        """Ask for a choice beside the times that the clocks show twice."""
        repeated = {name for one in upcoming if _REPEATED in one.marks for name in one.triggers}
        for card in self._shown():
            card.offer_choice(is_repeated=card.trigger_id in repeated)

    def _shown(self) -> list[TriggerCard]:
        return [card for card in self._cards if card.kind() != BY_HAND]

    def _add_card(self, trigger_id: str) -> TriggerCard:
        card = TriggerCard(trigger_id or self._free_id(), self._clock, self._offers, self)
        card.changed.connect(self._on_changed)
        card.grown.connect(self.grown)
        card.removed.connect(lambda: self._on_removed(card))
        self._cards.append(card)
        self._column.insertWidget(self._column.count() - 1, card)
        card.show()  # by itself it would be shown, and given room, a turn later
        return card

    def _free_id(self) -> str:
        taken = {card.trigger_id for card in self._cards}
        return next(f"t{n}" for n in range(1, len(taken) + 2) if f"t{n}" not in taken)

    def _on_removed(self, card: TriggerCard) -> None:
        self._drop(card)
        self._on_changed()
        self._cards[-1].setFocus()

    def _drop(self, card: TriggerCard) -> None:
        self._cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _on_changed(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        for card in self._cards:
            card.set_alone(is_alone=len(self._cards) == 1)
        self._add.setVisible(bool(self._shown()))
