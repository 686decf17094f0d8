"""Lead from one page of the window to another, and to the dialogs over it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from deskcron.domain.run import RunId
from deskcron.gui.life.forms import Forms
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.shell.places import Place
from deskcron.gui.shell.window import MainWindow

if TYPE_CHECKING:
    from deskcron.gui.environment.dialog import EnvironmentDialog
    from deskcron.gui.history.page import HistoryPage
    from deskcron.gui.review.dialog import ReviewDialog
    from deskcron.gui.statistics.alljobsdialog import AllJobsDialog
    from deskcron.gui.statistics.jobdialog import JobStatisticsDialog
    from deskcron.gui.why.dialog import WhyDialog

# Imports inside functions: a dialog is loaded when it is first wanted, which keeps a start
# quick and a hidden window small.
# ruff: noqa: PLC0415


class Guide(QObject):
    """Follow the page signals through one window, and end with it."""

    def __init__(self, context: PageContext, window: MainWindow, forms: Forms) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._forms = forms
        self._why: WhyDialog | None = None
        self._review: ReviewDialog | None = None
        self._environment: EnvironmentDialog | None = None
        self._job_statistics: JobStatisticsDialog | None = None
        self._all_statistics: AllJobsDialog | None = None
        signals = context.signals
        signals.new_job.connect(self._new_job)
        signals.edit_job.connect(self._edit_job)
        signals.explain_job.connect(self._explain_job)
        signals.explain_run.connect(self._explain_run)
        signals.show_runs.connect(self._show_runs)
        signals.show_run.connect(self._show_run)
        signals.show_environment.connect(self._show_environment)
        signals.show_statistics.connect(self._show_statistics)
        signals.show_inbox.connect(self._show_inbox)
        signals.show_review.connect(self._show_review)

    def _new_job(self, template: str) -> None:
        self._forms.begin(template, self._window)

    def _edit_job(self, job_id: str) -> None:
        self._forms.edit(job_id, self._window)

    def _explain_job(self, job_id: str) -> None:
        self._explanation().explain(job_id)

    def _explain_run(self, run_id: RunId) -> None:
        self._explanation().explain_run(run_id)

    def _show_runs(self, job_id: str) -> None:
        self._history().show_job(job_id)

    def _show_run(self, run_id: RunId) -> None:
        self._history().show_run(run_id)

    def _show_environment(self, job_id: str, run_id: RunId) -> None:
        from deskcron.gui.environment.dialog import EnvironmentDialog

        if self._environment is None:
            self._environment = EnvironmentDialog(self._context, self._window)
        self._environment.show_run(job_id, run_id)

    def _show_statistics(self, job_id: str) -> None:
        if job_id:
            self._statistics().show_job(job_id)
        else:
            self._comparison().begin()

    def _show_inbox(self) -> None:
        self._window.go(Place.INBOX)

    def _show_review(self, at: datetime | None) -> None:
        from deskcron.gui.review.dialog import ReviewDialog

        if self._review is None:
            self._review = ReviewDialog(self._context, self._window)
        self._review.show_absence(at)

    def _explanation(self) -> WhyDialog:
        from deskcron.gui.why.dialog import WhyDialog

        if self._why is None:
            self._why = WhyDialog(self._context, self._window)
        return self._why

    def _statistics(self) -> JobStatisticsDialog:
        from deskcron.gui.statistics.jobdialog import JobStatisticsDialog

        if self._job_statistics is None:
            self._job_statistics = JobStatisticsDialog(self._context, self._window)
        return self._job_statistics

    def _comparison(self) -> AllJobsDialog:
        from deskcron.gui.statistics.alljobsdialog import AllJobsDialog

        if self._all_statistics is None:
            self._all_statistics = AllJobsDialog(self._context, self._window)
        return self._all_statistics

    def _history(self) -> HistoryPage:
        self._window.go(Place.HISTORY)
        return cast("HistoryPage", self._window.page(Place.HISTORY))
