"""Every page and dialog in a longer language: nothing is left in English, nothing is cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pseudo import Pseudo, untranslated
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QToolButton,
    QWidget,
)
from samples import ENVIRONMENT
from scenes import DELETED, EMPTY, REFUSAL, SAVED, SCENES, SURPRISING, Stage

from deskcron.domain import texts
from deskcron.gui.theme.labels import ElidedLabel

WORD = re.compile(r"[A-Za-z]{3,}")
NAMES = ("deskcron", "UTC", "SQLite", "Qt", "Python", "PySide6", "APScheduler", "MIT", "GET")
SAID = (REFUSAL.title, REFUSAL.detail, REFUSAL.hint, DELETED, SAVED, SURPRISING)
"""What the scenes of messages say."""
KEYS = re.compile(r"((Ctrl|Shift|Alt)\+\S+|F\d+|Esc|Del|Return|Space|Enter)")
PATH = re.compile(r"(/[\w.-]+)+")
IN_A_CELL = 500
"""Letters of a value that a table of variables shows."""
LOOK = 30
"""Rows and columns of a table that are looked at."""


@pytest.fixture
def pseudo_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak the language that nobody speaks."""
    catalogue = Pseudo()
    monkeypatch.setattr(texts, "_catalogue", lambda: catalogue)


def test_everything_is_translated(pseudo_language, open_stage) -> None:
    """All words that can be seen, but for names and what a person or a job wrote, go by gettext."""
    wrong = walk(open_stage, left_in_english)
    assert not wrong, wrong


def test_nothing_is_cut_off(pseudo_language, open_stage) -> None:
    """Texts that are a third longer still have room, or end in dots with all of it in a tooltip."""
    wrong = walk(open_stage, cut_off)
    assert not wrong, wrong


def walk(open_stage, check: Callable[[QWidget, Stage], Iterator[str]]) -> str:
    """Return what is wrong in any scene, a line each."""
    found: dict[str, str] = {}
    for is_full, scenes in ((True, SCENES), (False, EMPTY)):
        stage = open_stage(is_full=is_full)
        for name, scene in scenes.items():
            for problem in check(scene(stage), stage):
                found.setdefault(problem, name)
            stage.strike()
    return "\n".join(f"{name}: {problem}" for problem, name in found.items())


def left_in_english(window: QWidget, stage: Stage) -> Iterator[str]:
    """Yield the words that would stay English in every language."""
    data = (*SAID, *data_of(stage))
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
    for one in window.findChildren(QWidget):
        if not one.isVisible() or one.window() is not window:
            continue
        if one.toolTip():
            yield one, re.sub(r"<[^>]*>", "", one.toolTip())
        if is_translated_by_qt(one):
            continue
        if isinstance(one, QLabel | QAbstractButton):
            yield one, one.text()
        elif isinstance(one, QGroupBox):
            yield one, one.title()
        elif isinstance(one, QComboBox) and not one.isEditable():
            yield one, one.currentText()
        elif isinstance(one, QLineEdit | QPlainTextEdit):
            yield one, one.placeholderText()
        elif isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from ((one, text) for text in cell_texts(one))


def is_translated_by_qt(one: QWidget) -> bool:
    """Tell whether it is one of the usual buttons of dialogs."""
    box = one.parentWidget()
    usual = QDialogButtonBox.StandardButton.NoButton
    return isinstance(box, QDialogButtonBox) and box.standardButton(one) is not usual


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
    """Return what persons and jobs have written, longest first."""
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
    return sorted(found | lines - {""}, key=len, reverse=True)


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


def is_icon(one: QAbstractButton) -> bool:
    """Tell whether a button shows no words."""
    icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(one, QToolButton) and one.toolButtonStyle() is icon_only and bool(one.icon())


def cut_off(window: QWidget, _stage: Stage) -> Iterator[str]:
    """Yield what has less room than its words need."""
    for one in window.findChildren(QWidget):
        if not one.isVisible() or one.window() is not window or isinstance(one, ElidedLabel):
            continue
        if isinstance(one, QLabel) and one.text():
            if one.wordWrap():
                lacks = one.height() < one.heightForWidth(one.width())
            else:
                lacks = one.width() < one.sizeHint().width()
        elif isinstance(one, QAbstractButton) and one.text() and not is_icon(one):
            lacks = one.width() < one.minimumSizeHint().width()
        else:
            continue
        if lacks:
            room = f"{one.width()} of {one.sizeHint().width()}"
            yield f"{type(one).__name__} {one.text()!r} has {room}"
