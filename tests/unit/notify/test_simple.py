"""Banners by plyer: when it has something to call, and what becomes of its failures."""

from __future__ import annotations

import sys

import plyer
import pytest

from deskcron.domain.action import Urgency
from deskcron.domain.ports import Notification
from deskcron.notify import simple
from deskcron.notify.simple import PlyerBackend

SESSION = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
BANNER = Notification("job-1", "Back\nup", "-a", Urgency.NORMAL)


@pytest.fixture
def sent(monkeypatch):
    """Take what plyer is asked to show."""
    banners = []
    fake = type("Fake", (), {"notify": staticmethod(lambda **banner: banners.append(banner))})
    monkeypatch.setattr(plyer, "notification", fake)
    return banners


def test_a_banner_is_handed_over(sent) -> None:
    """Plyer gets a plain title and text, and no complaint means shown."""
    assert PlyerBackend(SESSION).notify(BANNER)
    assert sent == [
        {"title": "Back up", "message": "\u200b-a", "app_name": "deskcron", "timeout": 5}
    ]


@pytest.mark.parametrize("error", [NotImplementedError(), OSError(2), RuntimeError("no bus")])
def test_a_failure_is_false(monkeypatch, error) -> None:
    """Whatever plyer raises makes the answer False."""

    def fail(**_banner) -> None:
        raise error

    monkeypatch.setattr(plyer, "notification", type("Fake", (), {"notify": staticmethod(fail)}))
    assert not PlyerBackend(SESSION).notify(BANNER)


@pytest.mark.skipif(sys.platform != "linux", reason="notify-send is Linux's")
@pytest.mark.parametrize("found", [None, "/usr/bin/notify-send"])
def test_on_linux_it_needs_notify_send(monkeypatch, found) -> None:
    """Without notify-send plyer has nothing to call in a session on Linux."""
    monkeypatch.setattr(simple.shutil, "which", lambda _name: found)
    assert PlyerBackend(SESSION).is_available() is (found is not None)
    assert not PlyerBackend({}).is_available()
