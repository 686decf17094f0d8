"""Say what a run executed: the action of the very revision that its row names."""

from __future__ import annotations

import shlex
from typing import Any

import msgspec

from deskcron.domain.answers import RunDetail
from deskcron.domain.codec import UNDECODABLE
from deskcron.domain.concealing import masked_text
from deskcron.domain.ports import RunLogs
from deskcron.domain.reason import Reason
from deskcron.domain.run import JobId, Run, Running, Status
from deskcron.domain.storage import Tables
from deskcron.engine.definitions import Definitions
from deskcron.engine.jobwords import action_words
from deskcron.engine.lanes import runs_in

_WRITTEN = ("script", "python")
"""The kinds of action whose text is a script."""


class _Action(msgspec.Struct, frozen=True):
    """What the actions of all kinds may have. Any: of values only the names are looked at."""

    kind: str = ""
    directory: str = ""
    environment: dict[str, Any] = {}
    text: str = ""
    interpreter: str = ""
    arguments: Any = ()

    def script(self) -> str:
        """Return the script that is written in the job, as it may be shown, "" without one."""
        return masked_text(self.text) if self.kind in _WRITTEN else ""

    def script_arguments(self) -> str:
        """Return what such a script is given, quoted as a shell would need it."""
        if self.kind != "script" or not self.text or not isinstance(self.arguments, list):
            return ""
        return masked_text(shlex.join(map(str, self.arguments)))

    def unsaid_interpreter(self) -> str:
        """Return the interpreter where the words of the action do not begin with it."""
        return self.interpreter if self.script() or self.kind == "python" else ""


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
        text=action.script(),
        interpreter=action.unsaid_interpreter(),
        arguments=action.script_arguments(),
        attempts=tuple(tables.runs.attempts(run.id)) if run.attempt > 1 else (),
        previous=_previous(tables, run),
        goes_on_at=tables.wakeups.starts_at(run.id) if run.status is Status.WAITING else None,
        ahead=_ahead(tables, run),
        is_job_there=_is_there(tables, run.job_id),
    )


def _is_there(tables: Tables, job_id: JobId) -> bool:
    stored = tables.jobs.get(job_id)
    return stored is not None and stored.removed_at is None


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
