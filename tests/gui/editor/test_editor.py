"""The whole form over a real core: making, changing, refusing, leaving and testing jobs."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from deskcron.bootstrap.core import Core
from deskcron.domain.records import Change, RunFilter
from deskcron.domain.run import Status
from deskcron.domain.storage import Tables
from deskcron.engine.facade import Facade
from deskcron.gui.editor.conditionkinds import condition_words
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.editor.trials import Trials
from deskcron.gui.editor.triggerkinds import EVENTS, TIMES
from deskcron.gui.pagecontext import PageContext
from tests.gui.editor.conftest import cards, look_again, refused, saved

TEMPLATES = ("reminder", "script", "tidy-downloads", "backup", "web-page", "empty")
NOON = {"id": "t1", "kind": "cron", "expression": "0 12 * * *"}

New = Callable[[str], Editor]
Opened = Callable[..., Editor]


def control(editor: Editor, path: str) -> Any:
    """Return the control of a field; Any: each has a class of its own."""
    return editor.form.fields()[path].control


def problem(editor: Editor, path: str) -> str:
    """Return what is said to be wrong with a field."""
    return editor.form.fields()[path].problem()


def question(editor: Editor) -> QMessageBox:
    """Return the question that is open."""
    [box] = [box for box in editor.findChildren(QMessageBox) if box.isVisible()]
    return box


def answer(editor: Editor, words: str) -> None:
    """Press a button of the question that is open."""
    buttons = question(editor).buttons()
    [button] = [one for one in buttons if one.text().replace("&", "") == words]
    button.click()


# making


@pytest.mark.parametrize(
    ("template", "missing"),
    [
        ("reminder", "Tea"),
        ("script", "echo hello"),
        ("tidy-downloads", ""),
        ("backup", ""),
        ("web-page", "example.org"),
        ("empty", "Tea"),
    ],
)
def test_each_template_is_saved_once_what_is_missing_is_typed(
    qtbot: QtBot, new: New, facade: Facade, template: str, missing: str
) -> None:
    """Each template shows its times; the keyboard is where the one thing missing is typed."""
    editor = new(template)
    qtbot.keyClicks(editor.focusWidget(), missing)
    look_again(qtbot, editor)
    assert (editor.panes.preview.text() == "By hand only") is (template == "empty")
    assert bool(editor.panes.preview.runs()) is (template != "empty")
    action = facade.catalogue.draft(saved(qtbot, editor)).document["action"]
    assert missing in "".join((facade.catalogue.list()[0].name, *map(str, action.values())))


def test_without_a_template_the_choice_of_them_comes_first(
    qtbot: QtBot, context: PageContext
) -> None:
    """Without a template the choice of them comes first, and one press leads to the form."""
    editor = Editor(context)
    qtbot.addWidget(editor)
    editor.show()
    editor.begin("")
    qtbot.waitUntil(lambda: editor.choice is not None)
    assert editor.choice is not None
    assert len(editor.choice.buttons) == len(TEMPLATES)
    assert not editor.save_button.isEnabled()
    with qtbot.waitSignal(editor.looking.looked):
        editor.choice.buttons[2].click()
    assert control(editor, "name").text() == "Tidy Downloads"
    assert "rehearsal" in editor.advice.text()
    assert control(editor, "action.rehearse").isChecked()
    assert editor.save_button.isEnabled()


def test_what_is_saved_is_what_was_typed(qtbot: QtBot, new: New, facade: Facade) -> None:
    """Program, arguments, surroundings, rules and notifications arrive as they were typed."""
    editor = new("empty")
    editor.form.what.set_kind("command")
    control(editor, "name").setText("  Backup ")
    control(editor, "tags").setText("work, photos")
    control(editor, "action.program").line.setText("/bin/echo")
    control(editor, "action.arguments").text.setPlainText("-n 'two words'\n$HOME")
    control(editor, "action.directory").line.setText("/tmp")
    control(editor, "action.environment").set_variables({"A": "1"})
    control(editor, "policy.overlap_limit").choose("queue", 3)
    control(editor, "policy.notify").set_value("failure")
    document = facade.catalogue.draft(saved(qtbot, editor)).document
    assert document["name"] == "Backup"
    assert document["tags"] == ["work", "photos"]
    assert document["action"] == {
        "kind": "command",
        "program": "/bin/echo",
        "arguments": ["-n", "two words", "$HOME"],
        "directory": "/tmp",
        "environment": {"A": "1"},
    }
    policy = document["policy"]
    assert (policy["overlap"], policy["overlap_limit"]) == ("queue", 3)
    assert policy["notify"] == "failure"


def test_warnings_are_told_when_the_job_is_saved(
    qtbot: QtBot, new: New, context: PageContext, facade: Facade
) -> None:
    """What may surprise is told when the job is saved, with the job it is about."""
    editor = new("empty")
    editor.form.what.set_kind("open")
    control(editor, "name").setText("Page")
    control(editor, "action.target").line.setText("/no/such/file")
    with qtbot.waitSignal(context.signals.say_surprising) as told:
        editor.save()
    title, text, job_id, revision = told.args
    assert title == "“Page” is saved."
    assert "/no/such/file" in text
    assert (job_id, revision) == (facade.history.job_id("Page"), 1)


# preview


def test_the_preview_follows_the_typing(qtbot: QtBot, opened: Opened) -> None:
    """Words and times follow what is typed without anybody asking for it."""
    editor = opened(triggers=[NOON])
    assert "12:00" in editor.panes.preview.text()
    with qtbot.waitSignal(editor.looking.looked):
        control(editor, "triggers.0.expression").setText("30 7 * * *")
    assert "07:30" in editor.panes.preview.text()
    assert len(editor.panes.preview.runs()) == 5
    assert all("07:30" in run for run in editor.panes.preview.runs())


def test_clock_changes_are_marked(qtbot: QtBot, opened: Opened) -> None:
    """A time that the clocks skip is marked in the preview and told as a warning."""
    once = {"id": "t1", "kind": "once", "at": "2099-03-29T02:30", "zone": "Europe/Berlin"}
    editor = opened(triggers=[once])
    assert any("skip this time" in run for run in editor.panes.preview.runs())
    assert any("does not exist" in one.text() for one in editor.panes.preview.findChildren(QLabel))


def test_of_a_repeated_time_the_second_can_be_chosen(qtbot: QtBot, opened: Opened) -> None:
    """Which of two is meant is asked only where the clocks show a time twice."""
    once = {"id": "t1", "kind": "once", "at": "2099-06-25T02:30", "zone": "Europe/Berlin"}
    editor = opened(triggers=[once])
    assert not editor.form.fields()["triggers.0.fold"].isVisible()
    with qtbot.waitSignal(editor.looking.looked):
        control(editor, "triggers.0.at").set_iso("2099-10-25T02:30")
    assert editor.form.fields()["triggers.0.fold"].isVisible()


# refusing


def test_all_problems_stand_beside_their_fields_and_the_first_is_gone_to(
    qtbot: QtBot, new: New, facade: Facade
) -> None:
    """A refused form says at each field what is wrong, keeps all that was typed, saves nothing."""
    editor = new("empty")
    editor.form.what.set_kind("command")
    cards(editor.form.when)[0].set_kind("cron")
    control(editor, "triggers.0.expression").setText("61 * * * *")
    control(editor, "action.arguments").text.setPlainText("a b")
    refused(qtbot, editor)
    assert problem(editor, "name") == "A job needs a name."
    assert problem(editor, "action.program")
    assert "outside 0 to 59" in problem(editor, "triggers.0.expression")
    assert control(editor, "triggers.0.expression").text() == "61 * * * *"
    assert control(editor, "action.arguments").text.toPlainText() == "a b"
    assert editor.focusWidget() is control(editor, "name")
    assert facade.catalogue.list() == []


def test_a_problem_in_what_is_folded_unfolds_it(qtbot: QtBot, opened: Opened) -> None:
    """A problem in a folded part is shown, not hidden."""
    editor = opened(triggers=[NOON])
    control(editor, "triggers.0.zone").setText("Atlantis")
    refused(qtbot, editor)
    assert control(editor, "triggers.0.zone").isVisible()
    assert "Atlantis" in problem(editor, "triggers.0.zone")


def test_problems_wait_until_what_was_typed_is_left(qtbot: QtBot, new: New) -> None:
    """An empty name is no reproach at first, nor while it is typed; then it is, until mended."""
    editor = new("empty")
    look_again(qtbot, editor)
    assert problem(editor, "name") == ""
    control(editor, "name").setText("x")
    control(editor, "name").setText("")
    look_again(qtbot, editor)
    assert problem(editor, "name") == ""
    editor.cancel_button.setFocus()
    assert problem(editor, "name") == "A job needs a name."
    control(editor, "name").setFocus()
    assert problem(editor, "name") == "A job needs a name."
    control(editor, "name").setText("x")
    look_again(qtbot, editor)
    assert problem(editor, "name") == ""


def test_what_was_wrong_before_it_was_typed_is_no_reproach(qtbot: QtBot, new: New) -> None:
    """Whoever leaves a field before the core has looked is not told of what was there before."""
    editor = new("empty")
    look_again(qtbot, editor)
    control(editor, "name").setText("x")
    editor.cancel_button.setFocus()
    assert problem(editor, "name") == ""


def test_what_is_left_at_once_is_told_as_soon_as_it_is_known(qtbot: QtBot, new: New) -> None:
    """The keyboard may be elsewhere before the core has looked."""
    editor = new("empty")
    control(editor, "name").setText("x")
    control(editor, "name").setText("")
    with qtbot.waitSignal(editor.looking.looked):
        editor.cancel_button.setFocus()
    assert problem(editor, "name") == "A job needs a name."


def test_several_lines_are_a_mistake_once_they_are_left(qtbot: QtBot, new: New) -> None:
    """A quote is open while what is between quotes is typed; a menu is no end of typing."""
    editor = new("empty")
    editor.form.what.set_kind("command")
    text = control(editor, "action.arguments").text
    text.setFocus()
    text.setPlainText("'open")
    look_again(qtbot, editor)
    QApplication.sendEvent(text, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason))
    assert problem(editor, "action.arguments") == ""
    control(editor, "name").setFocus()
    assert problem(editor, "action.arguments") == "A quote is not closed."


def test_a_name_that_is_taken_is_told(qtbot: QtBot, new: New, facade: Facade) -> None:
    """A name that is taken is told beside the name."""
    facade.jobs.add({"name": "Tea", "action": {"kind": "reminder"}})
    editor = new("reminder")
    control(editor, "name").setText("tea")
    editor.cancel_button.setFocus()
    look_again(qtbot, editor)
    assert problem(editor, "name")


def test_what_only_the_form_can_know_keeps_it_from_being_saved(qtbot: QtBot, new: New) -> None:
    """An open quote is told at once and keeps the job from being saved."""
    editor = new("empty")
    editor.form.what.set_kind("command")
    control(editor, "name").setText("x")
    control(editor, "action.program").line.setText("true")
    control(editor, "action.arguments").text.setPlainText("'open")
    with qtbot.assertNotEmitted(editor.saved):
        editor.save()
    assert problem(editor, "action.arguments") == "A quote is not closed."


# changing


def test_the_title_has_every_letter_of_the_name(opened: Opened) -> None:
    """What Qt would take for a mark in a title is shown as it is."""
    editor = opened(name="Copy [*] twice")
    assert editor.windowTitle() == "Edit “Copy [*][*] twice”"


def test_a_job_is_opened_at_the_beginning_of_its_name(opened: Opened) -> None:
    """The keyboard is in the name, of which the beginning is seen however long it is."""
    editor = opened(name="Copy all the folders of the whole family to the cellar " * 3)
    name = control(editor, "name")
    assert editor.focusWidget() is name
    assert name.cursorPosition() == 0


def test_switching_the_kind_and_back_loses_nothing(qtbot: QtBot, opened: Opened) -> None:
    """What was typed for one kind of action is there again after looking at the others."""
    action = {"kind": "script", "text": "echo 1\n", "interpreter": "bash", "directory": "/tmp"}
    editor = opened(action=action)
    before = editor.form.document()
    for kind in ("reminder", "command", "open", "script"):
        editor.form.what.set_kind(kind)
    assert editor.form.document() == before
    assert not editor.has_changes()


def test_unknown_fields_survive_a_change(qtbot: QtBot, facade: Facade, opened: Opened) -> None:
    """Fields that this version does not know are still there after an edit."""
    editor = opened(triggers=[NOON])
    document = {
        **editor.form.document(),
        "colour": "red",
        "triggers": [{**NOON, "moon": "full"}, {"id": "t2", "kind": "sun", "offset_s": 60}],
    }
    with qtbot.waitSignal(editor.form.loaded):
        editor.form.load(document)
    control(editor, "name").setText("Coffee")
    control(editor, "triggers.0.expression").setText("0 13 * * *")
    changed = editor.form.document()
    assert changed["colour"] == "red"
    assert changed["triggers"][0]["moon"] == "full"
    assert changed["triggers"][0]["expression"] == "0 13 * * *"
    assert changed["triggers"][1] == {"id": "t2", "kind": "sun", "offset_s": 60}


ODD = "a\u00a0b\r\nc\u2028d\u2029e\r"
"""No-break spaces and ends of lines as other systems write them."""


@pytest.mark.parametrize(
    "action",
    [
        {"kind": "script", "file": "/bin/true", "arguments": ["", "a\nb", ODD]},
        {"kind": "script", "text": ODD, "environment": {"A": "a\u00a0b"}},
        {"kind": "command", "program": "a\u00a0b", "arguments": [ODD]},
        {"kind": "reminder", "title": "a\u00a0b", "text": ODD},
    ],
)
def test_opening_and_saving_changes_nothing(
    qtbot: QtBot, facade: Facade, opened: Opened, action: dict[str, Any]
) -> None:
    """A job that is opened and saved is the same as before."""
    editor = opened(
        triggers=[NOON, {"id": "t2", "kind": "interval", "every_s": 90, "anchor": "end",
                         "start": "2026-01-01T00:00:00.123456+05:30"}],
        action=action, tags=["a, b", "c"],
        policy={"timeout_s": 5400, "grace_s": 7, "catch_up": "all"},
    )  # fmt: skip
    job_id = str(editor.saving.job_id)
    before = facade.catalogue.draft(job_id).document
    assert not editor.has_changes()
    saved(qtbot, editor)
    assert facade.catalogue.draft(job_id).document == before


def test_a_change_from_elsewhere_is_told_and_nothing_typed_is_lost(
    qtbot: QtBot, facade: Facade, opened: Opened
) -> None:
    """Of two edits the second is told; it may look at the first, or go over it."""
    editor = opened()
    job_id = str(editor.saving.job_id)
    draft = facade.catalogue.draft(job_id)
    facade.jobs.save(draft.job_id, {**draft.document, "name": "Theirs"}, draft.revision)
    control(editor, "name").setText("Mine")
    refused(qtbot, editor)
    assert "changed elsewhere" in editor.trouble.text()
    assert control(editor, "name").text() == "Mine"
    see, replace = editor.trouble.findChildren(QPushButton)
    with qtbot.waitSignal(editor.saving.other_wanted) as wanted:
        see.click()
    assert wanted.args == [job_id]
    with qtbot.waitSignal(editor.saved):
        replace.click()
    assert facade.catalogue.show(job_id).summary.name == "Mine"


def test_a_job_that_is_gone_is_told(qtbot: QtBot, context: PageContext) -> None:
    """A job that is gone is told in words."""
    editor = Editor(context)
    qtbot.addWidget(editor)
    editor.show()
    editor.edit("nobody")
    qtbot.waitUntil(editor.trouble.isVisible)
    assert "nobody" in editor.trouble.text()


# leaving


def test_leaving_an_untouched_form_asks_nothing(qtbot: QtBot, new: New) -> None:
    """Escape closes a form in which nothing was typed."""
    editor = new("tidy-downloads")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_leaving_with_changes_asks_and_cancel_stays(qtbot: QtBot, new: New) -> None:
    """Escape and the window's own button ask before something is lost; Cancel stays."""
    editor = new("reminder")
    control(editor, "name").setText("Tea")
    for leave in (lambda: qtbot.keyClick(editor, Qt.Key.Key_Escape), editor.close):
        leave()
        assert editor.isVisible()
        answer(editor, "Cancel")
        assert editor.isVisible()
        assert control(editor, "name").text() == "Tea"


