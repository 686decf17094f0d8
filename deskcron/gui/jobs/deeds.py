"""What is done to the jobs that are selected."""

from __future__ import annotations

from collections.abc import Sequence

from deskcron.domain.job import JobSummary
from deskcron.domain.texts import ngettext
from deskcron.gui.doing import Doing, about

Jobs = Sequence[JobSummary]


class Deeds(Doing):
    """Do things to jobs without waiting for them."""

    def set_enabled(self, jobs: Jobs, *, is_on: bool) -> None:
        """Switch jobs on or off."""
        ids = [job.id for job in jobs]
        if is_on:
            text = ngettext("{name} is on.", "{count} jobs are on.", len(jobs))
        else:
            text = ngettext("{name} is off.", "{count} jobs are off.", len(jobs))
        self.change(lambda facade: facade.jobs.set_enabled(ids, is_on), _about(text, jobs))

    def duplicate(self, jobs: Jobs) -> None:
        """Copy jobs; the copies are off."""
        ids = [job.id for job in jobs]
        text = ngettext(
            "{name} was copied. The copy is off.",
            "{count} jobs were copied. The copies are off.",
            len(jobs),
        )
        self.change(lambda facade: facade.jobs.duplicate(ids), _about(text, jobs))

    def remove(self, jobs: Jobs) -> None:
        """Delete jobs at once; undo brings them back."""
        ids = [job.id for job in jobs]
        text = ngettext("{name} was deleted.", "{count} jobs were deleted.", len(jobs))
        self.change(lambda facade: facade.jobs.remove(ids), _about(text, jobs))


def _about(text: str, jobs: Jobs) -> str:
    return about(text, [job.name for job in jobs])
