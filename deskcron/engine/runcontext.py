"""What an action is told about a run, at its start and for the checks before it."""

from __future__ import annotations

from collections.abc import Mapping

from deskcron.domain.action import RunContext
from deskcron.domain.ports import RunLogs
from deskcron.engine.ready import Ready


def run_context(ready: Ready, logs: RunLogs, base: Mapping[str, str]) -> RunContext:
    """Return it; programs are looked for in `base`."""
    return RunContext(
        ready.run_id,
        ready.job.name,
        ready.cause,
        ready.due_at,
        ready.attempt,
        _origin(ready, logs),
        base,
    )


def _origin(ready: Ready, logs: RunLogs) -> Mapping[str, str]:
    """Return what a run came from, with the log of the run before."""
    before = ready.origin.get("previous_run_id")
    if before is None:
        return ready.origin
    log = logs.path(int(before), int(ready.origin["previous_attempt"]))
    return {**ready.origin, "previous_log": str(log)}
