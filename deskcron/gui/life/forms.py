"""The forms that are open: one for each job, and what they have to say before the end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.dialogs import bring_to_front

if TYPE_CHECKING:
    from deskcron.gui.editor.dialog import Editor

# Import inside a function: the form is loaded when it is first wanted, which keeps a start
# quick and a hidden window small.
# ruff: noqa: PLC0415


class Forms(QObject):
    """Open forms, and close them before the end where nobody wants to stay.

    `all_gone` follows `leave` at once or, where unsaved words are asked about, when the last
    question has been answered so that nothing stays.
    """

    all_gone = Signal()

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._open: dict[Editor, str] = {}
        self._is_leaving = False
        self._is_let_go = False

    def begin(self, template: str, parent: QWidget) -> None:
        """Make a job in a form of its own, so that none replaces what is typed elsewhere."""
        self._show("", parent).begin(template)

    def edit(self, job_id: str, parent: QWidget) -> None:
        """Change a job, in the form that does it already where there is one."""
        for form, edited in self._open.items():
            if edited == job_id:
                bring_to_front(form)
                return
        self._edit_anew(parent, job_id)

    def have_changes(self) -> bool:
        """Tell whether a form has unsaved words."""
        return any(form.has_changes() for form in self._open)

    def show_changed(self) -> None:
        """Bring the forms with unsaved words to the front."""
        for form in self._open:
            if form.has_changes():
                bring_to_front(form)

    def leave(self) -> None:
        """Close all forms; those with unsaved words come to the front and ask."""
        self._is_leaving = True
        for form in tuple(self._open):
            if form.has_changes():
                bring_to_front(form)
            form.reject()
        self._go_on()

    def let_go(self, *, is_ending: bool) -> None:
        """Stand in the way of no end from now on, or ask again where it did not come."""
        self._is_let_go = is_ending
        for form in self._open:
            form.let_go(is_ending=is_ending)

    def _edit_anew(self, parent: QWidget, job_id: str) -> None:
        self._show(job_id, parent).edit(job_id)

    def _show(self, job_id: str, parent: QWidget) -> Editor:
        from deskcron.gui.editor.dialog import Editor

        form = Editor(self._context, parent)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.let_go(is_ending=self._is_let_go)
        form.saving.other_wanted.connect(partial(self._edit_anew, parent))
        form.stayed.connect(self._stay)
        form.finished.connect(partial(self._forget, form))
        self._open[form] = job_id
        bring_to_front(form)
        return form

    def _stay(self) -> None:
        self._is_leaving = False

    def _forget(self, form: Editor, _result: int) -> None:
        self._open.pop(form, None)
        self._go_on()

    def _go_on(self) -> None:
        if self._is_leaving and not self._open:
            self._is_leaving = False
            self.all_gone.emit()
