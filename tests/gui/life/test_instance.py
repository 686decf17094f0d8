"""Later starts reach the window that runs."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDir
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from deskcron.domain.opening import Opening
from deskcron.gui.life.instance import Address, InstanceMessage, InstanceServer, Reached, reach

WAIT_MS = 20_000
CALLER = """
import sys
from deskcron.domain.opening import Opening
from deskcron.gui.life.instance import Address, InstanceMessage, Reached, reach
name, opening, token = sys.argv[1:]
message = InstanceMessage(Opening(opening), token)
print(reach(Address(name), message, 10).name)
"""


@pytest.fixture(params=["short", "long" * 30])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Return the address of this test's own data directory, with room for a socket or without."""
    data = tmp_path / request.param
    data.mkdir()
    return Address.of(data)


@pytest.fixture
def instances(qtbot: QtBot, address: Address) -> Iterator[InstanceServer]:
    """Return a listening server."""
    instances = InstanceServer(address, may_obey)
    instances.open()
    yield instances
    instances.close()


def may_obey(call: InstanceMessage) -> bool:
    """Obey everybody but those who come with this token."""
    return call.token != "refused"


def called(
    qtbot: QtBot, instances: InstanceServer, address: Address, call: InstanceMessage
) -> Reached:
    """Call from another process, and return what it has heard."""
    command = [sys.executable, "-c", CALLER, address.name, call.opening, call.token]
    caller = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    signal = instances.called if may_obey(call) else instances.refused
    with qtbot.waitSignal(signal, timeout=WAIT_MS) as blocker:
        pass
    assert blocker.args == [call]
    return Reached[caller.communicate()[0].strip()]


def test_a_call_arrives_and_is_answered(qtbot: QtBot, instances: InstanceServer, address) -> None:
    """What a later start wants arrives with its token, one call after the other."""
    for opening in Opening:
        call = InstanceMessage(opening, "token of a click")
        assert called(qtbot, instances, address, call) is Reached.ANSWERED


def test_who_is_not_obeyed_hears_so(qtbot: QtBot, instances: InstanceServer, address) -> None:
    """What does not come about is told to the caller, and as a signal of its own."""
    call = InstanceMessage(Opening.QUIT, "refused")
    with qtbot.assertNotEmitted(instances.called):
        assert called(qtbot, instances, address, call) is Reached.REFUSED


def test_nobody_listens(qtbot: QtBot, address: Address) -> None:
    """Where nobody listens a call ends at once without an answer."""
    assert reach(address, InstanceMessage(Opening.SHOW), 5) is Reached.NOBODY


def test_one_who_does_not_answer_is_given_up(qtbot: QtBot, instances, address: Address) -> None:
    """A window that takes calls and does nothing is given up after the time."""
    # this thread should have answered
    assert reach(address, InstanceMessage(Opening.SHOW), 0.05) is Reached.SILENT


def test_what_a_killed_window_left_is_taken_away(qtbot: QtBot, address: Address) -> None:
    """The next window listens where a killed one has left its socket."""
    place = Path(QDir.tempPath()) / address.name
    if os.name == "nt":
        pytest.skip("named pipes leave nothing")
    place.write_bytes(b"")
    instances = InstanceServer(address, may_obey)
    instances.open()
    call = InstanceMessage(Opening.OPEN)
    assert called(qtbot, instances, address, call) is Reached.ANSWERED
    instances.close()
    assert not place.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_nobody_else_may_call(qtbot: QtBot, instances: InstanceServer, address: Address) -> None:
    """The socket is the person's alone."""
    mode = stat.S_IMODE((Path(QDir.tempPath()) / address.name).stat().st_mode)
    assert mode & 0o077 == 0


@pytest.mark.parametrize("words", [b"nonsense\n", b'{"opening": "dance"}\n', b"x" * 5000])
def test_what_is_no_call_is_hung_up_on(qtbot, instances, address, words, expected_logs) -> None:
    """Whoever says something else is hung up on, and the next call arrives."""
    socket = QLocalSocket()
    socket.connectToServer(address.name)
    assert socket.waitForConnected(WAIT_MS)
    with qtbot.waitSignal(socket.disconnected, timeout=WAIT_MS):
        socket.write(words)
        socket.flush()
    call = InstanceMessage(Opening.SHOW)
    assert called(qtbot, instances, address, call) is Reached.ANSWERED


def test_a_place_that_is_taken_is_logged(qtbot: QtBot, tmp_path, expected_logs) -> None:
    """Where nothing can listen the log says so, and nothing else happens."""
    instances = InstanceServer(Address(str(tmp_path / "missing" / "socket")), may_obey)
    instances.open()
    assert "cannot reach" in expected_logs[0].getMessage()


@pytest.mark.parametrize("name", ["short", "long" * 30])
def test_each_directory_has_its_own_address(tmp_path: Path, name: str) -> None:
    """Two directories differ; one directory is the same by each of its names."""
    tmp_path /= name
    tmp_path.mkdir()
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert Address.of(tmp_path / "a") != Address.of(tmp_path / "b")
    assert Address.of(tmp_path / "a") == Address.of(tmp_path / "link")
