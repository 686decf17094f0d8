"""Say what a run executed: the action of the very revision that its row names."""

from __future__ import annotations

from typing import Any

import msgspec

from deskcron.domain.answers import RunDetail
from deskcron.domain.codec import UNDECODABLE
from deskcron.domain.ports import RunLogs
from deskcron.domain.reason import Reason
from deskcron.domain.run import Run, Running, Status
from deskcron.domain.storage import Tables
from deskcron.engine.definitions import Definitions
from deskcron.engine.jobwords import action_words
from deskcron.engine.lanes import runs_in


class _Action(msgspec.Struct, frozen=True):
    """What the actions of all kinds may have. Any: only the names are looked at."""

    kind: str = ""
    directory: str = ""
    environment: dict[str, Any] = {}


class _Executed(msgspec.Struct, frozen=True):
    action: _Action = _Action()


_executed_in = msgspec.json.Decoder(_Executed).decode


def detail_of(tables: Tables, definitions: Definitions, logs: RunLogs, run: Run) -> RunDetail:
    """Return the details of a run."""
    job = definitions.of_revision(tables, run.job_id, run.revision)
    action = _action(tables.jobs.body(run.job_id, run.revision))
    return RunDetail(
        run=run,
        kind=action.kind,
        command="" if job is None else action_words(job),
        directory=action.directory,
        environment_names=tuple(sorted(action.environment)),
        log_path=logs.path(run.id, run.attempt),
        is_log_there=logs.exists(run.id, run.attempt),
        attempts=tuple(tables.runs.attempts(run.id)) if run.attempt > 1 else (),
        previous=_previous(tables, run),
        goes_on_at=tables.wakeups.starts_at(run.id) if run.status is Status.WAITING else None,
        ahead=_ahead(tables, run),
    )


def _ahead(tables: Tables, run: Run) -> tuple[Running, ...]:
    """Return the runs that a run waits for: earlier ones of its job, or those in its lane."""
    if run.status is Status.WAITING and run.reason is Reason.BEHIND_PREVIOUS:
        open_runs = [one.run for one in tables.runs.open_runs(run.job_id)]
        return tuple(one.as_running() for one in open_runs if one.id < run.id)
    if run.status is Status.QUEUED and run.reason is Reason.LANE_FULL:
        return tuple(runs_in(tables, str(run.reason_args.get("lane", ""))))
    return ()


def _previous(tables: Tables, run: Run) -> Run | None:
    """Return the run that a run followed, None where it followed none or that is gone."""
    number = run.origin.get("previous_run_id", "")
    return tables.runs.get(int(number)) if number.isdecimal() else None


def added_environment(body: bytes) -> dict[str, str]:
    """Return what the action of a job adds to its environment."""
    added = _action(body).environment
    return {name: value for name, value in added.items() if isinstance(value, str)}


def _action(body: bytes | None) -> _Action:
    try:
        return _Action() if body is None else _executed_in(body).action
    except UNDECODABLE:
        return _Action()
