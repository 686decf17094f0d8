"""The choice of how far back runs are counted."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtWidgets import QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.history.choice import RunChoice, Span
from deskcron.gui.theme.inputs import ComboBox


class PeriodField(ComboBox):
    """All runs that are kept, or those of the last days, as the history counts days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        words = {
            Span.ANY: _("All that is kept"),
            Span.TODAY: _("Today"),
            Span.WEEK: _("Last 7 days"),
            Span.MONTH: _("Last 30 days"),
        }
        choices = {span.name: text for span, text in words.items()}
        super().__init__(_("Which runs are counted"), choices, parent)

    def is_all(self) -> bool:
        """Tell whether no run is too old."""
        return self.value() == Span.ANY.name

    def choose_all(self) -> None:
        """Count all runs."""
        self.set_value(Span.ANY.name)

    def since(self, now: datetime, zone: tzinfo | None) -> datetime | None:
        """Return where counting begins, None for the first run; days are those of the zone."""
        return RunChoice(span=Span[self.value()]).wanted(now, zone).since
