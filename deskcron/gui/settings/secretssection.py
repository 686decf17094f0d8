"""Passwords and tokens for jobs: the names of those that are kept, never their values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from deskcron.domain.errors import DeskcronError
from deskcron.domain.secret import reference
from deskcron.domain.texts import gettext as _
from deskcron.gui.bridge import Bridge, Latest
from deskcron.gui.later import Throttle
from deskcron.gui.settings.row import Row
from deskcron.gui.settings.secretdialog import SecretDialog
from deskcron.gui.settings.section import Section
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.hairline import hairline
from deskcron.gui.theme.questionbox import question_box


class SecretsSection(Section):
    """One row for each secret, and one to add another; the last says where none can be kept.

    The keyring is asked when the section comes into sight: that takes a while, and some keyrings
    ask the person to unlock them.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Secrets"),
            _(
                "Passwords and tokens for jobs stay in the keyring of the system. Write "
                "${secret:NAME} for one in the environment of a job, or in address, headers and "
                "body of a web request. Values are never shown."
            ),
            parent,
        )
        self._bridge = bridge
        self._latest = Latest(bridge, self)
        self._names: tuple[str, ...] = ()
        self._is_to_ask = False
        self.rows: dict[str, SecretRow] = {}
        self.add = button(_("&Add…"), "add")
        self.add.setAccessibleName(_("Add a secret…"))
        self.add.clicked.connect(partial(self._open, ""))
        self.last = Row(_("No secret yet"), "", self.add)
        self._parts: list[QWidget] = []
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.last)
        self.add_row(self._list)
        self._looks = Throttle(self, self._ask_names)
        bridge.changed.connect(self._looks.changed)

    def look(self) -> None:
        """Ask for the names, and as soon as they are in sight whether there is a keyring."""
        self._looks.now()
        self._is_to_ask = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - named by Qt
        """Notice that the section is in sight."""
        super().paintEvent(event)
        if self._is_to_ask:
            self._is_to_ask = False
            self._bridge.ask(self, lambda facade: facade.secrets.obstacle(), self._show_obstacle)

    def _ask_names(self) -> None:
        self._latest.ask(lambda facade: tuple(facade.secrets.names()), self._show_names)

    def _show_obstacle(self, obstacle: str) -> None:
        self.last.show_problem(obstacle)
        self.add.setEnabled(not obstacle)

    def _show_names(self, names: Sequence[str]) -> None:
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        self.last.set_title(_("Another secret") if names else _("No secret yet"))
        if any(row.has_keyboard() for row in self.rows.values()):
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self.rows = {name: SecretRow(name) for name in names}
        self._parts = []
        for name, row in self.rows.items():
            row.replace.clicked.connect(partial(self._open, name))
            row.remove.clicked.connect(partial(self._ask_before_removing, name))
            self._parts += [row, hairline(Qt.Orientation.Horizontal)]
        for place, part in enumerate(self._parts):
            self._column.insertWidget(place, part)

    def _open(self, name: str, _is_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a slot
        SecretDialog(self._bridge, self._names, name, self).open()

    def _ask_before_removing(self, name: str) -> None:
        box = question_box(
            self,
            _("Remove a secret"),
            _("Remove “{name}”?").format(name=name),
            _("Its value is gone for good, and jobs that refer to it cannot start."),
            picture="delete",
        )
        remove = box.addButton(_("&Remove"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        remove.clicked.connect(lambda: self._remove(name))
        box.open()

    def _remove(self, name: str) -> None:
        def refused(error: DeskcronError) -> None:
            if (row := self.rows.get(name)) is not None:
                row.show_problem(str(error))

        self._bridge.ask(
            self, lambda facade: facade.secrets.remove(name), lambda _nothing: None, refused
        )


class SecretRow(Row):
    """One secret: its name, how jobs refer to it, and what can be done with it."""

    def __init__(self, name: str) -> None:
        self.replace = button(_("Replace…"))
        self.remove = button(_("Remove…"))
        super().__init__(name, reference(name), self.replace, self.remove)
        self.replace.setAccessibleName(_("Replace {name}…").format(name=name))
        self.remove.setAccessibleName(_("Remove {name}…").format(name=name))

    def has_keyboard(self) -> bool:
        """Tell whether one of its buttons has the keyboard."""
        return self.replace.hasFocus() or self.remove.hasFocus()
