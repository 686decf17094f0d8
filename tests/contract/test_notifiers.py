"""What every notifier keeps to: it never raises, whatever it is given and wherever it runs."""

from __future__ import annotations

import sys
import threading

import pytest

from deskcron.domain.action import Urgency
from deskcron.domain.ports import Notification, Notifier
from deskcron.notify.desktop import DesktopNotifierBackend
from deskcron.notify.simple import PlyerBackend

NO_SESSION: dict[str, str] = {}
BANNERS = {
    "plain": Notification("job-1", "Tea", "It is ready.", Urgency.NORMAL),
    "empty": Notification("", "", "", Urgency.LOW),
    "markup": Notification("k", "<b>Tea</b>", "<a href='x'>&amp;</a>", Urgency.CRITICAL),
    "option": Notification("k", "--help", "-x", Urgency.NORMAL),
    "control": Notification("k", "a\0b\x1b[31m", "c\0d\ud800", Urgency.NORMAL),
    "long": Notification("k", "t" * 10_000, "x\n" * 10_000, Urgency.NORMAL),
}


@pytest.fixture(params=[DesktopNotifierBackend, PlyerBackend])
def notifier(request, monkeypatch):
    """Return each back end in a process that has no session."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "/nonexistent")
    backend: Notifier = request.param(NO_SESSION)
    yield backend
    backend.close()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a session")
def test_not_available_without_a_session(notifier) -> None:
    """Where there is no session bus no banner can be shown, and the back end says so."""
    assert not notifier.is_available()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="would show banners")
@pytest.mark.parametrize("banner", BANNERS.values(), ids=BANNERS)
def test_never_raises(notifier, banner) -> None:
    """Any banner without a session is answered with False, not with an error."""
    assert notifier.notify(banner) is False


def test_has_a_name_to_choose_it_by(notifier) -> None:
    """Each back end has a name of its own."""
    assert notifier.name in {"desktop-notifier", "plyer"}


def test_closing_leaves_no_thread(notifier) -> None:
    """Closing, also twice, ends what the back end has started."""
    before = set(threading.enumerate())
    if sys.platform not in {"win32", "darwin"}:
        notifier.notify(BANNERS["plain"])
    notifier.close()
    notifier.close()
    assert set(threading.enumerate()) <= before
