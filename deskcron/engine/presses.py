"""Do what a person asks for by pressing something on a banner."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from deskcron.domain.banner import About, BannerAction, Press
from deskcron.domain.errors import DeskcronError, NotFound
from deskcron.domain.run import RunId
from deskcron.domain.texts import gettext as _
from deskcron.engine.control import Control
from deskcron.engine.history import History
from deskcron.engine.inbox import InboxService
from deskcron.engine.jobs import JobService

logger = logging.getLogger(__name__)

SNOOZE_S = 600
_ANSWERS: Mapping[BannerAction, Callable[[Control, RunId], object]] = MappingProxyType(
    {
        BannerAction.PROCEED: lambda control, run_id: control.proceed(run_id),
        BannerAction.PUT_OFF: lambda control, run_id: control.put_off(run_id, SNOOZE_S),
        BannerAction.DECLINE: lambda control, run_id: control.decline(run_id),
    }
)
"""What a press says to a run that a person is asked about."""
Show = Callable[[About], None]
"""Bring the window to the run, the inbox or the job that a banner was about; returns at once."""


class Presses:
    """Obey presses on banners. Thread: the notification thread; the engine may be asked.

    `show` is None in a process without a window; there a log is opened by `open_file`.
    """

    def __init__(
        self,
        inbox: InboxService,
        jobs: JobService,
        control: Control,
        history: History,
        *,
        open_file: Callable[[Path], None],
        show: Show | None,
    ) -> None:
        self._inbox = inbox
        self._jobs = jobs
        self._control = control
        self._history = history
        self._open_file = open_file
        self._show = show

    @property
    def has_window(self) -> bool:
        """Tell whether this process has a window that can be led to."""
        return self._show is not None

    def obey(self, press: Press) -> Sequence[str]:
        """Do what was asked for; raises DeskcronError where that cannot be.

        Returns the names of the jobs that show no more banners from now on.
        """
        logger.info("A banner was pressed: %s", press.deed)
        about = press.about
        if press.deed is BannerAction.MUTE:
            return [job.name for job in self._jobs.mute_present(about.job_ids).jobs]
        if press.deed is BannerAction.DONE and about.entry_id is not None:
            self._inbox.deal_with([about.entry_id])
        elif press.deed is BannerAction.SNOOZE and about.entry_id is not None:
            self._inbox.snooze(about.entry_id, SNOOZE_S)
        elif press.deed is BannerAction.RUN_AGAIN:
            self._run_again(about)
        elif press.deed is BannerAction.RESUME:
            self._jobs.resume(about.job_ids)
        elif press.deed in _ANSWERS and about.run_id is not None:
            _ANSWERS[press.deed](self._control, about.run_id)
        elif press.deed in {BannerAction.OPEN_LOG, BannerAction.SHOW, BannerAction.REVIEW}:
            self._look_at(press.deed, about)
        return ()

    def _run_again(self, about: About) -> None:
        """Run the job anew. What had failed is dealt with, before the new run may fail as well."""
        marked = [] if about.entry_id is None else self._inbox.deal_with([about.entry_id])
        try:
            for job_id in about.job_ids:
                self._control.run(job_id)
        except DeskcronError:
            self._inbox.take_back(marked)
            raise

    def _look_at(self, deed: BannerAction, about: About) -> None:
        if self._show is not None:
            self._show(about)
        elif deed is BannerAction.OPEN_LOG and about.run_id is not None:
            self._open_file(self._log_of(about.run_id))

    def _log_of(self, run_id: int) -> Path:
        path = self._history.log_path(run_id)
        if not path.exists():
            raise NotFound(
                title=_("Run {run_id} has no log").format(run_id=run_id),
                detail=_("It printed nothing, or its output is no longer kept."),
            )
        return path
