"""Banners by plyer: when it has something to call, and what becomes of its failures."""

from __future__ import annotations

import os
import sys

import plyer
import pytest

from deskcron.domain.action import Urgency
from deskcron.domain.banner import Notification
from deskcron.notify import session, simple
from deskcron.notify.session import NoService
from deskcron.notify.simple import PlyerBackend

SESSION = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
BANNER = Notification("job-1", "Back\nup", "-a < b", Urgency.LOW)

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="notify-send is Linux's")


@pytest.fixture
def sent(monkeypatch):
    """Take what plyer is asked to show on systems that are not Linux."""
    banners = []
    fake = type("Fake", (), {"notify": staticmethod(lambda **banner: banners.append(banner))})
    monkeypatch.setattr(plyer, "notification", fake)
    monkeypatch.setattr(simple.sys, "platform", "win32")
    return banners


@pytest.fixture
def answers(monkeypatch):
    """Return how to have a notification service with these capabilities, or none."""

    def put(can: frozenset[str] | None) -> None:
        async def capabilities(environment) -> frozenset[str]:
            if can is None:
                raise NoService
            return can

        monkeypatch.setattr(session, "capabilities", capabilities)

    return put


@pytest.fixture
def notify_send(tmp_path, monkeypatch):
    """Put a program that notes what it is given in the place of notify-send."""
    program = tmp_path / "notify-send"
    program.write_text(f"#!/bin/sh\nprintf '%s|' \"$@\" > '{tmp_path}/sent'\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path / "sent"


def test_a_banner_is_handed_over(sent) -> None:
    """Plyer gets a plain title and text, and no complaint means shown."""
    assert PlyerBackend(SESSION).notify(BANNER)
    assert sent == [
        {"title": "Back up", "message": "\u200b-a < b", "app_name": "deskcron", "timeout": 5}
    ]


@pytest.mark.parametrize("error", [NotImplementedError(), OSError(2), RuntimeError("no bus")])
def test_a_failure_is_false(sent, monkeypatch, error) -> None:
    """Whatever plyer raises makes the answer False."""

    def fail(**_banner) -> None:
        raise error

    monkeypatch.setattr(plyer, "notification", type("Fake", (), {"notify": staticmethod(fail)}))
    assert not PlyerBackend(SESSION).notify(BANNER)


@on_linux
@pytest.mark.parametrize(
    ("can", "text"), [({"body-markup"}, "\u200b-a &lt; b"), ({"body"}, "\u200b-a < b")]
)
def test_on_linux_notify_send_gets_the_banner(notify_send, answers, can, text: str) -> None:
    """Title and text are never options, urgency and length arrive, markup is taken for text."""
    answers(frozenset(can))
    assert PlyerBackend(SESSION).notify(BANNER)
    arguments = notify_send.read_text().split("|")
    assert arguments[:2] == ["Back up", text]
    options = dict(zip(arguments[2::2], arguments[3::2], strict=False))
    assert (options["-u"], options["-t"], options["-a"]) == ("low", "5000", "deskcron")


@on_linux
def test_on_linux_nothing_is_sent_where_nobody_answers(notify_send, answers) -> None:
    """Where no service answers, plyer is not called, and the answer is False."""
    answers(None)
    assert not PlyerBackend(SESSION).notify(BANNER)
    assert not notify_send.exists()
    assert "No notification service" in PlyerBackend(SESSION).obstacle()


@on_linux
@pytest.mark.parametrize("found", [None, "/usr/bin/notify-send"])
def test_on_linux_it_needs_notify_send(monkeypatch, answers, found) -> None:
    """Without notify-send plyer has nothing to call in a session on Linux, and it is named."""
    answers(frozenset())
    monkeypatch.setattr(simple.shutil, "which", lambda _name: found)
    backend = PlyerBackend(SESSION)
    assert backend.is_available() is (found is not None)
    assert ("notify-send" in backend.obstacle()) is (found is None)
    assert not PlyerBackend({}).is_available()
