"""A field for a path, with a button to look for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.labels import tip
from deskcron.gui.theme.spacing import GAP_S


class PathField(QWidget):
    """A line to type in; each button opens the system's dialog for a file or a folder."""

    edited = Signal()

    def __init__(
        self, name: str, *, files: bool = False, folders: bool = False, hint: str = ""
    ) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        self.line.setToolTip(tip(hint))
        self._name = name
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP_S)
        self._row.addWidget(self.line, 1)
        if files:
            self._add_button(_("File…"), _("choose a file"), QFileDialog.FileMode.ExistingFile)
        if folders:
            self._add_button(_("Folder…"), _("choose a folder"), QFileDialog.FileMode.Directory)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self.edited)

    def text(self) -> str:
        """Return the path as it was typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show a path."""
        self.line.setText(text)

    def _add_button(self, words: str, action: str, mode: QFileDialog.FileMode) -> None:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.setAccessibleName(_("{name}: {action}").format(name=self._name, action=action))
        button.clicked.connect(lambda: self._browse(mode))
        self._row.addWidget(button)

    def _browse(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, self._name, self.line.text())
        dialog.setFileMode(mode)
        dialog.fileSelected.connect(self.line.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
