"""The engine's own log file; where it cannot be written, that is told once, in a line."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from deskcron.domain.texts import gettext as _

BYTES = 1024**2
FILES = 3
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class EngineLog(RotatingFileHandler):
    """A bounded log file (0600), made with its first record.

    Never raises; a full disk must not drown the terminal in tracebacks.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=BYTES, backupCount=FILES, encoding="utf-8", delay=True)
        self.setFormatter(logging.Formatter(FORMAT))
        self._is_told = False

    def _open(self) -> TextIOWrapper:
        """Open the file as logging does, for its owner alone."""

        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, "a", encoding="utf-8", opener=private)

    def close(self) -> None:
        """Let go of the file; what it has not taken by now is lost, and was told."""
        with suppress(OSError):
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say once that the log cannot be written, with the message that was lost."""
        if self._is_told:
            return
        self._is_told = True
        text = _("The engine's log cannot be written: {error}. The message was: {message}")
        error = sys.exc_info()[1]
        sys.stderr.write(text.format(error=error, message=record.getMessage()) + "\n")
