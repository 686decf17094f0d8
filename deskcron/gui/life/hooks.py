"""Let no error vanish: what nobody caught is logged, and told once in words."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from deskcron.domain.errors import DeskcronError, RequestFailed
from deskcron.domain.texts import gettext as _

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

logger = logging.getLogger(__name__)


class Hooks(QObject):
    """Take what Python has no other place for; `told` on the GUI thread, once for each place."""

    told = Signal(object)
    _caught = Signal(object)

    def __init__(self, log: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._seen: set[tuple[str, str, int]] = set()
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Begin to take errors."""
        sys.excepthook = self._in_main
        threading.excepthook = self._in_thread
        sys.unraisablehook = self._unraisable

    def remove(self) -> None:
        """Leave errors to whoever had them before."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def _in_main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._before[0](kind, error, trace)  # a start from a terminal shows it there, too
        self._take(error, trace, kind.__name__)

    def _in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_type is not SystemExit:
            self._take(args.exc_value, args.exc_traceback, args.exc_type.__name__)

    def _unraisable(self, args: UnraisableHookArgs) -> None:
        self._take(args.exc_value, args.exc_traceback, args.exc_type.__name__)

    def _take(self, error: BaseException | None, trace: TracebackType | None, kind: str) -> None:
        logger.error("Nobody caught this", exc_info=(type(error), error, trace) if error else None)
        place = (kind, *_origin(trace))
        if place not in self._seen:
            self._seen.add(place)
            self._caught.emit(self._in_words(error, kind))

    def _in_words(self, error: BaseException | None, kind: str) -> DeskcronError:
        if isinstance(error, DeskcronError):
            return error
        return RequestFailed(
            title=_("Something went wrong in the window"),
            detail=f"{kind}: {error}",
            hint=_("deskcron goes on. {log} says more.").format(log=self._log),
        )

    @Slot(object)
    def _tell(self, error: DeskcronError) -> None:
        self.told.emit(error)


def _origin(trace: TracebackType | None) -> tuple[str, int]:
    """Return file and line where an error was raised."""
    if trace is None:
        return "", 0
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_filename, trace.tb_lineno
