"""Logouts for the torture: engine and jobs are asked to end together, and killed together."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

from torture import PLAIN_ENDS, Torture
from waiting import until

from deskcron.domain.run import Status

LONGEST_GRACE_S = 0.3
"""Between TERM and KILL; a session gives more, and fewer surprises."""


class LogoutTorture(Torture):
    """The torture on jobs that do not outlive the engine: no run starts again, each is told of."""

    told = frozenset({Status.INTERRUPTED, Status.UNKNOWN, Status.FAILED})
    may_not_begin = told
    may_be_cut = told

    def _end(self, daemon):
        """Send TERM to all in any order, later KILL; what begins meanwhile gets only that."""
        pids = [daemon.pid, *self._desk.job_pids()]
        self._random.shuffle(pids)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        self._pause.wait(self._random.uniform(0, LONGEST_GRACE_S))
        daemon.kill()
        code = daemon.wait()
        if code not in {0, -signal.SIGTERM, -signal.SIGKILL}:
            self._faults.append(f"an engine ended with exit code {code}: {daemon.text}")
        until(self._kill_jobs, "no job is left")

    def _kill_jobs(self):
        self._desk.kill_jobs()
        return not self._desk.job_pids()

    def _going(self):
        return set()

    def _ends_of(self, kind):
        return PLAIN_ENDS | {(Status.FAILED, "signal"), (Status.FAILED, "exit-code")}
