"""Remember where the window was and how wide its columns, in a small file beside the data."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

logger = logging.getLogger(__name__)


class _State(msgspec.Struct, frozen=True):
    """What the file holds."""

    geometry: bytes = b""
    columns: Mapping[str, Sequence[int]] = {}


class WindowMemory:
    """Keep the place of the window; losing it is worth a line in the log, no more.

    The file has less than 500 bytes, so it is read and written where the window is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = self._state = self._read()

    def recall(self) -> bytes:
        """Return size and place as they were kept; nothing if there is nothing."""
        return self._state.geometry

    def columns(self, table: str) -> Sequence[int]:
        """Return the widths of the columns of a table; none if they were never dragged."""
        return self._state.columns.get(table, ())

    def note_columns(self, table: str, widths: Sequence[int]) -> None:
        """Have widths kept with the place of the window."""
        columns = {**self._state.columns, table: tuple(widths)}
        self._state = msgspec.structs.replace(self._state, columns=columns)

    def keep(self, geometry: bytes) -> None:
        """Keep everything for the next time."""
        self._state = msgspec.structs.replace(self._state, geometry=geometry)
        if self._state == self._kept:
            return
        try:
            self._path.write_bytes(msgspec.json.encode(self._state))
        except OSError as error:
            logger.info("The place of the window is not kept: %s", error)
        else:
            self._kept = self._state

    def _read(self) -> _State:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_State)
        except FileNotFoundError:
            return _State()
        except (OSError, msgspec.DecodeError) as error:
            logger.info("The place of the window is not known: %s", error)
            return _State()
