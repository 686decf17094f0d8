"""The whole form: what, when, rules and notifications of one job, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from deskcron.domain.drafting import DraftCheck
from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.ports import Clock
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.morerules import MoreRules
from deskcron.gui.editor.notifysection import NotifySection
from deskcron.gui.editor.offers import Offers
from deskcron.gui.editor.part import within
from deskcron.gui.editor.rulegroups import rule_groups
from deskcron.gui.editor.rulessection import RulesSection
from deskcron.gui.editor.settling import settle
from deskcron.gui.editor.taborder import order_tabs
from deskcron.gui.editor.turns import Turns
from deskcron.gui.editor.usualrules import UsualRules
from deskcron.gui.editor.whatsection import WhatSection
from deskcron.gui.editor.whensection import WhenSection
from deskcron.gui.theme.announcing import announce
from deskcron.gui.theme.labels import HEADING, plain_label
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_XL


class Form(QScrollArea):
    """One page to scroll, made with the first document that is loaded; that takes a while.

    `loaded` says that a document is shown, `changed` that something was typed or chosen,
    `kind_chosen` what the job does.
    """

    loaded = Signal()
    changed = Signal()
    kind_chosen = Signal(str)

    what: WhatSection
    when: WhenSection
    rules: RulesSection
    notify: NotifySection

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._raw: Document = {}
        self._is_loading = False
        self._turns = Turns(self)
        self.offers = Offers(self)
        self._page = QWidget()
        self.setWidget(self._page)  # before it is filled: each move of a full page costs time
        self._page.hide()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keyboard
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(GAP_XL, GAP_L, GAP_XL, GAP_L)
        self._column.setSpacing(GAP)

    def load(self, document: Document) -> None:
        """Show a document in place of what is there, in a few turns of the event loop."""
        if not self._column.count():
            self._turns.add(self._making())
        self._turns.add(self._loading(document))

    def _making(self) -> Iterator[None]:
        """Make the sections."""
        self.what = WhatSection(self.offers.tags)
        yield from self._add_section(_("What"), self.what)
        self.when = WhenSection(self._clock, self.offers)
        yield from self._add_section(_("When"), self.when)
        self.notify = NotifySection()
        yield from self._add_section(_("Notifications"), self.notify)
        usual = UsualRules()
        yield
        more = MoreRules(rule_groups(self._clock, self.offers))
        yield
        self.rules = RulesSection(usual, more)
        yield from self._add_section(_("Rules"), self.rules)
        self._column.addStretch(1)
        for section in (self.what, self.when, self.rules):
            section.grown.connect(self._on_grown)
        self.what.kind_chosen.connect(self.rules.show_for)
        self.what.kind_chosen.connect(self.notify.show_for)
        self.what.kind_chosen.connect(self.kind_chosen)

    def _loading(self, document: Document) -> Iterator[None]:
        self._is_loading = True
        policy = document.get("policy", {})
        self._raw = document
        self.what.load(document)
        yield
        yield from self.when.loading(document.get("triggers", ()))
        self.rules.load(policy)
        self.notify.load(policy)
        self.rules.show_for(self.what.kind())
        self.notify.show_for(self.what.kind())
        yield
        for field in self.fields().values():
            field.begin_anew()
        order_tabs(self._page)
        yield
        self._page.show()
        self._settle()
        self._is_loading = False
        self.loaded.emit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Need no scrolling sideways."""
        least = super().minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return least.expandedTo(QSize(self._page.minimumSizeHint().width() + bar, 0))

    def begin_at(self, path: str) -> None:
        """Put the keyboard in the field of this path, "" for where one begins otherwise."""
        if path:
            self.fields()[path].control.setFocus()
        else:
            self.what.focus_first()

    def document(self) -> dict[str, Any]:
        """Return what is typed as a document; what the form does not know is kept."""
        rules = {**self.rules.values(), **self.notify.values()}
        return {
            **self._raw,
            **self.what.values(),
            "triggers": self.when.documents(),
            "policy": {**self._raw.get("policy", {}), **rules},
        }

    def fields(self) -> dict[str, Field]:
        """Return the fields by their path in the document, from the top."""
        rules = {**self.rules.fields(), **self.notify.fields}
        return {**self.what.fields(), **self.when.fields(), **within("policy", rules)}

    def own_problems(self) -> Sequence[Problem]:
        """Say what only the form can know to be wrong."""
        sections = (self.what, self.when, self.rules)
        return [problem for section in sections for problem in section.own_problems()]

    def show_look(self, look: DraftCheck) -> None:
        """Say beside touched fields what is wrong, and ask where a time is shown twice."""
        self.when.show_upcoming(look.upcoming)
        self._show_problems(look.problems, even_untouched=False)

    def refuse(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """Show all problems, go to the first; return those that belong to no field."""
        self.rules.make_fields(problems)
        without_field = self._show_problems(problems, even_untouched=True)
        for field in self.fields().values():
            if field.problem():
                self._go_to(field)
                break
        announce(self, " ".join(problem.message for problem in problems))
        return without_field

    def _show_problems(
        self, problems: Sequence[Problem], *, even_untouched: bool
    ) -> Sequence[Problem]:
        fields = self.fields()
        first: dict[str, str] = {}
        for problem in problems:
            first.setdefault(problem.field, problem.message)
        for path, field in fields.items():
            field.show_problem(first.get(path, ""), even_untouched=even_untouched)
        self._settle()
        return [problem for problem in problems if problem.field not in fields]

    def _go_to(self, field: Field) -> None:
        for section in (self.what, self.when, self.rules):
            section.reveal(field)
        self._settle()
        field.control.setFocus()
        self.ensureWidgetVisible(field, GAP_XL, GAP_XL)

    def _add_section(
        self, title: str, section: WhatSection | WhenSection | RulesSection | NotifySection
    ) -> Iterator[None]:
        if self._column.count():
            self._column.addSpacing(GAP_L)
        self._column.addWidget(plain_label(title, size=HEADING, is_strong=True))
        self._column.addWidget(section)
        section.changed.connect(self._on_changed)
        yield

    def _settle(self) -> None:
        settle(self._page)
        self.updateGeometry()  # the page may be wider now

    def _on_grown(self) -> None:
        if not self._is_loading:
            order_tabs(self._page)

    def _on_changed(self) -> None:
        if not self._is_loading:
            self._settle()
            self.changed.emit()
