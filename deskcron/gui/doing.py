"""What pages have done to jobs and entries: asked of the core, then said in a line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from deskcron.domain.answers import Changed, Undone
from deskcron.domain.errors import DeskcronError, RequestFailed
from deskcron.domain.run import JobId, RunId
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.words import undone_words
from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext

T = TypeVar("T")
K = TypeVar("K")

Names = Mapping[JobId, str]
"""Jobs with what they are called."""
Waiting = Mapping[RunId, str]
"""Waiting runs with what their jobs are called."""

MOST_TOLD = 3
"""As many reasons are told where a deed fails for many jobs."""


class _Tried(NamedTuple):
    """What came of doing the same to several jobs."""

    done: Sequence[str]
    errors: Sequence[DeskcronError]


class Doing(QObject):
    """Do things without waiting for them.

    `done` follows each, also one that was refused: what is shown may be old. `refused` carries the
    error, of which the window is told besides.
    """

    done = Signal()
    refused = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def run(self, jobs: Names) -> None:
        """Have jobs run now."""

        def told(done: Sequence[str]) -> str:
            text = ngettext("{name} started.", "{count} jobs started.", len(done))
            return about(text, done)

        def failed(count: int) -> str:
            return ngettext(
                "{count} job did not start", "{count} jobs did not start", count
            ).format(count=count)

        self._each(jobs, lambda facade, job_id: facade.control.run(job_id), told, failed)

    def stop(self, jobs: Names) -> None:
        """Stop the runs of jobs that are going on."""

        def told(done: Sequence[str]) -> str:
            text = ngettext(
                "{name} is being stopped.", "{count} jobs are being stopped.", len(done)
            )
            return about(text, done)

        def failed(count: int) -> str:
            return ngettext(
                "{count} job was not stopped", "{count} jobs were not stopped", count
            ).format(count=count)

        self._each(jobs, lambda facade, job_id: facade.control.stop(job_id), told, failed)

    def proceed(self, runs: Waiting) -> None:
        """Let runs start now that wait."""

        def told(done: Sequence[str]) -> str:
            return about(ngettext("{name} started.", "{count} runs started.", len(done)), done)

        def failed(count: int) -> str:
            return ngettext(
                "{count} run did not start", "{count} runs did not start", count
            ).format(count=count)

        self._each(runs, lambda facade, run_id: facade.control.proceed(run_id), told, failed)

    def decline(self, runs: Waiting) -> None:
        """Have runs skipped that wait."""

        def told(done: Sequence[str]) -> str:
            text = ngettext("{name} is skipped this time.", "{count} runs are skipped.", len(done))
            return about(text, done)

        def failed(count: int) -> str:
            return ngettext(
                "{count} run was not skipped", "{count} runs were not skipped", count
            ).format(count=count)

        self._each(runs, lambda facade, run_id: facade.control.decline(run_id), told, failed)

    def resume(self, jobs: Names) -> None:
        """Let jobs run on that are held after failures."""
        ids = list(jobs)
        text = ngettext("{name} runs on.", "{count} jobs run on.", len(jobs))
        words = about(text, jobs.values())
        self.ask(
            lambda facade: facade.jobs.resume(ids),
            lambda _told: self._context.signals.say.emit(words),
        )

    def mute(self, jobs: Names, *, is_muted: bool) -> None:
        """Let jobs end without notifications, or with them again."""
        ids, count = list(jobs), len(jobs)
        if is_muted:
            text = ngettext("{name} is muted.", "{count} jobs are muted.", count)
            self.change(lambda facade: facade.jobs.mute(ids), about(text, jobs.values()))
        else:
            text = ngettext("{name} notifies again.", "{count} jobs notify again.", count)
            self.change(lambda facade: facade.jobs.unmute(ids), about(text, jobs.values()))

    def undo(self, operation: int) -> None:
        """Take one change of jobs back, unless jobs were changed again since."""

        def undone(answer: Undone) -> None:
            self._context.signals.say.emit(undone_words(answer))

        self.ask(lambda facade: facade.jobs.undo(operation), undone)

    def change(self, call: Callable[[Facade], Changed], text: str) -> None:
        """Change jobs, and say so with a way back where something has changed."""
        self.ask(call, lambda answer: self.tell(answer, text))

    def tell(self, answer: Changed, text: str) -> None:
        """Say what was changed, with a way back where something was."""
        if answer.operation is None:
            self._context.signals.say.emit(text)
        else:
            self._context.signals.say_undoable.emit(text, answer.operation)

    def ask(self, call: Callable[[Facade], T], then: Callable[[T], None]) -> None:
        """Do anything else."""

        def told(answer: T) -> None:
            then(answer)
            self.done.emit()

        def refused(error: DeskcronError) -> None:
            self._refuse(error)
            self.done.emit()

        self._context.bridge.ask(self, call, told, refused)

    def _each(
        self,
        things: Mapping[K, str],
        deed: Callable[[Facade, K], object],
        told: Callable[[Sequence[str]], str],
        failed: Callable[[int], str],
    ) -> None:
        """Do the same to each; one that refuses does not keep it from the others."""

        def call(facade: Facade) -> _Tried:
            done: list[str] = []
            errors: list[DeskcronError] = []
            for thing, name in things.items():
                try:
                    deed(facade, thing)
                    done.append(name)
                except DeskcronError as error:
                    errors.append(error.with_traceback(None))
            return _Tried(done, errors)

        def then(tried: _Tried) -> None:
            if tried.done:
                self._context.signals.say.emit(told(tried.done))
            if tried.errors:
                title = failed(len(tried.errors))
                self._refuse(_together(tried.errors, title))

        self.ask(call, then)

    def _refuse(self, error: DeskcronError) -> None:
        self._context.bridge.failed.emit(error)
        self.refused.emit(error)


def about(text: str, names: Collection[str], **more: str) -> str:
    """Return a sentence about the first of some names, or about how many there are."""
    name = _("“{name}”").format(name=" ".join(next(iter(names)).split()))
    return text.format(name=name, count=len(names), **more)


def _together(errors: Sequence[DeskcronError], title: str) -> DeskcronError:
    """Return one error for all of them."""
    if len(errors) == 1:
        return errors[0]
    lines = [str(error) for error in errors[:MOST_TOLD]]
    if len(errors) > MOST_TOLD:
        lines.append("…")
    return RequestFailed(title=title, detail="\n".join(lines))
