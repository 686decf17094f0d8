"""Jobs leave as a file and come in from one, off, after a look at what it brings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskcron.domain.answers import Imported
from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.settings.importdialog import ImportDialog, listed
from deskcron.gui.settings.page import SettingsPage

OpenPage = Callable[[], SettingsPage]


@pytest.fixture
def tea(facade: Facade) -> str:
    """Return a job."""
    document = {
        "name": "Tea <b>now</b>",
        "enabled": True,
        "triggers": [facade.whens.when("every", "1h")],
        "action": {"kind": "reminder", "text": ""},
    }
    return facade.jobs.add(document).job.id


def names(facade: Facade) -> dict[str, bool]:
    """Return the jobs and whether they are on."""
    return {job.name: job.enabled for job in facade.catalogue.list(finished=True)}


def test_export_and_import(
    open_page: OpenPage,
    facade: Facade,
    context: PageContext,
    tea: str,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    """What was exported comes in again beside what is there, off and under a free name."""
    page, path = open_page(), tmp_path / "jobs.json"
    with qtbot.waitSignal(context.signals.say) as said:
        page.data.export(path)
    assert said.args == [f"All jobs were exported to {path}."]
    page.data.look_into(path)
    qtbot.waitUntil(lambda: page.findChild(ImportDialog) is not None)
    dialog = page.findChild(ImportDialog)
    assert dialog.text.toPlainText().startswith("Tea <b>now</b> (")
    assert names(facade) == {"Tea <b>now</b>": True}
    with qtbot.waitSignal(context.signals.say_undoable) as said:
        dialog.accept()
    text, operation = said.args
    assert text == "1 job was imported. It is off."
    assert sorted(names(facade).values()) == [False, True]
    facade.jobs.undo(operation)
    assert names(facade) == {"Tea <b>now</b>": True}


def test_import_that_is_not_wanted_changes_nothing(
    open_page: OpenPage, facade: Facade, tea: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """The look at a file is only a look."""
    path = tmp_path / "jobs.json"
    path.write_bytes(facade.transfer.export())
    page = open_page()
    page.data.look_into(path)
    qtbot.waitUntil(lambda: page.findChild(ImportDialog) is not None)
    page.findChild(ImportDialog).reject()
    assert len(names(facade)) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "it is not JSON"),
        (b'{"deskcron": 99, "jobs": []}', "it was written by a newer deskcron"),
        (None, "No such file or directory"),
    ],
)
def test_file_that_cannot_be_imported_says_why(
    open_page: OpenPage, tmp_path: Path, qtbot: QtBot, content: bytes | None, words: str
) -> None:
    """The reason stands beside the button."""
    path = tmp_path / "jobs.json"
    if content is not None:
        path.write_bytes(content)
    page = open_page()
    page.data.look_into(path)
    qtbot.waitUntil(lambda: bool(page.data.jobs.problem()))
    assert words in page.data.jobs.problem()


def test_export_to_a_bad_place_says_why(open_page: OpenPage, tmp_path: Path, qtbot: QtBot) -> None:
    """A place that cannot be written to is told beside the button."""
    page = open_page()
    page.data.export(tmp_path / "missing" / "jobs.json")
    qtbot.waitUntil(lambda: bool(page.data.jobs.problem()))
    assert page.data.jobs.problem().startswith("The jobs were not exported: ")


def test_preview_lists_names_and_remarks() -> None:
    """A job whose name is taken says so; what a person should know stands at the end."""
    preview = Imported(
        names=("Tea (2)", "Walk"), renamed=(("Tea", "Tea (2)"),), warnings=("Walk: it is over",)
    )
    assert listed(preview) == (
        "Tea (2) (there is a job Tea already)\nWalk\n\nTo be known:\nWalk: it is over"
    )
