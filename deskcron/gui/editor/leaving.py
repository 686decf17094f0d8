"""Ask what becomes of changes before a window closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from deskcron.domain.texts import gettext as _


class Answers(NamedTuple):
    """What is done after each answer."""

    save: Callable[[], None]
    leave: Callable[[], None]
    stay: Callable[[], None]


def ask_before_leaving(window: QWidget, name: str, answers: Answers) -> QMessageBox:
    """Ask without blocking: save, discard, or stay."""
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("Unsaved changes"))
    box.setText(
        _("Save the changes to “{name}”?").format(name=name)
        if name.strip()
        else _("Save the new job?")
    )
    roles = QMessageBox.ButtonRole
    keep = box.addButton(_("&Save"), roles.AcceptRole)
    drop = box.addButton(_("&Discard"), roles.DestructiveRole)
    stay = box.addButton(_("Cancel"), roles.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(stay)
    keep.clicked.connect(answers.save)
    drop.clicked.connect(answers.leave)
    box.rejected.connect(answers.stay)
    box.open()
    return box
