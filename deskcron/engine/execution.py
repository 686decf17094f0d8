"""Start one run: start evidence first, then the process or the presentation."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial
from typing import NamedTuple

from deskcron.domain.action import (
    Presentation,
    ProcessLaunch,
    StartFailed,
    UnknownAction,
    Workspace,
)
from deskcron.domain.environment import Environments
from deskcron.domain.machine import KeepAwake
from deskcron.domain.policy import Io, Policy
from deskcron.domain.ports import Clock, Exit, Process, Processes, RunLogs
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import RunEnd
from deskcron.domain.run import Status
from deskcron.domain.sizewords import MB
from deskcron.domain.texts import gettext as _
from deskcron.engine.endings import Endings, outcome
from deskcron.engine.ready import Ready
from deskcron.engine.runcontext import run_context

logger = logging.getLogger(__name__)

NO_ROOM_BYTES = 64 * 1024
"""With less on its disk a program is taken to have found no room for its output."""


class Going(NamedTuple):
    """A run whose process has started. `started_s` is on the monotonic clock.

    By `error_fd` it can be told whether anything was written to the error output.
    `let_sleep` is called when its end is recorded, where the machine was kept awake.
    """

    ready: Ready
    process: Process
    started_at: datetime
    started_s: float
    let_sleep: Callable[[], None] | None = None
    error_fd: int | None = None


class Execution:
    """Start runs and record how they ended. Thread: any, each run by one at a time.

    `begun` is told of each process that has started, and returns at once. What `may_start` refuses
    is no business of ours any more.
    """

    def __init__(
        self,
        processes: Processes,
        logs: RunLogs,
        workspace: Workspace,
        environments: Environments,
        endings: Endings,
        clock: Clock,
        keep_awake: KeepAwake,
        *,
        log_limit_bytes: int,
        begun: Callable[[Ready], None],
        may_start: Callable[[Ready], bool],
    ) -> None:
        self._processes = processes
        self._logs = logs
        self._workspace = workspace
        self._environments = environments
        self._endings = endings
        self._clock = clock
        self._keep_awake = keep_awake
        self._begun = begun
        self._may_start = may_start
        self._log_limit_bytes = log_limit_bytes

    def start(self, ready: Ready) -> Going | None:
        """Start a run; None when it has ended already, or could not or may not start."""
        if not self._may_start(ready):
            return None
        job = ready.job
        if job.fault is not None or isinstance(job.action, UnknownAction):
            self._not_started(ready, job.fault or Why(Reason.UNKNOWN_KIND))
            return None
        starts = job.action.starts_process
        base = self._environments.of(job.policy.environment) if starts else {}
        context = run_context(ready, self._logs, base)
        try:
            launch = job.action.prepare(context, self._workspace)
            if isinstance(launch, Presentation):
                self._present(ready, launch)
                return None
            return self._launch(ready, launch._replace(base=base), set(context.environment()))
        except StartFailed as failure:
            self._not_started(ready, failure.why)
        except OSError as error:
            told = f"{error.strerror} ({error.filename})" if error.filename else str(error)
            self._not_started(ready, Why(Reason.START_FAILED, {"error": told}))
        return None

    def take_over(self, going: Going) -> Going:
        """Do for a run that an earlier engine has started what is done at a start."""
        return going._replace(let_sleep=self._kept_awake(going.ready))

    def warn(self, going: Going) -> None:
        """Tell that a run takes longer than its job was thought to."""
        self._endings.warn(going.ready, self._clock.now())

    def output_limit_bytes(self, ready: Ready) -> int:
        """Return how much of a run's output is kept."""
        limit_mb = ready.job.policy.output_limit_mb
        return self._log_limit_bytes if limit_mb is None else limit_mb * MB

    def finish(
        self, going: Going, exited: Exit, stopped: tuple[Status, Why] | None, dropped_bytes: int
    ) -> None:
        """Record the end of a process; `stopped` says why deskcron ended it, if it did."""
        ready = going.ready
        if exited == Exit():
            exited = self._logs.read_record(ready.run_id, ready.attempt).exit or exited
        codes, has_leftovers = ready.job.policy.exit_codes, going.process.has_leftovers()
        status, why = stopped or outcome(exited, codes, has_leftovers=has_leftovers)
        if why is not None and why.code is Reason.EXIT_CODE:
            why = self._on_full_disk(why)
        size = self._logs.size_bytes(ready.run_id, ready.attempt)
        limit_bytes = self.output_limit_bytes(ready)
        if size > limit_bytes:
            dropped = self._logs.keep_newest(ready.run_id, ready.attempt, limit_bytes) or 0
            size, dropped_bytes = size - dropped, dropped_bytes + dropped
        self._endings.record(
            ready,
            RunEnd(
                ready.run_id,
                status,
                going.started_at,
                self._clock.now(),
                why,
                self._clock.monotonic() - going.started_s,
                exited.code,
                exited.signal,
                size,
                dropped_bytes,
                _wrote_to(going.error_fd),
            ),
            then=going.let_sleep,
        )
        going.process.close()

    def cancel(self, ready: Ready, why: Why) -> None:
        """Record that a run will not start any more."""
        self._endings.record(
            ready, RunEnd(ready.run_id, Status.CANCELLED, None, self._clock.now(), why)
        )

    def broken(self, ready: Ready, error: Exception) -> None:
        """Record that a run could not be started for a reason nobody foresaw."""
        self._not_started(ready, Why(Reason.START_FAILED, {"error": str(error)}))

    def _on_full_disk(self, why: Why) -> Why:
        """Say that a program failed with the disk of its output full, which the log cannot tell."""
        free = self._logs.free_bytes()
        if free is None or free >= NO_ROOM_BYTES:
            return why
        return Why(why.code, {**why.args, "free_bytes": free})

    def _launch(self, ready: Ready, launch: ProcessLaunch, told: AbstractSet[str]) -> Going | None:
        """Start the process; `told` are the variables that tell of the run."""
        try:
            output_fd = self._logs.create(ready.run_id, ready.attempt)
        except FileExistsError:
            self._may_have_started(ready)
            return None
        try:
            self._keep_environment(ready, launch, told)
            if ready.job.policy.exact:
                record = self._logs.record_path(ready.run_id, ready.attempt)
                launch = self._processes.recorded(launch, record)
            started_at, started_s = self._clock.now(), self._clock.monotonic()
            gentle = _as_gentle_as(ready.job.policy, launch)
            error_fd = self._error_fd(ready)
            try:
                process = self._processes.start(gentle, output_fd, error_fd)
            except BaseException:
                _wrote_to(error_fd)
                raise
        finally:
            os.close(output_fd)
        self._begun(ready)
        let_sleep = self._kept_awake(ready)
        going = Going(ready, process, started_at, started_s, let_sleep, error_fd)
        if not launch.waits:
            self.finish(going, Exit(code=0), None, 0)
            return None
        return going

    def _keep_environment(
        self, ready: Ready, launch: ProcessLaunch, told: AbstractSet[str]
    ) -> None:
        """Keep what the process is given, but for what the run's row says; no start fails by it."""
        given = {name: text for name, text in launch.over({}).items() if name not in told}
        try:
            self._logs.keep_environment(ready.run_id, ready.attempt, given)
        except OSError as error:
            logger.warning("The environment of run %d is not kept: %s", ready.run_id, error)

    def _error_fd(self, ready: Ready) -> int | None:
        """Give the error output a descriptor of its own, where somebody wants to know of it."""
        if not ready.job.policy.watchdogs.errors:
            return None
        return self._logs.open_again(ready.run_id, ready.attempt)

    def _kept_awake(self, ready: Ready) -> Callable[[], None] | None:
        """Keep the machine awake for a job that wants it; return what lets it sleep again."""
        if not ready.job.policy.keep_awake:
            return None
        why = _("The job {name} runs").format(name=ready.job.name)
        return self._keep_awake.hold(why, partial(self._endings.may_have_slept, ready.run_id))

    def _present(self, ready: Ready, presentation: Presentation) -> None:
        now = self._clock.now()
        self._endings.record(
            ready, RunEnd(ready.run_id, Status.SUCCEEDED, now, now, duration_s=0.0), presentation
        )

    def _may_have_started(self, ready: Ready) -> None:
        """Record that there is start evidence from before; what was written is kept."""
        end = RunEnd(
            ready.run_id,
            Status.INTERRUPTED,
            None,
            self._clock.now(),
            Why(Reason.MAY_HAVE_STARTED),
            output_bytes=self._logs.size_bytes(ready.run_id, ready.attempt),
        )
        self._endings.record(ready, end)

    def _not_started(self, ready: Ready, why: Why) -> None:
        self._endings.record(
            ready, RunEnd(ready.run_id, Status.FAILED, None, self._clock.now(), why)
        )


def _as_gentle_as(policy: Policy, launch: ProcessLaunch) -> ProcessLaunch:
    return launch._replace(nice=policy.nice, is_io_idle=policy.io is Io.IDLE)


def _wrote_to(error_fd: int | None) -> bool:
    """Close a descriptor and tell whether anything was written by it, by whoever shares it.

    Each write to a file that is appended to leaves the position at the end of the file.
    """
    if error_fd is None:
        return False
    position = os.lseek(error_fd, 0, os.SEEK_CUR)
    os.close(error_fd)
    return position > 0
