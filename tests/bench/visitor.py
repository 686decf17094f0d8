"""A page in a process of its own, used as a person would, and how late its event loop was."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, TypeVar

sys.path.insert(0, str(Path(__file__).parents[2]))

from heartbeat import Heartbeat
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from deskcron.bootstrap.core import Core
from deskcron.gui.bridge import Bridge
from deskcron.gui.pagecontext import PageContext, PageSignals
from deskcron.gui.storewatcher import StoreWatcher
from deskcron.gui.theme.themecontroller import ThemeController
from deskcron.gui.zones import Zones
from deskcron.system.paths import Paths

STEP_MS = 60
WINDOW = (1186, 700)

Page = TypeVar("Page", bound=QWidget)


class Phase(NamedTuple):
    """One thing that is done, step by step; `act` is given the number of the step, from 0."""

    name: str
    act: Callable[[int], object]
    steps: int


class Visitor(QObject):
    """Go through phases, then print how late the beats of each were and end the application."""

    def __init__(self, phases: Iterable[Phase]) -> None:
        super().__init__()
        self._heart = Heartbeat()
        self._found: dict[str, dict[str, float]] = {}
        self._phases: Iterator[Phase] = iter(phases)
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._go_on)
        self._begin()

    def _begin(self) -> None:
        phase = next(self._phases, None)
        if phase is None:
            print(json.dumps(self._found), flush=True)
            QApplication.quit()
            return
        self._phase, self._step = phase, 0
        self._heart.begin()
        self._timer.start()

    def _go_on(self) -> None:
        if self._step == self._phase.steps:
            self._timer.stop()
            self._found[self._phase.name] = self._heart.take()
            self._begin()
            return
        self._phase.act(self._step)
        self._step += 1


def visit(
    make_page: Callable[[PageContext], Page], phases: Callable[[Bridge, Page], Iterable[Phase]]
) -> None:
    """Use the page of the home that the command line names."""
    app = QApplication(sys.argv)
    ThemeController(app).apply("light")
    with closing(Core(Paths.below(Path(sys.argv[1])))) as core:
        facade = core.facade()
        bridge = Bridge(lambda: facade)
        bridge.open()
        watch = StoreWatcher(lambda: facade, bridge.changed.emit)
        watch.set_seen(is_seen=True)
        watch.start()
        page = make_page(PageContext(bridge, core.clock(), PageSignals(), Zones()))
        page.resize(*WINDOW)
        visitor = Visitor(phases(bridge, page))
        app.exec()
        watch.close()
        bridge.close()
        del visitor, page  # after the last other thread, which must not be the one to delete them
