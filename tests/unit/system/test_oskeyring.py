"""The keyring of the system, as the library finds it, and the processes that get its values."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail, null
from keyring.errors import KeyringLocked
from memoryring import MemoryRing

from deskcron.domain.action import ProcessLaunch, RunContext, StartFailed
from deskcron.domain.ports import Exit
from deskcron.domain.reason import Reason
from deskcron.domain.secret import KeyringClosed
from deskcron.system.oskeyring import SERVICE, OsKeyring
from deskcron.system.processes import processes_for
from deskcron.system.processes.secretprocesses import SecretProcesses
from deskcron.system.runlog import FileRunLogs


@pytest.fixture
def ring() -> Iterator[MemoryRing]:
    """Return the keyring of the session."""
    before = keyring.get_keyring()
    found = MemoryRing()
    keyring.set_keyring(found)
    yield found
    found.open.set()
    keyring.set_keyring(before)


def test_a_value_is_kept_replaced_and_forgotten(ring) -> None:
    """Values stand under the service of deskcron; forgetting what is not there is no error."""
    keeper = OsKeyring()
    keeper.set("A", "1")
    keeper.set("A", "2")
    assert ring.kept == {(SERVICE, "A"): "2"}
    assert keeper.get("A") == "2"
    keeper.remove("A")
    keeper.remove("A")
    assert keeper.get("A") is None


def test_what_is_in_the_way_is_told_before_anything_is_kept(ring) -> None:
    """No keyring is an obstacle; one that is there is none, and is asked nothing."""
    ring.error = AssertionError("asked")
    assert OsKeyring().obstacle() == ""
    keyring.set_keyring(fail.Keyring())
    assert "has no keyring" in OsKeyring().obstacle()


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_a_session_without_keyring_is_told_of(ring, backend) -> None:
    """Nothing is kept where nothing keeps it."""
    keyring.set_keyring(backend())
    with pytest.raises(KeyringClosed, match="has no keyring"):
        OsKeyring().set("A", "1")


def test_plain_files_are_refused(ring) -> None:
    """A back end that keeps values readable gets none, whoever has chosen it."""
    plain = type("PlaintextKeyring", (MemoryRing,), {"__module__": "keyrings.alt.file"})()
    keyring.set_keyring(plain)
    with pytest.raises(KeyringClosed, match="PlaintextKeyring is not a safe place"):
        OsKeyring().set("A", "1")
    assert not plain.kept


def test_what_a_keyring_raises_is_told_in_words(ring) -> None:
    """A locked keyring is an error that says what to do."""
    ring.error = KeyringLocked("Failed to unlock the collection")
    with pytest.raises(KeyringClosed, match="Failed to unlock the collection"):
        OsKeyring().get("A")


def test_a_keyring_that_does_not_answer_holds_nobody_up(ring) -> None:
    """A question for the person that stays open ends the wait after a while."""
    ring.open.clear()
    with pytest.raises(KeyringClosed, match="gives no answer"):
        OsKeyring(patience_s=0.05).get("A")


@pytest.fixture
def printed(ring, tmp_path):
    """Start a program with these variables and return what it printed."""
    own = {"PATH": "/usr/bin:/bin"}
    machine = processes_for(sys.platform, own)
    processes = SecretProcesses(machine, OsKeyring(), own)
    logs = FileRunLogs(tmp_path)
    context = RunContext(1, "${secret:A}", "schedule", None, 1)

    def start(**variables: str) -> str:
        code = "import os; print(os.environ.get('V'), os.environ['DESKCRON_JOB'])"
        environment = {**variables, **context.environment()}
        argv = (sys.executable, "-c", code)
        launch = ProcessLaunch(argv, str(tmp_path), environment, masks_itself=True)
        fd = logs.create(1, 1)
        with open(fd, "wb"):  # noqa: PTH123 - a descriptor
            process = processes.start(launch, fd)
        assert process.wait(20) == Exit(code=0)
        process.close()
        return Path(logs.path(1, 1)).read_text()

    yield start
    machine.close()


def test_a_child_gets_the_values(ring, printed) -> None:
    """References in the job's own variables are filled, in the name of the job they are not."""
    ring.set_password(SERVICE, "A", "1 2")
    assert printed(V="<${secret:A}>") == "<1 2> ${secret:A}\n"


def test_what_tells_of_the_run_is_no_reference(ring, printed) -> None:
    """A file that is named like a reference, or a job, does not get a secret."""
    ring.error = AssertionError("asked")
    assert printed(V="x", DESKCRON_FILE="/${secret:A}") == "x ${secret:A}\n"


def test_without_references_no_keyring_is_asked(ring, printed) -> None:
    """Most jobs have no secrets and need no keyring."""
    ring.error = KeyringLocked("locked")
    assert printed(V="x") == "x ${secret:A}\n"


def test_a_missing_secret_is_a_reason(ring, printed) -> None:
    """A job that cannot get its secret does not start."""
    with pytest.raises(StartFailed) as failed:
        printed(V="${secret:B}")
    assert failed.value.why == (Reason.SECRET_MISSING, {"name": "B"})


def test_a_closed_keyring_is_a_reason(ring, printed) -> None:
    """A locked keyring is told apart from a secret that is not there."""
    ring.error = KeyringLocked("locked")
    with pytest.raises(StartFailed) as failed:
        printed(V="${secret:B}")
    assert failed.value.why == (Reason.SECRET_UNREADABLE, {"name": "B", "error": "locked"})