def test_the_question_names_what_is_at_stake(qtbot: QtBot, new: New, opened: Opened) -> None:
    """A new job has no changes, and one without a name is not called by it."""
    for editor, name, words in (
        (new("reminder"), "Coffee", "Save the new job “Coffee”?"),
        (opened(name="Tea"), "Green tea", "Save the changes to “Green tea”?"),
        (opened(name="Water"), " ", "Save the changes?"),
    ):
        control(editor, "name").setText(name)
        editor.close()
        assert question(editor).text() == words
        answer(editor, "Discard")


def test_leaving_can_discard(qtbot: QtBot, new: New, facade: Facade) -> None:
    """Discard closes without saving."""
    editor = new("reminder")
    control(editor, "name").setText("Tea")
    editor.close()
    answer(editor, "Discard")
    assert not editor.isVisible()
    assert facade.catalogue.list() == []


def test_leaving_can_save(qtbot: QtBot, new: New, facade: Facade) -> None:
    """Save in the question saves and closes."""
    editor = new("empty")
    control(editor, "name").setText("Tea")
    editor.close()
    with qtbot.waitSignal(editor.saved):
        answer(editor, "Save")
    assert [job.name for job in facade.catalogue.list()] == ["Tea"]


# testing


@pytest.mark.usefixtures("engine")
def test_a_test_run_shows_its_output_and_saves_nothing(
    qtbot: QtBot, new: New, facade: Facade
) -> None:
    """A test run shows what the script prints, before there is any job."""
    editor = new("script")
    control(editor, "action.text").setPlainText("echo 'it works'")
    editor.test()
    assert editor.panes.test_pane is not None
    output = editor.panes.test_pane.output
    qtbot.waitUntil(lambda: "it works" in output.text.toPlainText(), timeout=15_000)
    assert facade.catalogue.list() == []


