"""Have the core look at the draft whenever the typing rests."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from deskcron.domain.drafting import DraftCheck
from deskcron.domain.errors import DeskcronError
from deskcron.gui.bridge import Latest
from deskcron.gui.editor.form import Form
from deskcron.gui.pagecontext import PageContext

REST_MS = 150


class Looking(QObject):
    """`looked` carries what core and form say of the draft; only the newest answer counts."""

    looked = Signal(object)

    def __init__(self, context: PageContext, form: Form) -> None:
        super().__init__(form)
        self._form = form
        self._ref: str | None = None
        self._latest = Latest(context.bridge, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.look)
        form.changed.connect(self._rest.start)

    def begin(self, ref: str | None) -> None:
        """Look at the form as an edit of this job, or as a new one."""
        self._ref = ref
        self.look()

    def look(self) -> None:
        """Look now."""
        self._rest.stop()
        document, ref = self._form.document(), self._ref
        self._latest.ask(
            lambda facade: facade.drafting.look(document, ref),
            self._tell,
            self._ignore,
            about=document,
        )

    def _tell(self, look: DraftCheck) -> None:
        problems = (*self._form.own_problems(), *look.problems)
        self.looked.emit(msgspec.structs.replace(look, problems=problems))

    def _ignore(self, error: DeskcronError) -> None:
        """Show nothing new: the job is gone or the store is away, which saving will tell."""
