"""Where a new job begins: the button with all templates, and what stands in an empty list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from deskcron.domain.drafting import Template
from deskcron.domain.texts import gettext as _
from deskcron.gui.pagecontext import PageSignals
from deskcron.gui.theme.emptystate import EmptyState
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.palette import Tone

STARTING_POINTS = ("reminder", "script", "tidy-downloads")
"""What is offered to someone who has no job yet."""
_SCRATCH = "empty"


class NewButton(QPushButton):
    """A button with a menu of templates."""

    def __init__(self, signals: PageSignals, parent: QWidget | None = None) -> None:
        super().__init__(icon("add", Tone.ON_ACCENT), _("&New job"), parent)
        self._signals = signals
        self._templates = QMenu(self)
        self.setProperty("primary", True)
        self.setMenu(self._templates)

    def offer(self, templates: Sequence[Template]) -> None:
        """Fill the menu."""
        self._templates.clear()
        for template in templates:
            if template.name == _SCRATCH:
                self._templates.addSeparator()
            text = template.title.replace("&", "&&")
            begin = partial(self._signals.new_job.emit, template.name)
            self._templates.addAction(icon(template.icon), text, begin)


class FirstStart(EmptyState):
    """The place of the list before there is a job."""

    def __init__(self, signals: PageSignals, parent: QWidget | None = None) -> None:
        super().__init__(
            "jobs",
            _("No jobs yet"),
            _("A job is something this computer does for you, at times you set. Begin with:"),
            parent,
        )
        self._signals = signals

    def offer(self, templates: Sequence[Template]) -> None:
        """Show the starting points."""
        for template in templates:
            if template.name in STARTING_POINTS:
                choice = self.add_choice(template.icon, template.title, template.summary)
                begin = partial(self._signals.new_job.emit, template.name)
                choice.clicked.connect(lambda _checked, begin=begin: begin())
