"""Undo what a run has done to files."""

from __future__ import annotations

from deskcron.domain.errors import RequestFailed
from deskcron.domain.run import Status
from deskcron.domain.storage import Store
from deskcron.domain.texts import gettext as _
from deskcron.domain.tidyundo import PutBack, TidyJournals
from deskcron.engine.references import run_of


class TidyUndo:
    """Puts back what runs have tidied. Thread: any, not the GUI's: files are moved."""

    def __init__(self, store: Store, journals: TidyJournals) -> None:
        self._store = store
        self._journals = journals

    def may_undo(self, run_id: int) -> bool:
        """Tell whether a run that has ended left something to put back."""
        run = self._store.read(lambda tables: tables.runs.get(run_id))
        is_over = run is None or run.status is not Status.RUNNING
        return is_over and self._journals.may_undo(run_id)

    def undo(self, run_id: int) -> PutBack:
        """Put back what a run has moved, copied, renamed, packed or trashed, the newest first.

        What was changed since stays, and is told. Raises NotFound, and RequestFailed where there
        is nothing to undo or the run goes on.
        """
        run = self._store.read(lambda tables: run_of(tables, run_id))
        title = _("Run {run_id} cannot be undone").format(run_id=run_id)
        if run.status is Status.RUNNING:
            raise RequestFailed(
                title=title,
                detail=_("it is still running"),
                hint=_("Stop it in the history, or with 'deskcron stop {run_id}'.").format(
                    run_id=run_id
                ),
            )
        try:
            if not self._journals.may_undo(run_id):
                raise RequestFailed(title=title, detail=_("there is nothing to put back"))
            return self._journals.undo(run_id)
        except OSError as error:
            raise RequestFailed(title=title, detail=error.strerror or str(error)) from error
