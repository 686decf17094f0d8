"""Say which environment jobs get, and how it differs from a terminal's."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from deskcron.domain.concealing import masked_environment
from deskcron.domain.environment import (
    Base,
    Environment,
    Environments,
    Lookup,
    PathElsewhere,
)
from deskcron.domain.errors import BadInput, NotFound
from deskcron.domain.job import Job
from deskcron.domain.parity import Comparison, JobEnvironment, TerminalEnvironment, compared
from deskcron.domain.policy import Policy
from deskcron.domain.ports import RunLogs
from deskcron.domain.records import StoredJob
from deskcron.domain.run import Run
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.definitions import Definitions
from deskcron.engine.references import job_of, known_job_of, run_of
from deskcron.engine.rundetail import added_environment
from deskcron.engine.session import remember_session


class _WhenLooked(Mapping[str, str]):
    """An environment that is found out when it is looked at first: a shell may take its time."""

    def __init__(self, find: Callable[[], Mapping[str, str]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> Mapping[str, str]:
        return self._find()

    def __getitem__(self, name: str) -> str:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class EnvironmentService:
    """Answer questions about environments. Thread: any, not the GUI's: it may ask a shell.

    `present` are those of the process that is the engine, or would be; `own` is the environment
    that this process was started in.
    """

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        logs: RunLogs,
        present: Callable[[], Environments],
        own: Mapping[str, str],
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._logs = logs
        self._present = present
        self._own = own

    def of_job(self, ref: str) -> JobEnvironment:
        """Return what a run of the job would get now; raises NotFound."""
        stored, rules, values = self._now(ref)
        return JobEnvironment(
            job=stored.name,
            run_id=None,
            base=rules.base,
            variables=masked_environment(values),
            remark=self._remark(rules),
        )

    def of_run(self, ref: str, run_id: int) -> JobEnvironment:
        """Return what a run of the job was started with; raises NotFound, BadInput."""

        def look(tables: Tables) -> tuple[StoredJob, Run, Job | None]:
            run = run_of(tables, run_id)
            job = self._definitions.of_revision(tables, run.job_id, run.revision)
            return known_job_of(tables, ref), run, job

        stored, run, job = self._store.read(look)
        if run.job_id != stored.id:
            text = _("Run {id} is not one of '{name}'")
            raise BadInput(title=text.format(id=run.id, name=stored.name))
        kept = self._logs.environment(run.id, run.attempt)
        if kept is None:
            raise NotFound(
                title=_("No environment of run {id} is kept").format(id=run.id),
                detail=_("it started no program, or was made by an earlier deskcron"),
            )
        rules = (job.policy if job else Policy()).environment
        return JobEnvironment(job=stored.name, run_id=run.id, base=rules.base, variables=dict(kept))

    def of_terminal(self) -> TerminalEnvironment:
        """Return what a terminal would have that is opened now: what the login shell makes."""
        rules = Environment()
        return TerminalEnvironment(
            variables=masked_environment(self._present().of(rules)), remark=self._remark(rules)
        )

    def differences(
        self, ref: str, terminal: Mapping[str, str], run_id: int | None = None
    ) -> Comparison:
        """Compare what the job gets, or a run of it was started with, with a terminal's.

        Raises as the two above.
        """
        here = self._now(ref)[2] if run_id is None else self.of_run(ref, run_id).variables
        return compared(here, terminal, os.pathsep)

    def lookup(self, rules: Environment) -> Lookup:
        """Say where the programs of a job are looked for, and where else there may be some."""

        def elsewhere() -> list[PathElsewhere]:
            login = self._present().of(Environment()).get("PATH", "")
            here = _("The environment deskcron was started in")
            return [
                PathElsewhere(_("The login shell"), login),
                PathElsewhere(here, self._own.get("PATH", "")),
            ]

        return Lookup(_WhenLooked(lambda: self._present().of(rules)), elsewhere)

    def remember(self, session: Mapping[str, str]) -> None:
        """Keep how to reach the session of a window; raises StoreUnavailable."""
        remember_session(self._store, session)

    def _now(self, ref: str) -> tuple[StoredJob, Environment, Mapping[str, str]]:
        """Return a job, its rules, and what they and its action make at present."""
        stored = self._store.read(lambda tables: job_of(tables, ref))
        rules = self._definitions.present(stored).policy.environment
        return stored, rules, {**self._present().of(rules), **added_environment(stored.body)}

    def _remark(self, rules: Environment) -> str:
        report = self._present().report()
        if rules.base is not Base.LOGIN or report is None or not report.fault:
            return ""
        text = _("The login shell {shell} gave no environment: {fault}. The session's is used.")
        return text.format(shell=report.shell, fault=report.fault)
