"""Banners by plyer: when it has something to call, and what becomes of its failures."""

from __future__ import annotations

import os
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
    """Take what plyer is asked to show on systems that are not Linux."""
    banners = []
    fake = type("Fake", (), {"notify": staticmethod(lambda **banner: banners.append(banner))})
    monkeypatch.setattr(plyer, "notification", fake)
    monkeypatch.setattr(simple.sys, "platform", "win32")
    return banners


@pytest.fixture
def notify_send(tmp_path, monkeypatch):
    """Return how to put a script in the place of notify-send."""

    def install(script: str) -> None:
        program = tmp_path / "notify-send"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    return install


def test_a_banner_is_handed_over(sent) -> None:
    """Plyer gets a plain title and text, and no complaint means shown."""
    assert PlyerBackend(SESSION).notify(BANNER)
    assert sent == [
        {"title": "Back up", "message": "\u200b-a", "app_name": "deskcron", "timeout": 5}
    ]


@pytest.mark.parametrize("error", [NotImplementedError(), OSError(2), RuntimeError("no bus")])
def test_a_failure_is_false(sent, monkeypatch, error) -> None:
    """Whatever plyer raises makes the answer False."""

    def fail(**_banner) -> None:
        raise error

    monkeypatch.setattr(plyer, "notification", type("Fake", (), {"notify": staticmethod(fail)}))
    assert not PlyerBackend(SESSION).notify(BANNER)


@pytest.mark.skipif(sys.platform != "linux", reason="notify-send is Linux's")
def test_on_linux_notify_send_gets_the_banner(notify_send, tmp_path) -> None:
    """Title and text arrive as they are, never as options."""
    notify_send(f"printf '%s|' \"$@\" > '{tmp_path}/sent'")
    assert PlyerBackend(SESSION).notify(BANNER)
    sent = (tmp_path / "sent").read_text()
    assert sent == "--app-name=deskcron|--expire-time=5000|--|Back up|\u200b-a|"


@pytest.mark.skipif(sys.platform != "linux", reason="notify-send is Linux's")
@pytest.mark.parametrize("script", ["echo no service >&2; exit 1", "exec sleep 60"])
def test_on_linux_what_was_not_shown_is_false(notify_send, monkeypatch, capfd, script) -> None:
    """Where no service takes the banner, or none answers, the answer is False, in silence."""
    monkeypatch.setattr(simple, "ANSWER_S", 0.2)
    notify_send(script)
    assert not PlyerBackend(SESSION).notify(BANNER)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="notify-send is Linux's")
@pytest.mark.parametrize("found", [None, "/usr/bin/notify-send"])
def test_on_linux_it_needs_notify_send(monkeypatch, found) -> None:
    """Without notify-send plyer has nothing to call in a session on Linux."""
    monkeypatch.setattr(simple.shutil, "which", lambda _name: found)
    assert PlyerBackend(SESSION).is_available() is (found is not None)
    assert not PlyerBackend({}).is_available()
