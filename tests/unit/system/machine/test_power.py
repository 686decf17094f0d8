"""Power supplies as the kernel shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskcron.system.machine.power import Power, power

MAINS = {"type": "Mains"}
BATTERY = {"type": "Battery", "status": "Discharging", "capacity": "80"}
MOUSE = {"type": "Battery", "scope": "Device", "capacity": "10", "status": "Discharging"}


def show(root: Path, **supplies: dict[str, str]) -> Power:
    """Return the power of a machine with these supplies."""
    for name, files in supplies.items():
        (root / name).mkdir()
        for file, text in files.items():
            (root / name / file).write_text(f"{text}\n")
    return power(root)


@pytest.mark.parametrize(
    ("supplies", "expected"),
    [
        ({"AC": MAINS | {"online": "1"}, "BAT0": BATTERY}, Power(True, 80.0)),
        ({"AC": MAINS | {"online": "0"}, "BAT0": BATTERY}, Power(False, 80.0)),
        (
            {
                "AC": MAINS | {"online": "0"},
                "usb1": {"type": "USB", "online": "1"},
                "BAT0": BATTERY,
            },
            Power(True, 80.0),
        ),
        ({"BAT0": BATTERY}, Power(False, 80.0)),
        ({"BAT0": BATTERY | {"status": "Full"}}, Power(True, 80.0)),
        ({"usb1": {"type": "USB", "online": "0"}}, Power(True, None)),
        ({"mouse": MOUSE}, Power(True, None)),
        ({"mouse": MOUSE, "AC": MAINS | {"online": "0"}, "BAT0": BATTERY}, Power(False, 80.0)),
        ({}, Power(True, None)),
    ],
    ids=[
        "plugged in", "unplugged", "by a second plug", "battery alone", "full battery alone",
        "desktop with a dead port", "a mouse is no battery", "unplugged, with a mouse", "desktop",
    ],
)  # fmt: skip
def test_mains_and_fill(tmp_path, supplies, expected) -> None:
    """Plugs and batteries of the machine itself say what feeds it; those of a mouse do not."""
    assert show(tmp_path, **supplies) == expected


def test_two_batteries_count_by_their_size(tmp_path) -> None:
    """The fill of a large and a small battery is that of all their energy."""
    large = BATTERY | {"energy_now": "60000000", "energy_full": "60000000"}
    small = BATTERY | {"energy_now": "0", "energy_full": "20000000"}
    assert show(tmp_path, BAT0=large, BAT1=small).percent == 75.0


def test_batteries_without_size_count_alike(tmp_path) -> None:
    """Where a battery does not tell its energy, all count by their per cent."""
    other = BATTERY | {"capacity": "40", "energy_now": "1", "energy_full": "2"}
    assert show(tmp_path, BAT0=BATTERY, BAT1=other).percent == 60.0


def test_a_machine_that_shows_nothing(tmp_path) -> None:
    """Without the kernel's list nothing is known."""
    assert power(tmp_path / "none") == Power(None, None)
