"""Say "now" when another job has ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from deskcron.domain.errors import Problem
from deskcron.domain.listening import EventTrigger, Topic
from deskcron.domain.run import Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import RuleContext
from deskcron.triggers.eventwords import with_timing

AFTER = "after"


class Ending(StrEnum):
    """Which ends of the other job count."""

    SUCCESS = "success"
    FAILURE = "failure"
    ANY = "any"


class AfterJob(EventTrigger, frozen=True, kw_only=True, tag="after"):
    """Say "now" in the very moment the end of the other job's run is recorded.

    `job` is its id; `job_name` what it was called when this was saved.
    """

    job: str
    job_name: str = ""
    ending: Ending = Ending.SUCCESS

    @property
    def topic(self) -> Topic:
        """Return the other job."""
        return Topic(AFTER, self.job)

    def counts(self, status: Status) -> bool:
        """Tell whether a run that ended like this is meant; what never ran is not."""
        if self.ending is Ending.ANY:
            return status not in {Status.SKIPPED, Status.MISSED}
        if self.ending is Ending.SUCCESS:
            return status is Status.SUCCEEDED
        return status.is_trouble

    def problems(self, now: datetime, context: RuleContext) -> Sequence[Problem]:
        """Say what keeps the trigger from being saved, in words."""
        found = list(super().problems(now, context))
        if not self.job:
            found.append(Problem("job", _("Choose the job that has to end.")))
        return found

    def describe(self) -> str:
        """Put the job and its end into words."""
        words = {
            Ending.SUCCESS: _("After “{name}” has succeeded"),
            Ending.FAILURE: _("After “{name}” has failed"),
            Ending.ANY: _("After “{name}” has ended"),
        }
        return with_timing(words[self.ending].format(name=self.job_name or self.job), self)
