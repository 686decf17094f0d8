"""Find whether a Linux machine has a way out: by NetworkManager, else by its routes."""

from __future__ import annotations

from pathlib import Path

from deskcron.system.bus import Bus, BusThread

SERVICE = "org.freedesktop.NetworkManager"
OBJECT = "/org/freedesktop/NetworkManager"
_NONE, _PORTAL, _LIMITED, _FULL = 1, 2, 3, 4
_UP, _REJECT = 0x1, 0x200


def is_online(bus: BusThread, root: Path = Path("/")) -> bool | None:
    """Tell whether there is a way to other networks, None where nothing tells."""
    connectivity = bus.read(Bus.SYSTEM, SERVICE, OBJECT, SERVICE, "Connectivity")
    if connectivity in {_NONE, _PORTAL, _LIMITED, _FULL}:
        return bool(connectivity == _FULL)
    return has_default_route(root)


def has_default_route(root: Path) -> bool | None:
    """Tell whether the kernel knows where to send what is for no neighbour."""
    fourth, sixth = _lines(root / "proc/net/route"), _lines(root / "proc/net/ipv6_route")
    if fourth is None and sixth is None:
        return None
    devices = [_device_4(line) for line in (fourth or [])[1:]]
    devices += [_device_6(line) for line in sixth or []]
    return any(device and _is_up(root, device) for device in devices)


def _device_4(line: str) -> str:
    """Return the device of a default route, "" for any other route."""
    fields = line.split()
    if len(fields) < 8 or (fields[1], fields[7]) != ("00000000", "00000000"):
        return ""
    return fields[0] if _is_used(fields[3]) else ""


def _device_6(line: str) -> str:
    fields = line.split()
    if len(fields) < 10 or (fields[0], fields[1]) != ("0" * 32, "00"):
        return ""
    return fields[9] if _is_used(fields[8]) and fields[9] != "lo" else ""


def _is_used(flags: str) -> bool:
    return int(flags, 16) & (_UP | _REJECT) == _UP


def _is_up(root: Path, device: str) -> bool:
    """Tell whether a device works; those that do not know count as working."""
    state = _lines(root / "sys/class/net" / device / "operstate")
    return not state or state[0] not in {"down", "lowerlayerdown", "notpresent"}


def _lines(file: Path) -> list[str] | None:
    try:
        return file.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
