"""Banners by desktop-notifier: what it is given, what is pressed, and what becomes of failures."""

from __future__ import annotations

import asyncio
from pathlib import Path
from queue import SimpleQueue

import desktop_notifier
import pytest

from deskcron.domain.action import Urgency
from deskcron.domain.banner import About, BannerAction, Button, Notification, Press
from deskcron.notify import desktop, session
from deskcron.notify.desktop import DesktopNotifierBackend
from deskcron.notify.session import NoService

ABOUT = About(entry_id=7)
BUTTONS = (Button(BannerAction.DONE, "Done"), Button(BannerAction.MUTE, "Mute"))
BANNER = Notification("inbox-7", "Back\nup", "a < b & c", Urgency.CRITICAL, BUTTONS, ABOUT)


class FakeBus:
    """Stands for a connection."""

    def __init__(self) -> None:
        self.is_open = True

    @property
    def connected(self) -> bool:
        """Tell whether it is open."""
        return self.is_open

    def disconnect(self) -> None:
        """Close it."""
        self.is_open = False


class FakeService:
    """Stands for desktop-notifier's class; each connection answers as the test wants."""

    def __init__(self) -> None:
        self.answers: list[object] = []
        self.sent: list[dict] = []
        self.there: list[str] = []
        self.cleared: list[str] = []
        self.buses: list[FakeBus] = []
        self.apps: list[str] = []

    def __call__(self, app_name: str, app_icon: desktop_notifier.Icon) -> FakeService:
        """Connect anew."""
        self.apps.append(app_name)
        self.buses.append(FakeBus())
        self.there = []
        return self

    @property
    def _backend(self) -> FakeService:
        return self

    @property
    def bus(self) -> FakeBus:
        """Return the connection."""
        return self.buses[-1]

    async def send(self, **banner: object) -> str:
        """Take a banner, or do what the next answer says."""
        answer = self.answers.pop(0) if self.answers else "taken"
        self.sent.append(banner)
        if isinstance(answer, Exception):
            raise answer
        if answer == "hangs":
            await asyncio.sleep(3600)
        identifier = f"id-{len(self.sent)}"
        if answer == "taken":
            self.there.append(identifier)
        return identifier

    async def get_current_notifications(self) -> list[str]:
        """Return what is on the screen."""
        return list(self.there)

    async def clear(self, identifier: str) -> None:
        """Take a banner away."""
        self.there.remove(identifier)
        self.cleared.append(identifier)


@pytest.fixture
def service(monkeypatch):
    """Return a service in place of the real one; it shows markup."""
    fake = FakeService()
    monkeypatch.setattr(desktop_notifier, "DesktopNotifier", fake)

    async def capabilities(environment) -> frozenset[str]:
        return frozenset({"body-markup"})

    monkeypatch.setattr(session, "capabilities", capabilities)
    return fake


@pytest.fixture
def backend():
    """Return a back end in a session."""
    environment = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    backend = DesktopNotifierBackend(environment, Path("/icon.svg"))
    yield backend
    backend.close()


def test_a_banner_is_handed_over_escaped(service, backend) -> None:
    """The service gets a plain title, escaped text, urgency and buttons, from one application."""
    assert backend.notify(BANNER)
    assert backend.notify(BANNER._replace(key="b", urgency=Urgency.LOW))
    assert service.apps == ["deskcron"]
    sent = service.sent[0]
    assert (sent["title"], sent["message"]) == ("Back up", "a &lt; b &amp; c")
    assert sent["urgency"] is desktop_notifier.Urgency.Critical
    assert [(button.identifier, button.title) for button in sent["buttons"]] == [
        ("done", "Done"),
        ("mute", "Mute"),
    ]
    assert service.sent[1]["urgency"] is desktop_notifier.Urgency.Low


def test_presses_are_reported(service, backend) -> None:
    """A press on a button or on the banner itself is told with what the banner was about."""
    pressed: SimpleQueue[Press] = SimpleQueue()
    backend.listen(pressed.put)
    backend.notify(BANNER)
    service.sent[0]["buttons"][1].on_pressed()
    service.sent[0]["on_clicked"]()
    assert pressed.get() == Press(BannerAction.MUTE, ABOUT)
    assert pressed.get() == Press(BannerAction.SHOW, ABOUT)


def test_presses_nobody_listens_to(service, backend) -> None:
    """A press before anybody listens is let go."""
    backend.notify(BANNER)
    service.sent[0]["on_clicked"]()


def test_a_newer_banner_takes_the_place_of_the_older(service, backend) -> None:
    """A banner of the same key replaces the one that is there; others stay."""
    backend.notify(BANNER)
    backend.notify(BANNER._replace(key="other"))
    backend.notify(BANNER)
    assert service.cleared == ["id-1"]
    assert service.there == ["id-2", "id-3"]


def test_a_banner_is_withdrawn(service, backend) -> None:
    """A banner is taken away once; one that has gone by itself, or never was, is let be."""
    backend.notify(BANNER)
    backend.notify(BANNER._replace(key="gone"))
    service.there.remove("id-2")
    for key in ("inbox-7", "inbox-7", "gone", "never"):
        backend.withdraw(key)
    assert service.cleared == ["id-1"]


@pytest.mark.parametrize("answer", ["refused", RuntimeError("no bus"), OSError(2)])
def test_a_refused_banner_is_false(service, backend, answer) -> None:
    """A service that fails, or never had the banner, makes the answer False; we disconnect."""
    service.answers = [answer]
    assert not backend.notify(BANNER)
    assert [bus.is_open for bus in service.buses] == [False]


@pytest.mark.parametrize("answer", ["refused", OSError(2)])
def test_a_broken_connection_is_made_anew(service, backend, answer) -> None:
    """A banner that an old connection does not take goes over a new one."""
    assert backend.notify(BANNER)
    service.answers = [answer]
    assert backend.notify(BANNER)
    assert [bus.is_open for bus in service.buses] == [False, True]


def test_a_connection_that_has_ended_is_not_used(service, backend) -> None:
    """Where the bus has gone since, the next banner goes over a new connection at once."""
    assert backend.notify(BANNER)
    service.bus.disconnect()
    assert backend.notify(BANNER)
    assert len(service.buses) == len(service.sent) == 2


def test_a_service_that_hangs_is_given_up(service, backend, monkeypatch) -> None:
    """A service that does not answer in time is False; the loop ends all the same."""
    service.answers = ["hangs"]
    monkeypatch.setattr(desktop, "ANSWER_S", 0.05)
    assert not backend.notify(BANNER)


def test_without_a_service(service, backend, monkeypatch) -> None:
    """Where no service answers nothing is tried, and the obstacle says so in words."""

    async def nothing(environment) -> frozenset[str]:
        raise NoService

    monkeypatch.setattr(session, "capabilities", nothing)
    assert not backend.notify(BANNER)
    assert service.sent == []
    assert backend.obstacle() == "No notification service answers in this session."


def test_nothing_is_started_before_it_is_used(backend) -> None:
    """Closing what was never used, and closing twice, is silent."""
    backend.close()
    backend.close()


def test_on_macos_it_needs_a_bundle(backend, monkeypatch) -> None:
    """Where the library only pretends to show banners, the back end is not available."""
    monkeypatch.setattr(desktop, "_needs_bundle", lambda: True)
    assert not backend.is_available()
    assert "installed applications" in backend.obstacle()
