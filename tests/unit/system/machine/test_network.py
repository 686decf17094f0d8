"""Ways out of the machine, as the kernel lists its routes."""

from __future__ import annotations

import pytest

from deskcron.system.machine.network import has_default_route

HEAD = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
DEFAULT = "wlan0\t00000000\t0102A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
NEIGHBOURS = "wlan0\t0002A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0\n"
REJECTED = "lo\t00000000\t00000000\t0201\t0\t0\t0\t00000000\t0\t0\t0\n"
ZERO = "0" * 32
SIXTH = f"{ZERO} 00 {ZERO} 00 fe800000000000000000000000000001 0 0 0 00000003 wlan0\n"
SIXTH_REJECTED = f"{ZERO} 00 {ZERO} 00 {ZERO} ffffffff 1 0 00200200 lo\n"


@pytest.fixture
def root(tmp_path):
    """Return a root directory with the kernel's places."""
    (tmp_path / "proc/net").mkdir(parents=True)
    (tmp_path / "sys/class/net/wlan0").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("fourth", "sixth", "expected"),
    [
        (HEAD + NEIGHBOURS + DEFAULT, "", True),
        (HEAD + NEIGHBOURS, "", False),
        (HEAD + REJECTED, SIXTH_REJECTED, False),
        (HEAD, SIXTH, True),
        (HEAD, "", False),
    ],
)
def test_a_default_route_is_a_way_out(root, fourth, sixth, expected) -> None:
    """A route to everywhere counts by IPv4 or IPv6; neighbours and refusals do not."""
    (root / "proc/net/route").write_text(fourth)
    (root / "proc/net/ipv6_route").write_text(sixth)
    assert has_default_route(root) is expected


@pytest.mark.parametrize(("state", "expected"), [("up", True), ("unknown", True), ("down", False)])
def test_a_device_without_a_cable_is_no_way_out(root, state, expected) -> None:
    """A route that stayed when the cable was pulled does not count."""
    (root / "proc/net/route").write_text(HEAD + DEFAULT)
    (root / "sys/class/net/wlan0/operstate").write_text(f"{state}\n")
    assert has_default_route(root) is expected


def test_nothing_is_known_without_the_list(tmp_path) -> None:
    """Where the kernel lists no routes, nothing is known."""
    assert has_default_route(tmp_path) is None
