"""Remember where the window was, in a small file beside the data."""

from __future__ import annotations

import logging
from pathlib import Path

logger = logging.getLogger(__name__)


class WindowMemory:
    """Keep size and place of the window; losing them is worth a line in the log, no more.

    The file has less than 200 bytes, so it is read and written where the window is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = b""

    def recall(self) -> bytes:
        """Return what was kept; nothing if there is nothing."""
        try:
            self._known = self._path.read_bytes()
        except FileNotFoundError:
            self._known = b""
        except OSError as error:
            logger.info("The place of the window is not known: %s", error)
        return self._known

    def keep(self, geometry: bytes) -> None:
        """Keep it for the next time."""
        if geometry == self._known:
            return
        try:
            self._path.write_bytes(geometry)
        except OSError as error:
            logger.info("The place of the window is not kept: %s", error)
        else:
            self._known = geometry
