"""Runs that print what a test wants, when it wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from waiting import until

from deskcron.engine.facade import Facade

START_S = 20.0


@pytest.fixture
def start(engine: None, facade: Facade) -> Callable[..., int]:
    """Return a way to run a shell script in the engine; it gives the number of the run."""
    numbers = count(1)

    def run(text: str, **policy: Any) -> int:
        saved = facade.jobs.add(
            {
                "format": 1,
                "name": f"Job {next(numbers)}",
                "triggers": [],
                "action": {"kind": "script", "text": text, "interpreter": "sh"},
                "policy": {"notify": "never", **policy},
            }
        )
        return facade.control.run(saved.job.id)

    return run


@pytest.fixture
def ended(start: Callable[..., int], facade: Facade) -> Callable[..., int]:
    """Return a way to run a shell script to its end."""

    def run(text: str, **policy: Any) -> int:
        run_id = start(text, **policy)
        assert not facade.control.wait(run_id, START_S).status.is_open
        return run_id

    return run


class Held:
    """A run that goes on until it is let go; the test writes its output."""

    def __init__(self, facade: Facade, run_id: int, gate: Path) -> None:
        self.run_id = run_id
        self._facade = facade
        self._gate = gate

    def write(self, data: bytes) -> None:
        """Append to the log as the program would."""
        with self._facade.history.log_path(self.run_id).open("ab") as log:
            log.write(data)

    def replace(self, data: bytes) -> None:
        """Let the log have this content, as if it had been cut at its front."""
        self._facade.history.log_path(self.run_id).write_bytes(data)

    def let_go(self) -> None:
        """Let the run end, and wait for it."""
        self._gate.touch()
        assert not self._facade.control.wait(self.run_id, START_S).status.is_open


@pytest.fixture
def held(start: Callable[[str], int], facade: Facade, tmp_path: Path) -> Iterator[Held]:
    """Return a run that is going on."""
    gate = tmp_path / "gate"
    run_id = start(f"until [ -e '{gate}' ]; do sleep 0.02; done")
    until(facade.history.log_path(run_id).exists, "the run has its log")
    yield Held(facade, run_id, gate)
    gate.touch()
