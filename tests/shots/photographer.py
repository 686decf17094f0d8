"""Take the pictures of one appearance and scale; both belong to the process."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication
from samples import FILM
from scenes import BARE, FULL
from shiboken6 import delete
from stage import SIZE, Scene, Stage

from deskcron.bootstrap.core import Core
from deskcron.gui.bridge import Bridge
from deskcron.gui.life.collecting import Collecting
from deskcron.gui.life.forms import Forms
from deskcron.gui.life.host import ROLE
from deskcron.gui.life.windowfactory import WindowFactory
from deskcron.gui.pagecontext import PageContext, PageSignals
from deskcron.gui.shell.overviewwatcher import OverviewWatcher
from deskcron.gui.storewatcher import StoreWatcher
from deskcron.gui.theme.palette import apply
from deskcron.gui.zones import Zones
from deskcron.system.paths import Paths

READY_S = 30.0
_AWAY = 5000
"""Where the pointer touches nothing."""


def photograph(home: Path, out: Path, appearance: str, only: str) -> int:
    """Take all pictures whose name contains `only`; return how many failed."""
    app = QApplication([sys.argv[0]])
    apply(app, appearance)
    QCursor.setPos(_AWAY, _AWAY)
    with stage_over(home / "full", running=FILM) as stage:
        failed = sum(_take(stage, scenes, out, only) for scenes in FULL.values())
    with stage_over(home / "empty") as stage:
        return failed + sum(_take(stage, scenes, out, only) for scenes in BARE.values())


def _take(stage: Stage, scenes: Mapping[str, Scene], out: Path, only: str) -> int:
    failed = 0
    for name, scene in scenes.items():
        if only not in name:
            continue
        try:
            scene(stage).grab().save(str(out / f"{name}.png"))
        except Exception as error:  # noqa: BLE001 - one scene must not cost the others
            print(f"  {name}: {type(error).__name__}: {error}", flush=True)
            failed += 1
        stage.strike()
    return failed


@contextmanager
def stage_over(home: Path, running: str = "") -> Iterator[Stage]:
    """Open the window over a home with a real engine, and the named job running."""
    core = Core(Paths.below(home))
    with _engine(core):
        if running:
            core.facade().control.run(running)
        bridge = Bridge(core.facade)
        watch = StoreWatcher(core.facade, bridge.changed.emit)
        bridge.open()
        watch.set_seen(is_seen=True)
        watch.start()
        stage = _set_up(core, bridge)
        try:
            if running:
                stage.until(stage.sees_a_run)  # it may have to wait for the login shell
            yield stage
        finally:
            if running:
                core.facade().control.stop(running)
            watch.close()
            delete(stage.window)
            bridge.close()


def _set_up(core: Core, bridge: Bridge) -> Stage:
    context = PageContext(bridge, core.clock(), PageSignals(), Zones())
    overview_watcher = OverviewWatcher(bridge)
    window = WindowFactory(context, core, Forms(context)).window(overview_watcher)
    Collecting(window)
    overview_watcher.setParent(window)
    overview_watcher.start()
    window.resize(SIZE)
    window.show()
    stage = Stage(window, context, core.facade(), overview_watcher)
    stage.settle()
    return stage


@contextmanager
def _engine(core: Core) -> Iterator[None]:
    stop, ready = Event(), Event()
    thread = Thread(target=core.serve, args=(stop,), kwargs={"ready": ready.set, "role": ROLE})
    thread.start()
    try:
        if not ready.wait(READY_S):
            raise TimeoutError("The engine did not start")
        yield
    finally:
        stop.set()
        thread.join()
        core.close()


if __name__ == "__main__":
    HOME, OUT, APPEARANCE, ONLY = sys.argv[1:]
    raise SystemExit(photograph(Path(HOME), Path(OUT), APPEARANCE, ONLY))