@pytest.mark.usefixtures("engine")
def test_what_becomes_of_a_test_run_is_said_while_one_goes_on(
    qtbot: QtBot, new: New, facade: Facade, context: PageContext
) -> None:
    """That closing the form would stop it is said until the last test run of the form is over."""
    editor = new("script")
    control(editor, "action.text").setPlainText("sleep 600")
    editor.test()
    pane = editor.panes.test_pane
    assert pane is not None
    qtbot.waitUntil(lambda: "is stopped when this form is closed" in pane.note())
    control(editor, "action.text").setPlainText("echo over")
    editor.test()
    qtbot.waitUntil(lambda: "over" in pane.output.text.toPlainText())
    context.bridge.changed.emit()
    assert pane.note()  # the first goes on, out of sight
    first = min(run.id for run in facade.history.page(RunFilter()))
    facade.control.stop_run(first)
    facade.control.wait(first, 15.0)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: not pane.note())


@pytest.mark.usefixtures("engine")
def test_a_test_run_ends_with_its_form(
    qtbot: QtBot, new: New, facade: Facade, context: PageContext
) -> None:
    """A test run that still goes on is stopped, and told so, when its form is closed."""
    editor = new("script")
    control(editor, "action.text").setPlainText("echo begun; sleep 600")
    editor.test()
    assert editor.panes.test_pane is not None
    output = editor.panes.test_pane.output
    qtbot.waitUntil(lambda: "begun" in output.text.toPlainText(), timeout=15_000)
    with qtbot.waitSignal(context.signals.say, timeout=15_000) as told:
        editor.reject()
        answer(editor, "Discard")
    assert told.args == ["The test run was stopped."]
    [run] = facade.history.page(RunFilter())
    assert facade.control.wait(run.id, 15.0).status is Status.CANCELLED


