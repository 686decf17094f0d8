"""Banners by desktop-notifier: what it is given, and what becomes of its failures."""

from __future__ import annotations

import asyncio

import desktop_notifier
import pytest

from deskcron.domain.action import Urgency
from deskcron.domain.ports import Notification
from deskcron.notify import desktop
from deskcron.notify.desktop import DesktopNotifierBackend, has_session

BANNER = Notification("job-1", "Back\nup", "a < b & c", Urgency.CRITICAL)


class FakeService:
    """Stands for desktop-notifier's class; answers as the test wants."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.sent: list[dict[str, object]] = []
        self.apps: list[str] = []

    def __call__(self, app_name: str) -> FakeService:
        self.apps.append(app_name)
        return self

    async def send(self, **banner: object) -> object:
        """Take a banner."""
        self.sent.append(banner)
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer is None:
            await asyncio.sleep(3600)
        return "id-1"

    async def get_current_notifications(self) -> object:
        """Return what is on the screen."""
        return self.answer


@pytest.fixture
def service(monkeypatch):
    """Return a function that puts a service with an answer in place of the real one."""

    def put(answer: object) -> FakeService:
        fake = FakeService(answer)
        monkeypatch.setattr(desktop_notifier, "DesktopNotifier", fake)
        return fake

    return put


@pytest.fixture
def backend():
    """Return a back end in a session."""
    backend = DesktopNotifierBackend({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"})
    yield backend
    backend.close()


def test_a_banner_is_handed_over_escaped(service, backend) -> None:
    """The service gets a plain title, escaped text and the urgency, from one application."""
    fake = service(["id-0", "id-1"])
    assert backend.notify(BANNER)
    assert backend.notify(BANNER._replace(urgency=Urgency.LOW))
    assert fake.apps == ["deskcron"]
    assert fake.sent[0] == {
        "title": "Back up",
        "message": "a &lt; b &amp; c",
        "urgency": desktop_notifier.Urgency.Critical,
    }
    assert fake.sent[1]["urgency"] is desktop_notifier.Urgency.Low


@pytest.mark.parametrize("answer", [[], ["id-0"], RuntimeError("no bus"), OSError(2)])
def test_a_refused_banner_is_false(service, backend, answer) -> None:
    """A service that fails, or never had the banner, makes the answer False."""
    service(answer)
    assert not backend.notify(BANNER)


def test_a_service_that_hangs_is_given_up(service, backend, monkeypatch) -> None:
    """A service that does not answer in time is False; the loop ends all the same."""
    service(None)
    monkeypatch.setattr(desktop, "ANSWER_S", 0.05)
    assert not backend.notify(BANNER)


def test_nothing_is_started_before_it_is_used(backend) -> None:
    """Closing what was never used, and closing twice, is silent."""
    backend.close()
    backend.close()


@pytest.mark.parametrize(
    ("platform", "environment", "has_one"),
    [
        ("linux", {}, False),
        ("linux", {"DBUS_SESSION_BUS_ADDRESS": ""}, False),
        ("linux", {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus"}, True),
        ("linux", {"XDG_RUNTIME_DIR": ""}, False),
        ("linux", {"XDG_RUNTIME_DIR": "/nonexistent"}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_sessions(monkeypatch, platform: str, environment: dict[str, str], has_one) -> None:
    """A session is told by its bus address; Windows and macOS always have one."""
    monkeypatch.setattr(desktop.sys, "platform", platform)
    assert has_session(environment) is has_one


def test_a_session_is_told_by_its_bus_socket(monkeypatch, tmp_path) -> None:
    """A bus socket in the runtime directory is a session, the directory alone is none."""
    monkeypatch.setattr(desktop.sys, "platform", "linux")
    assert not has_session({"XDG_RUNTIME_DIR": str(tmp_path)})
    (tmp_path / "bus").touch()
    assert has_session({"XDG_RUNTIME_DIR": str(tmp_path)})
