"""The engine's log."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from deskcron.system import enginelog
from deskcron.system.enginelog import EngineLog


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, as Linux has it")
def test_a_full_disk_is_told_once_in_a_line(capsys):
    """What cannot be written is told on the terminal once, without a traceback, also at the end."""
    log = EngineLog(Path("/dev/full"))
    for number in (1, 2):
        log.handle(logging.LogRecord("deskcron", logging.INFO, "", 0, f"tick {number}", (), None))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "No space left on device" in lines[0]
    assert "tick 1" in lines[0]
    log.close()  # which tries to write it once more
    assert log.stream is None
    assert capsys.readouterr().err == ""


def test_logs_are_for_their_owner(tmp_path, monkeypatch):
    """Nobody else can read the log or the ones before it, whatever the umask."""
    monkeypatch.setattr(enginelog, "BYTES", 10)
    log = EngineLog(tmp_path / "engine.log")
    before = os.umask(0)
    try:
        for number in range(3):
            log.handle(logging.LogRecord("x", logging.INFO, "", 0, f"tick {number}", (), None))
    finally:
        os.umask(before)
        log.close()
    written = list(tmp_path.iterdir())
    assert len(written) > 1
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
