"""Every page and dialog in a longer language: nothing is left in English, nothing is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from dialogscenes import IMPORTED, PUT_BACK
from pagescenes import DELETED, REFUSAL, SAVED, SECRETS, SURPRISING, UNUSABLE
from pseudo import Pseudo, untranslated
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCalendarWidget,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from room import cut_off
from samples import ENVIRONMENT
from stage import Stage

from deskcron.domain import texts
from deskcron.domain.secret import reference
from deskcron.gui.editor import webform
from deskcron.gui.tray.menu import plain

WORD = re.compile(r"[A-Za-z]{3,}")
BROUGHT = (
    *IMPORTED.names,
    *IMPORTED.warnings,
    *(name for pair in IMPORTED.renamed for name in pair),
)
PROGRAMS = ("deskcron", "SQLite", "Qt", "Python", "PySide6", "APScheduler")
NAMES = (*PROGRAMS, "UTC", "MIT", *webform._METHODS)
SAID = (
    *(words for error in (REFUSAL, UNUSABLE) for words in (error.title, error.detail, error.hint)),
    *(one.why for one in PUT_BACK.left),
    *BROUGHT,
    *(words for name in SECRETS for words in (name, reference(name))),
    DELETED,
    SAVED,
    SURPRISING,
)
"""What is said by the scenes themselves."""
KEYS = re.compile(r"((Ctrl|Shift|Alt)\+\S+|F\d+|Esc|Del|Return|Space|Enter)")
PATH = re.compile(r"(/[\w.-]+)+")
IN_A_CELL = 500
"""Letters of a value that a table of variables shows."""
LOOK = 30
"""Rows and columns of a table that are looked at."""
OF_QT = ("edit-copy", "select-all")
"""Entries that Qt translates."""


@pytest.fixture
def pseudo_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak the language that nobody speaks."""
    catalogue = Pseudo()
    monkeypatch.setattr(texts, "_catalogue", lambda: catalogue)


def test_everything_can_be_translated(pseudo_language, walk) -> None:
    """All words go by gettext, but for names and what a person or a job wrote; none is cut off.

    Texts that are a third longer still have room, or end in dots with all of it in a tooltip.
    """
    wrong = walk(left_in_english, cut_off)
    assert not wrong, wrong


def left_in_english(window: QWidget, stage: Stage) -> Iterator[str]:
    """Yield the words that would stay English in every language."""
    data = sorted((*SAID, *data_of(stage)), key=len, reverse=True)
    for one, text in shown_texts(window):
        rest = untranslated(text).replace("&", "")
        for known in data:
            rest = rest.replace(known, "")
        rest = KEYS.sub("", PATH.sub("", rest))
        words = [word for word in WORD.findall(rest) if word not in NAMES]
        if words:
            yield f"{type(one).__name__} {text!r}"


def shown_texts(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Yield what can be read in a window, with what shows it."""
    yield window, window.windowTitle()
    if isinstance(window, QMenu):
        own = (one for one in window.actions() if one.objectName() not in OF_QT)
        yield from ((window, one.text().partition("\t")[0]) for one in own)
    for one in window.findChildren(QWidget):
        if not one.isVisible() or one.window() is not window:
            continue
        if one.toolTip():
            yield one, re.sub(r"<[^>]*>", "", one.toolTip())
        if not is_translated_by_qt(one):
            yield from ((one, text) for text in texts_of(one))


def texts_of(one: QWidget) -> Iterator[str]:
    """Yield what a widget itself shows."""
    if isinstance(one, QLabel | QAbstractButton):
        yield one.text()
    elif isinstance(one, QGroupBox):
        yield one.title()
    elif isinstance(one, QComboBox):
        yield from (one.itemText(place) for place in range(min(one.count(), LOOK)))
    elif isinstance(one, QLineEdit | QPlainTextEdit):
        yield one.placeholderText()
    elif isinstance(one, QAbstractItemView) and one.model() is not None:
        yield from cell_texts(one)


def is_translated_by_qt(one: QWidget) -> bool:
    """Tell whether it is one of the usual buttons of dialogs, or belongs to a calendar."""
    box = one.parentWidget()
    if isinstance(box, QDialogButtonBox):
        return box.standardButton(one) is not QDialogButtonBox.StandardButton.NoButton
    while box is not None and not isinstance(box, QCalendarWidget):
        box = box.parentWidget()
    return box is not None


def cell_texts(view: QAbstractItemView) -> Iterator[str]:
    """Yield what the first rows and the headers of a list or table show."""
    model = view.model()
    columns = range(min(model.columnCount(), LOOK)) if isinstance(view, QTableView) else range(1)
    if isinstance(view, QTableView):
        for column in columns:
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(model.rowCount(), LOOK)):
        for column in columns:
            yield str(model.index(row, column).data() or "")


def data_of(stage: Stage) -> list[str]:
    """Return what persons and jobs have written, also as menus shorten it."""
    facade = stage.facade
    found: set[str] = set()
    for job in facade.catalogue.list(finished=True):
        document = facade.catalogue.draft(job.id).document
        gather(document, found)
        if any(trigger["kind"] == "cron" for trigger in document["triggers"]):
            found.add(job.schedule)  # said by a library that has translations of its own
    for entry in facade.inbox.waiting():
        found |= {entry.title, entry.text}
    terminal = facade.environment.of_terminal().variables
    for name, value in (*ENVIRONMENT.items(), *terminal.items()):
        cells = name, " ".join(value[:IN_A_CELL].split())
        found |= {text for text in cells if WORD.search(text)}
    lines = {line for text in found for line in text.splitlines()}
    return [*(found | lines - {""}), *map(plain, found)]


def gather(value: Any, found: set[str]) -> None:
    """Collect the texts in a document."""
    if isinstance(value, str) and value:
        found.add(value)
    elif isinstance(value, dict):
        for one in value.values():
            gather(one, found)
    elif isinstance(value, list | tuple):
        for one in value:
            gather(one, found)
