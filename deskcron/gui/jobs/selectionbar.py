"""The row of buttons for the selected jobs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.jobs.actions import Actions
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP_S, ICON


class SelectionBar(QWidget):
    """Buttons for what is done most, a menu with the rest, and how many jobs are selected."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = plain_label("", Tone.SOFT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        for action in (
            actions.run,
            actions.stop,
            actions.edit,
            actions.duplicate,
            actions.switch.action,
            actions.runs,
            actions.why,
            actions.remove,
        ):
            row.addWidget(_button(action))
        row.addWidget(_more(actions))
        row.addStretch(1)
        row.addWidget(self._number)

    def show_number(self, count: int) -> None:
        """Say how many jobs are selected."""
        text = ngettext("{count} selected", "{count} selected", count).format(count=count)
        self._number.setText(text if count else "")


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(ICON, ICON))
    return button


def _more(actions: Actions) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon("more"))
    button.setIconSize(QSize(ICON, ICON))
    button.setAccessibleName(_("More for the selected jobs"))
    button.setToolTip(_("More for the selected jobs"))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(actions.menu(button))
    return button
