"""The first page for a new job: what to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from deskcron.domain.drafting import Template
from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.emptystate import CardButton
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import TITLE, plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP_L, GAP_XL

_COLUMNS = 3


class TemplateChoice(QWidget):
    """A large button for each template."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[CardButton] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP_L)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        column.setSpacing(GAP_L)
        column.addStretch(1)
        column.addWidget(plain_label(_("What should the new job do?"), size=TITLE, is_strong=True))
        column.addLayout(self._grid)
        column.addStretch(2)

    def offer(self, templates: Sequence[Template]) -> None:
        """Show the templates."""
        for index, template in enumerate(templates):
            choice = CardButton(icon(template.icon, Tone.ACCENT), template.title, template.summary)
            choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            choice.setAutoDefault(False)
            choice.clicked.connect(lambda _checked, one=template: self.chosen.emit(one))
            self.buttons.append(choice)
            self._grid.addWidget(choice, index // _COLUMNS, index % _COLUMNS)
        if self.buttons:
            self.buttons[0].show()  # only what is shown takes the keyboard
            self.buttons[0].setFocus()
