"""Look at runs: the history, the output, and why a job did or did not run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from deskcron.domain.answers import RunDetail
from deskcron.domain.errors import NotFound
from deskcron.domain.explanation import Explanation
from deskcron.domain.ports import LogChunk, RunLogs
from deskcron.domain.records import RunFilter
from deskcron.domain.run import Attempt, JobId, Run
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.engine.definitions import Definitions
from deskcron.engine.explaining import Explaining
from deskcron.engine.references import known_job_of, run_of
from deskcron.engine.rulezones import RunZones
from deskcron.engine.rundetail import detail_of


class History:
    """Answer questions about runs. Thread: any; never call it on a GUI thread."""

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        logs: RunLogs,
        explaining: Explaining,
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._logs = logs
        self._explaining = explaining
        self._zones = RunZones()

    def page(self, wanted: RunFilter) -> Sequence[Run]:
        """Return runs, newest first."""
        return self._store.read(lambda tables: self._page(tables, wanted))

    def count(self, wanted: RunFilter, at_most: int) -> int:
        """Count matching runs, at most so many."""
        return self._store.read(lambda tables: tables.runs.count(wanted, at_most))

    def get(self, run_id: int) -> Run:
        """Return a run; raises NotFound."""
        return self._store.read(lambda tables: self._run(tables, run_id))

    def runs(self, ids: Sequence[int]) -> Sequence[Run]:
        """Return these runs in this order, without those that are no longer there."""

        def look(tables: Tables) -> list[Run]:
            found = [tables.runs.get(run_id) for run_id in ids]
            return [self._zones.told(tables, run) for run in found if run is not None]

        return self._store.read(look)

    def detail(self, run_id: int) -> RunDetail:
        """Return what a run executed and where its output is; raises NotFound."""
        return self._store.read(
            lambda tables: detail_of(
                tables, self._definitions, self._logs, self._run(tables, run_id)
            )
        )

    def job_id(self, ref: str) -> JobId:
        """Return the id of the job that is meant, also of a removed one; raises NotFound."""
        return self._store.read(lambda tables: known_job_of(tables, ref)).id

    def log_path(self, run_id: int, attempt: int | None = None) -> Path:
        """Return where the output of a run's latest or of another attempt is or would be.

        Raises NotFound.
        """
        run = self.get(run_id)
        return self._logs.path(run.id, _attempt_of(run, attempt))

    def attempts(self, run_id: int) -> Sequence[Attempt]:
        """Return how the attempts before a run's latest one went; raises NotFound."""

        def look(tables: Tables) -> Sequence[Attempt]:
            return tables.runs.attempts(run_of(tables, run_id).id)

        return self._store.read(look)

    def read_log(
        self, run_id: int, offset: int, limit_bytes: int = 65_536, attempt: int | None = None
    ) -> LogChunk:
        """Return decoded output of the latest or of another attempt; empty where there is none.

        Raises NotFound.
        """
        run = self.get(run_id)
        return self._logs.read(run.id, _attempt_of(run, attempt), offset, limit_bytes)

    def last_output(self, run_id: int, limit_bytes: int = 4096) -> str:
        """Return the end of what a run's latest attempt printed; raises NotFound."""
        run = self.get(run_id)
        begin = max(0, self._logs.size_bytes(run.id, run.attempt) - limit_bytes)
        text = self._logs.read(run.id, run.attempt, begin, limit_bytes).text
        return text if begin == 0 else text.partition("\n")[2] or text

    def why(self, ref: str) -> Explanation:
        """Say when a job last ran, what was decided, and what is in its way; raises NotFound."""
        return self._explaining.why(ref)

    def _run(self, tables: Tables, run_id: int) -> Run:
        return self._zones.told(tables, run_of(tables, run_id))

    def _page(self, tables: Tables, wanted: RunFilter) -> list[Run]:
        return [self._zones.told(tables, run) for run in tables.runs.page(wanted)]


def _attempt_of(run: Run, wanted: int | None) -> int:
    """Return the attempt that is meant, the latest for None; raises NotFound."""
    if wanted is None:
        return run.attempt
    if not 1 <= wanted <= run.attempt:
        raise NotFound(
            title=_("Run {run_id} has no attempt {attempt}").format(run_id=run.id, attempt=wanted),
            detail=ngettext("it had one", "it had {count}", run.attempt).format(count=run.attempt),
        )
    return wanted
