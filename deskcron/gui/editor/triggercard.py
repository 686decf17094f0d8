"""One trigger in the form: its kind, what that kind needs, limits and time zone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QSize, QStringListModel, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from deskcron.domain.job import Document
from deskcron.domain.pattern import pattern_of_rule
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE
from deskcron.gui.editor.calm import Combo
from deskcron.gui.editor.cronpart import CronPart
from deskcron.gui.editor.datespart import DatesPart
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.handover import hand_over
from deskcron.gui.editor.intervalpart import IntervalPart
from deskcron.gui.editor.keptpart import KeptPart
from deskcron.gui.editor.limitspart import LimitsPart
from deskcron.gui.editor.oncepart import OncePart
from deskcron.gui.editor.panel import Panel
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.rulepart import RulePart
from deskcron.gui.editor.zonefield import ZoneField
from deskcron.gui.theme.disclosure import Disclosure
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import plain_label, tip
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, ICON

BY_HAND = "by-hand"
_NO_LIMITS: Mapping[str, Any] = MappingProxyType(
    {"not_before": "", "not_after": "", "between": "", "weekdays": []}
)
_UNLIMITED = ("once", BY_HAND)


class TriggerCard(Panel):
    """A trigger; what was typed for one kind stays while another is chosen."""

    changed = Signal()
    removed = Signal()
    grown = Signal()

    def __init__(
        self, trigger_id: str, now: datetime, zones: QStringListModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.trigger_id = trigger_id
        self._raw: Document = {}
        self._values_at_load: dict[str, Any] = {}
        self._parts: dict[str, Part] = {}
        self._typed: set[str] = set()
        self._typed_last = ""
        self._makers: dict[str, Callable[[], Part]] = {
            "once": lambda: OncePart(now),
            "interval": lambda: IntervalPart(now),
            "daily": lambda: DatesPart("daily", now),
            "weekly": lambda: DatesPart("weekly", now),
            "monthly": lambda: DatesPart("monthly", now),
            "cron": CronPart,
            "rule": RulePart,
            "kept": KeptPart,
        }
        self._kind = Combo(_("When"), _kinds())
        self._kind.setCurrentIndex(-1)
        self.setFocusProxy(self._kind)
        self._remove = QToolButton()
        self._remove.setIcon(icon("close"))
        self._remove.setIconSize(QSize(ICON, ICON))
        self._remove.setAccessibleName(_("Remove this time"))
        self._remove.setToolTip(tip(_("Remove this time")))
        self._words = plain_label("", Tone.SOFT, wraps=True)
        self._by_hand = plain_label(_("It runs when you start it."), Tone.SOFT, wraps=True)
        self._now = now
        self._limits: LimitsPart | None = None
        self.zone = ZoneField(zones)
        self._zone_field = Field(_("Time zone"), self.zone, self.zone.textChanged)
        self._more = Disclosure(_("More"))
        self._lay_out()
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._more.toggled.connect(self._on_more)
        self._zone_field.changed.connect(self._on_limits)
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
        fields = {**self.part().fields, "zone": self._zone_field}
        if self._limits is not None and self.kind() not in _UNLIMITED:
            fields.update(self._limits.fields, limits=self._limits.fields["weekdays"])
        if "weekdays_picked" in fields:
            fields["rule"] = fields.pop("weekdays_picked")
        return fields

    def reveal(self, field: Field) -> None:
        """Unfold what a field is in."""
        limits = () if self._limits is None else self._limits.fields.values()
        if field is self._zone_field or field in limits:
            self._more.set_open(is_open=True)

    def load(self, trigger: Document) -> None:
        """Show a stored trigger."""
        kind = shown_as(trigger)
        if self._kind.findData(kind) < 0:
            self._kind.addItem(_extra_kinds()[kind], kind)
        self._kind.set_value(kind)
        self._part(kind).load(trigger)
        if kind != "kept":
            self._load_limits(trigger.get("limits", {}))
            self.zone.set_zone(trigger.get("zone", LOCAL_ZONE))
        self.trigger_id = str(trigger.get("id", self.trigger_id))
        self._raw = trigger
        self._values_at_load = self._values()
        self._typed, self._typed_last = {kind}, kind
        self._show_summary()

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

    def show_words(self, words: str, *, is_repeated: bool) -> None:
        """Say the trigger in words, and whether the clocks show its one time twice."""
        self._words.setText(words)
        self._words.setVisible(bool(words) and self.kind() in {"cron", "rule", "kept"})
        part = self.part() if self.kind() == "once" else None
        if isinstance(part, OncePart):
            part.offer_choice(is_repeated=is_repeated)

    def set_alone(self, *, is_alone: bool) -> None:
        """Offer "by hand only" to a trigger that is alone, and removing to the others."""
        self._remove.setVisible(not is_alone)
        index = self._kind.findData(BY_HAND)
        if is_alone and index < 0:
            self._kind.addItem(_by_hand_words(), BY_HAND)
        elif not is_alone and index >= 0:
            self._kind.removeItem(index)

    def begin_anew(self) -> None:
        """Take what is typed for untouched."""
        for field in self.fields().values():
            field.begin_anew()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._kind)
        head.addStretch(1)
        head.addWidget(self._remove)
        self.column.addLayout(head)
        self.column.addWidget(self._by_hand)
        self._place = self.column.count()
        self.column.addWidget(self._words)
        self.column.addWidget(self._more)
        self._inside = Panel()
        self._inside.column.addWidget(self._zone_field)
        holder = QHBoxLayout(self._more.body)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self._inside)

    def _part(self, kind: str) -> Part:
        """Return the part of a kind, made when it is first needed."""
        if kind not in self._parts:
            part = self._parts[kind] = self._makers[kind]()
            part.changed.connect(lambda: self._on_part(kind))
            self.column.insertWidget(self._place, part)
            self.grown.emit()
        return self._parts[kind]

    def _values(self) -> dict[str, Any]:
        kind = self.kind()
        values = self._part(kind).values()
        if kind == "kept":
            return values
        values = {"id": self.trigger_id, **values, "zone": self.zone.zone()}
        if kind not in _UNLIMITED:
            values["limits"] = self._limit_values()
        return values

    def _on_kind(self) -> None:
        kind = self.kind()
        if kind != BY_HAND:
            self._take_over(kind)
        for name, part in self._parts.items():
            part.setVisible(name == kind)
        self._by_hand.setVisible(kind == BY_HAND)
        self._words.hide()
        self._more.setVisible(kind not in {BY_HAND, "kept"})
        if self._limits is not None:
            self._limits.setVisible(kind not in _UNLIMITED)
        self._show_summary()
        self.changed.emit()

    def _take_over(self, kind: str) -> None:
        """Begin a kind that nobody has typed for with the like of what was typed last."""
        part, source = self._part(kind), self._parts.get(self._typed_last)
        if source is not None and kind not in self._typed:
            part.blockSignals(True)
            hand_over(source, part)
            part.blockSignals(False)

    def _on_part(self, kind: str) -> None:
        self._typed_last = kind
        self._typed.add(kind)
        self.changed.emit()

    def _load_limits(self, limits: Document) -> None:
        if self._limits is not None or any(limits.values()):
            self._make_limits().load(limits)

    def _limit_values(self) -> dict[str, Any]:
        return dict(_NO_LIMITS) if self._limits is None else self._limits.values()

    def _make_limits(self) -> LimitsPart:
        """Return the limits, made when somebody wants to see them or there are any."""
        if self._limits is None:
            self._limits = LimitsPart(self._now)
            self._limits.changed.connect(self._on_limits)
            self._inside.column.addWidget(self._limits)
            self._limits.setVisible(self.kind() not in _UNLIMITED)
            self.grown.emit()
        return self._limits

    def _on_more(self, is_open: bool) -> None:  # noqa: FBT001 - a slot
        if is_open:
            self._make_limits()
        self.changed.emit()

    def _on_limits(self) -> None:
        self._show_summary()
        self.changed.emit()

    def _show_summary(self) -> None:
        words = [] if self.zone.zone() == LOCAL_ZONE else [self.zone.zone()]
        if self.kind() not in _UNLIMITED and any(self._limit_values().values()):
            words.append(_("with limits"))
        offered = (
            _("time zone")
            if self.kind() in _UNLIMITED
            else _("time zone, start and end, hours, weekdays")
        )
        self._more.set_summary(_(", ").join(words) or offered)


def shown_as(trigger: Document) -> str:
    """Return the kind under which the form shows a stored trigger without losing anything."""
    kind, limits = trigger.get("kind"), trigger.get("limits", {})
    is_readable = isinstance(limits, dict) and LimitsPart.can_show(limits)
    if not is_readable or not isinstance(trigger.get("zone", LOCAL_ZONE), str):
        return "kept"
    if kind == "calendar":
        pattern = pattern_of_rule(str(trigger.get("rule", "")))
        if pattern is not None and DatesPart.can_show(trigger):
            return pattern.frequency
        return "rule" if RulePart.can_show(trigger) else "kept"
    can_show = {
        "once": OncePart.can_show,
        "interval": IntervalPart.can_show,
        "cron": CronPart.can_show,
    }.get(str(kind))
    return str(kind) if can_show is not None and can_show(trigger) else "kept"


def _kinds() -> dict[str, str]:
    return {
        "once": _("Once"),
        "interval": _("Every so many minutes or hours"),
        "daily": _("Daily"),
        "weekly": _("Weekly"),
        "monthly": _("Monthly"),
        "cron": _("By a cron expression"),
        BY_HAND: _by_hand_words(),
    }


def _extra_kinds() -> dict[str, str]:
    return {"rule": _("By a recurrence rule"), "kept": _("Kept as it is")}


def _by_hand_words() -> str:
    return _("By hand only")
