"""The row of buttons for the selected jobs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolBar, QToolButton, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.jobs.actions import Actions
from deskcron.gui.theme.buttons import icon_button
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, ICON


class SelectionBar(QWidget):
    """Buttons for what is done most, a menu with everything, and how many jobs are selected.

    Where there is no room for all buttons, those at the end are left to the menu.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = plain_label("", Tone.SOFT)
        tools = QToolBar()
        tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tools.setIconSize(QSize(ICON, ICON))
        tools.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tools.addActions(
            [
                actions.run,
                actions.stop,
                actions.edit,
                actions.duplicate,
                actions.switch.action,
                actions.remove,
                actions.runs,
                actions.why,
                actions.statistics,
            ]
        )
        for extension in tools.findChildren(QToolButton, "qt_toolbar_ext_button"):
            extension.setAccessibleName(_("Further buttons"))  # Qt gives it no name
            extension.setIcon(icon("further"))  # Qt's own is black on any ground
        more = icon_button("more", _("Everything for the selected jobs"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(actions.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(tools, 1)
        row.addWidget(self._number)
        row.addWidget(more)

    def show_number(self, count: int) -> None:
        """Say how many jobs are selected."""
        text = ngettext("{count} selected", "{count} selected", count).format(count=count)
        self._number.setText(text if count else "")
