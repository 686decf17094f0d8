"""Places whose public holidays are known, and what day is one."""

from __future__ import annotations

from datetime import date

from deskcron.system.holidays import holiday_name, is_known, places


def test_every_place_that_is_offered_is_known() -> None:
    """Countries have two letters; regions are named, and all of them can be saved."""
    found = places()
    assert found["DE"]["BY"] == "Bayern"
    assert found["FR"]
    assert all(len(country) == 2 for country in found)
    for country, regions in found.items():
        assert is_known(country)
        assert all(is_known(f"{country}-{region}") for region in regions)


def test_a_holiday_may_be_one_in_a_region_only() -> None:
    """Epiphany is a holiday in Bavaria, not in Berlin."""
    epiphany = date(2026, 1, 6)
    assert holiday_name("DE-BY", epiphany)
    assert holiday_name("DE-BE", epiphany) is None
    assert not is_known("DE-XX")
    assert not is_known("Atlantis")
