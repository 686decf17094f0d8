"""What is done to jobs is told as it turned out."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.jobs.commands import JobCommands
from deskcron.gui.pagecontext import PageContext


def test_a_job_whose_times_are_past_is_not_called_on(
    qtbot: QtBot, context: PageContext, facade: Facade
) -> None:
    """Switching it on says that it stays finished, and leads to the form."""
    trigger = {"id": "t1", "kind": "once", "at": "2020-01-01T08:00"}
    job = {"name": "Tea", "action": {"kind": "reminder"}, "triggers": [trigger], "enabled": False}
    facade.transfer.import_(json.dumps({"deskcron": 1, "jobs": [job]}).encode(), dry_run=False)
    [tea] = facade.catalogue.list(finished=True)
    parent = QObject()
    commands = JobCommands(context, parent)
    with qtbot.waitSignal(context.signals.say_editable) as told:
        commands.set_enabled([tea], is_on=True)
    words, job_id = told.args
    assert words == "“Tea” stays finished: its times are past. Set a later one."
    assert job_id == tea.id
