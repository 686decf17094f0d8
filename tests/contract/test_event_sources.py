"""The sources of every system start, tell of the login they find, and end without a trace."""

from __future__ import annotations

import os
import sys
import threading
from queue import SimpleQueue
from types import SimpleNamespace

import pytest

from deskcron.domain.happening import EventKind
from deskcron.system import events
from deskcron.system.bus import BusThread
from deskcron.system.events import event_sources_for
from deskcron.system.machine.portable import PortableMachine
from deskcron.system.processes import processes_for

DEADLINE_S = 20
SESSION = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere", "XDG_SESSION_ID": "8421"}


@pytest.mark.parametrize("platform", sorted({sys.platform, "win32", "darwin"}))
def test_sources_start_tell_and_end(platform, monkeypatch) -> None:
    """Without any service a login is told by what the environment says, and no thread is left."""
    monkeypatch.setattr(events, "sys", SimpleNamespace(platform=platform))
    before = set(threading.enumerate())
    bus, processes = BusThread(SESSION), processes_for(sys.platform, os.environ)
    told: SimpleQueue = SimpleQueue()
    sources = event_sources_for(SESSION, PortableMachine(processes), bus)
    for source in sources:
        source.start(told.put)
    login = told.get(timeout=DEADLINE_S)
    assert login.kind is EventKind.LOGIN
    boot, _, session = login.args["session"].partition("/")
    assert boot
    assert session == ("8421" if platform == "linux" else "")
    for source in sources:
        source.close()
        source.close()
    bus.close()
    if sys.platform != "win32":
        processes.close()
    assert set(threading.enumerate()) <= before
    assert told.empty()
