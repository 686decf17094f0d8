"""What is done to the lines of an absence: asked of the core, then said in a line."""

from __future__ import annotations

from collections.abc import Sequence

from deskcron.domain.review import Absence, ReviewLine
from deskcron.domain.texts import ngettext
from deskcron.engine.facade import Facade
from deskcron.gui.doing import Doing, about

Lines = Sequence[ReviewLine]


class ReviewCommands(Doing):
    """Answer lines without waiting for it."""

    def run_now(self, lines: Lines) -> None:
        """Have the jobs of lines run now: in place of what was missed, or before their time."""
        runs = {line.run_id: line.job_name for line in lines}

        def told(done: Sequence[str]) -> str:
            return about(ngettext("{name} started.", "{count} jobs started.", len(done)), done)

        def failed(count: int) -> str:
            return ngettext(
                "{count} job did not start", "{count} jobs did not start", count
            ).format(count=count)

        self._each(runs, lambda facade, run_id: facade.review.run(run_id), told, failed)

    def leave_out(self, lines: Lines) -> None:
        """Skip what waits, and leave at that what was missed."""
        found = {line.run_ids: line.job_name for line in lines}

        def skip(facade: Facade, run_ids: Sequence[int]) -> None:
            for run_id in run_ids:
                facade.review.skip(run_id)

        def told(done: Sequence[str]) -> str:
            text = ngettext("{name} is skipped this time.", "{count} jobs are skipped.", len(done))
            return about(text, done)

        def failed(count: int) -> str:
            return ngettext(
                "{count} job was not skipped", "{count} jobs were not skipped", count
            ).format(count=count)

        self._each(found, skip, told, failed)

    def note_seen(self, absence: Absence) -> None:
        """Have the window tell no more of an absence."""
        self._context.bridge.ask(
            self, lambda facade: facade.review.mark_told(absence), lambda _told: None
        )

    def leave_missed(self, absence: Absence) -> None:
        """Leave at that what was missed in an absence and has no answer."""

        def told(count: int) -> None:
            text = ngettext(
                "{count} missed job is left at that.",
                "{count} missed jobs are left at that.",
                count,
            )
            self._context.signals.say.emit(text.format(count=count))

        self.ask(lambda facade: facade.review.leave(absence), told)
