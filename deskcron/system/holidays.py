"""Public holidays by country and region."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from deskcron.domain.hours import Places

_LETTERS_OF_A_COUNTRY = 2


def holiday_name(place: str, day: date) -> str | None:
    """Return what holiday a day is there, None for none; `place` by ISO 3166: "DE", "DE-BY".

    A place that is not known has no holidays.
    """
    return _holidays_of(place, day.year).get(day)


def is_known(place: str) -> bool:
    """Tell whether the holidays of a country or region are known."""
    from holidays import list_supported_countries  # noqa: PLC0415 - slow to load, rarely wanted

    country, dash, region = place.partition("-")
    regions = list_supported_countries().get(country)
    return regions is not None and (not dash or region in regions)


def places() -> Places:
    """Return the countries and regions whose holidays are known; takes a while."""
    from holidays import country_holidays, list_supported_countries  # noqa: PLC0415 - as above

    found: dict[str, dict[str, str]] = {}
    for country, regions in list_supported_countries().items():
        if len(country) == _LETTERS_OF_A_COUNTRY:
            aliases = country_holidays(country).subdivisions_aliases if regions else {}
            names = {code: name for name, code in aliases.items()}
            found[country] = {code: names.get(code, code) for code in regions}
    return found


@lru_cache(maxsize=32)
def _holidays_of(place: str, year: int) -> dict[date, str]:
    from holidays import country_holidays  # noqa: PLC0415 - as above

    country, _dash, region = place.partition("-")
    try:
        return dict(country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        return {}
