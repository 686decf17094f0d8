"""The overview of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.texts import gettext as _
from deskcron.gui.shell.places import Place
from deskcron.gui.theme.cardgrid import CardGrid
from deskcron.gui.theme.dialogs import resize_to_scrolled
from deskcron.gui.theme.labels import HEADING, plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.scrolled import scrolled
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_XL

_COLUMNS = 2


class Keys(NamedTuple):
    """Keys, as Qt writes them portably, and what they do."""

    keys: str
    words: str


class KeyGroup(NamedTuple):
    """What can be done in one place."""

    title: str
    lines: Sequence[Keys]


def key_groups() -> Sequence[KeyGroup]:
    """Return all keys worth knowing."""
    return (
        KeyGroup(
            _("Everywhere"),
            (
                *(Keys(place.keys, place.title) for place in Place),
                Keys("Ctrl+N", _("New job")),
                Keys("Ctrl+F", _("Search")),
                Keys("F1", _("This overview")),
                Keys("Ctrl+Q", _("Quit")),
            ),
        ),
        KeyGroup(
            _("Jobs"),
            (
                Keys("Return", _("Edit")),
                Keys("Space", _("Switch on or off")),
                Keys("Ctrl+R", _("Run now")),
                Keys("Ctrl+D", _("Duplicate")),
                Keys("Del", _("Delete")),
                Keys("Ctrl+Z", _("Undo the last change")),
            ),
        ),
        KeyGroup(
            _("Form of a job"),
            (
                Keys("Ctrl+S", _("Save")),
                Keys("Ctrl+T", _("Test run")),
            ),
        ),
        KeyGroup(
            _("History"),
            (
                Keys("Return", _("Go to the output")),
                Keys("Ctrl+R", _("Run again")),
                Keys("Ctrl+C", _("Copy details")),
            ),
        ),
        KeyGroup(
            _("Inbox"),
            (
                Keys("Return", _("Open")),
                Keys("D", _("Done")),
                Keys("S", _("Snooze")),
                Keys("R", _("Run again")),
                Keys("Ctrl+Z", _("Bring back what was done last")),
            ),
        ),
        KeyGroup(
            _("Output"),
            (
                Keys("F3", _("Find next")),
                Keys("Shift+F3", _("Find previous")),
                Keys("Ctrl+E", _("Open in the editor of the system")),
            ),
        ),
    )


class KeysDialog(QDialog):
    """Show the keys by where they work, scrolled where the screen has no room for all."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard"))
        groups = key_groups()
        half = len(groups) // _COLUMNS
        page = QWidget()
        columns = CardGrid(GAP_XL, _COLUMNS, page)
        for part in (groups[:half], groups[half:]):
            columns.addWidget(_listed(part))
        area = scrolled(page)
        area.setAccessibleName(_("Keyboard"))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that keys scroll it
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_L)
        column.setSpacing(GAP_L)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        resize_to_scrolled(self, area, page)


def _listed(groups: Sequence[KeyGroup]) -> QWidget:
    """Return groups below each other, their keys in one column."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GAP_XL)
    grid.setVerticalSpacing(GAP)
    grid.setColumnStretch(0, 1)
    row = 0
    for group in groups:
        if row:
            grid.setRowMinimumHeight(row, GAP)
            row += 1
        heading = plain_label(group.title, size=HEADING, is_strong=True)
        grid.addWidget(heading, row, 0, 1, 2)
        for line in group.lines:
            row += 1
            grid.addWidget(plain_label(line.words), row, 0)
            native = QKeySequence(line.keys).toString(QKeySequence.SequenceFormat.NativeText)
            grid.addWidget(plain_label(native, Tone.SOFT), row, 1)
        row += 1
    grid.setRowStretch(row, 1)
    return made