@pytest.mark.usefixtures("engine")
def test_a_test_run_that_begins_too_late_does_not_go_on(facade: Facade) -> None:
    """A form that is closed while the engine is being asked leaves no run behind."""
    trials = Trials()
    trials.close()
    draft = {"name": "Late", "action": {"kind": "script", "text": "sleep 600"}}
    run_id = trials.begin(facade, draft)
    assert facade.control.wait(run_id, 15.0).status is Status.CANCELLED
    assert trials.stop(facade) == 0


def test_without_an_engine_a_test_says_so(qtbot: QtBot, new: New) -> None:
    """Where no engine runs, the test says so in words."""
    editor = new("script")
    control(editor, "action.text").setPlainText("true")
    editor.test()
    pane = editor.panes.test_pane
    assert pane is not None
    assert pane.height() < editor.form.height(), "the form stays what one works in"
    qtbot.waitUntil(lambda: "No engine" in pane.trouble())


def test_a_draft_that_cannot_be_tested_says_why(qtbot: QtBot, new: New) -> None:
    """A draft without a script cannot be tested, and the pane says what is missing."""
    editor = new("script")
    editor.test()
    pane = editor.panes.test_pane
    assert pane is not None
    qtbot.waitUntil(lambda: "Write the script" in pane.trouble())


