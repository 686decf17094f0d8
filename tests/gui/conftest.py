"""Parts of the window over a real core in a temporary home; nothing is shown on a screen."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from functools import partialmethod
from pathlib import Path
from threading import Event, Thread

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskcron.bootstrap.core import Core
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge
from deskcron.gui.later import Throttle
from deskcron.gui.pagecontext import PageContext, PageSignals
from deskcron.gui.zones import Zones
from deskcron.system.paths import Paths

READY_S = 20.0
PATIENCE_MS = 20_000


def pytest_runtest_setup() -> None:
    """Leave cyclic garbage alone during a test: a widget in it must not die on another thread."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Let widgets go between tests; other tests collect garbage as Python does."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()


def let_rest(throttle: Throttle) -> None:
    """Let the time after a look pass."""
    timer = throttle.findChild(QTimer)
    assert timer.isActive()
    timer.stop()
    timer.timeout.emit()


class PatientBot(QtBot):
    """A bot that waits as long on a busy machine as all other tests do."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE_MS)  # noqa: N815 - named by the library
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE_MS)  # noqa: N815
    waitSignals = partialmethod(QtBot.waitSignals, timeout=PATIENCE_MS)  # noqa: N815
    waitActive = partialmethod(QtBot.waitActive, timeout=PATIENCE_MS)  # noqa: N815
    waitExposed = partialmethod(QtBot.waitExposed, timeout=PATIENCE_MS)  # noqa: N815


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return what operates widgets and waits for them."""
    return PatientBot(request)


@pytest.fixture
def _tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the computer be in Tokyo; to be asked for before the engine, which looks at its zone."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def core(deskcron_home: Path) -> Iterator[Core]:
    """Return the core of this test's home; no engine runs yet."""
    core = Core(Paths.below(deskcron_home))
    yield core
    core.close()


@pytest.fixture
def facade(core: Core) -> Facade:
    """Return the facade, to arrange and to look at what the window did."""
    return core.facade()


@pytest.fixture
def engine(core: Core) -> Iterator[None]:
    """Run the real engine in this process for the length of the test."""
    stop, ready = Event(), Event()
    thread = Thread(target=core.serve, args=(stop,), kwargs={"ready": ready.set})
    thread.start()
    assert ready.wait(READY_S)
    yield
    stop.set()
    thread.join()


@pytest.fixture
def bridge(qapp: QApplication, facade: Facade) -> Iterator[Bridge]:
    """Return a bridge that answers."""
    bridge = Bridge(lambda: facade)
    bridge.open()
    yield bridge
    bridge.close()


@pytest.fixture
def context(bridge: Bridge, core: Core) -> PageContext:
    """Return what every page is given."""
    return PageContext(bridge, core.clock(), PageSignals(), Zones())
