"""A person sees the jobs on their page, finds them, and does things to them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.run import JobId
from deskcron.engine.facade import Facade
from deskcron.gui.jobs import page as page_module
from deskcron.gui.jobs.filter import Column
from deskcron.gui.jobs.filterbar import FilterBar
from deskcron.gui.jobs.listing import Listing, look
from deskcron.gui.jobs.views import View
from deskcron.gui.later import Throttle
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.emptystate import CardButton
from tests.gui.conftest import let_rest
from tests.gui.jobs.conftest import Shown
from tests.support.waiting import PATIENCE_S

Add = Callable[..., JobId]
OpenPage = Callable[[], Shown]
LONG = "A name that is much longer than the column in which it has to find its place " * 2


def button(shown: Shown, text: str) -> QAbstractButton:
    """Return the button with this text that is to be seen, beside those inside of fields."""
    found = [
        control
        for control in shown.page.findChildren(QAbstractButton)
        if control.text().replace("&", "") == text
        and control.isVisible()
        and not isinstance(control.parentWidget(), QLineEdit)
    ]
    assert len(found) == 1, text
    return found[0]


def test_jobs_are_listed_by_name_with_their_times(open_page: OpenPage, add: Add) -> None:
    """Jobs are listed by name with their schedule, next and last run."""
    add("banana")
    add("Apple", enabled=False)
    shown = open_page()
    shown.wait_for("Apple", "banana")
    assert shown.cell(0, Column.NEXT) == "off"
    assert shown.cell(1, Column.SCHEDULE) == "Every day at 09:00"
    assert shown.cell(1, Column.LAST) == "never yet"


def test_a_job_that_is_added_elsewhere_appears(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    """A job that is added elsewhere appears."""
    add("one")
    shown = open_page()
    shown.wait_for("one")
    add("two")
    context.bridge.changed.emit()
    shown.wait_for("one", "two")


def test_what_is_selected_and_where_the_table_stands_outlast_a_refresh(
    open_page: OpenPage, add: Add, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """Selection, current row and scroll position outlast changes made elsewhere."""
    names = [f"job {number:02}" for number in range(60)]
    for name in names:
        add(name)
    shown = open_page()
    shown.wait_for(*names)
    shown.select("job 40", "job 42")
    bar = shown.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    facade.jobs.remove(["job 41", "job 59"])
    context.bridge.changed.emit()
    shown.wait_for(*(name for name in names if name not in {"job 41", "job 59"}))
    assert shown.selected() == ["job 40", "job 42"]
    assert shown.table.currentIndex().row() == 41
    assert bar.value() == before > 0


def test_selection_outlasts_a_search_that_shows_all_rows_anew(
    open_page: OpenPage, facade: Facade, qtbot: QtBot, add: Add
) -> None:
    """Selection outlasts a search that shows all rows anew."""
    for number in range(200):
        add(f"job {number:03}", tags=["odd" if number % 2 else "even"])
    shown = open_page()
    qtbot.waitUntil(lambda: len(shown.names()) == 200)
    shown.select("job 010", "job 011", "job 012")
    shown.page.findChild(QLineEdit).setText("even")
    qtbot.waitUntil(lambda: len(shown.names()) == 100)
    assert shown.selected() == ["job 010", "job 012"]


@pytest.mark.parametrize("typed", ["photo", "09:00", "rsync", "WORK"])
def test_search_looks_at_name_schedule_action_and_tags(
    open_page: OpenPage, add: Add, typed: str, qtbot: QtBot
) -> None:
    """Search looks at name, schedule, action and tags."""
    other = {"triggers": [{"kind": "cron", "expression": "0 7 * * *"}]}
    add("Other", **other)
    add(
        "Photos",
        action={"kind": "command", "program": "/usr/bin/rsync"},
        tags=["work"],
    )
    shown = open_page()
    shown.wait_for("Other", "Photos")
    shown.page.findChild(QLineEdit).setText(typed)
    shown.wait_for("Photos")


def test_a_search_without_a_match_can_be_cleared(
    open_page: OpenPage, add: Add, qtbot: QtBot
) -> None:
    """A search without a match says so and can be cleared."""
    add("one")
    shown = open_page()
    shown.wait_for("one")
    shown.page.findChild(QLineEdit).setText("two")
    shown.wait_for()
    button(shown, "Clear the search").click()
    shown.wait_for("one")


def test_views_say_how_many_jobs_they_have(open_page: OpenPage, add: Add, qtbot: QtBot) -> None:
    """Views say how many jobs they have and show them."""
    add("on")
    add("off", enabled=False)
    shown = open_page()
    shown.wait_for("off", "on")
    assert button(shown, "All  2").isChecked()
    button(shown, "Off  1").click()
    shown.wait_for("off")
    button(shown, "Finished  0").click()
    shown.wait_for()
    assert shown.page.findChild(FilterBar).view() is View.FINISHED


def test_a_tag_narrows_the_list_until_it_is_gone(
    open_page: OpenPage, add: Add, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """A tag narrows the list until no job has it any more."""
    add("one", tags=["home"])
    add("two")
    shown = open_page()
    shown.wait_for("one", "two")
    tags = shown.page.findChild(QComboBox)
    tags.setCurrentIndex(tags.findText("home"))
    tags.activated.emit(tags.currentIndex())
    shown.wait_for("one")
    facade.jobs.remove(["one"])
    context.bridge.changed.emit()
    shown.wait_for("two")


def test_a_click_on_a_heading_sorts(open_page: OpenPage, add: Add, qtbot: QtBot) -> None:
    """A click on a heading sorts by its column."""
    add("a", triggers=[{"kind": "cron", "expression": "0 8 * * *"}])
    add("b", triggers=[{"kind": "cron", "expression": "0 7 * * *"}])
    shown = open_page()
    shown.wait_for("a", "b")
    head = shown.table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(Column.SCHEDULE) + 10, 10)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    shown.wait_for("b", "a")


def test_a_click_on_the_switch_turns_a_job_off(
    open_page: OpenPage, add: Add, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """A click on the switch turns a job off and says so with a way back."""
    add("one")
    shown = open_page()
    shown.wait_for("one")
    place = shown.table.visualRect(shown.table.model().index(0, Column.ENABLED)).center()
    with qtbot.waitSignal(context.signals.say_undoable) as blocker:
        qtbot.mouseClick(shown.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert blocker.args[0] == "“one” is off."
    qtbot.waitUntil(lambda: shown.cell(0, Column.NEXT) == "off")
    assert not facade.catalogue.show("one").summary.enabled


def test_space_switches_all_selected_jobs_the_same_way(
    open_page: OpenPage, add: Add, facade: Facade, qtbot: QtBot
) -> None:
    """Space switches all selected jobs the same way: on while one of them is off."""
    add("one")
    add("two", enabled=False)
    shown = open_page()
    shown.wait_for("one", "two")
    shown.select("one", "two")
    qtbot.keyClick(shown.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown.cell(1, Column.NEXT) != "off")
    qtbot.keyClick(shown.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: [shown.cell(row, Column.NEXT) for row in (0, 1)] == ["off"] * 2)


def test_deleting_asks_nothing_and_is_undone(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    """Deleting asks nothing; Ctrl+Z brings the jobs back."""
    for name in ("one", "two", "three"):
        add(name)
    shown = open_page()
    shown.wait_for("one", "three", "two")
    shown.select("one", "two")
    with qtbot.waitSignal(context.signals.say_undoable) as blocker:
        qtbot.keyClick(shown.table, Qt.Key.Key_Delete)
    assert blocker.args[0] == "2 jobs were deleted."
    shown.wait_for("three")
    qtbot.waitUntil(button(shown, "Undo").isEnabled)
    with qtbot.waitSignal(context.signals.say) as blocker:
        qtbot.keyClick(shown.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert blocker.args == ["Deleting 2 jobs was undone."]
    shown.wait_for("one", "three", "two")


def test_undo_takes_back_what_the_page_shows_and_nothing_newer(
    open_page: OpenPage, add: Add, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """A change that came in unseen is not taken back; it is said why, and then it is seen."""
    add("one")
    facade.jobs.remove(["one"])
    shown = open_page()
    undo = button(shown, "Undo")
    qtbot.waitUntil(undo.isEnabled)
    add("theirs")
    with qtbot.waitSignal(context.bridge.failed) as blocker:
        undo.click()
    assert blocker.args[0].title == "Nothing was undone"
    shown.wait_for("theirs")
    qtbot.waitUntil(undo.isEnabled)


def test_without_anything_to_undo_nothing_is_offered(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    """The button can be pressed only where there is something to take back, and says what."""
    shown = open_page()
    undo = button(shown, "Undo")
    assert not undo.isEnabled()
    assert not undo.toolTip()
    add("one & <two>")
    context.bridge.changed.emit()
    qtbot.waitUntil(undo.isEnabled)
    assert "Undo adding one &amp; &lt;two&gt;" in undo.toolTip()
    assert undo.accessibleDescription() == "Undo adding one & <two>"


def test_ctrl_d_copies_what_is_selected(open_page: OpenPage, add: Add, qtbot: QtBot) -> None:
    """Ctrl+D copies what is selected."""
    add("one")
    shown = open_page()
    shown.wait_for("one")
    shown.select("one")
    qtbot.keyClick(shown.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    shown.wait_for("one", "one (copy)")


@pytest.mark.usefixtures("engine")
def test_ctrl_r_runs_a_job_and_its_run_is_followed(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    """Ctrl+R runs a job; the row tells how long it runs, and stopping it how it ended."""
    add("one", action={"kind": "script", "text": "sleep 60"})
    shown = open_page()
    shown.wait_for("one")
    shown.select("one")
    assert not button(shown, "Stop").isEnabled()
    qtbot.keyClick(shown.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)

    def says(word: str) -> bool:
        context.bridge.changed.emit()
        return shown.cell(0, Column.LAST).startswith(word)

    qtbot.waitUntil(lambda: says("running for"), timeout=20_000)
    qtbot.waitUntil(button(shown, "Stop").isEnabled)
    button(shown, "Stop").click()
    qtbot.waitUntil(lambda: says("cancelled"), timeout=20_000)


def test_a_run_without_an_engine_is_refused_in_words(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    """A run without an engine is refused in words."""
    add("one")
    shown = open_page()
    shown.wait_for("one")
    shown.select("one")
    with qtbot.waitSignal(context.bridge.failed) as blocker:
        button(shown, "Run now").click()
    assert blocker.args[0].title == "No engine is running"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2])
def test_a_key_edits_the_selected_job(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot, key: Qt.Key
) -> None:
    """Return, Enter and F2 edit the selected job."""
    job_id = add("one")
    shown = open_page()
    shown.wait_for("one")
    shown.select("one")
    with qtbot.waitSignal(context.signals.edit_job) as blocker:
        qtbot.keyClick(shown.table, key)
    assert blocker.args == [job_id]


def test_a_double_click_edits_but_not_on_the_switch(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    """A double click edits a job."""
    job_id = add("one")
    shown = open_page()
    shown.wait_for("one")
    place = shown.table.visualRect(shown.table.model().index(0, Column.SCHEDULE)).center()
    viewport = shown.table.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    shown.settle()
    with qtbot.waitSignal(context.signals.edit_job) as blocker:
        qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert blocker.args == [job_id]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Show runs", "show_runs"),
        ("Why?", "explain_job"),
        ("Edit", "edit_job"),
        ("Statistics", "show_statistics"),
    ],
)
def test_a_button_leads_to_another_page(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot, text: str, way: str
) -> None:
    """A button leads to the runs, the explanation, the form or the figures of the selected job."""
    job_id = add("one")
    shown = open_page()
    shown.wait_for("one")
    assert not button(shown, text).isEnabled()
    shown.select("one")
    with qtbot.waitSignal(getattr(context.signals, way)) as blocker:
        button(shown, text).click()
    assert blocker.args == [job_id]


def test_figures_of_several_jobs_are_compared(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    """With several jobs selected the statistics are those of all jobs."""
    add("one")
    add("two")
    shown = open_page()
    shown.wait_for("one", "two")
    shown.select("one", "two")
    with qtbot.waitSignal(context.signals.show_statistics) as blocker:
        button(shown, "Statistics").click()
    assert blocker.args == [""]


def test_muting_is_offered_the_other_way_round_for_a_muted_job(
    open_page: OpenPage, add: Add, facade: Facade, qtbot: QtBot
) -> None:
    """Muting is offered the other way round for a muted job."""
    add("one")
    shown = open_page()
    shown.wait_for("one")
    shown.select("one")

    def action(text: str) -> object:
        return next(a for a in shown.table.actions() if a.text().replace("&", "") == text)

    action("Mute").trigger()
    qtbot.waitUntil(lambda: facade.catalogue.show("one").summary.muted)
    qtbot.waitUntil(lambda: any("Un" in a.text() for a in shown.table.actions()))
    action("Unmute").trigger()
    qtbot.waitUntil(lambda: not facade.catalogue.show("one").summary.muted)


def test_before_there_is_a_job_three_starting_points_are_offered(
    open_page: OpenPage, context: PageContext, qtbot: QtBot
) -> None:
    """Before there is a job three starting points are offered."""
    shown = open_page()

    def choices() -> list[CardButton]:
        return [choice for choice in shown.page.findChildren(CardButton) if choice.isVisible()]

    qtbot.waitUntil(lambda: len(choices()) == 3)
    with qtbot.waitSignal(context.signals.new_job) as blocker:
        choices()[0].click()
    assert blocker.args == ["reminder"]


def test_the_new_button_offers_every_template(
    open_page: OpenPage, context: PageContext, facade: Facade, qtbot: QtBot
) -> None:
    """The new button offers every template."""
    shown = open_page()
    new = next(one for one in shown.page.findChildren(QPushButton) if one.menu() is not None)
    templates = facade.drafting.templates()
    qtbot.waitUntil(lambda: len(new.menu().actions()) > len(templates))
    titles = [action.text() for action in new.menu().actions() if not action.isSeparator()]
    assert titles == [template.title for template in templates]


def test_a_job_that_was_saved_is_selected(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    """What was selected before is not, so that keys mean the job that was just made."""
    old = add("Old")
    shown = open_page()
    shown.table.select_jobs([old])
    new = add("New")
    context.signals.job_saved.emit(new)
    qtbot.waitUntil(lambda: [line.id for line in shown.table.selected()] == [new])
    assert shown.table.currentIndex().row() == shown.table.model().rows_of([new])[0]


def test_a_saved_job_that_is_not_shown_is_sought_no_longer(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    """What a search leaves out takes no selection away later, when it comes to be shown."""
    add("one")
    add("other")
    shown = open_page()
    shown.wait_for("one", "other")
    shown.page.findChild(QLineEdit).setText("one")
    shown.wait_for("one")
    shown.select("one")
    context.signals.job_saved.emit(add("two"))
    qtbot.waitUntil(lambda: shown.selected() == [])
    shown.page.findChild(QLineEdit).clear()
    shown.wait_for("one", "other", "two")
    shown.select("one")
    add("three")
    context.bridge.changed.emit()
    shown.wait_for("one", "other", "three", "two")
    assert shown.selected() == ["one"]


def test_rows_search_and_starting_points_come_and_go_together(
    open_page: OpenPage, add: Add, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """No moment shows an empty table, or a search beside the starting points."""
    shown, seen = open_page(), []
    qtbot.waitUntil(lambda: any(one.isVisible() for one in shown.page.findChildren(CardButton)))
    search, rows = shown.page.findChild(QLineEdit), shown.table.model()
    context.bridge.rested.connect(  # right after an answer, before anything is painted
        lambda: seen.append((rows.rowCount(), shown.table.isVisible(), search.isVisible()))
    )
    job_id = add("one")
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: seen == [(1, True, True)])
    facade.jobs.remove([job_id])
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: seen[1:] == [(0, False, False)])


def test_the_columns_have_the_width_of_the_table_each_time_it_is_seen(
    open_page: OpenPage, add: Add
) -> None:
    """A narrower window needs no scroll bar, not even for the moment in which a page comes back."""
    add("one")
    shown = open_page()
    shown.wait_for("one")
    head, room = shown.table.horizontalHeader(), shown.table.viewport()
    shown.page.resize(1000, 600)
    assert head.length() == room.width()
    shown.page.hide()
    shown.page.resize(800, 600)
    shown.page.show()
    QCoreApplication.sendPostedEvents()  # it is laid out and painted, while timers wait
    assert head.length() == room.width()
    assert not shown.table.horizontalScrollBar().isVisible()


def test_the_keyboard_comes_to_the_first_job(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    """A page that is given the keyboard before its rows are there hands it on to them."""
    job = add("one")
    add("two")
    shown = open_page()
    shown.page.setFocus()
    qtbot.waitUntil(shown.table.hasFocus)
    assert shown.selected() == ["one"]
    qtbot.waitUntil(button(shown, "Edit").isEnabled)
    with qtbot.waitSignal(context.signals.edit_job) as edit:
        qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    assert edit.args == [job]


def test_without_a_job_the_keyboard_comes_to_the_button_for_a_new_one(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    """There is nothing else to begin with."""
    shown = open_page()
    shown.page.setFocus()
    new = next(one for one in shown.page.findChildren(QPushButton) if one.menu() is not None)
    qtbot.waitUntil(new.hasFocus)


def test_tab_selects_the_row_it_leads_to_and_leaves_a_selection_alone(
    open_page: OpenPage, add: Add, qtbot: QtBot
) -> None:
    """What is marked as the row of the keyboard is what its keys are for."""
    for name in ("one", "two"):
        add(name)
    shown = open_page()
    shown.wait_for("one", "two")
    with qtbot.waitActive(shown.page):
        shown.page.activateWindow()
    shown.table.setFocus(Qt.FocusReason.TabFocusReason)
    assert shown.selected() == ["one"]
    shown.select("two")
    shown.page.findChild(QLineEdit).setFocus()
    shown.table.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert shown.selected() == ["two"]


def test_a_long_name_is_elided_and_whole_in_its_tooltip(
    open_page: OpenPage, add: Add, qtbot: QtBot
) -> None:
    """A long name makes the column no wider, and its tooltip has all of it."""
    add(LONG.strip())
    shown = open_page()
    shown.wait_for(LONG.strip())
    name = shown.table.model().index(0, Column.NAME)
    assert shown.table.horizontalScrollBar().maximum() == 0
    assert LONG.strip() in name.data(Qt.ItemDataRole.ToolTipRole)


def test_every_control_has_a_name(open_page: OpenPage, add: Add, qtbot: QtBot) -> None:
    """Every control and the table have a name for screen readers."""
    add("one", tags=["home"])
    shown = open_page()
    shown.wait_for("one")
    controls = [
        *shown.page.findChildren(QToolButton),
        *shown.page.findChildren(QPushButton),
        *shown.page.findChildren(QLineEdit),
        shown.table,
    ]
    for control in controls:
        seen = QAccessible.queryAccessibleInterface(control)
        assert seen.text(QAccessible.Text.Name), control


def test_jobs_that_cannot_be_looked_at_are_told_on_the_page(
    open_page: OpenPage, add: Add, facade: Facade, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Jobs that cannot be looked at are told on the page, until looking works again."""
    add("one")
    good = facade.catalogue.list

    def refuse(**_wanted: bool) -> None:
        raise StoreUnavailable(title="The disk is gone")

    monkeypatch.setattr(facade.catalogue, "list", refuse)
    shown = open_page()
    qtbot.waitUntil(
        lambda: any(
            one.isVisible() and one.text() == "Try again"
            for one in shown.page.findChildren(QPushButton)
        )
    )
    monkeypatch.setattr(facade.catalogue, "list", good)
    button(shown, "Try again").click()
    shown.wait_for("one")


