"""The window that shows which environment a run was started with, and how others differ."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from deskcron.domain.concealing import MASK
from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.gui.bridge import Latest
from deskcron.gui.environment.asking import Answer, Asked, answer
from deskcron.gui.environment.model import VariablesModel
from deskcron.gui.environment.table import ValueBox, VariablesTable
from deskcron.gui.environment.variables import Against, as_text, heads, spelled_out
from deskcron.gui.environment.words import nothing_differs, summary
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.copybutton import CopyButton
from deskcron.gui.theme.dialogs import bring_to_front, place_on_screen, resize_to_letters
from deskcron.gui.theme.emptystate import EmptyState
from deskcron.gui.theme.inputs import ComboBox
from deskcron.gui.theme.labels import TITLE, ElidedLabel, plain_label, scaled
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.searchfield import SearchField
from deskcron.gui.theme.spacing import GAP, GAP_XL

_LETTERS = 140
_LINES = 42


class EnvironmentDialog(QDialog):
    """Show the variables of a run: all, or those that differ from what others have."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._latest = Latest(context.bridge, self)
        self._asked: Asked | None = None
        self._answer: Answer | None = None
        self._name = ElidedLabel()
        self._name.setFont(scaled(self._name.font(), TITLE, is_strong=True))
        self.summary = plain_label("", Tone.SOFT, wraps=True)
        self.search = SearchField(_("Search names and values"))
        self.against = ComboBox(
            _("What is shown"),
            {
                Against.NOTHING.name: _("All variables"),
                Against.TERMINAL.name: _("Only what differs from a new terminal"),
                Against.PRESENT.name: _("Only what differs from the job now"),
            },
        )
        self.trouble = Notice(tone=Tone.BAD)
        self.remark = Notice(tone=Tone.WARN)
        self.model = VariablesModel(self)
        self.table = VariablesTable(self.model)
        self.value = ValueBox()
        self._empty = EmptyState("environment", "", "")
        self.copy = CopyButton(self.text)
        self._lay_out()
        self.search.attach(self)
        self.search.searched.connect(self.model.search)
        self.against.currentIndexChanged.connect(self._look)
        self.table.chosen.connect(self._show_value)
        self.model.modelReset.connect(self._show_place)

    def show_run(self, job_id: str, run_id: int) -> None:
        """Show what a run of a job was started with."""
        self._asked = Asked(job_id, run_id, Against.NOTHING)
        self._name.setText("")
        self.search.clear()
        self.model.search("")  # the field tells it a while later
        bring_to_front(self)
        self._look()

    def text(self) -> str:
        """Return what is shown as text."""
        return as_text(self.model.rows, self.model.heads)

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Environment"))
        for strip in (self.trouble, self.remark):
            strip.hide()
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP)
        body.addWidget(self.table, 1)
        body.addWidget(self.value)
        self._places = QStackedWidget()
        for place in (QWidget(), self._body, self._empty):
            self._places.addWidget(place)
        choice = QHBoxLayout()
        choice.setSpacing(GAP)
        choice.addWidget(self.search, 1)
        choice.addWidget(self.against)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        column.setSpacing(GAP)
        column.addWidget(self._name)
        column.addWidget(self.summary)
        column.addLayout(choice)
        column.addWidget(self.trouble)
        column.addWidget(self.remark)
        column.addWidget(self._places, 1)
        column.addWidget(plain_label(_small_print(), Tone.SOFT, wraps=True))
        column.addSpacing(GAP)
        column.addLayout(self._buttons())
        resize_to_letters(self, _LETTERS, _LINES)
        place_on_screen(self)

    def _buttons(self) -> QHBoxLayout:
        close = button(_("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()  # Tab would come to one button of a QDialogButtonBox only
        row.setSpacing(GAP)
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(close)
        for control in (self.copy, close):
            control.setAutoDefault(False)
        return row

    def _look(self) -> None:
        if self._asked is None:
            return
        asked = self._asked._replace(against=Against[self.against.value()])
        self._asked, self._answer = asked, None
        for strip in (self.trouble, self.remark):
            strip.hide()
        self.summary.setText(_("One moment…"))  # a login shell may take its time
        self.model.show([], heads(asked.run_id, asked.against))
        self._latest.ask(
            lambda facade: answer(facade, asked), self._show, self._cannot, about=asked
        )

    def _show(self, found: Answer) -> None:
        self._answer = found
        self._name.setText(" ".join(found.found.job.split()))
        self.summary.setText(summary(found))
        remarks = [text for text in (found.missing, found.remark) if text]
        self.remark.say("\n".join(remarks))
        self.remark.setVisible(bool(remarks))
        self.model.show(found.rows, heads(found.found.run_id, found.asked.against))

    def _cannot(self, error: DeskcronError) -> None:
        self.summary.setText("")
        self.trouble.say(str(error))
        self.trouble.show()

    def _show_value(self) -> None:
        row = self.table.current()
        self.value.setPlainText("" if row is None else spelled_out(row, self.model.heads))

    def _show_place(self) -> None:
        """Show the table, or what stands in its place when it would be empty."""
        is_empty = not self.model.rows
        self.copy.setEnabled(not is_empty)
        if self._answer is None:
            self._places.setCurrentIndex(0)
        elif not is_empty:
            self._places.setCurrentWidget(self._body)
        else:
            if self._answer.rows:
                self._empty.set_words(_("No match"), _("No name or value contains that."))
            else:
                self._empty.set_words(*nothing_differs(self._answer))
            self._places.setCurrentWidget(self._empty)


def _small_print() -> str:
    text = _(
        "Values that may be secrets are shown as {mask}; whether such a value differs is not told."
    )
    return text.format(mask=MASK)
