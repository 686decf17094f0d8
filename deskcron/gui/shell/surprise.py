"""The strip above the pages that says what may surprise about a job that was just saved."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.announcing import announce
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone


class Surprise(Notice):
    """Stay until it is closed, the job is opened again, or another one has something to say."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", Tone.WARN, parent)
        self._context = context
        self._job_id = ""
        edit = self.add_button(_("Edit…"))  # its letter belongs to the pages
        edit.clicked.connect(self._edit)
        self.add_close()
        self.hide()
        context.signals.say_surprising.connect(self.tell)
        context.signals.job_saved.connect(self._on_saved)

    def tell(self, title: str, text: str, job_id: str) -> None:
        """Say what was done and what may surprise about this job."""
        self._job_id = job_id
        self.say(text, title=title)
        self.show()
        announce(self, f"{title} {text}")

    def _edit(self) -> None:
        self.hide()
        self._context.signals.edit_job.emit(self._job_id)

    def _on_saved(self, job_id: str) -> None:
        """Take back what was said of an earlier state of the job."""
        if job_id == self._job_id:
            self.hide()
