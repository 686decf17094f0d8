"""What every notifier keeps to: it never raises, whatever it is given and wherever it runs."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from deskcron.domain.action import Urgency
from deskcron.domain.banner import About, BannerAction, Button, Notification
from deskcron.domain.ports import Notifier
from deskcron.notify.desktop import DesktopNotifierBackend
from deskcron.notify.simple import PlyerBackend

NO_SESSION: dict[str, str] = {}
BANNERS = {
    "plain": Notification("job-1", "Tea", "It is ready.", Urgency.NORMAL),
    "empty": Notification("", "", "", Urgency.LOW),
    "markup": Notification("k", "<b>Tea</b>", "<a href='x'>&amp;</a>", Urgency.CRITICAL),
    "option": Notification("k", "--help", "-x", Urgency.NORMAL),
    "control": Notification("k", "a\0b\x1b[31m", "c\0d\ud800", Urgency.NORMAL),
    "buttons": Notification(
        "k",
        "a",
        "b",
        Urgency.LOW,
        (Button(BannerAction.DONE, "<Done>"), Button(BannerAction.MUTE, "")),
        About(1),
    ),
    "long": Notification("k", "t" * 10_000, "x\n" * 10_000, Urgency.NORMAL),
}


BACKENDS = {
    "desktop-notifier": lambda: DesktopNotifierBackend(NO_SESSION, Path("/icon.svg")),
    "plyer": lambda: PlyerBackend(NO_SESSION),
}


@pytest.fixture(params=BACKENDS.values(), ids=BACKENDS)
def notifier(request, monkeypatch):
    """Return each back end in a process that has no session."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "/nonexistent")
    backend: Notifier = request.param()
    yield backend
    backend.close()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a session")
def test_not_available_without_a_session(notifier) -> None:
    """Where there is no session bus no banner can be shown, and the back end says so."""
    assert not notifier.is_available()
    assert notifier.obstacle().endswith(".")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="would show banners")
@pytest.mark.parametrize("banner", BANNERS.values(), ids=BANNERS)
def test_never_raises(notifier, banner) -> None:
    """Any banner without a session is answered with False, not with an error."""
    notifier.listen(lambda _press: None)
    assert notifier.notify(banner) is False
    notifier.withdraw(banner.key)


def test_has_a_name_to_choose_it_by(notifier) -> None:
    """Each back end has a name of its own, and words for it."""
    assert notifier.name in BACKENDS
    assert notifier.label not in {"", notifier.name}


def test_closing_leaves_no_thread(notifier) -> None:
    """Closing, also twice, ends what the back end has started."""
    before = set(threading.enumerate())
    if sys.platform not in {"win32", "darwin"}:
        notifier.notify(BANNERS["plain"])
    notifier.close()
    notifier.close()
    assert set(threading.enumerate()) <= before
