"""A test run of the draft, with its output while it comes."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskcron.domain.errors import DeskcronError, InvalidDraft
from deskcron.domain.job import Document
from deskcron.domain.run import RunId
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.editor.trials import Trials
from deskcron.gui.later import Throttle
from deskcron.gui.output.view import OutputView
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.buttons import icon_button
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_L

_ANY_HEIGHT = (1 << 24) - 1
"""QWIDGETSIZE_MAX of Qt, which the binding lacks."""


class TestPane(QWidget):
    """Runs what is typed without saving it; shows why where that is not possible."""

    __test__ = False  # not a test, whatever pytest makes of the name

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._number = 0
        self._trouble = Notice("", Tone.BAD)
        self._trouble.hide()
        self._trials = Trials()
        self._note = plain_label(
            _("A test run that still goes on is stopped when this form is closed."),
            Tone.SOFT,
            wraps=True,
        )
        self._note.hide()
        self._looks = Throttle(self, self._look)
        context.bridge.changed.connect(self._looks.changed)
        self.output = OutputView(context)
        self.close_button = icon_button("close", _("Close the output of the test run"))
        self.close_button.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(plain_label(_("Test run"), is_strong=True))
        head.addStretch(1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP, GAP_L, GAP)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self._trouble)
        column.addWidget(self.output, 1)
        column.addWidget(self._note)
        column.addStretch(0)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - named by Qt
        """Look what has ended meanwhile."""
        super().showEvent(event)
        self._looks.catch_up()

    def start(self, document: Document) -> None:
        """Run a draft now; an earlier test goes on, out of sight."""
        self.show()
        self._number += 1
        number, trials = self._number, self._trials
        self._trouble.hide()
        self.output.clear()
        self.output.show()
        self._fit()
        name = str(document.get("name", "")).strip()
        draft = {**document, "name": name or _("Test run")}
        self._context.bridge.ask(
            self,
            lambda facade: trials.begin(facade, draft),
            lambda run_id: self._on_started(number, run_id),
            lambda error: self._on_refused(number, error),
        )

    def end(self, *, is_told: bool) -> None:
        """Stop what still runs; `is_told` at the foot of the window."""
        say = self._context.signals.say
        self._trials.close()

        def tell(stopped: int) -> None:
            if stopped and is_told:
                words = ngettext(
                    "The test run was stopped.", "{count} test runs were stopped.", stopped
                )
                say.emit(words.format(count=stopped))

        self._context.bridge.ask(
            self._context.signals, self._trials.stop, tell
        )  # they outlive the form

    def note(self) -> str:
        """Return what is said of test runs that go on, "" where there are none."""
        return "" if self._note.isHidden() else self._note.text()

    def trouble(self) -> str:
        """Return why there is no test run, "" where there is one."""
        return "" if self._trouble.isHidden() else self._trouble.text()

    def _look(self) -> None:
        """Look whether a test run goes on: this one, or one before it."""
        self._context.bridge.ask(self, self._trials.go_on, self._show_note)

    def _show_note(self, is_going_on: bool) -> None:  # noqa: FBT001 - an answer
        self._note.setVisible(is_going_on)
        self._fit()

    def _on_started(self, number: int, run_id: RunId) -> None:
        self._looks.changed()
        if number == self._number:
            self.output.follow(run_id)

    def _on_refused(self, number: int, error: DeskcronError) -> None:
        if number == self._number:
            self.output.hide()
            words = (
                _("It cannot be tested yet. {problems}").format(problems=error.detail)
                if isinstance(error, InvalidDraft)
                else str(error)
            )
            self._trouble.say(words)
            self._trouble.show()
            self._fit()

    def _fit(self) -> None:
        """Be no higher than what there is to be said, where there is no output."""
        is_said = not self._trouble.isHidden()
        self.setMaximumHeight(self.sizeHint().height() if is_said else _ANY_HEIGHT)
