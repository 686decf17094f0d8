"""One window for each data directory: later starts reach the first one."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from deskcron.domain.opening import Opening

logger = logging.getLogger(__name__)

ANSWER_S = 2.0
"""A window that listens and does not answer within this time is taken for stuck."""
_ANSWER = b"ok\n"
_REFUSAL = b"no\n"
_LONGEST_CALL = 4096
_LONGEST_PATH = 100


class InstanceMessage(msgspec.Struct, frozen=True):
    """What a later start wants; `token` lets the first one come to the front."""

    opening: Opening
    token: str = ""


class Reached(Enum):
    """What came of a call."""

    ANSWERED = auto()
    REFUSED = auto()
    SILENT = auto()
    """Somebody listens, and did not answer in time."""
    NOBODY = auto()


class Address(NamedTuple):
    """Where the window of a data directory listens."""

    name: str

    @classmethod
    def of(cls, data: Path) -> Address:
        """Return the address of a data directory, the same for each spelling of its path.

        It is inside, where only its owner comes; sockets with long paths cannot be made, and
        Windows has names instead, so there it is a name of its own.
        """
        inside = os.fsencode(data.resolve() / "window.socket")
        if os.name == "posix" and len(inside) <= _LONGEST_PATH:
            return cls(os.fsdecode(inside))
        return cls(f"deskcron-{hashlib.sha256(inside).hexdigest()[:16]}")


class InstanceServer(QObject):
    """Listen for later starts. Only the holder of the window's lock may.

    Where `may_obey` says no the caller hears of it, and `refused` comes in the place of `called`.
    """

    called = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        address: Address,
        may_obey: Callable[[InstanceMessage], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._address = address
        self._may_obey = may_obey
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._receive)

    def open(self) -> None:
        """Begin to listen; what a window that was killed has left is taken away."""
        QLocalServer.removeServer(self._address.name)
        if not self._server.listen(self._address.name):
            logger.warning("Later starts cannot reach this one: %s", self._server.errorString())

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _receive(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._read)

    def _read(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)  # noqa: S101 - nothing else is connected
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST_CALL:
                socket.abort()
            return
        try:
            call = msgspec.json.decode(socket.readLine().data(), type=InstanceMessage)
        except msgspec.MsgspecError as error:
            logger.warning("A start of another version was not understood: %s", error)
            socket.abort()
            return
        is_obeyed = self._may_obey(call)
        socket.write(_ANSWER if is_obeyed else _REFUSAL)
        socket.flush()
        socket.disconnectFromServer()
        (self.called if is_obeyed else self.refused).emit(call)


def reach(address: Address, call: InstanceMessage, timeout_s: float = ANSWER_S) -> Reached:
    """Tell the window that runs what is wanted, and wait for its answer."""
    timeout_ms = max(1, round(timeout_s * 1000))
    socket = QLocalSocket()
    socket.connectToServer(address.name)
    if not socket.waitForConnected(timeout_ms):
        return Reached.NOBODY
    socket.write(msgspec.json.encode(call) + b"\n")
    socket.flush()
    answer = bytes(socket.readAll().data()) if socket.waitForReadyRead(timeout_ms) else b""
    return {_ANSWER: Reached.ANSWERED, _REFUSAL: Reached.REFUSED}.get(answer, Reached.SILENT)
