"""A person looks at what a run was started with, and at what a terminal has otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskcron.domain.environment import MASK
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


def test_a_run_that_is_not_there_is_told(dialog: EnvironmentDialog, qtbot: QtBot) -> None:
    """Where there is neither run nor job the dialog says so."""
    dialog.show_run("nothing", 7)
    qtbot.waitUntil(dialog.trouble.isVisible)


def test_the_history_offers_it(context: PageContext, ran: Ran, qtbot: QtBot) -> None:
    """The details of a run of a program have a button for its environment; a reminder has none."""
    page = HistoryPage(context)
    qtbot.addWidget(page)
    _job, run_id = ran({"LANG": "de"})
    _job, reminder = ran(name="Tea", kind="reminder")
    page.show()
    qtbot.waitUntil(lambda: page.table.select(run_id))
    action = page._actions.environment
    qtbot.waitUntil(action.isVisible)
    action.trigger()
    dialog = page.findChild(EnvironmentDialog)
    qtbot.waitUntil(lambda: cells(dialog) == [["LANG", "de"]])
    page.table.select(reminder)
    qtbot.waitUntil(lambda: not action.isVisible())
