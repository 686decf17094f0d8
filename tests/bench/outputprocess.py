"""The log view beside an engine in one process, as in the window: HOME SECONDS.

One job after another prints as fast as its kind does, and is followed. The last line of our
output says for each by how much the event loop's beats were late, in milliseconds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

sys.path.insert(0, str(Path(__file__).parents[2]))

from heartbeat import Heartbeat
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from deskcron.bootstrap.core import Core
from deskcron.gui.bridge import Bridge
from deskcron.gui.output.view import OutputView
from deskcron.gui.pagecontext import PageContext, PageSignals
from deskcron.gui.theme.themecontroller import ThemeController
from deskcron.gui.zones import Zones
from deskcron.system.paths import Paths

WINDOW = (900, 500)
READY_S = 20
_PACED = """
import sys, time
block = "".join({line!r} + "\\n" for number in range(10_000))
while True:
    began_s = time.monotonic()
    sys.stdout.write(block)
    sys.stdout.flush()
    time.sleep(max(0, 0.1 - (time.monotonic() - began_s)))
"""
_LINE = "2026-11-21 12:00:00 a line such as programs print"
PRINTERS = {
    "100,000 lines a second": ("python", _PACED.format(line=_LINE)),
    "100,000 coloured lines a second": (
        "python",
        _PACED.format(line=f"\x1b[32m{_LINE}\x1b[0m \x1b[1;31mfailed\x1b[0m"),
    ),
    "as many lines as there can be": ("sh", f"exec yes '{_LINE}'"),
    "as many empty lines": ("sh", "exec yes ''"),
    "one line without an end": ("sh", "exec tr '\\0' 'x' < /dev/zero"),
    "a colour for each letter": (
        "sh",
        "exec yes \"$(printf '\\033[3%dmx' 1 2 3 4 5 6 7 1 2 3 4 5 6 7)\"",
    ),
}


class Viewer(QObject):
    """Follow one run after the other for some seconds each."""

    def __init__(self, context: PageContext, seconds: float, heart: Heartbeat) -> None:
        super().__init__()
        self._context, self._heart = context, heart
        self._found: dict[str, dict[str, float]] = {}
        self._printers: Iterator[tuple[str, tuple[str, str]]] = iter(PRINTERS.items())
        self._view = OutputView(context)
        self._view.resize(*WINDOW)
        self._view.show()
        self._over = QTimer(self, interval=int(seconds * 1000), singleShot=True)
        self._over.timeout.connect(self._end)
        self._begin()

    def _begin(self) -> None:
        self._name, (interpreter, text) = next(self._printers, ("", ("", "")))
        if not self._name:
            print(json.dumps(self._found), flush=True)
            QApplication.quit()
            return
        document = {
            "format": 1,
            "name": self._name,
            "triggers": [],
            "action": {"kind": "script", "text": text, "interpreter": interpreter},
            "policy": {"notify": "never", "grace_s": 1},
        }
        self._context.bridge.ask(
            self,
            lambda facade: facade.control.run(facade.jobs.add(document).job.id),
            self._follow,
        )

    def _follow(self, run_id: int) -> None:
        self._run_id = run_id
        self._heart.begin()
        self._view.follow(run_id)
        self._over.start()

    def _end(self) -> None:
        self._found[self._name] = self._heart.take()
        run_id = self._run_id
        self._context.bridge.ask(
            self,
            lambda facade: (facade.control.stop(str(run_id)), facade.control.wait(run_id, 20)),
            lambda _ended: self._begin(),
        )


def main() -> None:
    """Follow the runs of a home."""
    app = QApplication(sys.argv)
    ThemeController(app).apply("light")
    with closing(Core(Paths.below(Path(sys.argv[1])))) as core:
        stop, ready = Event(), Event()
        engine = Thread(target=core.serve, args=(stop,), kwargs={"ready": ready.set})
        engine.start()
        if not ready.wait(READY_S):
            raise RuntimeError("no engine")
        facade = core.facade()
        bridge = Bridge(lambda: facade)
        bridge.open()
        viewer = Viewer(
            PageContext(bridge, core.clock(), PageSignals(), Zones()),
            float(sys.argv[2]),
            Heartbeat(),
        )
        app.exec()
        bridge.close()
        stop.set()
        engine.join()
        del viewer  # after the last other thread, which must not be the one to delete it


main()