# everybody


@pytest.mark.parametrize("kind", ["reminder", "script", "command", "open"])
def test_every_control_has_a_name(qtbot: QtBot, new: New, kind: str) -> None:
    """Whatever takes the keyboard has a name for those who hear the screen."""
    editor = new("empty")
    editor.form.what.set_kind(kind)
    card = cards(editor.form.when)[0]
    for trigger in (*TIMES, *EVENTS):
        card.set_kind(trigger)
        nameless = [
            widget
            for widget in editor.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
            and widget.isVisible()
            and not widget.objectName().startswith("qt_")
            and not (isinstance(widget, QLineEdit) and widget.parent() is not None
                     and widget.parent().metaObject().className().endswith(("Edit", "Box")))
            and not (widget.accessibleName() or getattr(widget, "text", str)())
        ]  # fmt: skip
        assert nameless == []


@pytest.mark.parametrize("keys", ["Ctrl+S", "Ctrl+Return", "Ctrl+Enter"])
def test_the_form_is_saved_by_keyboard(qtbot: QtBot, new: New, facade: Facade, keys: str) -> None:
    """Ctrl+S and Ctrl+Enter save."""
    editor = new("empty")
    control(editor, "name").setText("Tea")
    [shortcut] = [one for one in editor.findChildren(QShortcut) if one.key().toString() == keys]
    with qtbot.waitSignal(editor.saved):
        shortcut.activated.emit()
    assert [job.name for job in facade.catalogue.list()] == ["Tea"]


