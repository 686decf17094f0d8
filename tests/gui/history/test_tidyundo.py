"""What a run has tidied is put back when a person agrees, and what stays is told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from deskcron.domain.run import Run, Status
from deskcron.domain.tidyundo import NotPutBack, PutBack
from deskcron.engine.facade import Facade
from deskcron.gui.history.page import HistoryPage
from deskcron.gui.history.tidyundo import words
from deskcron.gui.pagecontext import PageContext

LONG_AGO = 1_700_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two files that are to be tidied."""
    folder = tmp_path / "Downloads"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(name)
        os.utime(folder / name, (LONG_AGO, LONG_AGO))
    return folder


@pytest.fixture
def tidied(
    qtbot: QtBot, page: HistoryPage, past: Any, facade: Facade, folder: Path, engine: None
) -> Run:
    """Return the run that has tidied them; the page shows it."""
    rule = {"name": "*.txt", "deed": "move", "target": "X"}
    job = past.job("Tidy", kind="tidy", folder=str(folder), rules=[rule], rehearse=False)
    run_id = facade.control.run(job)
    run = facade.control.wait(run_id, 20)
    assert run.status is Status.SUCCEEDED, facade.history.read_log(run_id, 0, 9_999)
    page.show()
    page.show_run(run_id)
    qtbot.waitUntil(page._actions.undo.isVisible)
    return run


def asked(page: HistoryPage) -> QMessageBox:
    """Return the box that is open."""
    [box] = [one for one in page.findChildren(QMessageBox) if one.isVisible()]
    return box


def agree(page: HistoryPage) -> None:
    """Undo, and agree to that."""
    page._actions.undo.trigger()
    box = asked(page)
    [undo] = [one for one in box.buttons() if one.text() == "&Undo"]
    undo.click()


def test_files_go_back_once(
    qtbot: QtBot, page: HistoryPage, context: PageContext, tidied: Run, folder: Path
) -> None:
    """After the question the files are where they were, and it is no longer offered."""
    assert not (folder / "a.txt").exists()
    told: list[str] = []
    context.signals.say.connect(told.append)
    agree(page)
    qtbot.waitUntil(lambda: "2 files were put back." in told)
    assert (folder / "a.txt").read_text() == "a.txt"
    qtbot.waitUntil(lambda: not page._actions.undo.isVisible())


def test_what_stays_is_told(qtbot: QtBot, page: HistoryPage, tidied: Run, folder: Path) -> None:
    """A file that was changed since is named with the reason."""
    (folder / "X" / "a.txt").write_text("changed")
    agree(page)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(QMessageBox)))
    box = asked(page)
    qtbot.waitUntil(lambda: "1 file was put back. 1 file stays as it is:" in box.text())
    assert "a.txt: it was changed since" in box.informativeText()


def test_whoever_cancels_keeps_everything(
    qtbot: QtBot, page: HistoryPage, tidied: Run, folder: Path
) -> None:
    """Nothing is moved, and it is still offered."""
    page._actions.undo.trigger()
    asked(page).reject()
    assert (folder / "X" / "a.txt").exists()
    assert page._actions.undo.isVisible()


def test_it_is_offered_for_tidyings_alone(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext, tidied: Run
) -> None:
    """Another run has nothing to undo."""
    [other] = past.runs(past.job("Backup"), 1, status=Status.SKIPPED)
    page.show_run(other)
    qtbot.waitUntil(lambda: page.details.run_id == other)
    qtbot.waitUntil(lambda: not page._actions.undo.isVisible())


def test_each_file_that_stays_has_a_line() -> None:
    """The sentence counts; none that stays, no lines."""
    assert words(PutBack(["/a"], [])) == ("1 file was put back.", ())
    left = [NotPutBack("/b", "it was changed since"), NotPutBack("/c", "it is gone")]
    sentence, lines = words(PutBack([], left))
    assert sentence == "0 files were put back. 2 files stay as they are:"
    assert lines == ("/b: it was changed since", "/c: it is gone")
