"""A field for a country or one of its regions, found by typing any part of its name."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.offers import Offers


class PlaceField(QLineEdit):
    """Empty means none; a code by ISO 3166 may be typed as well: "DE", "DE-BY"."""

    def __init__(self, name: str, offers: Offers) -> None:
        super().__init__()
        self._offers = offers
        self._names: Mapping[str, str] = {}
        self._codes: Mapping[str, str] = {}
        self._texts = QStringListModel(self)
        self.setAccessibleName(name)
        self.setPlaceholderText(_("None"))
        self.setClearButtonEnabled(True)
        completer = QCompleter(self._texts, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        offers.places_came.connect(self._take_places)
        self._take_places()
        offers.want_places()

    def code(self) -> str:
        """Return the place as jobs store it; what is no place, as it was typed."""
        typed = self.text().strip()
        return self._codes.get(typed.casefold(), typed)

    def set_code(self, code: str) -> None:
        """Show a place."""
        self.setText(self._names.get(code, code))

    def _take_places(self) -> None:
        code = self.code()
        self._names = place_names(self._offers.places)
        self._codes = {words.casefold(): code for code, words in self._names.items()}
        self._codes.update({code.casefold(): code for code in self._names})
        self._texts.setStringList(sorted(self._names.values(), key=str.casefold))
        if not self.hasFocus() and code:
            self.set_code(code)


def place_names(places: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return what places are called, by their codes; regions go with their country."""
    names: dict[str, str] = {}
    for country, regions in places.items():
        name = _country_name(country)
        names[country] = name
        for region, region_name in regions.items():
            words = _("{country}: {region}").format(country=name, region=region_name)
            names[f"{country}-{region}"] = words
    return names


def _country_name(code: str) -> str:
    territory = QLocale.codeToTerritory(code)
    is_known = territory != QLocale.Country.AnyTerritory
    return QLocale.territoryToString(territory) if is_known else code
