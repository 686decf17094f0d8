"""What is done to the jobs that are selected."""

from __future__ import annotations

from collections.abc import Sequence

from deskcron.domain.answers import Changed
from deskcron.domain.job import JobSummary
from deskcron.domain.texts import ngettext
from deskcron.gui.doing import Doing, about

Jobs = Sequence[JobSummary]


class JobCommands(Doing):
    """Do things to jobs without waiting for them."""

    def set_enabled(self, jobs: Jobs, *, is_on: bool) -> None:
        """Switch jobs on or off."""
        ids = [job.id for job in jobs]
        if is_on:
            text = ngettext("{name} is on.", "{count} jobs are on.", len(jobs))
        else:
            text = ngettext("{name} is off.", "{count} jobs are off.", len(jobs))

        def changed(answer: Changed) -> None:
            finished = [job for job in answer.jobs if is_on and job.finished_at is not None]
            if finished:
                words = ngettext(
                    "{name} stays finished: its times are past. Set a later one.",
                    "{count} jobs stay finished: their times are past. Set later ones.",
                    len(finished),
                )
                self._context.signals.say_editable.emit(_about(words, finished), finished[0].id)
            else:
                self.tell(answer, _about(text, jobs))

        self.ask(lambda facade: facade.jobs.set_enabled(ids, is_on), changed)

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
