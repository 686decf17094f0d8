"""Ask what becomes of changes before a window closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QMessageBox, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.questionbox import question_box


class Answers(NamedTuple):
    """What is done after each answer."""

    save: Callable[[], None]
    leave: Callable[[], None]
    stay: Callable[[], None]


def ask_before_leaving(
    window: QWidget, name: str, answers: Answers, *, is_new: bool
) -> QMessageBox:
    """Ask without blocking: save, discard, or stay."""
    box = question_box(
        window,
        _("Unsaved changes"),
        _words(name.strip(), is_new=is_new),
        _("What you discard cannot be brought back."),
        picture="edit",
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


def _words(name: str, *, is_new: bool) -> str:
    if not name:
        return _("Save the new job?") if is_new else _("Save the changes?")
    words = _("Save the new job “{name}”?") if is_new else _("Save the changes to “{name}”?")
    return words.format(name=name)
