"""A person looks at what a run was started with, and at what a terminal has otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskcron.domain.concealing import MASK
from deskcron.domain.parity import TerminalEnvironment
from deskcron.domain.records import NewRun, RunEnd
from deskcron.domain.run import Cause, JobId, RunId, Status
from deskcron.engine.facade import Facade
from deskcron.gui.environment.dialog import EnvironmentDialog
from deskcron.gui.history.page import HistoryPage
from deskcron.gui.pagecontext import PageContext
from deskcron.system.paths import Paths
from deskcron.system.runlog import FileRunLogs

GIVEN = {"LANG": "de_DE.UTF-8", "API_TOKEN": MASK, "EMPTY": "", "LONG": "x" * 5_000}
Ran = Callable[..., tuple[JobId, RunId]]


@pytest.fixture
def ran(facade: Facade, context: PageContext, deskcron_home) -> Ran:
    """Return what writes a run of a new job, and what it was started with, where that is kept."""

    def write(
        kept: dict[str, str] | None = None, name: str = "Back up <b>photos</b>", **action: Any
    ) -> tuple[JobId, RunId]:
        document = {
            "name": name,
            "action": action or {"kind": "command", "program": "/bin/true"},
            "policy": {"environment": {"base": "session"}},
        }
        job_id = facade.jobs.add(document).job.id
        now = context.clock.now()
        row = NewRun(job_id, 1, Cause.MANUAL, Status.QUEUED, now)

        def put(tables: Any) -> RunId:
            run_id = tables.runs.insert(row)
            tables.runs.ended(RunEnd(run_id, Status.FAILED, now, now + timedelta(seconds=1)))
            return run_id

        run_id = facade._store.write(put)
        if kept is not None:
            logs = FileRunLogs(Paths.below(deskcron_home).logs)
            logs.path(run_id, 1).parent.mkdir(parents=True, exist_ok=True)
            logs.keep_environment(run_id, 1, kept)
        return job_id, run_id

    return write


@pytest.fixture
def terminal(facade: Facade, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what says what a new terminal has."""

    def have(variables: dict[str, str], remark: str = "") -> None:
        answer = TerminalEnvironment(variables=variables, remark=remark)
        monkeypatch.setattr(facade.environment, "of_terminal", lambda: answer)

    return have


@pytest.fixture
def dialog(context: PageContext, qtbot: QtBot) -> EnvironmentDialog:
    """Return the dialog, not shown yet."""
    dialog = EnvironmentDialog(context)
    qtbot.addWidget(dialog)
    return dialog


def cells(dialog: EnvironmentDialog) -> list[list[str]]:
    """Return what the table shows."""
    model = dialog.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def words(dialog: EnvironmentDialog) -> list[str]:
    """Return all labels that are to be seen."""
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_the_variables_of_a_run_are_listed(
    dialog: EnvironmentDialog, ran: Ran, qtbot: QtBot
) -> None:
    """All that is kept of a run is there by name, secrets masked, long values in full beside."""
    dialog.show_run(*ran(GIVEN))
    qtbot.waitUntil(lambda: len(cells(dialog)) == 4)
    assert [row[0] for row in cells(dialog)] == ["API_TOKEN", "EMPTY", "LANG", "LONG"]
    assert [row[1] for row in cells(dialog)][:3] == [MASK, "empty", "de_DE.UTF-8"]
    assert "Back up <b>photos</b>" in words(dialog)
    assert dialog.summary.text() == "4 variables. It begins with what deskcron itself has."
    dialog.table.selectRow(3)
    assert dialog.value.toPlainText() == "x" * 5_000


def test_variables_are_searched(dialog: EnvironmentDialog, ran: Ran, qtbot: QtBot) -> None:
    """What is typed narrows the list; nothing found is said."""
    dialog.show_run(*ran(GIVEN))
    qtbot.waitUntil(lambda: len(cells(dialog)) == 4)
    dialog.search.setText("utf")
    qtbot.waitUntil(lambda: cells(dialog) == [["LANG", "de_DE.UTF-8"]])
    dialog.search.setText("nowhere")
    qtbot.waitUntil(lambda: "No match" in words(dialog))


def test_only_what_differs_from_a_terminal(
    dialog: EnvironmentDialog, ran: Ran, terminal, qtbot: QtBot
) -> None:
    """What the run had and a new terminal has otherwise stands side by side."""
    terminal({"LANG": "C", "EDITOR": "vi", "API_TOKEN": MASK}, "The login shell said nothing.")
    run = ran({"LANG": "de", "API_TOKEN": MASK})
    dialog.show_run(*run)
    dialog.against.set_value("TERMINAL")
    differences = [["EDITOR", "not there", "vi"], ["LANG", "de", "C"]]
    qtbot.waitUntil(lambda: cells(dialog) == differences)
    assert dialog.summary.text().startswith("2 differences.")
    assert dialog.remark.text() == "The login shell said nothing."
    dialog.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[:3] == ["EDITOR", f"  Run {run[1]}: not there", "  A new terminal: vi"]