def test_a_script_leaves_ctrl_enter_to_the_form(qtbot: QtBot, new: New) -> None:
    """Ctrl+Enter writes no line into a script; Tab indents it."""
    editor = new("script")
    text = control(editor, "action.text")
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert text.toPlainText() == "    "


def test_tab_goes_from_the_top_to_the_bottom(qtbot: QtBot, opened: Opened) -> None:
    """The Tab key goes through the form as it is seen, also through a time added later."""
    editor = opened(triggers=[NOON])
    editor.form.when.add_another()
    places = []
    widget = control(editor, "name")
    while (widget := widget.nextInFocusChain()) is not control(editor, "name"):
        is_control = widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if is_control and editor.form.isAncestorOf(widget) and widget.focusProxy() is None:
            places.append(widget.mapTo(editor.form.widget(), widget.rect().center()).y())
    steps = [later - earlier for earlier, later in itertools.pairwise(places)]
    assert len(places) > 10
    assert min(steps) > -20, "only within a row Tab may go a little up"


def test_a_week_without_days_asks_for_one(qtbot: QtBot, new: New) -> None:
    """Without a day of the week the form asks for one in plain words."""
    editor = new("web-page")
    control(editor, "name").setText("Page")
    control(editor, "triggers.0.rule").set_days(())
    editor.save()
    assert problem(editor, "triggers.0.rule") == "Choose at least one day."


