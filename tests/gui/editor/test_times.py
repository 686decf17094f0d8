"""Times are typed in the form as one likes; what cannot be meant is said in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.pagecontext import PageContext
from tests.gui.editor.conftest import cards, look_again, refused

New = Callable[[str], Editor]
Opened = Callable[..., Editor]


def control(editor: Editor, path: str) -> Any:
    """Return the control of a field by its path."""
    return editor.form.fields()[path].control


def problem(editor: Editor, path: str) -> str:
    """Return what is said beside a field."""
    return editor.form.fields()[path].problem()


def test_a_time_without_colon_is_taken(qtbot: QtBot, new: New) -> None:
    """2245 typed over all that is there is a quarter to eleven in the evening."""
    editor = new("reminder")
    at = control(editor, "triggers.0.at")
    at.time.selectAll()
    qtbot.keyClicks(at.time, "2245")
    [trigger] = editor.form.document()["triggers"]
    assert trigger["at"].endswith("T22:45")


@pytest.mark.parametrize("kind", ["once", "daily", "weekly", "monthly"])
def test_what_is_no_time_is_told_and_kept_from_being_saved(
    qtbot: QtBot, new: New, kind: str
) -> None:
    """Field and preview say what is wrong; nothing else is put in its place."""
    editor = new("reminder")
    qtbot.keyClicks(control(editor, "name"), "Tea")
    cards(editor)[0].set_kind(kind)
    at = control(editor, "triggers.0.at")
    time = at.time if kind == "once" else at
    time.selectAll()
    qtbot.keyClicks(time, "25:00")
    look_again(qtbot, editor)
    assert "“25:00”" in problem(editor, "triggers.0.at")
    assert "“25:00”" in editor.panes.preview.text()
    refused_without_asking(editor)
    assert time.text() == "25:00"


def refused_without_asking(editor: Editor) -> None:
    """Try to save what the form itself knows to be wrong."""
    editor.save()
    assert editor.isVisible()


def test_hours_that_are_none_are_told(qtbot: QtBot, new: New) -> None:
    """A limit is looked at while it is switched on."""
    editor = new("script")
    card = cards(editor)[0]
    card.more.set_open(is_open=True)
    hours = control(editor, "triggers.0.between")
    hours.switch.setChecked(True)
    hours._opens.set_iso("x")
    look_again(qtbot, editor)
    assert "“x”" in problem(editor, "triggers.0.between")
    hours.switch.setChecked(False)
    look_again(qtbot, editor)
    assert not problem(editor, "triggers.0.between")


def test_the_preview_says_that_a_time_is_past(qtbot: QtBot, new: New) -> None:
    """A complete time is not called incomplete."""
    editor = new("reminder")
    control(editor, "triggers.0.at").set_iso("2020-01-01T08:00")
    look_again(qtbot, editor)
    assert "in the past" in editor.panes.preview.text()


def test_a_reminder_whose_time_is_past_is_not_saved_again(
    qtbot: QtBot, facade: Facade, context: PageContext
) -> None:
    """An edit may not leave a job that never runs again without saying so."""
    job_id = past_reminder(facade)
    editor = Editor(context)
    qtbot.addWidget(editor)
    editor.show()
    with qtbot.waitSignal(editor.looking.looked):
        editor.edit(job_id)
    control(editor, "name").setText("Coffee")
    refused(qtbot, editor)
    assert "in the past" in problem(editor, "triggers.0.at")


def past_reminder(facade: Facade) -> str:
    """Store a reminder whose time has come and gone."""
    trigger = {"id": "t1", "kind": "once", "at": "2020-01-01T08:00"}
    job = {"name": "Tea", "action": {"kind": "reminder"}, "triggers": [trigger]}
    bundle = {"deskcron": 1, "jobs": [job]}
    facade.transfer.import_(json.dumps(bundle).encode(), dry_run=False)
    return facade.catalogue.draft("Tea").job_id


@pytest.mark.parametrize(("length", "minutes"), [(15, 15), (60, 60), (5, 5)])
def test_a_new_interval_begins_on_a_round_time(new: New, length: int, minutes: int) -> None:
    """Every 15 minutes is on the quarters of the hour, whenever the form was opened."""
    editor = new("script")
    cards(editor)[0].set_kind("interval")
    control(editor, "triggers.0.every_s").set_seconds(length * 60)
    [trigger] = editor.form.document()["triggers"]
    start = datetime.fromisoformat(trigger["start"])
    assert (start.minute % minutes, start.second) == (0, 0)


def test_a_reminder_in_some_minutes_is_one_press(
    qtbot: QtBot, new: New, context: PageContext
) -> None:
    """Its time is that far from the press, rounded up to a minute, on the computer's clock."""
    editor = new("reminder")
    part = cards(editor)[0].part()
    button = part.soon.findChild(QPushButton)
    before = context.clock.now()
    button.click()
    at = datetime.fromisoformat(editor.form.document()["triggers"][0]["at"]).astimezone()
    assert timedelta(minutes=5) <= at - before <= timedelta(minutes=6)
    control(editor, "triggers.0.zone").set_zone("Asia/Tokyo")
    assert part.soon.isHidden()


def test_the_first_template_has_the_keyboard_and_enter_chooses_it(
    qtbot: QtBot, context: PageContext
) -> None:
    """A new job is begun without the mouse."""
    editor = Editor(context)
    qtbot.addWidget(editor)
    editor.show()
    editor.begin("")
    qtbot.waitUntil(lambda: editor.choice is not None and bool(editor.choice.buttons))
    first = editor.choice.buttons[0]
    qtbot.waitUntil(first.hasFocus)
    with qtbot.waitSignal(editor.looking.looked):
        qtbot.keyClick(first, Qt.Key.Key_Return)
    assert editor.form.what.kind() == "reminder"


def test_the_output_of_a_test_run_can_be_closed(qtbot: QtBot, new: New) -> None:
    """The form has all its room again, and the next test brings the output back."""
    editor = new("script")
    editor.test()
    pane = editor.panes.test_pane
    assert pane is not None
    qtbot.waitUntil(lambda: bool(pane.trouble()))
    pane.close_button.click()
    assert pane.isHidden()
    editor.test()
    assert pane.isVisible()
