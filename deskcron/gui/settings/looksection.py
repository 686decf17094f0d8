"""How the window looks, and in which zone it shows times."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from deskcron.domain.ports import Clock
from deskcron.domain.preferences import Appearance, Preferences, ZoneDisplay
from deskcron.domain.texts import gettext as _
from deskcron.gui.settings.keeper import Keeper
from deskcron.gui.settings.row import Row
from deskcron.gui.settings.section import Section
from deskcron.gui.theme.inputs import ComboBox


class LookSection(Section):
    """Appearance and zone."""

    def __init__(self, keeper: Keeper, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(_("Display"), parent=parent)
        self._clock = clock
        self.appearance = ChoiceRow(
            keeper,
            "appearance",
            _("Appearance"),
            {
                Appearance.SYSTEM: _("Like the system"),
                Appearance.LIGHT: _("Light"),
                Appearance.DARK: _("Dark"),
            },
        )
        self.zone = ChoiceRow(
            keeper,
            "zone",
            _("Times are shown in"),
            {
                ZoneDisplay.COMPUTER: "",
                ZoneDisplay.UTC: _("UTC"),
                ZoneDisplay.RULE: _("The zone of each rule"),
            },
            _("When jobs run does not change by this."),
        )
        self.add_row(self.appearance)
        self.add_row(self.zone)
        self.look()

    def look(self) -> None:
        """Name the zone that the computer has now."""
        zone = self._clock.now().astimezone().tzname() or _("unknown")
        words = _("The computer's zone ({zone})").format(zone=zone)
        self.zone.combo.set_words(ZoneDisplay.COMPUTER, words)


class ChoiceRow(Row):
    """A choice of a few values of a preference."""

    def __init__(
        self, keeper: Keeper, field: str, title: str, choices: dict[str, str], hint: str = "", /
    ) -> None:
        self.combo = ComboBox(title, {str(value): words for value, words in choices.items()})
        super().__init__(title, hint, self.combo)
        self._keeper = keeper
        self._field = field
        self._values = {str(value): value for value in choices}
        self.combo.activated.connect(self._choose)
        keeper.read.connect(self._show)
        keeper.refused.connect(self._on_refused)

    def _choose(self) -> None:
        self.show_problem("")
        self._keeper.change(self._field, self._values[self.combo.value()])

    def _show(self, preferences: Preferences) -> None:
        self.combo.set_value(str(getattr(preferences, self._field)))

    def _on_refused(self, field: str, error: Exception) -> None:
        if field == self._field:
            self.show_problem(str(error))
