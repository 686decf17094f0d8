"""A template asks for what only the person knows before its form is shown."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.editor.field import Field
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
    control.setFocus()
    control.set_text(path)
    blanks.fields[2].control.setFocus()


def hint(field: Field) -> str:
    """Return what is said below a field that has no problem."""
    assert field._hint is not None
    return field._hint.text()


def shown(editor: Editor) -> list[str]:
    """Return the ways on from the page that is shown."""
    ways = (editor.continue_button, editor.save_button, editor.test_button)
    return [button.text().replace("&", "") for button in ways if button.isVisible()]


def test_the_answers_are_what_the_job_does(
    qtbot: QtBot, context: PageContext, facade: Facade, tmp_path: Path
) -> None:
    """What is filled in, with "~" as the home it stands for, becomes the arguments of the job."""
    editor, blanks = asking(qtbot, context)
    name(blanks, 0, f" {tmp_path} ")
    name(blanks, 1, "~/Archives")
    with qtbot.waitSignal(editor.looking.looked):
        qtbot.keyClick(blanks.fields[1].control.focusProxy(), Qt.Key.Key_Return)
    stored = facade.catalogue.draft(saved(qtbot, editor)).document
    assert stored["action"]["arguments"] == [str(tmp_path), f"{Path.home()}/Archives", "7"]


def test_a_folder_that_is_not_there_is_told(
    qtbot: QtBot, context: PageContext, tmp_path: Path
) -> None:
    """A folder that is not there is told once it is typed; a place for archives may be new."""
    _editor, blanks = asking(qtbot, context)
    name(blanks, 0, str(tmp_path / "none"))
    name(blanks, 1, str(tmp_path / "none"))
    qtbot.waitUntil(lambda: blanks.fields[0].problem() == "There is no such folder.")
    assert blanks.fields[1].problem() == ""
    name(blanks, 0, str(tmp_path))
    qtbot.waitUntil(lambda: blanks.fields[0].problem() == "")


def test_a_proposal_that_does_not_fit_is_no_mistake(
    qtbot: QtBot, context: PageContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the folder proposed is not there is a hint; another one that is not is a problem."""
    folder = str(tmp_path / "none")
    monkeypatch.setattr(platformdirs, "user_documents_dir", lambda: folder)
    _editor, blanks = asking(qtbot, context)
    field = blanks.fields[0]
    qtbot.waitUntil(lambda: hint(field) == "There is no such folder.")
    assert field.problem() == ""
    name(blanks, 0, f"{folder}/at-all")
    qtbot.waitUntil(lambda: field.problem() == "There is no such folder.")
    assert hint(field) == "All that is in it is packed."


def test_there_is_one_way_on(qtbot: QtBot, context: PageContext) -> None:
    """At the foot stands what leads on from the page: Continue, then Save and a test run."""
    editor, _blanks = asking(qtbot, context)
    assert shown(editor) == ["Continue"]
    with qtbot.waitSignal(editor.looking.looked):
        editor.continue_button.click()
    assert shown(editor) == ["Save", "Test run"]


def test_nothing_is_begun_without_an_answer(qtbot: QtBot, context: PageContext) -> None:
    """An empty field is gone to, and the form is not shown."""
    editor, blanks = asking(qtbot, context)
    name(blanks, 1, "  ")
    with qtbot.assertNotEmitted(blanks.filled):
        editor.continue_button.click()
    assert blanks.fields[1].problem() == "Name the folder."
    assert editor.focusWidget() is blanks.fields[1].control.focusProxy()


def question(editor: Editor) -> QMessageBox:
    """Return what is asked before the form is left."""
    (box,) = [box for box in editor.findChildren(QMessageBox) if box.isVisible()]
    return box


def answer(editor: Editor, words: str) -> None:
    """Press a button of the question."""
    (button,) = [one for one in question(editor).buttons() if one.text().replace("&", "") == words]
    button.click()


def test_what_is_filled_in_is_not_lost_without_a_question(
    qtbot: QtBot, context: PageContext, tmp_path: Path
) -> None:
    """Whoever leaves is asked as soon as something is not as proposed, also after Continue."""
    editor, blanks = asking(qtbot, context)
    assert not editor.has_changes()
    proposed = blanks.fields[1].control.text()
    name(blanks, 1, str(tmp_path))
    assert editor.has_changes()
    name(blanks, 1, proposed)
    assert not editor.has_changes()
    name(blanks, 1, str(tmp_path))
    editor.close()
    assert question(editor).text() == "Save the new job?"
    answer(editor, "Cancel")
    with qtbot.waitSignal(editor.looking.looked):
        editor.continue_button.click()
    assert editor.has_changes()
    editor.close()
    answer(editor, "Discard")
    assert not editor.isVisible()


def test_what_was_proposed_is_left_without_a_question(qtbot: QtBot, context: PageContext) -> None:
    """Who has filled in nothing is not asked, neither before nor after Continue."""
    editor, _blanks = asking(qtbot, context)
    with qtbot.waitSignal(editor.looking.looked):
        editor.continue_button.click()
    assert not editor.has_changes()
    other, _blanks = asking(qtbot, context)
    assert editor.close()
    assert other.close()


def test_to_save_what_is_filled_in_goes_on_to_the_form(
    qtbot: QtBot, context: PageContext, facade: Facade, tmp_path: Path
) -> None:
    """Save shows the whole job first, so that the wish to leave comes to nothing."""
    editor, blanks = asking(qtbot, context)
    name(blanks, 1, str(tmp_path))
    editor.close()
    with qtbot.waitSignals([editor.stayed, editor.looking.looked]):
        answer(editor, "Save")
    assert editor.isVisible()
    stored = facade.catalogue.draft(saved(qtbot, editor)).document
    assert stored["action"]["arguments"][1] == str(tmp_path)


@pytest.mark.parametrize("path", ["x" * 5000, "a\0b"])
def test_a_path_that_no_folder_can_have_is_told(
    qtbot: QtBot, context: PageContext, path: str
) -> None:
    """What the system does not even look for is a folder that is not there."""
    _editor, blanks = asking(qtbot, context)
    name(blanks, 0, path)
    qtbot.waitUntil(lambda: blanks.fields[0].problem() == "There is no such folder.")


def test_the_fields_are_called_as_they_are_read(qtbot: QtBot, context: PageContext) -> None:
    """The keys of a label are no part of what a screen reader says and a dialog is called."""
    _editor, blanks = asking(qtbot, context)
    spoken = [blanks.fields[0].control.focusProxy(), blanks.fields[2].control]
    assert [control.accessibleName() for control in spoken] == ["Folder", "Archives to keep"]


def test_a_path_without_a_beginning_lies_at_home(
    qtbot: QtBot, context: PageContext, deskcron_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a path begins nowhere, the folder that is looked for is the one the job is given."""
    monkeypatch.setattr(Path, "home", lambda: deskcron_home)
    (deskcron_home / "Photos").mkdir(parents=True)
    editor, blanks = asking(qtbot, context)
    name(blanks, 0, "Fotos")
    qtbot.waitUntil(lambda: blanks.fields[0].problem() != "")
    name(blanks, 0, "Photos")
    qtbot.waitUntil(lambda: blanks.fields[0].problem() == "")
    with qtbot.waitSignal(blanks.filled) as filled:
        editor.continue_button.click()
    assert filled.args[0][0] == str(deskcron_home / "Photos")
