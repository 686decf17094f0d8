"""What few triggers need: a time zone of their own, and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.limitspart import LimitsPart
from deskcron.gui.editor.panel import Panel
from deskcron.gui.editor.zonefield import ZoneField
from deskcron.gui.theme.disclosure import Disclosure

_NO_LIMITS: Mapping[str, Any] = MappingProxyType(
    {"not_before": "", "not_after": "", "between": "", "weekdays": []}
)


class TriggerMore(Disclosure):
    """Folded; the limits are made when somebody looks for them, or when there are any."""

    changed = Signal()
    grown = Signal()

    def __init__(
        self, now: datetime, zones: QStringListModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("More"), parent)
        self._now = now
        self._may_limit = True
        self._limits: LimitsPart | None = None
        self.zone = ZoneField(zones)
        self._zone_field = Field(_("Time zone"), self.zone, self.zone.textChanged)
        self._inside = Panel()
        self._inside.column.addWidget(self._zone_field)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._inside)
        self._zone_field.changed.connect(self._on_changed)
        self.toggled.connect(self._on_toggled)

    def show_for(self, *, may_limit: bool) -> None:
        """Offer limits or not."""
        self._may_limit = may_limit
        if self._limits is not None:
            self._limits.setVisible(may_limit)
        self._show_summary()

    def load(self, trigger: Document) -> None:
        """Show zone and limits of a trigger."""
        limits = trigger.get("limits", {})
        if self._limits is not None or any(limits.values()):
            self._made_limits().load(limits)
        self.zone.set_zone(trigger.get("zone", LOCAL_ZONE))
        self._show_summary()

    def values(self) -> dict[str, Any]:
        """Return zone and limits."""
        values: dict[str, Any] = {"zone": self.zone.zone()}
        if self._may_limit:
            values["limits"] = self._limit_values()
        return values

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names that problems give them."""
        fields = {"zone": self._zone_field}
        if self._limits is not None and self._may_limit:
            fields.update(self._limits.fields, limits=self._limits.fields["weekdays"])
        return fields

    def own_problems(self) -> Sequence[Problem]:
        """Say what only the form can know to be wrong."""
        if self._limits is None or not self._may_limit:
            return ()
        return self._limits.own_problems()

    def _limit_values(self) -> dict[str, Any]:
        return dict(_NO_LIMITS) if self._limits is None else self._limits.values()

    def _made_limits(self) -> LimitsPart:
        if self._limits is None:
            self._limits = LimitsPart(self._now)
            self._limits.changed.connect(self._on_changed)
            self._inside.column.addWidget(self._limits)
            self._limits.setVisible(self._may_limit)
            self.grown.emit()
        return self._limits

    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - a slot
        if is_open:
            self._made_limits()
        self.changed.emit()

    def _on_changed(self) -> None:
        self._show_summary()
        self.changed.emit()

    def _show_summary(self) -> None:
        words = [] if self.zone.zone() == LOCAL_ZONE else [self.zone.zone()]
        if self._may_limit and any(self._limit_values().values()):
            words.append(_("with limits"))
        offered = (
            _("time zone, start and end, hours, weekdays") if self._may_limit else _("time zone")
        )
        self.set_summary(_(", ").join(words) or offered)