def test_nothing_is_asked_while_the_page_is_hidden(
    open_page: OpenPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    """Nothing is asked while the page is hidden; what was missed is made good at its return."""
    add("one")
    shown = open_page()
    shown.wait_for("one")
    shown.page.hide()
    add("two")
    context.bridge.changed.emit()
    answers: list[object] = []
    context.bridge.ask(shown.page, lambda facade: facade.jobs.undoable(), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert shown.table.model().rowCount() == 1
    shown.page.show()
    shown.wait_for("one", "two")


def test_ctrl_a_selects_all_jobs(open_page: OpenPage, add: Add, qtbot: QtBot) -> None:
    """Ctrl+A selects all jobs, and the page says how many that are."""
    add("one")
    add("two")
    shown = open_page()
    shown.wait_for("one", "two")
    shown.table.setFocus()
    shown.table.selectionModel().setCurrentIndex(
        shown.table.model().index(0, 1), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    qtbot.keyClick(shown.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert shown.selected() == ["one", "two"]


def test_changes_during_a_long_look_are_looked_at_after_a_rest(
    open_page: OpenPage,
    add: Add,
    context: PageContext,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A long list that changes all the time does not take all of a processor."""
    may_answer, looks = Event(), []

    def long_look(facade: Facade) -> Listing:
        looks.append("look")
        may_answer.wait(PATIENCE_S)
        return look(facade)

    monkeypatch.setattr(page_module, "look", long_look)
    add("one")
    shown = open_page()
    qtbot.waitUntil(lambda: len(looks) == 1)
    context.bridge.changed.emit()
    let_rest(shown.page.findChild(Throttle))
    with qtbot.waitSignal(context.bridge.rested):
        may_answer.set()
    assert len(looks) == 1
    shown.wait_for("one")
    qtbot.waitUntil(lambda: len(looks) == 2)
