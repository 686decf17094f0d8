"""Jobs that follow what happens: made in the form, told in words, refused beside their field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.editor.signalpart import SignalPart
from tests.gui.editor.conftest import cards, look_again, refused, saved

New = Callable[[str], Editor]
Opened = Callable[..., Editor]
REMINDER = {"kind": "reminder"}


def control(editor: Editor, path: str) -> Any:
    """Return the control of a field; Any: each has a class of its own."""
    return editor.form.fields()[path].control


def begun(editor: Editor, kind: str) -> Editor:
    """Name the job and choose the kind of its trigger."""
    control(editor, "name").setText("Second")
    cards(editor.form.when)[0].set_kind(kind)
    return editor


def trigger_of(facade: Facade, job_id: str) -> dict[str, Any]:
    """Return the one trigger of a stored job."""
    (trigger,) = facade.catalogue.draft(job_id).document["triggers"]
    return dict(trigger)


def test_a_job_follows_an_event(qtbot: QtBot, new: New, facade: Facade) -> None:
    """The preview says what is waited for and why there are no times."""
    editor = begun(new("empty"), "event")
    control(editor, "triggers.0.event").set_value("network-up")
    look_again(qtbot, editor)
    assert editor.panes.preview.text() == "When the network is there"
    assert "it waits for this to happen" in editor.panes.preview.why_no_times()
    assert editor.panes.preview.runs() == []
    assert trigger_of(facade, saved(qtbot, editor))["event"] == "network-up"


def test_a_job_by_hand_is_said_to_be_one_once(new: New) -> None:
    """Without a trigger it runs by hand, which says why there are no times."""
    editor = new("empty")
    assert editor.panes.preview.text() == "By hand only"
    assert editor.panes.preview.why_no_times() == ""


def test_a_job_follows_another_that_is_found_by_its_name(
    qtbot: QtBot, new: New, facade: Facade
) -> None:
    """What is stored is the other job's id; the words have its name."""
    first = facade.jobs.add({"name": "First", "action": REMINDER}).job.id
    editor = begun(new("empty"), "after")
    field = control(editor, "triggers.0.job")
    qtbot.waitUntil(lambda: field.count() == 2)
    field.lineEdit().clear()
    qtbot.keyClicks(field.lineEdit(), "first")
    field.lineEdit().editingFinished.emit()
    look_again(qtbot, editor)
    assert editor.panes.preview.text() == "After “First” has succeeded"
    control(editor, "triggers.0.ending").set_value("failure")
    trigger = trigger_of(facade, saved(qtbot, editor))
    assert (trigger["job"], trigger["job_name"], trigger["ending"]) == (first, "First", "failure")


def test_a_chain_without_a_job_is_refused_at_the_job(qtbot: QtBot, new: New) -> None:
    """Nothing is saved, and the field says what it needs."""
    editor = begun(new("empty"), "after")
    refused(qtbot, editor)
    assert "Choose the job" in editor.form.fields()["triggers.0.job"].problem()


def test_a_circle_of_jobs_is_refused_at_the_job(
    qtbot: QtBot, opened: Opened, facade: Facade
) -> None:
    """A job cannot follow one that follows it; the way round is named."""
    editor = opened(name="First")
    first = next(job.id for job in facade.catalogue.list() if job.name == "First")
    after = {"id": "t1", "kind": "after", "job": first}
    second = facade.jobs.add({"name": "Second", "action": REMINDER, "triggers": [after]}).job.id
    cards(editor.form.when)[0].set_kind("after")
    field = control(editor, "triggers.0.job")
    field.set_jobs({first: "First", second: "Second"})
    field.choose(second)
    refused(qtbot, editor)
    problem = editor.form.fields()["triggers.0.job"].problem()
    assert "Second → First" in problem or "First → Second" in problem
    assert field.job_id() == second


def test_a_signal_shows_the_command_that_fires_it(qtbot: QtBot, new: New) -> None:
    """The command is quoted for a shell and can be copied."""
    editor = begun(new("empty"), "signal")
    part = cards(editor.form.when)[0].part()
    assert isinstance(part, SignalPart)
    assert part.command.text() == "deskcron fire NAME"
    part.name.setText("new mail")
    part.copy.click()
    assert QGuiApplication.clipboard().text() == "deskcron fire 'new mail'"


def test_a_file_without_its_whole_path_is_refused_at_the_path(
    qtbot: QtBot, new: New, facade: Facade
) -> None:
    """The field says what is needed, and nothing that was typed is lost."""
    editor = begun(new("empty"), "file")
    control(editor, "triggers.0.path").set_text("Downloads")
    control(editor, "triggers.0.pattern").setText("*.pdf")
    refused(qtbot, editor)
    assert "whole path" in editor.form.fields()["triggers.0.path"].problem()
    control(editor, "triggers.0.path").set_text("~/Downloads")
    control(editor, "triggers.0.delay_s").set_seconds(90)
    trigger = trigger_of(facade, saved(qtbot, editor))
    assert (trigger["pattern"], trigger["settle_s"], trigger["delay_s"]) == ("*.pdf", 2, 90)


def test_what_is_set_under_more_is_said_while_it_is_folded(qtbot: QtBot, opened: Opened) -> None:
    """The delays stand in words beside More, which a problem in them unfolds."""
    event = {"id": "t1", "kind": "event", "event": "login", "delay_s": 300}
    editor = opened(triggers=[event])
    look_again(qtbot, editor)
    assert editor.panes.preview.text() == "When you log in, 5 min later"
    control(editor, "triggers.0.delay_s").set_seconds(40 * 86_400)
    refused(qtbot, editor)
    field = editor.form.fields()["triggers.0.delay_s"]
    assert field.isVisible()
    assert "30 days" in field.problem()
