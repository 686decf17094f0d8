"""What is done to several jobs is told as it went, for each of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from deskcron.domain.run import JobId
from deskcron.engine.facade import Facade
from deskcron.gui.doing import MOST_TOLD, Doing
from deskcron.gui.pagecontext import PageContext


@pytest.fixture
def doing(context: PageContext) -> Doing:
    """Return what pages do things with."""
    owner = QObject(context.bridge)
    return Doing(context, owner)


def add(facade: Facade, name: str) -> JobId:
    """Store a job that runs by hand only."""
    return facade.jobs.add({"name": name, "action": {"kind": "script", "text": "true"}}).job.id


@pytest.mark.usefixtures("engine")
def test_one_that_refuses_does_not_keep_the_others(
    doing: Doing, context: PageContext, facade: Facade, qtbot: QtBot
) -> None:
    """The jobs after one that cannot be run are run; both is told."""
    first, last = add(facade, "First"), add(facade, "Last")
    with (
        qtbot.waitSignal(context.signals.say) as said,
        qtbot.waitSignal(context.bridge.failed) as refused,
    ):
        doing.run({first: "First", JobId("gone"): "Gone", last: "Last"})
    assert said.args == ["2 jobs started."]
    assert "gone" in refused.args[0].title


@pytest.mark.usefixtures("engine")
def test_the_one_that_was_done_is_named(
    doing: Doing, context: PageContext, facade: Facade, qtbot: QtBot
) -> None:
    """Where one of several is left, it is told by its name."""
    with qtbot.waitSignal(context.signals.say) as said:
        doing.run({JobId("gone"): "Gone", add(facade, "Last"): "Last"})
    assert said.args == ["“Last” started."]


def test_many_that_refuse_are_counted(doing: Doing, context: PageContext, qtbot: QtBot) -> None:
    """Several failures are one error with their number and the first reasons."""
    count = MOST_TOLD + 1
    with qtbot.waitSignal(context.bridge.failed) as refused:
        doing.stop({JobId(f"gone{number}"): "Gone" for number in range(count)})
    error = refused.args[0]
    assert error.title == f"{count} jobs were not stopped"
    assert [line[:15] for line in error.detail.splitlines()[MOST_TOLD:]] == ["…"]


def test_a_change_that_changed_nothing_has_no_way_back(
    doing: Doing, context: PageContext, facade: Facade, qtbot: QtBot
) -> None:
    """Only what can be taken back is told with a button for that."""
    job = add(facade, "Tea")
    facade.jobs.mute([job])
    with qtbot.waitSignal(context.signals.say) as said:
        doing.mute({job: "Tea"}, is_muted=True)
    assert said.args == ["“Tea” is muted."]


def test_what_is_refused_is_done_too(doing: Doing, context: PageContext, qtbot: QtBot) -> None:
    """A refusal is told, and whoever shows the jobs looks at them again."""
    with qtbot.waitSignals([context.bridge.failed, doing.done], order="strict"):
        doing.mute({JobId("gone"): "Gone"}, is_muted=True)
