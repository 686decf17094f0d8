"""A person asks why a job or a run went as it did, and takes away what is in the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from deskcron.domain.explanation import Obstacle
from deskcron.domain.preferences import ZoneDisplay
from deskcron.domain.records import Hold, NewRun
from deskcron.domain.run import Cause, JobId, Status
from deskcron.engine import lookout
from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.notice import Notice
from deskcron.gui.why.dialog import WhyDialog


@pytest.fixture
def dialog(context: PageContext, qtbot: QtBot) -> Iterator[WhyDialog]:
    """Return the dialog, not shown yet."""
    dialog = WhyDialog(context)
    qtbot.addWidget(dialog)
    return dialog


def added(
    facade: Facade, *, enabled: bool = True, text: str = "exit 3", policy: Any = None
) -> JobId:
    """Store a job and return its id."""
    document = {
        "name": "Sync <b>photos</b>",
        "enabled": enabled,
        "triggers": [{"kind": "cron", "expression": "0 9 * * *"}],
        "action": {"kind": "script", "text": text},
        "policy": policy or {},
    }
    return facade.jobs.add(document).job.id


def words(dialog: WhyDialog) -> list[str]:
    """Return all labels that are to be seen."""
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def remedy(dialog: WhyDialog, obstacle: Obstacle) -> QPushButton:
    """Return the button of an obstacle that is shown."""
    strip = dialog.findChild(Notice, obstacle.value)
    assert strip.isVisible()
    return strip.findChild(QPushButton)


def test_a_held_job_is_resumed(
    dialog: WhyDialog, facade: Facade, context: PageContext, engine: None, qtbot: QtBot
) -> None:
    """A job that is held says since when, and runs on by a button."""
    job_id, now = added(facade), context.clock.now()
    facade._store.write(lambda tables: tables.holds.set(Hold(job_id, 3, now, None)))
    dialog.explain(job_id)
    headline = "It does not run on: it failed too often in a row."
    qtbot.waitUntil(lambda: headline in words(dialog))
    strip = dialog.findChild(Notice, Obstacle.HELD.value)
    since = f"Held since {now.astimezone():%H:%M}"
    assert any(label.text().startswith(since) for label in strip.findChildren(QLabel))
    remedy(dialog, Obstacle.HELD).click()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert not facade.catalogue.show(job_id).summary.is_held


def test_a_condition_that_does_not_hold_is_told_until_it_does(
    dialog: WhyDialog,
    facade: Facade,
    engine: None,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the job would wait for is told; that it holds meanwhile is seen without a change."""
    monkeypatch.setattr(lookout, "FRESH_S", 0.0)
    disk = tmp_path / "disk"
    rule = {"all": [{"kind": "present", "path": str(disk)}], "otherwise": "wait"}
    job_id = added(facade, policy={"conditions": rule})
    dialog.explain(job_id)
    text = f"Would wait now, for up to 1 h: {disk} is not there."
    qtbot.waitUntil(lambda: text in words(dialog), timeout=20_000)
    assert text in dialog.text()
    disk.mkdir()
    dialog._tick.setInterval(50)
    qtbot.waitUntil(lambda: text not in words(dialog), timeout=20_000)
    assert "What it needs to start is there now." in words(dialog)


