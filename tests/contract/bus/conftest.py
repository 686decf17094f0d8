"""A message bus of the test's own, and what asks and listens on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playedbus import HAS_BUS, PlayedBus

from deskcron.system.bus import BusThread

RETRY_S = 0.02


def pytest_collection_modifyitems(items) -> None:
    """Leave out the tests of this folder where there is no bus to start."""
    if not HAS_BUS:
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="needs Linux and dbus-daemon"))


@pytest.fixture
def daemon(tmp_path) -> Iterator[PlayedBus]:
    """Return a running bus."""
    daemon = PlayedBus(tmp_path)
    daemon.start()
    yield daemon
    daemon.stop()


@pytest.fixture
def environment(daemon) -> dict[str, str]:
    """Return the environment of a session whose buses are both that one."""
    return {
        "DBUS_SESSION_BUS_ADDRESS": daemon.address,
        "DBUS_SYSTEM_BUS_ADDRESS": daemon.address,
    }


@pytest.fixture
def bus(environment) -> Iterator[BusThread]:
    """Return what is tested: a side of the bus that asks and listens."""
    bus = BusThread(environment, retry_s=RETRY_S)
    yield bus
    bus.close()
