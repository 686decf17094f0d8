"""Read from the kernel what feeds a Linux machine; psutil takes a mouse's battery for its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SUPPLIES = Path("/sys/class/power_supply")


class Power(NamedTuple):
    """Whether it draws power from a socket, and how full its batteries are together."""

    on_mains: bool | None
    percent: float | None


def power(supplies: Path = SUPPLIES) -> Power:
    """Return what the kernel says now."""
    try:
        folders = sorted(supplies.iterdir())
    except OSError:
        return Power(None, None)
    own = [folder for folder in folders if _text(folder / "scope") != "Device"]
    batteries = [folder for folder in own if _text(folder / "type") == "Battery"]
    lines = [folder for folder in own if (folder / "online").is_file() and folder not in batteries]
    return Power(_on_mains(batteries, lines), _percent(batteries))


def _on_mains(batteries: list[Path], lines: list[Path]) -> bool:
    if not batteries or any(_number(line / "online") for line in lines):
        return True
    if lines:
        return False
    return all(_text(battery / "status") != "Discharging" for battery in batteries)


def _percent(batteries: list[Path]) -> float | None:
    """Return the fill of all, weighted by size where every battery tells its size."""
    for kind in ("energy", "charge"):
        pairs = [
            (_number(battery / f"{kind}_now"), _number(battery / f"{kind}_full"))
            for battery in batteries
        ]
        now = [pair[0] for pair in pairs if pair[0] is not None]
        full = [pair[1] for pair in pairs if pair[1]]
        if batteries and len(now) == len(full) == len(batteries):
            return min(100.0, 100 * sum(now) / sum(full))
    shares = list(_capacities(batteries))
    return sum(shares) / len(shares) if shares else None


def _capacities(batteries: list[Path]) -> Iterator[float]:
    for battery in batteries:
        share = _number(battery / "capacity")
        if share is not None:
            yield min(100.0, share)


def _number(file: Path) -> float | None:
    try:
        return float(_text(file))
    except ValueError:
        return None


def _text(file: Path) -> str:
    """Return what a file of the kernel says, "" where there is none or the device does not say."""
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