def test_saving_twice_at_once_makes_one_job(qtbot: QtBot, new: New, facade: Facade) -> None:
    """An impatient second press of Save does nothing."""
    editor = new("empty")
    control(editor, "name").setText("Tea")
    with qtbot.waitSignal(editor.saved):
        editor.save()
        editor.save()
    assert editor.trouble.isHidden()
    assert len(facade.catalogue.list()) == 1


def test_what_is_typed_while_a_save_is_on_its_way_is_not_taken(
    qtbot: QtBot, new: New, facade: Facade
) -> None:
    """The form takes no letters while it is saved, so what is seen is what is saved."""
    editor = new("empty")
    name = control(editor, "name")
    name.setText("Tea")
    with qtbot.waitSignal(editor.saved):
        editor.save()
        qtbot.keyClicks(editor.focusWidget(), "!")
        qtbot.keyClicks(name, "!")
        assert name.text() == "Tea"
    assert [job.name for job in facade.catalogue.list()] == ["Tea"]


def test_after_a_refusal_one_can_type_on(qtbot: QtBot, facade: Facade, opened: Opened) -> None:
    """Where saving failed, the keyboard is back in the field in which it was."""
    editor = opened(triggers=[NOON])
    facade.jobs.set_enabled([str(editor.saving.job_id)], False)
    control(editor, "triggers.0.expression").setFocus()
    refused(qtbot, editor)
    assert editor.trouble.isVisible()
    assert editor.focusWidget() is control(editor, "triggers.0.expression")
    assert editor.form.isEnabled()


def test_an_action_from_elsewhere_is_kept_until_another_is_chosen(
    qtbot: QtBot, opened: Opened
) -> None:
    """An action of a kind that this version does not know is shown to be read, and kept."""
    editor = opened()
    action = {"kind": "teleport", "place": "Oslo"}
    with qtbot.waitSignal(editor.form.loaded):
        editor.form.load({**editor.form.document(), "action": action})
    assert "Oslo" in control(editor, "action.raw").toPlainText()
    assert editor.form.document()["action"] == action
    editor.form.what.set_kind("reminder")
    assert editor.form.document()["action"]["kind"] == "reminder"
    editor.form.what.set_kind("kept")
    assert editor.form.document()["action"] == action


def test_a_job_that_cannot_be_read_is_left_alone(
    qtbot: QtBot, context: PageContext, core: Core, facade: Facade
) -> None:
    """A definition that cannot be read is not opened, so nothing of it can be lost."""
    job_id = facade.jobs.add({"name": "Tea", "action": {"kind": "reminder"}}).job.id

    def damage(tables: Tables) -> None:
        stored = tables.jobs.get(job_id)
        assert stored is not None
        body = b'{"name": "Tea", "action": {"kind": "reminder"}, "policy": {"timeout_s": "x"}}'
        broken = msgspec.structs.replace(stored, body=body, revision=2)
        tables.jobs.put(broken, tables.jobs.begin(Change.EDIT, "Tea", context.clock.now()))

    assert core._store is not None
    core._store.write(damage)
    editor = Editor(context)
    qtbot.addWidget(editor)
    editor.show()
    editor.edit(job_id)
    qtbot.waitUntil(editor.trouble.isVisible)
    assert "cannot be read" in editor.trouble.text()
    assert not editor.save_button.isEnabled()


# rules that few jobs need


