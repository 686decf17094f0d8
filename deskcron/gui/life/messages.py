"""Take what Qt has to say: into the log, and in words where it would end the process."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from deskcron.gui.life.guard import no_window

logger = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
NO_WINDOW = 2
"""The exit code of a start without a window."""


class Messages:
    """The handler of Qt's messages.

    While the application starts a fatal one means that there is no usable display: Qt aborts
    after it, so the handler ends the process itself.
    """

    def __init__(self, end: Callable[[int], object] = os._exit) -> None:
        self._end = end
        self._is_starting = True
        self._first = ""

    def install(self) -> None:
        """Begin to take messages."""
        qInstallMessageHandler(self._take)

    def started(self) -> None:
        """From now on there is a display: messages go to the log."""
        self._is_starting = False

    def remove(self) -> None:
        """Leave messages to Qt."""
        qInstallMessageHandler(None)

    def _take(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        level = _LEVELS.get(kind)
        if level is None:
            return
        if not self._is_starting:
            logger.log(level, "Qt (%s): %s", context.category, text)
            return
        self._first = self._first or text
        if kind is QtMsgType.QtFatalMsg:
            sys.stderr.write(f"{no_window(self._first.strip(), '')}\n")
            sys.stderr.flush()
            self._end(NO_WINDOW)
