"""A button with icon and words that comes and goes with its action."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from deskcron.gui.theme.labels import tip, with_keys


class ActionButton(QPushButton):
    """Do an action, or open the menu given for it; its tooltip names the key."""

    def __init__(
        self, action: QAction, menu: QMenu | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._action = action
        if menu is not None:
            self.setMenu(menu)
        else:
            self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setText(self._action.text())
        self.setIcon(self._action.icon())
        self.setEnabled(self._action.isEnabled())
        name = self._action.text().replace("&", "")
        self.setToolTip(tip(with_keys(name, self._action.shortcut())))
        self.setVisible(self._action.isVisible())
