"""Show what an import brings before it is done."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.answers import Imported
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.theme.labels import HEADING, plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_XL

_LETTERS = 64
_LINES = 14


class ImportDialog(QDialog):
    """The names, which of them change, and what is to be known; accepted, the import is wanted."""

    def __init__(self, preview: Imported, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import jobs"))
        count = len(preview.names)
        head = ngettext("{count} job is in the file", "{count} jobs are in the file", count)
        self.text = QPlainTextEdit(listed(preview))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("What the file brings"))
        self.text.setMinimumSize(
            self.fontMetrics().averageCharWidth() * _LETTERS,
            self.fontMetrics().lineSpacing() * _LINES,
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        take = QPushButton(_("&Import"))
        take.setEnabled(count > 0)
        buttons.addButton(take, QDialogButtonBox.ButtonRole.AcceptRole)
        take.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        column.setSpacing(GAP)
        column.addWidget(plain_label(head.format(count=count), size=HEADING, is_strong=True))
        column.addWidget(
            plain_label(
                _("Imported jobs arrive off. Look at each, then turn it on."), Tone.SOFT, wraps=True
            )
        )
        column.addWidget(self.text, 1)
        column.addWidget(buttons)


def listed(preview: Imported) -> str:
    """Return names and remarks, one a line."""
    before = {new: old for old, new in preview.renamed}
    lines = [
        _("{name} (there is a job {old} already)").format(name=name, old=before[name])
        if name in before
        else name
        for name in preview.names
    ]
    if preview.warnings:
        lines += ["", _("To be known:"), *preview.warnings]
    return "\n".join(lines)
