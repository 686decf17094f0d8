"""A template asks for what only the person knows before its form is shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.editor.pathfield import PathField
from deskcron.gui.editor.templateblanks import TemplateBlanks
from deskcron.gui.pagecontext import PageContext
from tests.gui.editor.conftest import saved


def asking(qtbot: QtBot, context: PageContext) -> tuple[Editor, TemplateBlanks]:
    """Return a form that asks for the folder of a backup, and its page."""
    editor = Editor(context)
    qtbot.addWidget(editor)
    editor.show()
    editor.begin("backup")
    qtbot.waitUntil(lambda: editor.blanks is not None)
    assert editor.blanks is not None
    return editor, editor.blanks


def name(blanks: TemplateBlanks, index: int, path: str) -> None:
    """Type a path."""
    control = blanks.fields[index].control
    assert isinstance(control, PathField)
    control.set_text(path)


def test_the_answers_are_what_the_job_does(
    qtbot: QtBot, context: PageContext, facade: Facade, tmp_path: Path
) -> None:
    """What is filled in, with "~" as the home it stands for, becomes the arguments of the job."""
    editor, blanks = asking(qtbot, context)
    assert not editor.save_button.isEnabled()
    name(blanks, 0, f" {tmp_path} ")
    name(blanks, 1, "~/Archives")
    with qtbot.waitSignal(editor.looking.looked):
        qtbot.keyClick(blanks.fields[1].control.focusProxy(), Qt.Key.Key_Return)
    stored = facade.catalogue.draft(saved(qtbot, editor)).document
    assert stored["action"]["arguments"] == [str(tmp_path), f"{Path.home()}/Archives", "7"]


def test_a_folder_that_is_not_there_is_told(
    qtbot: QtBot, context: PageContext, tmp_path: Path
) -> None:
    """A folder that is not there is told while it is typed; a place for archives may be new."""
    _editor, blanks = asking(qtbot, context)
    name(blanks, 0, str(tmp_path / "none"))
    name(blanks, 1, str(tmp_path / "none"))
    qtbot.waitUntil(lambda: blanks.fields[0].problem() == "There is no such folder.")
    assert blanks.fields[1].problem() == ""
    name(blanks, 0, str(tmp_path))
    qtbot.waitUntil(lambda: blanks.fields[0].problem() == "")


def test_nothing_is_begun_without_an_answer(qtbot: QtBot, context: PageContext) -> None:
    """An empty field is gone to, and the form is not shown."""
    editor, blanks = asking(qtbot, context)
    name(blanks, 1, "  ")
    with qtbot.assertNotEmitted(blanks.filled):
        blanks.go_on.click()
    assert blanks.fields[1].problem() == "Name the folder."
    assert editor.focusWidget() is blanks.fields[1].control.focusProxy()
