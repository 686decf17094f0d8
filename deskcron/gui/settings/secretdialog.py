"""Ask for a secret: its name and its value, which is stored and never shown again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.errors import DeskcronError
from deskcron.domain.masking import SHORTEST_MASKED
from deskcron.domain.secret import is_name, reference
from deskcron.domain.texts import gettext as _
from deskcron.gui.bridge import Bridge
from deskcron.gui.settings.row import Problem
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_XL

_LETTERS = 56


class SecretDialog(QDialog):
    """Keep a new secret, or with a `name` another value of that one; it closes when it is kept."""

    def __init__(
        self, bridge: Bridge, kept: Sequence[str], name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Replace a secret") if name else _("Add a secret"))
        self._bridge = bridge
        self._kept = () if name else tuple(kept)
        self._is_keeping = False
        self.name = QLineEdit(name)
        self.name.setReadOnly(bool(name))
        self.name.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        self.value = QLineEdit()
        self.value.setEchoMode(QLineEdit.EchoMode.Password)
        self._shows = QCheckBox(_("&Show what is typed"))
        self._shows.toggled.connect(self._show_value)
        self.meaning = plain_label("", Tone.SOFT, wraps=True)
        self.problem = Problem()
        self.keep = QPushButton(_("&Keep"))
        self._lay_out()
        self.keep.setDefault(True)  # only inside its dialog can a button be that
        for field in (self.name, self.value):
            field.textChanged.connect(self._tell)
        self._tell()
        (self.value if name else self.name).setFocus()

    def accept(self) -> None:
        """Keep it; what cannot be kept is told, and stays to be changed."""
        if self._is_keeping:
            return
        name, value = self.name.text().strip(), self.value.text()
        self._is_keeping = True  # disabled, the button would lose the keyboard
        self.problem.say("")
        self._bridge.ask(
            self, lambda facade: facade.secrets.set(name, value), self._on_kept, self._on_refused
        )

    def _on_kept(self, _nothing: object) -> None:
        self.value.clear()
        super().accept()

    def _on_refused(self, error: DeskcronError) -> None:
        self._is_keeping = False
        self.problem.say(str(error))
        self._grow()

    def _show_value(self, is_shown: bool) -> None:  # noqa: FBT001 - a slot
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.value.setEchoMode(mode)

    def _tell(self) -> None:
        """Say how jobs refer to it, and what else is to be known."""
        name = self.name.text().strip()
        lines = [_("In a job, write {reference} for it.").format(reference=reference(name or "…"))]
        if name and not is_name(name):
            lines = [_("A name has up to 64 letters, digits and “_-.”")]
        elif name in self._kept:
            lines.append(_("There is one of this name already; its value is replaced."))
        if 0 < len(self.value.text()) < SHORTEST_MASKED:
            lines.append(_("So short a value is not masked where it turns up in output."))
        self.meaning.setText("\n".join(lines))
        self._grow()

    def _grow(self) -> None:
        """Make room for all that is said; what was made larger by hand stays so."""
        wanted = self.heightForWidth(self.width())
        if wanted > self.height():
            self.resize(self.width(), wanted)

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setSpacing(GAP)
        for row, (words, field) in enumerate(((_("&Name"), self.name), (_("&Value"), self.value))):
            label = plain_label(words)
            label.setBuddy(field)
            form.addWidget(label, row, 0)
            form.addWidget(field, row, 1)
        form.addWidget(self._shows, form.rowCount(), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.keep, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        column.setSpacing(GAP)
        column.addLayout(form)
        column.addWidget(self.meaning)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addWidget(buttons)
