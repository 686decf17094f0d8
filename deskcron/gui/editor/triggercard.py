"""One trigger in the form: its kind, and what that kind needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.ports import Clock
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE
from deskcron.gui.editor.eventtiming import EventTiming
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.handover import hand_over
from deskcron.gui.editor.offers import Offers
from deskcron.gui.editor.oncepart import OncePart
from deskcron.gui.editor.panel import Panel
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.triggerkinds import (
    BY_HAND,
    EVENTS,
    KEPT,
    UNLIMITED,
    kind_words,
    make_part,
    offered_kinds,
    shown_as,
)
from deskcron.gui.editor.triggermore import TriggerMore
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.inputs import ComboBox
from deskcron.gui.theme.labels import plain_label, tip
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, ICON


class TriggerCard(Panel):
    """A trigger; what was typed for one kind stays while another is chosen."""

    changed = Signal()
    removed = Signal()
    grown = Signal()

    def __init__(
        self, trigger_id: str, clock: Clock, offers: Offers, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.trigger_id = trigger_id
        self._raw: Document = {}
        self._values_at_load: dict[str, Any] = {}
        self._parts: dict[str, Part] = {}
        self._typed: set[str] = set()
        self._typed_last = ""
        self._kind = ComboBox(_("When"), offered_kinds())
        self._kind.setCurrentIndex(-1)
        self.setFocusProxy(self._kind)
        self._remove = QToolButton()
        self._remove.setIcon(icon("close"))
        self._remove.setIconSize(QSize(ICON, ICON))
        self._remove.setAccessibleName(_("Remove this time"))
        self._remove.setToolTip(tip(_("Remove this time")))
        self._by_hand = plain_label(_("It runs when you start it."), Tone.SOFT, wraps=True)
        self._clock = clock
        self._offers = offers
        self.more = TriggerMore(clock.now().astimezone(), offers.zones)
        self._timing: EventTiming | None = None
        self._lay_out()
        self._kind.currentIndexChanged.connect(self._on_kind)
        self.more.changed.connect(self._on_more)
        self.more.grown.connect(self.grown)
        self._remove.clicked.connect(self.removed)

    def kind(self) -> str:
        """Return the kind that is chosen, as the form names it."""
        return self._kind.value()

    def set_kind(self, kind: str) -> None:
        """Choose a kind."""
        self._kind.set_value(kind)

    def part(self) -> Part:
        """Return what the chosen kind needs."""
        return self._part(self.kind())

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names that problems give them."""
        if self.kind() == BY_HAND:
            return {}
        more = self._more_of(self.kind())
        fields = {**self.part().fields, **(more.fields() if more is not None else {})}
        if "weekdays_picked" in fields:
            fields["rule"] = fields.pop("weekdays_picked")
        return fields

    def own_problems(self) -> Sequence[Problem]:
        """Say what only the form can know to be wrong."""
        more = self._more_of(self.kind())
        found = () if more is None else more.own_problems()
        return (*self.part().own_problems(), *found)

    def reveal(self, field: Field) -> None:
        """Unfold what a field is in."""
        more = self._more_of(self.kind())
        if more is not None and field in more.fields().values():
            self.set_more_open(is_open=True)

    def set_more_open(self, *, is_open: bool) -> None:
        """Show or fold what few triggers need."""
        more = self._more_of(self.kind())
        if more is not None:
            more.set_open(is_open=is_open)

    def load(self, trigger: Document) -> None:
        """Show a stored trigger."""
        kind = shown_as(trigger)
        if self._kind.findData(kind) < 0:
            self._kind.addItem(kind_words(kind), kind)
        self._kind.set_value(kind)
        self._part(kind).load(trigger)
        more = self._more_of(kind)
        if more is not None:
            more.load(trigger)
        self.trigger_id = str(trigger.get("id", self.trigger_id))
        self._raw = trigger
        self._offer_soon()
        self._values_at_load = self._values()
        self._typed, self._typed_last = {kind}, kind

    def document(self) -> dict[str, Any] | None:
        """Return the trigger, None for one that is by hand; untouched, exactly as it was."""
        if self.kind() == BY_HAND:
            return None
        values = self._values()
        if values == self._values_at_load:
            return dict(self._raw)
        before = self._raw if self._raw.get("kind") == values["kind"] else {}
        if "limits" in values:
            values["limits"] = {**before.get("limits", {}), **values["limits"]}
        return {**before, **values}

    def offer_choice(self, *, is_repeated: bool) -> None:
        """Ask which is meant where the clocks show its one time twice."""
        part = self.part() if self.kind() == "once" else None
        if isinstance(part, OncePart):
            part.offer_choice(is_repeated=is_repeated)

    def set_alone(self, *, is_alone: bool) -> None:
        """Offer "by hand only" to a trigger that is alone, and removing to the others."""
        self._remove.setVisible(not is_alone)
        index = self._kind.findData(BY_HAND)
        if is_alone and index < 0:
            self._kind.addItem(kind_words(BY_HAND), BY_HAND)
        elif not is_alone and index >= 0:
            self._kind.removeItem(index)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._kind)
        head.addStretch(1)
        head.addWidget(self._remove)
        self.column.addLayout(head)
        self.column.addWidget(self._by_hand)
        self._place = self.column.count()
        self.column.addWidget(self.more)

    def _part(self, kind: str) -> Part:
        """Return the part of a kind, made when it is first needed."""
        if kind not in self._parts:
            part = self._parts[kind] = make_part(kind, self._clock, self._offers)
            part.changed.connect(lambda: self._on_part(kind))
            self.column.insertWidget(self._place, part)
            self.grown.emit()
        return self._parts[kind]

    def _more_of(self, kind: str) -> TriggerMore | EventTiming | None:
        """Return what few triggers of a kind need, made when it is first needed."""
        if kind in {BY_HAND, KEPT}:
            return None
        if kind not in EVENTS:
            return self.more
        if self._timing is None:
            self._timing = EventTiming()
            self._timing.changed.connect(self.changed)
            self.column.addWidget(self._timing)
            self.grown.emit()
        return self._timing

    def _values(self) -> dict[str, Any]:
        kind = self.kind()
        values, more = self._part(kind).values(), self._more_of(kind)
        if more is None:
            return values
        return {"id": self.trigger_id, **values, **more.values()}

    def _on_kind(self) -> None:
        kind = self.kind()
        if kind != BY_HAND:
            self._take_over(kind)
        for name, part in self._parts.items():
            part.setVisible(name == kind)
        self._by_hand.setVisible(kind == BY_HAND)
        shown = self._more_of(kind)
        for more in (self.more, self._timing):
            if more is not None:
                more.setVisible(more is shown)
        self.more.show_for(may_limit=kind not in UNLIMITED)
        self.changed.emit()

    def _take_over(self, kind: str) -> None:
        """Begin a kind that nobody has typed for with the like of what was typed last."""
        part, source = self._part(kind), self._parts.get(self._typed_last)
        if source is not None and kind not in self._typed:
            part.blockSignals(True)
            hand_over(source, part)
            part.blockSignals(False)

    def _on_more(self) -> None:
        self._offer_soon()
        self.changed.emit()

    def _offer_soon(self) -> None:
        """Offer times counted from now where they are read on the computer's own clock."""
        part = self._parts.get("once")
        if isinstance(part, OncePart):
            part.soon.setVisible(self.more.zone.zone() == LOCAL_ZONE)

    def _on_part(self, kind: str) -> None:
        self._typed_last = kind
        self._typed.add(kind)
        self.changed.emit()
