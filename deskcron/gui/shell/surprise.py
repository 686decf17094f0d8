"""The strip above the pages that says what may surprise about a job that was just saved."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from deskcron.domain.errors import NotFound
from deskcron.domain.texts import gettext as _
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Latest
from deskcron.gui.later import Throttle
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.announcing import announce
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone


class _Subject(NamedTuple):
    """The job that is told of, as it was saved."""

    job_id: str
    revision: int


class Surprise(Notice):
    """Stay until it is closed, the job is opened or changed, or another has something to say."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", Tone.WARN, parent)
        self._context = context
        self._subject = _Subject("", 0)
        self._latest = Latest(context.bridge, self)
        self._looks = Throttle(self, self._look)
        edit = self.add_button(_("Edit…"))  # its letter belongs to the pages
        edit.clicked.connect(self._edit)
        self.add_close()
        self.hide()
        context.signals.say_surprising.connect(self.tell)
        context.bridge.changed.connect(self._looks.changed)

    def tell(self, title: str, text: str, job_id: str, revision: int) -> None:
        """Say what was done and what may surprise about this revision of a job."""
        self._subject = _Subject(job_id, revision)
        self.say(text, title=title)
        self.show()
        self._looks.now()
        announce(self, f"{title} {text}")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        self._looks.catch_up()

    def _edit(self) -> None:
        self.hide()
        self._context.signals.edit_job.emit(self._subject.job_id)

    def _look(self) -> None:
        subject = self._subject
        self._latest.ask(lambda facade: _stands(facade, subject), self._settle, about=subject)

    def _settle(self, stands: bool) -> None:  # noqa: FBT001 - an answer
        if not stands:
            self.hide()


def _stands(facade: Facade, subject: _Subject) -> bool:
    """Tell whether the job is still as it was saved."""
    try:
        return facade.catalogue.draft(subject.job_id).revision == subject.revision
    except NotFound:
        return False