def test_what_appears_at_a_watched_path_is_seen_without_a_change(
    dialog: WhyDialog, facade: Facade, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is so of a job that only listens is looked at again and again, too."""
    monkeypatch.setattr(lookout, "FRESH_S", 0.0)
    inbox = tmp_path / "inbox"
    trigger = {"kind": "file", "id": "t1", "path": str(inbox)}
    document = {"name": "Sort", "triggers": [trigger], "action": {"kind": "reminder"}}
    dialog.explain(facade.jobs.add(document).job.id)
    text = f"There is nothing at {inbox} now."
    qtbot.waitUntil(lambda: text in words(dialog))
    inbox.mkdir()
    dialog._tick.setInterval(50)
    qtbot.waitUntil(lambda: text not in words(dialog))


@pytest.mark.usefixtures("engine")
def test_a_run_that_goes_on_says_what_that_means_for_the_next(
    dialog: WhyDialog, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """What goes on is told with what becomes of the next time, and is stopped by its button."""
    job_id = added(facade, text="exec sleep 60")
    run_id = facade.control.run(job_id)
    running = Status.RUNNING
    qtbot.waitUntil(lambda: facade.history.get(run_id).status is running, timeout=20_000)
    dialog.explain(job_id)
    strip = dialog.findChild(Notice, Obstacle.STILL_RUNNING.value)
    qtbot.waitUntil(strip.isVisible, timeout=20_000)
    assert strip.text().startswith(f"Run {run_id} has been going on since ")
    assert strip.text().endswith("What comes due meanwhile is skipped.")
    remedy(dialog, Obstacle.STILL_RUNNING).click()
    qtbot.waitUntil(lambda: not facade.history.get(run_id).status.is_open, timeout=20_000)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=20_000)


def test_what_a_job_listens_to_is_told(
    dialog: WhyDialog, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """A job that follows an event says so, and when that was last heard of."""
    trigger = {"kind": "signal", "id": "t1", "name": "dock"}
    document = {"name": "Dock", "triggers": [trigger], "action": {"kind": "reminder"}}
    job_id = facade.jobs.add(document).job.id
    dialog.explain(job_id)
    qtbot.waitUntil(lambda: any("not heard of lately" in text for text in words(dialog)))
    assert dialog.text().count("At the signal “dock”") == 1
    now = context.clock.now()
    row = NewRun(job_id, 1, Cause.EVENT, Status.SUCCEEDED, now, triggers=("t1",))
    facade._store.write(lambda tables: tables.runs.insert(row))
    dialog.explain(job_id)
    qtbot.waitUntil(lambda: any(text.endswith(": last now") for text in words(dialog)))


def test_a_job_that_is_off_is_turned_on(dialog: WhyDialog, facade: Facade, qtbot: QtBot) -> None:
    """A job that is off says so and is turned on by a button."""
    job_id = added(facade, enabled=False)
    dialog.explain(job_id)
    qtbot.waitUntil(lambda: "It will not run: it is off." in words(dialog))
    assert "The history has no run of it." in words(dialog)
    remedy(dialog, Obstacle.DISABLED).click()
    qtbot.waitUntil(lambda: facade.catalogue.show(job_id).summary.enabled)
    qtbot.waitUntil(lambda: not dialog.findChild(Notice, Obstacle.DISABLED.value).isVisible())


def test_a_pause_is_ended_by_a_button(dialog: WhyDialog, facade: Facade, qtbot: QtBot) -> None:
    """A pause is ended by a button."""
    job_id = added(facade)
    facade.control.pause(None)
    dialog.explain(job_id)
    qtbot.waitUntil(lambda: "All jobs are paused." in words(dialog))
    remedy(dialog, Obstacle.PAUSED).click()
    qtbot.waitUntil(lambda: not facade.control.state().paused)


def test_a_job_without_times_leads_to_the_form(
    dialog: WhyDialog, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """A job without times leads to the form."""
    document = {"name": "By hand", "triggers": [], "action": {"kind": "reminder"}}
    job_id = facade.jobs.add(document).job.id
    dialog.explain(job_id)
    qtbot.waitUntil(lambda: bool(dialog.text()))
    with qtbot.waitSignal(context.signals.edit_job) as blocker:
        remedy(dialog, Obstacle.NO_DUE_TIME).click()
    assert blocker.args == [job_id]


@pytest.mark.usefixtures("engine")
def test_the_last_run_is_told_and_leads_to_its_details(
    dialog: WhyDialog, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """The last run is told in words, and a button leads to its details."""
    job_id = added(facade)
    run_id = facade.control.run(job_id)
    facade.control.wait(run_id, 20)
    dialog.explain(job_id)
    qtbot.waitUntil(lambda: any(text.startswith("Failed: exit code 3") for text in words(dialog)))
    details = [one for one in dialog.findChildren(QPushButton) if one.text() == "Details"]
    assert {one.accessibleName() for one in details} == {f"Details of run {run_id}"}
    with qtbot.waitSignal(context.signals.show_run) as blocker:
        details[0].click()
    assert blocker.args == [run_id]


@pytest.mark.usefixtures("engine")
def test_the_attempts_of_the_last_run_stand_below_it(
    dialog: WhyDialog, facade: Facade, qtbot: QtBot
) -> None:
    """What came before the last attempt is told where the run is."""
    retry = {"count": 1, "delay_s": 0, "on": ["failed"]}
    run_id = facade.control.run(added(facade, policy={"retry": retry}))
    qtbot.waitUntil(lambda: not facade.history.get(run_id).status.is_open)
    dialog.explain(facade.history.get(run_id).job_id)
    qtbot.waitUntil(lambda: any(text.startswith("Attempt 1, ") for text in words(dialog)))
    assert [text for text in words(dialog) if "exit code 3, attempt 2" in text]


@pytest.mark.usefixtures("engine")
def test_a_run_is_explained_by_its_cause_times_and_end(
    dialog: WhyDialog, facade: Facade, qtbot: QtBot
) -> None:
    """A run is explained by its end, its cause and its times."""
    run_id = facade.control.run(added(facade, text="exit 127"))
    facade.control.wait(run_id, 20)
    dialog.explain_run(run_id)
    qtbot.waitUntil(lambda: "Started by hand." in words(dialog))
    assert "Failed: exit code 127: command not found." in words(dialog)
    assert "Started" in words(dialog)


@pytest.mark.usefixtures("engine")
def test_the_cause_of_a_run_is_said_once(dialog: WhyDialog, facade: Facade, qtbot: QtBot) -> None:
    """What made a run is said in the sentence at the top, and once in what is copied."""
    run_id = facade.control.run(added(facade))
    facade.control.wait(run_id, 20)
    dialog.explain_run(run_id)
    qtbot.waitUntil(lambda: "Started by hand." in words(dialog))
    assert not {"Cause", "By hand"} & set(words(dialog))
    assert dialog.text().lower().count("by hand") == 1


@pytest.mark.usefixtures("_tokyo", "engine")
def test_times_are_those_of_the_zone_that_is_preferred(
    dialog: WhyDialog, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """Another zone is obeyed for a run and for a job, also in what is copied."""
    job_id = added(facade)
    run_id = facade.control.run(job_id)
    facade.control.wait(run_id, 20)
    dialog.explain_run(run_id)
    qtbot.waitUntil(lambda: " JST" in dialog.text())
    context.zones.show_in(ZoneDisplay.UTC)
    qtbot.waitUntil(lambda: any(text.endswith(" UTC") for text in words(dialog)))
    assert " JST" not in dialog.text()
    dialog.explain(job_id)
    qtbot.waitUntil(lambda: " UTC" in dialog.text())


def test_what_is_shown_follows_changes(
    dialog: WhyDialog, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """What is shown follows changes made elsewhere."""
    job_id = added(facade)
    dialog.explain(job_id)
    qtbot.waitUntil(lambda: "It will not run: no engine is running." in words(dialog))
    facade.jobs.set_enabled([job_id], False)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: "It will not run: it is off." in words(dialog))


def test_names_are_no_markup(dialog: WhyDialog, facade: Facade, qtbot: QtBot) -> None:
    """Names are no markup, neither on the screen nor in what is copied."""
    dialog.explain(added(facade))
    qtbot.waitUntil(lambda: "Sync <b>photos</b>" in words(dialog))
    copy = next(
        one for one in dialog.findChildren(QPushButton) if one.text().replace("&", "") == "Copy"
    )
    copy.click()
    assert QGuiApplication.clipboard().text() == dialog.text()
    assert dialog.text().startswith("Sync <b>photos</b>\n")


def test_it_fits_a_small_screen(
    dialog: WhyDialog, context: PageContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window is never larger than the screen, and comes back when it was minimised."""
    room = dialog.screen().availableSize()
    monkeypatch.setattr("deskcron.gui.why.dialog._LETTERS", 10_000)
    monkeypatch.setattr("deskcron.gui.why.dialog._LINES", 10_000)
    wide = WhyDialog(context)
    qtbot.addWidget(wide)
    assert wide.width() <= room.width()
    assert wide.height() <= room.height()
    wide.showMinimized()
    wide.explain("none")
    assert not wide.isMinimized()


def test_a_job_that_is_gone_is_told(dialog: WhyDialog, facade: Facade, qtbot: QtBot) -> None:
    """A job that is gone is told in the dialog."""
    job_id = added(facade)
    facade.jobs.remove([job_id])
    dialog.explain(job_id)
    qtbot.waitUntil(lambda: any(strip.isVisible() for strip in dialog.findChildren(Notice)))


def test_all_runs_are_a_button_away(
    dialog: WhyDialog, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """All runs of the job are a button away."""
    job_id = added(facade)
    dialog.explain(job_id)
    qtbot.waitUntil(lambda: bool(dialog.text()))
    runs = next(one for one in dialog.findChildren(QPushButton) if "runs" in one.text())
    with qtbot.waitSignal(context.signals.show_runs) as blocker:
        runs.click()
    assert blocker.args == [job_id]
