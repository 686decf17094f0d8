"""Banners over a real session bus: taken, pressed, and taken again after the bus was away."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path
from queue import SimpleQueue

import pytest
from sessionbus import Bus, Service

from deskcron.domain.action import Urgency
from deskcron.domain.banner import About, BannerAction, Button, Notification, Press
from deskcron.notify.desktop import DesktopNotifierBackend
from deskcron.notify.session import capabilities, obstacle

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-daemon") is None,
    reason="needs Linux and dbus-daemon",
)

DEADLINE_S = 20
BANNER = Notification(
    "k", "Tea", "a < b", Urgency.NORMAL, (Button(BannerAction.DONE, "Done"),), About(entry_id=7)
)


@pytest.fixture
def bus(tmp_path, monkeypatch):
    """Return a running session bus that this process belongs to."""
    bus = Bus(tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    bus.start()
    yield bus
    bus.stop()


@pytest.fixture
def environment(bus):
    """Return the environment of the session."""
    return {"DBUS_SESSION_BUS_ADDRESS": bus.address}


@pytest.fixture
def service(bus):
    """Return a notification service in the session."""
    service = Service(bus.address)
    yield service
    service.close()


@pytest.fixture
def backend(environment):
    """Return the back end, and what was pressed."""
    backend = DesktopNotifierBackend(environment, Path("/icon.svg"))
    yield backend
    backend.close()


def listen(backend) -> SimpleQueue[Press]:
    """Return where presses arrive."""
    pressed: SimpleQueue[Press] = SimpleQueue()
    backend.listen(pressed.put)
    return pressed


def test_a_banner_is_taken_and_pressed(service, backend) -> None:
    """Title and escaped text arrive with the buttons, and a press comes back."""
    pressed = listen(backend)
    assert backend.notify(BANNER)
    number, title, text, actions = service.shown.get(timeout=DEADLINE_S)
    assert (title, text) == ("Tea", "a &lt; b")
    assert dict(zip(actions[::2], actions[1::2], strict=True))["done"] == "Done"
    service.press(number, "done")
    assert pressed.get(timeout=DEADLINE_S) == Press(BannerAction.DONE, About(entry_id=7))


def test_a_banner_is_replaced_and_withdrawn(service, backend) -> None:
    """A newer banner of the same key closes the older, and withdrawing closes it as well."""
    for _ in range(2):
        assert backend.notify(BANNER)
    assert service.closed.get(timeout=DEADLINE_S) == 1
    backend.withdraw("k")
    assert service.closed.get(timeout=DEADLINE_S) == 2


def test_a_session_without_a_service(bus, backend, environment) -> None:
    """A bus on which nobody shows banners takes none, and that is said."""
    assert not backend.notify(BANNER)
    assert "No notification service" in obstacle(environment)


def test_a_service_that_answers(service, environment) -> None:
    """A service in the session is no obstacle, and says what it can do."""
    assert obstacle(environment) == ""
    assert "body-markup" in asyncio.run(capabilities(environment))


def test_a_service_that_comes_back(bus, backend) -> None:
    """A banner goes to the service that is there, whichever was there before."""
    pressed = listen(backend)
    first = Service(bus.address)
    assert backend.notify(BANNER)
    first.close()
    assert not backend.notify(BANNER)
    second = Service(bus.address)
    assert backend.notify(BANNER)
    second.press(second.shown.get(timeout=DEADLINE_S)[0], "default")
    assert pressed.get(timeout=DEADLINE_S).deed is BannerAction.SHOW
    second.close()


def test_a_bus_that_goes_away_and_comes_back(bus, backend) -> None:
    """While the bus is away no banner is taken; when it is back the next one is, with buttons."""
    pressed = listen(backend)
    before = Service(bus.address)
    assert backend.notify(BANNER)
    before.close()
    bus.stop()
    assert not backend.notify(BANNER)
    assert backend.obstacle()
    bus.start()
    after = Service(bus.address)
    assert backend.notify(BANNER)
    after.press(after.shown.get(timeout=DEADLINE_S)[0], "done")
    assert pressed.get(timeout=DEADLINE_S).deed is BannerAction.DONE
    after.close()
