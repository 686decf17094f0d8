"""What holds for every test: no display, no real data, no unexpected log records or threads."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).with_name("support")))  # what several folders share

# Before anything imports Qt, which ends the whole process where it finds no display.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine is not a bug, so no example has a deadline.
settings.register_profile("local", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

# Started in the background or under nohup, a program and its children are deaf to these.
for _number, _handler in (
    (signal.SIGINT, signal.default_int_handler),
    (signal.SIGHUP, signal.SIG_DFL),
):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _handler)

THREAD_GRACE_S = 1.0


class RecordCollector(logging.Handler):
    """Keeps the log records that should make someone look."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)


@pytest.fixture(autouse=True)
def deskcron_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point deskcron, here and in child processes, to data of this test's own."""
    home = tmp_path / "deskcron-home"
    monkeypatch.setenv("DESKCRON_HOME", str(home))
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