def test_a_run_like_a_terminal_says_so(
    dialog: EnvironmentDialog, ran: Ran, terminal, qtbot: QtBot
) -> None:
    """Where nothing differs that is the answer."""
    terminal({"LANG": "de"})
    dialog.show_run(*ran({"LANG": "de"}))
    dialog.against.set_value("TERMINAL")
    qtbot.waitUntil(lambda: "Nothing differs" in words(dialog))
    assert not dialog.copy.isEnabled()


def test_only_what_differs_from_the_job_now(
    dialog: EnvironmentDialog, ran: Ran, facade: Facade, qtbot: QtBot
) -> None:
    """What the job would get now is held against what the run had."""
    alike, _run = ran(name="Alike")
    dialog.show_run(*ran({**facade.environment.of_job(alike).variables, "GONE": "1"}))
    dialog.against.set_value("PRESENT")
    qtbot.waitUntil(lambda: cells(dialog) == [["GONE", "1", "not there"]])


def test_a_run_whose_environment_is_not_kept(
    dialog: EnvironmentDialog, ran: Ran, qtbot: QtBot
) -> None:
    """Without one of the run, what the job gets now is shown, and that it is that."""
    dialog.show_run(*ran())
    qtbot.waitUntil(lambda: bool(cells(dialog)))
    assert "No environment of run" in dialog.remark.text()
    assert dialog.model.heads.here == "The job now"


def test_a_job_is_not_compared_with_itself(
    dialog: EnvironmentDialog, ran: Ran, qtbot: QtBot
) -> None:
    """Where the environment of the run is not kept, nobody can say what is another one now."""
    dialog.show_run(*ran())
    dialog.against.set_value("PRESENT")
    qtbot.waitUntil(lambda: "Nothing to compare" in words(dialog))
    assert "No environment of run" in dialog.remark.text()
    assert dialog.summary.text() == ""


def test_another_run_is_shown_without_the_search_for_the_one_before(
    dialog: EnvironmentDialog, ran: Ran, qtbot: QtBot
) -> None:
    """Name and search of the run before go at once; they are not about this one."""
    dialog.show_run(*ran(GIVEN, name="Backup"))
    qtbot.waitUntil(lambda: "Backup" in words(dialog))
    dialog.search.setText("utf")
    qtbot.waitUntil(lambda: cells(dialog) == [["LANG", "de_DE.UTF-8"]])
    dialog.show_run(*ran({"A": "1", "B": "2"}, name="Copy"))
    assert "Backup" not in words(dialog)
    qtbot.waitUntil(lambda: cells(dialog) == [["A", "1"], ["B", "2"]])
    assert dialog.search.text() == ""


def test_the_error_of_the_run_is_told_where_the_job_is_gone_too(
    dialog: EnvironmentDialog, ran: Ran, facade: Facade, qtbot: QtBot
) -> None:
    """That nothing of the run is kept is the answer; that the job is gone does not replace it."""
    job_id, run_id = ran()
    facade.jobs.remove([job_id])
    dialog.show_run(job_id, run_id)
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert f"No environment of run {run_id} is kept" in dialog.trouble.text()


def test_the_folder_that_was_selected_stays_selected(
    dialog: EnvironmentDialog, ran: Ran, terminal, qtbot: QtBot
) -> None:
    """Folders of the PATH have one name; a search keeps the very one, or the name at least."""
    terminal({"PATH": "/usr/bin:/opt/bin", "LANG": "C"})
    dialog.show_run(*ran({"PATH": "/home/bin:/srv/bin:/usr/bin", "LANG": "de"}))
    qtbot.waitUntil(lambda: len(cells(dialog)) == 2)
    dialog.table.selectRow(1)
    dialog.against.set_value("TERMINAL")
    here = [
        ["LANG", "de", "C"],
        *(["PATH, a folder", f, "not there"] for f in ("/home/bin", "/srv/bin")),
    ]
    qtbot.waitUntil(lambda: cells(dialog)[:3] == here)
    assert dialog.table.current() == dialog.model.rows[1]
    dialog.table.selectRow(2)
    dialog.search.setText("bin")
    qtbot.waitUntil(lambda: len(cells(dialog)) == 3)
    assert dialog.table.current().here == "/srv/bin"
    assert "PATH" in dialog.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_run_that_is_not_there_is_told(dialog: EnvironmentDialog, qtbot: QtBot) -> None:
    """Where there is neither run nor job the dialog says so."""
    dialog.show_run("nothing", 7)
    qtbot.waitUntil(dialog.trouble.isVisible)


def test_the_history_offers_it(context: PageContext, ran: Ran, qtbot: QtBot) -> None:
    """The details of a run of a program have a button for its environment; a reminder has none."""
    page = HistoryPage(context)
    qtbot.addWidget(page)
    job_id, run_id = ran({"LANG": "de"})
    _job, reminder = ran(name="Tea", kind="reminder")
    page.show()
    qtbot.waitUntil(lambda: page.table.select(run_id))
    action = page._actions.environment
    qtbot.waitUntil(action.isVisible)
    with qtbot.waitSignal(context.signals.show_environment) as shown:
        action.trigger()
    assert shown.args == [job_id, run_id]
    page.table.select(reminder)
    assert not action.isEnabled()
    qtbot.waitUntil(lambda: not action.isVisible())
    page.table.select(run_id)
    qtbot.waitUntil(lambda: action.isVisible() and action.isEnabled())
