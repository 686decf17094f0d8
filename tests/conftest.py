"""What holds for every test: no display, no real data, no unexpected log records or threads."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).with_name("support")))  # what several folders share

# Before anything imports Qt, which ends the whole process where it finds no display.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The login shell, here and in child processes, reads no files of the person's.
os.environ["SHELL"] = str(Path(__file__).with_name("support") / "plainshell")

# A busy machine is not a bug, so no example has a deadline. How many examples are tried is said
# here alone: --hypothesis-profile=thorough, or long, tries more than one waits for while working.
settings.register_profile("quick", deadline=None, print_blob=True, max_examples=10)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True, max_examples=100)
settings.register_profile("thorough", deadline=None, print_blob=True, max_examples=100)
settings.register_profile("long", deadline=None, print_blob=True, max_examples=5_000)
settings.load_profile("ci" if os.environ.get("CI") else "quick")

# Started in the background or under nohup, a program and its children are deaf to these.
for _number, _handler in (
    (signal.SIGINT, signal.default_int_handler),
    (signal.SIGHUP, signal.SIG_DFL),
):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _handler)

THREAD_GRACE_S = 1.0


def pytest_configure() -> None:
    """Look for garbage seldom: nearly all that a test leaves goes without a search."""
    gc.set_threshold(50_000)


def pytest_collection_finish() -> None:
    """Look for no garbage in what was collected: it stays to the end."""
    gc.freeze()


class RecordCollector(logging.Handler):
    """Keeps the log records that should make someone look."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)


@pytest.fixture(scope="session")
def memory() -> Path | None:
    """Return where the system keeps files in memory; None where it has no such place."""
    place = Path("/dev/shm")
    return place if os.access(place, os.W_OK) else None


@pytest.fixture
def memory_path(memory: Path | None) -> Iterator[Path]:
    """Return a directory in memory, where the system has that, for what is not about disks."""
    with TemporaryDirectory(prefix="deskcron-test-", dir=memory) as path:
        yield Path(path)


@pytest.fixture(scope="session")
def _places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the names of places that nobody has used yet."""
    top = tmp_path_factory.mktemp("places")
    return (top / str(number) for number in count(1))


@pytest.fixture(autouse=True)
def deskcron_home(_places: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point deskcron, here and in child processes, to data of this test's own; none is there.

    What starts at login, what Qt remembers of its dialogs, and what login shells read and leave
    behind is not the person's either.
    """
    place = next(_places)
    place.mkdir()
    home = place / "deskcron-home"
    monkeypatch.setenv("DESKCRON_HOME", str(home))
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(place / "config"))
    return home


@pytest.fixture(autouse=True)
def _log_records(request: pytest.FixtureRequest) -> Iterator[RecordCollector]:
    """Fail a test that logs a warning or worse without having asked for `expected_logs`."""
    collector = RecordCollector()
    logging.getLogger().addHandler(collector)
    yield collector
    logging.getLogger().removeHandler(collector)
    if "expected_logs" not in request.fixturenames and collector.records:
        lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in collector.records]
        pytest.fail("Unexpected log records:\n" + "\n".join(lines), pytrace=False)


@pytest.fixture
def expected_logs(_log_records: RecordCollector) -> list[logging.LogRecord]:
    """Allow warnings and errors in the log; the list fills with them for the test to look at."""
    return _log_records.records


@pytest.fixture(autouse=True)
def _no_threads_left() -> Iterator[None]:
    """Fail a test after which a thread of deskcron's own is still running."""
    before = set(threading.enumerate())
    yield
    ours = [t for t in threading.enumerate() if t.name.startswith("deskcron-") and t not in before]
    for thread in ours:
        thread.join(THREAD_GRACE_S)
    left = [thread.name for thread in ours if thread.is_alive()]
    if left:
        pytest.fail(f"Threads left running: {', '.join(left)}", pytrace=False)