def test_rules_arrive_as_they_were_typed(qtbot: QtBot, new: New, facade: Facade) -> None:
    """Groups of rules are made when they are unfolded, and saved with the job."""
    editor = new("empty")
    editor.form.what.set_kind("command")
    control(editor, "name").setText("Backup")
    control(editor, "action.program").line.setText("/bin/echo")
    control(editor, "policy.overlap_limit").choose("replace", 1)
    for group in editor.form.rules.more.groups.values():
        group.set_open(is_open=True)
    control(editor, "policy.retry.count").setValue(3)
    control(editor, "policy.conditions.all").add()
    control(editor, "policy.conditions.otherwise").set_value("wait")
    control(editor, "policy.ask_s").set_seconds(30)
    policy = facade.catalogue.draft(saved(qtbot, editor)).document["policy"]
    assert policy["overlap"] == "replace"
    assert policy["retry"]["count"] == 3
    assert policy["conditions"]["all"] == [{"kind": "on-mains"}]
    assert policy["conditions"]["otherwise"] == "wait"
    assert policy["ask_s"] == 30


def test_a_rule_out_of_range_is_refused_at_its_field(qtbot: QtBot, opened: Opened) -> None:
    """The group is unfolded, the field says what is wrong, and what was typed stays."""
    editor = opened(policy={"conditions": {"all": [{"kind": "present", "path": "/media"}]}})
    group = editor.form.rules.more.groups["conditions"]
    group.set_open(is_open=True)
    path = "policy.conditions.all.0.path"
    control(editor, path).set_text("media")
    group.set_open(is_open=False)
    refused(qtbot, editor)
    assert "whole path" in problem(editor, path)
    assert editor.form.fields()[path].isVisible()
    assert control(editor, path).text() == "media"


def test_holidays_of_an_unknown_place_are_refused_at_the_place(
    qtbot: QtBot, opened: Opened
) -> None:
    """What is typed and is no place is not lost, and keeps the job from being saved."""
    editor = opened(policy={"hours": {"holidays": "DE"}})
    editor.form.rules.more.groups["hours"].set_open(is_open=True)
    field = control(editor, "policy.hours.holidays")
    qtbot.waitUntil(lambda: field.text() == "Germany")
    field.setText("Atlantis")
    refused(qtbot, editor)
    assert "Atlantis" in problem(editor, "policy.hours.holidays")
    assert field.text() == "Atlantis"


@pytest.mark.parametrize("width", [700, 1020])
def test_the_form_never_scrolls_sideways(qtbot: QtBot, opened: Opened, width: int) -> None:
    """With every kind of action, trigger and rule unfolded, lines are broken instead."""
    editor = opened(policy={"hours": {"windows": [{}], "blackout": ["2026-12-24/2027-01-02"]}})
    editor.resize(width, 600)
    card = cards(editor.form.when)[0]
    for group in editor.form.rules.more.groups.values():
        group.set_open(is_open=True)
    rows = control(editor, "policy.conditions.all")
    for kind in condition_words():
        rows.add()
        path = f"policy.conditions.all.{len(rows.rows()) - 1}.kind"
        control(editor, path).set_value(kind)
    bar = editor.form.horizontalScrollBar()
    for kind in ("reminder", "command", "script", "open", "tidy", "web", "python"):
        editor.form.what.set_kind(kind)
        assert bar.maximum() == 0, kind
    for kind in (*TIMES, *EVENTS):
        card.set_kind(kind)
        card.set_more_open(is_open=True)
        assert bar.maximum() == 0, kind


@pytest.mark.parametrize("kind", ["once", "weekly", "after"])
def test_a_narrow_form_is_not_scrolled_sideways(qtbot: QtBot, new: New, kind: str) -> None:
    """The preview gives way first; the window gets no narrower than the fields need."""
    editor = new("script")
    [card] = cards(editor.form.when)
    card.set_kind(kind)
    card.set_more_open(is_open=True)
    editor.resize(editor.minimumSizeHint())
    qtbot.waitUntil(lambda: editor.form.viewport().width() >= editor.form.widget().width())
    assert editor.form.horizontalScrollBar().maximum() == 0


def test_the_advice_of_a_template_goes_with_its_kind(new: New) -> None:
    """What is said of a script says nothing of a reminder, and comes back with the script."""
    editor = new("backup")
    assert editor.advice.isVisible()
    editor.form.what.set_kind("reminder")
    assert editor.advice.isHidden()
    editor.form.what.set_kind("script")
    assert editor.advice.isVisible()
