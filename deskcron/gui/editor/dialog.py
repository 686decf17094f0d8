"""The window in which one job is made or changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.answers import Draft
from deskcron.domain.drafting import Template
from deskcron.domain.errors import RequestFailed
from deskcron.domain.job import Document
from deskcron.domain.reason import Reason
from deskcron.domain.texts import gettext as _
from deskcron.engine.facade import Facade
from deskcron.gui.editor.completions import offer_completions
from deskcron.gui.editor.leaving import Answers, ask_before_leaving
from deskcron.gui.editor.looking import Looking
from deskcron.gui.editor.panes import Panes
from deskcron.gui.editor.saving import Saving
from deskcron.gui.editor.templateblanks import TemplateBlanks
from deskcron.gui.editor.templatechoice import TemplateChoice
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.dialogs import as_title, in_usual_order, place_on_screen
from deskcron.gui.theme.hairline import hairline
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import tip, with_keys
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_L

_LETTERS_WIDE = 170
_LINES_HIGH = 50
_SHARE_OF_SCREEN = 0.88
"""At most, so that there is room for frame and title on every desktop."""
_SAVE_KEYS, _TEST_KEYS = QKeySequence("Ctrl+S"), QKeySequence("Ctrl+T")


class Editor(QDialog):
    """One page with everything; nothing that is typed is lost without being asked.

    `saved` carries the id of the job. `stayed` says that a wish to close it has come to nothing:
    it was taken back, or what is typed could not be saved.
    """

    saved = Signal(str)
    stayed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._context = context
        self._clean: Document | None = None
        self._question: QMessageBox | None = None
        self._is_let_go = False
        self._missing = ""
        self._advised_kind = ""
        self._keyboard: QWidget | None = None
        self._pages = QStackedWidget(self)
        self.panes = Panes(context, self._pages)
        self.form = self.panes.form
        self.choice: TemplateChoice | None = None
        self.blanks: TemplateBlanks | None = None
        self.advice, self.trouble = Notice(""), Notice("", Tone.BAD)
        self.looking = Looking(context, self.form)
        self.saving = Saving(context, self.form, self.trouble)
        self.save_button = QPushButton(_("&Save"))
        self.test_button = QPushButton(icon("run"), _("Test &run"))
        self.continue_button = QPushButton(_("C&ontinue"))
        self.cancel_button = QPushButton(_("Cancel"))
        self._lay_out()
        self._connect()
        offer_completions(context, self.form)
        place_on_screen(self)

    def begin(self, template: str) -> None:
        """Make a new job from the template of this name, or from one that is chosen first."""
        self.setWindowTitle(_("New job"))
        self._context.bridge.ask(
            self,
            lambda facade: facade.drafting.templates(),
            lambda templates: self._on_templates(
                templates, next((one for one in templates if one.name == template), None)
            ),
            self._on_failed,
        )

    def edit(self, job_id: str) -> None:
        """Change a job."""
        self.setWindowTitle(_("Edit job"))
        self._context.bridge.ask(
            self, lambda facade: _readable(facade, job_id), self._on_draft, self._on_failed
        )

    def has_changes(self) -> bool:
        """Tell whether something was typed that is not saved."""
        is_filled_in = self.blanks is not None and self.blanks.has_changes()
        return is_filled_in or (self._clean is not None and self.form.document() != self._clean)

    def save(self) -> None:
        """Save what is typed and close; what a template asks for leads to the form first."""
        if self._clean is not None:
            self.saving.save()
        elif self.blanks is not None:
            self.blanks.go_on()
            self.stayed.emit()

    def test(self) -> None:
        """Run what is typed without saving it."""
        if self._clean is not None:
            self.panes.test()

    def let_go(self, *, is_ending: bool) -> None:
        """Stand in the way of no end from now on, or ask again where it did not come."""
        self._is_let_go = is_ending

    def reject(self) -> None:
        """Close, asking first where something would be lost."""
        if self._is_let_go or not self.has_changes():
            self._leave()
        elif self._question is None:
            name = "" if self._clean is None else self.form.what.name()
            answers = Answers(self.save, self._leave, self.stayed.emit)
            self._question = ask_before_leaving(
                self, name, answers, is_new=self.saving.job_id is None
            )
            self._question.finished.connect(self._on_answered)
        else:
            self._question.raise_()
            self._question.activateWindow()

    def _leave(self) -> None:
        super().reject()

    def _on_answered(self) -> None:
        self._question = None

    def _on_templates(self, templates: Sequence[Template], chosen: Template | None) -> None:
        if chosen is not None:
            self._on_template(chosen)
        else:
            self.choice = TemplateChoice()
            self.choice.chosen.connect(self._on_template)
            self._pages.addWidget(self.choice)
            self._turn_to(self.choice)
            self.choice.offer(templates)

    def _on_template(self, template: Template) -> None:
        is_reminder = template.name == "reminder"
        self.setWindowTitle(_("New reminder") if is_reminder else _("New job"))
        if template.blanks:
            self.blanks = TemplateBlanks(self._context.bridge, template)
            self.blanks.filled.connect(lambda values: self._fill(template, template.filled(values)))
            self.continue_button.clicked.connect(self.blanks.go_on)
            self._pages.addWidget(self.blanks)
            self._turn_to(self.blanks)
            self.blanks.begin()
        else:
            self._fill(template, template.document)

    def _turn_to(self, page: QWidget) -> None:
        """Show a page, and at the foot the one way on from it."""
        self._pages.setCurrentWidget(page)
        for button in (self.save_button, self.test_button):
            button.setVisible(page is self.panes)
        self.continue_button.setVisible(page is self.blanks)

    def _fill(self, template: Template, document: Document) -> None:
        self.advice.say(template.advice)
        self.advice.setVisible(bool(template.advice))
        self._missing = template.missing
        self._advised_kind = str(document["action"]["kind"])
        self.form.load(document)

    def _on_draft(self, draft: Draft) -> None:
        self.saving.begin(draft)
        title = _("Edit “{name}”").format(name=draft.document.get("name", ""))
        self.setWindowTitle(as_title(title))
        self.form.load(draft.document)

    def _on_kind(self, kind: str) -> None:
        """Leave out what is said about another kind of job."""
        self.advice.setVisible(kind == self._advised_kind and bool(self.advice.text()))

    def _on_loaded(self) -> None:
        self._clean = self.form.document()
        self._turn_to(self.panes)
        for button in (self.save_button, self.test_button):
            button.setEnabled(True)
        self.looking.begin(self.saving.job_id)
        self.form.begin_at(self._missing)

    def _on_failed(self, error: Exception) -> None:
        self.trouble.say(str(error))
        self.trouble.show()

    def _on_busy(self, is_busy: bool) -> None:  # noqa: FBT001 - a slot
        """Take no more letters while a save is on its way: they would not be saved."""
        if is_busy:
            self._keyboard = self.focusWidget()
            self.setFocus()  # else Qt hands the keyboard to the next button
        for widget in (self.form, self.save_button):
            widget.setDisabled(is_busy)
        if not is_busy and self._keyboard is not None:
            self._keyboard.setFocus()

    def _on_saved(self, job_id: str) -> None:
        self._clean, self.blanks = None, None
        self.saved.emit(job_id)
        self.accept()

    def _on_finished(self, result: int) -> None:
        self.panes.end_tests(is_told=result == self.DialogCode.Rejected)
        self.deleteLater()

    def _connect(self) -> None:
        self.form.loaded.connect(self._on_loaded)
        self.form.kind_chosen.connect(self._on_kind)
        self.looking.looked.connect(self.form.show_look)
        self.looking.looked.connect(self.panes.preview.show_look)
        self.panes.preview.outdated.connect(self.looking.look)
        self.saving.saved.connect(self._on_saved)
        self.saving.is_busy.connect(self._on_busy)
        self.saving.refused.connect(self.stayed)
        self.save_button.clicked.connect(self.save)
        self.test_button.clicked.connect(self.test)
        self.cancel_button.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)
        for keys, act in (
            (_SAVE_KEYS, self.save),
            (QKeySequence("Ctrl+Return"), self.save),
            (QKeySequence("Ctrl+Enter"), self.save),
            (_TEST_KEYS, self.test),
        ):
            QShortcut(keys, self, act)

    def _lay_out(self) -> None:
        for button in (self.save_button, self.test_button, self.cancel_button):
            button.setAutoDefault(False)
        for button in (self.save_button, self.test_button):
            button.setEnabled(False)
        for button in (self.save_button, self.continue_button):
            button.setProperty("primary", True)
        self.continue_button.setDefault(True)
        self.continue_button.hide()
        self.save_button.setToolTip(tip(with_keys(_("Save"), _SAVE_KEYS)))
        self.test_button.setToolTip(tip(with_keys(_("Run it now without saving it"), _TEST_KEYS)))
        self.advice.hide()
        self.trouble.hide()
        self._pages.addWidget(self.panes)
        notices = QVBoxLayout()
        notices.setContentsMargins(GAP_L, GAP, GAP_L, 0)
        notices.addWidget(self.trouble)
        notices.addWidget(self.advice)
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP_L, GAP, GAP_L, GAP_L)
        foot.setSpacing(GAP)
        foot.addWidget(self.test_button)
        foot.addStretch(1)
        for button in in_usual_order(self.save_button, self.cancel_button):
            foot.addWidget(button)
        foot.insertWidget(foot.indexOf(self.save_button), self.continue_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(notices)
        column.addWidget(self._pages, 1)
        column.addWidget(hairline(Qt.Orientation.Horizontal))
        column.addLayout(foot)
        metrics = self.fontMetrics()
        room = self.screen().availableSize()
        self.resize(
            min(metrics.averageCharWidth() * _LETTERS_WIDE, room.width()),
            min(metrics.lineSpacing() * _LINES_HIGH, round(room.height() * _SHARE_OF_SCREEN)),
        )


def _readable(facade: Facade, job_id: str) -> Draft:
    """Return a job for editing; raises RequestFailed where a form would lose part of it."""
    if facade.catalogue.show(job_id).summary.fault == Reason.UNREADABLE:
        raise RequestFailed(
            title=_("The job cannot be shown in the form"),
            detail=_("its definition cannot be read by this version"),
            hint=_("It is kept as it is."),
        )
    return facade.catalogue.draft(job_id)
