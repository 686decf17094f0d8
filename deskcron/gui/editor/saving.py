"""Save what is in the form, and say what keeps it from being saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from deskcron.domain.answers import Draft, Saved
from deskcron.domain.errors import ChangedElsewhere, DeskcronError, InvalidDraft, Problem
from deskcron.domain.job import Document
from deskcron.domain.run import JobId
from deskcron.domain.texts import gettext as _
from deskcron.engine.facade import Facade
from deskcron.gui.editor.form import Form
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.announcing import announce
from deskcron.gui.theme.notice import Notice


class Saving(QObject):
    """A new job is added, an edited one replaced, unless it was changed elsewhere meanwhile.

    `other_wanted` asks to be shown the job as it is stored now.
    """

    saved = Signal(str)
    refused = Signal()
    is_busy = Signal(bool)
    other_wanted = Signal(str)

    def __init__(self, context: PageContext, form: Form, trouble: Notice) -> None:
        super().__init__(form)
        self._context = context
        self._form = form
        self._trouble = trouble
        self._draft: Draft | None = None
        self._is_saving = False
        self._see = trouble.add_button(_("See the other vers&ion"))
        self._replace = trouble.add_button(_("Save &mine over it"))
        self._offer_conflict(is_one=False)
        self._see.clicked.connect(lambda: self.other_wanted.emit(self.job_id))
        self._replace.clicked.connect(self._save_over)

    @property
    def job_id(self) -> str | None:
        """Return which job is edited, None for a new one."""
        return None if self._draft is None else self._draft.job_id

    def begin(self, draft: Draft) -> None:
        """Edit this job from this revision on."""
        self._draft = draft

    def save(self) -> None:
        """Save, or show why not and go to the first field in question."""
        if self._is_saving:
            return
        self._trouble.hide()
        self._offer_conflict(is_one=False)
        if problems := self._form.own_problems():
            self._form.refuse(problems)
            self.refused.emit()
            return
        document, draft, job_id = self._form.document(), self._draft, self.job_id

        def store(facade: Facade) -> Saved:
            if problems := _problems(facade, document, job_id):
                raise InvalidDraft(title=_("The job was not saved"), problems=problems)
            if draft is None:
                return facade.jobs.add(document)
            return facade.jobs.save(draft.job_id, document, draft.revision)

        self._set_saving(is_saving=True)
        self._context.bridge.ask(self, store, self._on_saved, self._on_refused)

    def _set_saving(self, *, is_saving: bool) -> None:
        self._is_saving = is_saving
        self.is_busy.emit(is_saving)

    def _save_over(self) -> None:
        """Save over what was changed elsewhere; undo brings that back."""
        job_id = JobId(self.job_id or "")
        self._context.bridge.ask(
            self, lambda facade: facade.catalogue.draft(job_id), self._go_on_from, self._on_refused
        )

    def _go_on_from(self, draft: Draft) -> None:
        self._draft = draft
        self.save()

    def _on_saved(self, saved: Saved) -> None:
        self._set_saving(is_saving=False)
        signals = self._context.signals
        self.saved.emit(saved.job.id)
        signals.job_saved.emit(saved.job.id)
        words = _("“{name}” is saved.").format(name=saved.job.name)
        if saved.warnings:
            warnings = "\n".join(saved.warnings)
            signals.say_surprising.emit(words, warnings, saved.job.id, saved.revision)
        else:
            signals.say.emit(words)

    def _on_refused(self, error: DeskcronError) -> None:
        self._set_saving(is_saving=False)
        self.refused.emit()
        if isinstance(error, InvalidDraft):
            without_field = self._form.refuse(error.problems)
            self._say(" ".join(problem.message for problem in without_field))
            return
        self._offer_conflict(is_one=isinstance(error, ChangedElsewhere))
        words = (
            _("It was changed elsewhere while you were editing. What you typed is still here.")
            if isinstance(error, ChangedElsewhere)
            else str(error)
        )
        self._say(words)

    def _say(self, words: str) -> None:
        self._trouble.say(words)
        self._trouble.setVisible(bool(words))
        if words:
            announce(self._form, words)

    def _offer_conflict(self, *, is_one: bool) -> None:
        self._see.setVisible(is_one)
        self._replace.setVisible(is_one)


def _problems(facade: Facade, document: Document, job_id: str | None) -> Sequence[Problem]:
    """Return what keeps a draft from being saved; an edit may not leave it without a next time."""
    look = facade.drafting.look(document, job_id)
    if look.problems or look.upcoming:
        return look.problems
    anew = facade.drafting.look(document).problems
    return [problem for problem in anew if problem.field.startswith("triggers.")]
