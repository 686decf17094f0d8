"""Put back what a run has tidied: offered where that can be, asked once, and told in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from deskcron.domain.errors import DeskcronError
from deskcron.domain.run import Run
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.tidyundo import PutBack
from deskcron.gui.bridge import Latest
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.questionbox import question_box

_LISTED = 5
"""Files that are named at once; the others unfold."""


class Told(NamedTuple):
    """What came of putting files back: a sentence, and a line for each file that stays."""

    sentence: str
    lines: tuple[str, ...]


class TidyUndo(QObject):
    """Know whether the run that is chosen may be undone, and undo it when a person agrees.

    `offer` is called with whether it may.
    """

    def __init__(
        self, context: PageContext, over: QWidget, offer: Callable[[bool], object]
    ) -> None:
        super().__init__(over)
        self._context = context
        self._over = over
        self._offer = offer
        self._latest = Latest(context.bridge, self)
        self._run: Run | None = None
        self._is_undoing = False

    def look(self, run: Run | None) -> None:
        """Ask about this run; what was offered stays as long as it is the same one."""
        is_other = (run and run.id) != (self._run and self._run.id)
        self._run = run
        if is_other:
            self._offer(False)
        if run is not None and run.started_at is not None:
            self._latest.ask(
                lambda facade: (run.id, facade.tidying.may_undo(run.id)),
                lambda answer: self._on_known(*answer),
                about=run.id,
            )

    def ask(self) -> None:
        """Ask whether the files are to be put back."""
        run = self._run
        if run is None or self._is_undoing:
            return
        box = question_box(
            self._over,
            _("Undo a tidying"),
            _("Undo this tidying of “{job}”?").format(job=run.job_name),
            _(
                "Files that it moved, renamed, packed or put into the trash go back, and its "
                "copies go. What was changed since stays as it is."
            ),
            picture="undo",
        )
        undo = box.addButton(_("&Undo"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(undo)
        box.setEscapeButton(stay)
        undo.clicked.connect(lambda: self._undo(run))
        box.open()

    def _on_known(self, run_id: int, may_undo: bool) -> None:  # noqa: FBT001 - a slot
        if self._run is not None and self._run.id == run_id:
            self._offer(may_undo)

    def _undo(self, run: Run) -> None:
        self._is_undoing = True
        self._context.signals.say.emit(_("Putting files back…"))
        self._context.bridge.ask(
            self, lambda facade: facade.tidying.undo(run.id), self._on_undone, self._on_refused
        )

    def _on_undone(self, put_back: PutBack) -> None:
        self._end()
        told = words(put_back)
        if told.lines:
            _show(self._over, told)
        else:
            self._context.signals.say.emit(told.sentence)

    def _on_refused(self, error: DeskcronError) -> None:
        self._end()
        self._context.bridge.failed.emit(error)

    def _end(self) -> None:
        self._is_undoing = False
        self.look(self._run)


def words(put_back: PutBack) -> Told:
    """Say how many files are back, and of each that is not, why."""
    count, left = len(put_back.back), len(put_back.left)
    sentence = ngettext("{count} file was put back.", "{count} files were put back.", count).format(
        count=count
    )
    if left:
        more = ngettext("{count} file stays as it is:", "{count} files stay as they are:", left)
        sentence = f"{sentence} {more.format(count=left)}"
    line = _("{path}: {why}")
    return Told(sentence, tuple(line.format(path=path, why=why) for path, why in put_back.left))


def _show(over: QWidget, told: Told) -> None:
    details = "\n".join(told.lines[:_LISTED])
    box = question_box(over, _("Undo a tidying"), told.sentence, details, picture="undo")
    if len(told.lines) > _LISTED:
        box.setDetailedText("\n".join(told.lines))
    box.addButton(_("Close"), QMessageBox.ButtonRole.RejectRole)
    box.open()
