"""Be the engine where nobody is, use the one that is, and take over when it ends."""

from __future__ import annotations

import logging
from threading import Event, Thread

from PySide6.QtCore import QObject, Signal

from deskcron.domain.errors import DeskcronError, EngineRunning
from deskcron.domain.texts import gettext as _
from deskcron.gui.life.host import ROLE, Host
from deskcron.gui.unexpected import unexpected

logger = logging.getLogger(__name__)

AGAIN_S = 5.0
"""Between two tries to be the engine, or to open a store that cannot be used."""
END_S = 10.0
"""An engine that has not stepped down by then is left to the end of the process."""


class EngineRoom(QObject):
    """The engine's thread in the window's process.

    `opened` comes once, when the store can be used; `failed` says why it cannot, or why this
    process cannot be the engine, and is not repeated while the reason stays the same.
    """

    opened = Signal()
    failed = Signal(object)

    def __init__(self, host: Host, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._stop = Event()
        self._again = Event()
        self._is_open = False
        self._last_reason = ""
        self._thread = Thread(target=self._live, name="deskcron-engine-room", daemon=True)

    @property
    def is_open(self) -> bool:
        """Tell whether the store can be used."""
        return self._is_open

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def retry(self) -> None:
        """Try again now, and say it also when nothing is better."""
        self._last_reason = ""
        self._again.set()

    def stop(self) -> None:
        """Step down: nothing new starts, running jobs go on."""
        self._stop.set()
        self._again.set()
        if self._thread.ident is not None:
            self._thread.join(END_S)
            if self._thread.is_alive():
                logger.error("The engine did not step down within %g s", END_S)

    def _live(self) -> None:
        while not self._stop.is_set():
            try:
                self._serve_or_attach()
            except DeskcronError as error:
                self._tell(error)
            except Exception as error:
                logger.exception("The engine could not run")
                log = self._host.paths().window_log  # no other page can be reached
                self._tell(unexpected(_("The engine could not run"), error, log))
            self._again.wait(AGAIN_S)
            self._again.clear()

    def _serve_or_attach(self) -> None:
        try:
            self._host.serve(self._stop, ready=self._open, role=ROLE)
        except EngineRunning as running:
            if not self._is_open:
                logger.info("Attached: %s", running)
                self._host.facade()
                self._open()

    def _open(self) -> None:
        self._last_reason = ""
        if not self._is_open:
            self._is_open = True
            self.opened.emit()

    def _tell(self, error: DeskcronError) -> None:
        reason = str(error)
        if reason != self._last_reason:
            self._last_reason = reason
            logger.warning("%s", reason)
            self.failed.emit(error)
