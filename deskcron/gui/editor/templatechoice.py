"""The first page for a new job: what to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from deskcron.domain.drafting import Template
from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.cardgrid import CardGrid
from deskcron.gui.theme.emptystate import CardButton
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import TITLE, plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.scrolled import scrolled
from deskcron.gui.theme.spacing import GAP_L, GAP_XL

_COLUMNS = 3


class TemplateChoice(QWidget):
    """A large button for each template."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[CardButton] = []
        self._grid = CardGrid(GAP_L, _COLUMNS)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        column.setSpacing(GAP_L)
        column.addStretch(1)
        title = plain_label(
            _("What should the new job do?"), size=TITLE, is_strong=True, wraps=True
        )
        column.addWidget(title)
        column.addLayout(self._grid)
        column.addStretch(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(page))

    def offer(self, templates: Sequence[Template]) -> None:
        """Show the templates."""
        for template in templates:
            choice = CardButton(icon(template.icon, Tone.ACCENT), template.title, template.summary)
            choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            choice.setAutoDefault(False)
            choice.clicked.connect(lambda _checked, one=template: self.chosen.emit(one))
            self.buttons.append(choice)
            self._grid.addWidget(choice)
        if self.buttons:
            self.buttons[0].show()  # only what is shown takes the keyboard
            self.buttons[0].setFocus()
