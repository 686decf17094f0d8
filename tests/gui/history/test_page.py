"""The history shows every run, what is chosen from them, and follows them without jumping."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from deskcron.domain.preferences import ZoneDisplay
from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import Status
from deskcron.engine.facade import Facade
from deskcron.gui.history.choice import Span
from deskcron.gui.history.feed import PAGE
from deskcron.gui.history.model import Column
from deskcron.gui.history.page import HistoryPage
from deskcron.gui.pagecontext import PageContext

FAILED = {"why": Why(Reason.EXIT_CODE, {"code": 2}), "exit_code": 2}


def shown(page: HistoryPage, column: Column = Column.STATUS) -> list[str]:
    """Return what the table shows in a column."""
    model = page.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def ids(page: HistoryPage) -> list[int]:
    """Return the numbers of the runs that are loaded."""
    runs = [page._model.run_at(row) for row in range(page._model.rowCount())]
    return [run.id for run in runs if run is not None]


def subtitle(page: HistoryPage) -> str:
    """Return how many runs the page says there are."""
    return page._header._subtitle.text()


def pick(page: HistoryPage, name: str, words: str) -> None:
    """Choose an entry of a list of the filters."""
    [box] = [one for one in page.filters.findChildren(type(page.filters._status).__base__)
             if one.accessibleName() == name]  # fmt: skip
    assert box.findText(words) >= 0
    box.setCurrentIndex(box.findText(words))


def test_without_runs_the_page_says_so(qtbot: QtBot, page: HistoryPage) -> None:
    """Without runs the page says what will be there."""
    page.show()
    qtbot.waitUntil(lambda: subtitle(page) == "0 runs")
    assert page._none_yet.isVisible()


@pytest.mark.usefixtures("_tokyo")
def test_rows_and_details_follow_the_zone_that_is_preferred(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext
) -> None:
    """Another zone is obeyed at once, in the table and in the details that are open."""
    [run_id] = past.runs(past.job("Backup"), 1)
    page.show()
    page.show_run(run_id)
    qtbot.waitUntil(lambda: page.table.current() is not None and bool(_times(page.details, " JST")))
    hint = page.table.model().index(0, Column.WHEN)
    assert " JST" in hint.data(Qt.ItemDataRole.ToolTipRole)
    context.zones.show_in(ZoneDisplay.UTC)
    assert " UTC" in hint.data(Qt.ItemDataRole.ToolTipRole)
    assert _times(page.details, " UTC")
    assert not _times(page.details, " JST")


def test_a_run_is_shown_in_the_zone_of_its_rule_where_that_is_preferred(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext
) -> None:
    """Row and details of a run follow the zone of the rule that made it."""
    rule = {"id": "t1", "kind": "cron", "expression": "0 9 * * *", "zone": "Asia/Tokyo"}
    [run_id] = past.runs(past.job("Backup", [rule]), 1)
    context.zones.show_in(ZoneDisplay.RULE)
    page.show()
    page.show_run(run_id)
    qtbot.waitUntil(lambda: page.table.current() is not None and bool(_times(page.details, " JST")))
    hint = page.table.model().index(0, Column.WHEN).data(Qt.ItemDataRole.ToolTipRole)
    assert "5 Jan 2026 18:01:00 JST" in hint


def _times(details: QWidget, zone: str) -> list[str]:
    """Return the times of the details that are told in a zone."""
    texts = [label.text() for label in details.findChildren(QLabel)]
    return [text for text in texts if text.endswith(zone)]


def test_runs_are_listed_newest_first_with_words(
    qtbot: QtBot, page: HistoryPage, past: Any
) -> None:
    """Runs are listed newest first, with a reason in words."""
    job = past.job("A name")
    first = past.runs(job, 2)
    last = past.running(job)
    page.show()
    qtbot.waitUntil(lambda: ids(page) == [last, *reversed(first)])
    assert shown(page) == ["Running", "Skipped", "Skipped"]
    assert shown(page, Column.WHY) == ["", *["An earlier run was not over yet"] * 2]
    assert shown(page, Column.JOB) == ["A name"] * 3
    assert shown(page, Column.CAUSE) == ["By hand", "Schedule", "Schedule"]


def test_older_runs_come_when_somebody_scrolls_down(
    qtbot: QtBot, page: HistoryPage, past: Any
) -> None:
    """Older runs come page by page when somebody scrolls to the end."""
    runs = past.runs(past.job(), 2 * PAGE + 10)
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == PAGE)
    assert subtitle(page) == "410 runs"
    for count in (2 * PAGE, 2 * PAGE + 10):
        page.table.scrollToBottom()
        qtbot.waitUntil(lambda count=count: len(ids(page)) == count)
    assert ids(page) == list(reversed(runs))
    assert not page.table.model().canFetchMore(page.table.rootIndex())


def test_new_runs_do_not_move_what_is_being_read(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext
) -> None:
    """New runs come in above; selection and what is in sight stay."""
    job = past.job()
    runs = past.runs(job, 100)
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == 100)
    table = page.table
    table.select(runs[40])
    table.verticalScrollBar().setValue(1000)
    top = page._model.run_at(table.rowAt(0))
    place = table.visualRect(table.model().index(table.rowAt(0), 0)).top()
    past.runs(job, 3)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: len(ids(page)) == 103)
    assert page._model.run_at(table.rowAt(0)) == top
    assert table.visualRect(table.model().index(table.rowAt(0), 0)).top() == place
    assert table.current().id == runs[40]
    assert subtitle(page) == "103 runs"


def test_at_the_top_new_runs_are_seen_at_once(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext
) -> None:
    """Who looks at the newest runs sees new ones come in."""
    job = past.job()
    past.runs(job, 100)
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == 100)
    [new] = past.runs(job, 1)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: ids(page)[0] == new)
    assert page.table.rowAt(0) == 0


def test_the_end_of_a_run_far_down_is_noticed(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext
) -> None:
    """The end of a run is noticed, also below the newest page."""
    job = past.job()
    running = past.running(job)
    past.runs(job, PAGE + 50)
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == PAGE)
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: len(ids(page)) == PAGE + 51)
    assert shown(page)[-1] == "Running"
    past.end(running, Status.FAILED, **FAILED)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: shown(page)[-1] == "Failed")
    assert shown(page, Column.WHY)[-1] == "Exit code 2"


def test_what_no_longer_belongs_goes_and_what_now_does_comes(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext
) -> None:
    """A run that ends leaves those that are running and joins the problems, in its place."""
    job = past.job()
    long, short = past.running(job), past.running(job)
    past.end(short, Status.FAILED, **FAILED)
    page.show()
    pick(page, "Result", "Running now")
    qtbot.waitUntil(lambda: ids(page) == [long])
    past.end(long, Status.TIMED_OUT, why=Why(Reason.TIME_LIMIT, {"timeout_s": 3}))
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: ids(page) == [])
    assert page._no_match.isVisible()
    pick(page, "Result", "Problems")
    qtbot.waitUntil(lambda: ids(page) == [short, long])
    middle = past.running(job)
    newest = past.running(job)
    past.end(newest, Status.FAILED, **FAILED)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: ids(page) == [newest, short, long])
    past.end(middle, Status.FAILED, **FAILED)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: ids(page) == [newest, middle, short, long])


def test_removed_runs_go(qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext) -> None:
    """Runs that are no longer kept go from the list."""
    first, second, third = past.runs(past.job(), 3)
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == 3)
    past.delete(second)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: ids(page) == [third, first])


def test_more_new_runs_than_a_page_begin_the_list_anew(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext
) -> None:
    """More new runs than a page has leave no gap between."""
    job = past.job()
    past.runs(job, 10)
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == 10)
    new = past.runs(job, PAGE + 5)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: ids(page) == list(reversed(new))[:PAGE])


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("Result", "Skipped", "skipped"),
        ("Result", "Problems", "failed"),
        ("Cause", "By hand", "failed"),
        ("Days", "Today", "today"),
    ],
)
def test_runs_are_chosen_by_result_cause_and_days(
    qtbot: QtBot,
    page: HistoryPage,
    past: Any,
    context: PageContext,
    name: str,
    words: str,
    expected: str,
) -> None:
    """Runs are chosen by result, cause and days, and all of them shown again."""
    job = past.job()
    failed = past.running(job)
    past.end(failed, Status.FAILED, **FAILED)
    [skipped] = past.runs(job, 1)
    now = context.clock.now()
    [today] = past.runs(job, 1, recorded_at=now, due=None, status=Status.SUCCEEDED, why=None)
    runs = {"failed": failed, "skipped": skipped, "today": today}
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == 3)
    pick(page, name, words)
    qtbot.waitUntil(lambda: ids(page) == [runs[expected]])
    page.filters.clear()
    qtbot.waitUntil(lambda: len(ids(page)) == 3)


def test_a_range_of_days_is_chosen_by_its_ends(qtbot: QtBot, page: HistoryPage, past: Any) -> None:
    """A range of days has fields for its first and last day."""
    past.runs(past.job(), 1)
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == 1)
    pick(page, "Days", "A range of days")
    qtbot.waitUntil(lambda: ids(page) == [])
    assert page.filters.range().ends[0].isVisible()
    first, last = page.filters.range().ends
    first.set_iso("2026-01-05")
    last.set_iso("2026-01-0")
    last.set_iso("2026-01-05")
    assert page.filters.choice().span is Span.RANGE
    qtbot.waitUntil(lambda: len(ids(page)) == 1)


def test_a_day_that_is_half_typed_changes_nothing_yet(qtbot: QtBot, page: HistoryPage) -> None:
    """While a day is being typed the last that was understood counts, also when the page comes."""
    page.show()
    pick(page, "Days", "A range of days")
    first, last = page.filters.range().ends
    first.set_iso("2026-01-05")
    last.set_iso("2026-01-07")
    first.set_iso("2026-01-0")
    page.hide()
    page.show()
    chosen = page.filters.choice()
    assert (chosen.first, chosen.last) == (date(2026, 1, 5), date(2026, 1, 7))


def test_a_day_that_is_none_is_told(qtbot: QtBot, page: HistoryPage) -> None:
    """Who leaves a day that is not understood is told; typing it anew takes that away."""
    page.show()
    pick(page, "Days", "A range of days")
    first, _last = page.filters.range().ends
    first.selectAll()
    qtbot.keyClicks(first, "31 Feb 2026")
    assert not page.filters.range().trouble.isVisible()
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert page.filters.range().trouble.isVisible()
    assert "“31 Feb 2026” is not a date" in page.filters.range().trouble.text()
    first.selectAll()
    qtbot.keyClicks(first, "1")
    assert not page.filters.range().trouble.isVisible()
    qtbot.keyClicks(first, " Feb 2026")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert not page.filters.range().trouble.isVisible()


def test_the_runs_of_one_job_are_shown_also_of_a_removed_one(
    qtbot: QtBot, page: HistoryPage, past: Any, facade: Facade
) -> None:
    """A job is chosen by typing a part of its name; a removed one is offered as such."""
    kept, gone = past.job("Backup photos"), past.job("Old thing")
    past.runs(kept, 1)
    past.runs(gone, 2)
    facade.jobs.remove([gone])
    page.show()
    jobs = page.filters._jobs
    qtbot.waitUntil(lambda: jobs.findText("Old thing (deleted)") > 0)
    jobs._line.selectAll()
    qtbot.keyClicks(jobs._line, "backup PHOTOS")
    qtbot.keyClick(jobs._line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(page, Column.JOB) == ["Backup photos"])
    assert jobs._line.text() == "Backup photos"
    page.show_job(gone)
    qtbot.waitUntil(lambda: shown(page, Column.JOB) == ["Old thing"] * 2)
    assert jobs._line.text() == "Old thing (deleted)"


def test_a_name_that_no_job_has_changes_nothing(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext
) -> None:
    """What is typed stays while runs come in; a name that no job has changes nothing."""
    job = past.job("Backup")
    past.runs(job, 1)
    page.show()
    jobs = page.filters._jobs
    qtbot.waitUntil(lambda: jobs.findText("Backup") > 0)
    jobs._line.selectAll()
    qtbot.keyClicks(jobs._line, "Bak")
    past.job("Another")
    page._ask_jobs()
    qtbot.waitUntil(lambda: jobs.findText("Another") > 0)
    assert jobs._line.text() == "Bak"
    qtbot.keyClick(jobs._line, Qt.Key.Key_Return)
    assert jobs._line.text() == "All jobs"
    assert page.filters.choice().job_id is None


def test_the_details_say_everything_about_the_run_that_is_chosen(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext
) -> None:
    """Choosing a run shows what it executed and how it ended, also for the clipboard."""
    job = past.job("Backup", kind="command", program="rsync", arguments=["-a", "my docs"])
    run = past.running(job)
    past.end(run, Status.FAILED, **FAILED)
    page.show()
    qtbot.waitUntil(lambda: ids(page) == [run])
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    facts = page.details._facts
    qtbot.waitUntil(lambda: bool(facts._shown))
    values = {fact.name: fact.value for fact in facts._shown}
    assert values["Command"] == "rsync -a 'my docs'"
    assert values["Ended with"] == "exit code 2"
    assert page.details._status.text() == "Failed: exit code 2"
    with qtbot.waitSignal(context.signals.say):
        page._actions.copy.trigger()
    assert "Ended with: exit code 2" in QGuiApplication.clipboard().text()


def test_the_details_can_be_put_away(qtbot: QtBot, page: HistoryPage, past: Any) -> None:
    """The details can be put away, and come back with the next choice."""
    [run] = past.runs(past.job(), 1)
    page.show()
    qtbot.waitUntil(lambda: ids(page) == [run])
    page.table.select(run)
    assert page.details.isVisible()
    [close] = [one for one in page.details.findChildren(QToolButton)
               if one.accessibleName() == "Close the details"]  # fmt: skip
    qtbot.waitUntil(lambda: close.height() > 0)  # laid out
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not page.details.isVisible()
    assert page.table.current() is None
    page.table.select(run)
    assert page.details.isVisible()


def test_in_a_low_window_the_details_take_the_place_of_the_table(
    qtbot: QtBot, page: HistoryPage, past: Any
) -> None:
    """Both are to be seen where there is room for both, and the table again in the end."""
    [run] = past.runs(past.job(), 1)
    page.resize(420, 260)
    page.show()
    qtbot.waitUntil(lambda: ids(page) == [run])
    page.show_run(run)
    qtbot.waitUntil(page.details.isVisible)
    assert not page.table.isVisible()
    page.resize(1000, 700)
    qtbot.waitUntil(page.table.isVisible)
    page.resize(420, 260)
    qtbot.waitUntil(lambda: not page.table.isVisible())
    page.details.closed.emit()
    assert page.table.isVisible()


def test_with_little_room_facts_and_output_are_scrolled_and_not_the_details_around_them(
    qtbot: QtBot, page: HistoryPage, past: Any
) -> None:
    """There is no scrolling within what is scrolled as long as each part has some lines."""
    [run] = past.runs(past.job(), 1)
    page.resize(1000, 520)
    page.show()
    page.show_run(run)
    qtbot.waitUntil(page.details.isVisible)
    qtbot.waitUntil(lambda: bool(page.details._facts._shown))
    around = page._below.verticalScrollBar()
    qtbot.waitUntil(lambda: around.maximum() == 0)
    page.resize(1000, 260)
    qtbot.waitUntil(lambda: around.maximum() > 0)


def test_a_run_is_shown_wherever_it_is(qtbot: QtBot, page: HistoryPage, past: Any) -> None:
    """A run is shown among the others when it is near, alone when it is very far."""
    job = past.job()
    runs = past.runs(job, 2700)
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == PAGE)
    near, far = runs[-PAGE - 300], runs[3]
    page.show_run(near)
    qtbot.waitUntil(lambda: page.table.current() is not None and page.table.current().id == near)
    assert page.details.run_id == near
    page.show_run(far)
    qtbot.waitUntil(lambda: page.details.run_id == far)
    qtbot.waitUntil(lambda: page._sought is None)
    assert far not in ids(page)


def test_a_run_that_the_filters_leave_out_is_shown_without_them(
    qtbot: QtBot, page: HistoryPage, past: Any
) -> None:
    """Showing a run that the filters leave out takes them away."""
    first, second = past.runs(past.job(), 2)
    page.show()
    pick(page, "Result", "Succeeded")
    qtbot.waitUntil(page._no_match.isVisible)
    page.show_run(first)
    qtbot.waitUntil(lambda: page.table.current() is not None and page.table.current().id == first)
    assert ids(page) == [second, first]
    assert not page.filters.is_active()


def test_a_run_that_is_gone_is_told(qtbot: QtBot, page: HistoryPage, context: PageContext) -> None:
    """Asking for a run that is no longer kept is told."""
    page.show()
    with qtbot.waitSignal(context.bridge.failed) as failed:
        page.show_run(77)
    assert "There is no run 77" in str(failed.args[0])


def test_no_match_offers_all_runs(qtbot: QtBot, page: HistoryPage, past: Any) -> None:
    """Where nothing matches, all runs are offered."""
    past.runs(past.job(), 1)
    page.show()
    pick(page, "Result", "Failed")
    qtbot.waitUntil(page._no_match.isVisible)
    [offer] = page._no_match.findChildren(QPushButton)
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(ids(page)) == 1)


def test_a_run_is_started_again_and_followed(
    qtbot: QtBot, page: HistoryPage, past: Any, engine: None, facade: Facade
) -> None:
    """A run can be started again; the new one is shown with its output, and can be stopped."""
    job = past.job("Loud", kind="script", text="echo hello; sleep 60", interpreter="sh")
    [run] = past.runs(job, 1)
    page.show()
    qtbot.waitUntil(lambda: ids(page) == [run])
    page.table.select(run)
    page._actions.again.trigger()
    qtbot.waitUntil(lambda: page.table.current() is not None and page.table.current().id != run)
    new = page.table.current().id
    qtbot.waitUntil(lambda: page.details.output.text.toPlainText() == "hello\n")
    qtbot.waitUntil(page._actions.stop.isEnabled)
    page._actions.stop.trigger()
    qtbot.waitUntil(lambda: facade.history.get(new).status is Status.CANCELLED)


@pytest.mark.parametrize(("button", "reason"), [("Start now", None), ("Skip", Reason.DECLINED)])
def test_a_run_that_waits_is_started_or_skipped(
    qtbot: QtBot,
    page: HistoryPage,
    past: Any,
    engine: None,
    context: PageContext,
    facade: Facade,
    button: str,
    reason: Reason | None,
) -> None:
    """What it waits for is said, and it can be started at once or left out this time."""
    why = Why(Reason.ON_BATTERY)
    [run_id] = past.runs(past.job(), 1, status=Status.WAITING, why=why)
    page.show()
    page.show_run(run_id)
    texts = lambda: {  # noqa: E731 - looked at twice
        one.text().replace("&", ""): one
        for one in page.details.findChildren(QToolButton)
        if one.isVisible()
    }
    qtbot.waitUntil(lambda: button in texts())
    words = "Waiting: the computer runs on its battery"
    qtbot.waitUntil(lambda: page.details._status.text() == words)
    qtbot.mouseClick(texts()[button], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not facade.history.get(run_id).status.is_open)
    assert facade.history.get(run_id).reason is reason
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: button not in texts())


def test_the_menu_leads_to_the_job(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext
) -> None:
    """The menu leads to the reasons, to the job, and to the runs of that job alone."""
    job = past.job()
    [run] = past.runs(job, 1)
    past.runs(past.job("Other"), 1)
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == 2)
    page.table.select(run)
    menu = page._actions.menu(page)
    with qtbot.waitSignal(context.signals.explain_run) as why:
        _entry(menu, "&Why?").trigger()
    with qtbot.waitSignal(context.signals.edit_job) as edit:
        _entry(menu, "&Edit job…").trigger()
    assert (why.args, edit.args) == ([run], [job])
    _entry(menu, "Show runs of this &job only").trigger()
    qtbot.waitUntil(lambda: ids(page) == [run])


def test_of_a_deleted_job_only_what_can_be_done_is_offered(
    qtbot: QtBot, page: HistoryPage, past: Any, facade: Facade
) -> None:
    """A run of a job that is gone is explained and copied; nothing is repeated or edited."""
    [gone], [kept] = past.runs(past.job("Gone"), 1), past.runs(past.job("Kept"), 1)
    facade.jobs.remove(["Gone"])
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == 2)
    actions = page._actions
    page.table.select(gone)
    qtbot.waitUntil(lambda: not actions.edit.isEnabled())
    assert page.details._name.text() == "Gone (deleted)"
    assert not actions.again.isEnabled()
    assert actions.why.isEnabled()
    assert actions.copy.isEnabled()
    page.table.select(kept)
    qtbot.waitUntil(actions.edit.isEnabled)
    assert actions.again.isEnabled()


def test_the_keyboard_leads_to_the_job_field_and_to_the_output(
    qtbot: QtBot, page: HistoryPage, past: Any
) -> None:
    """Ctrl+F in the table leads to the choice of a job, Return to the output of the run."""
    [run] = past.runs(past.job(), 1)
    page.show()
    qtbot.waitUntil(lambda: ids(page) == [run])
    page.table.select(run)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.focusWidget() is page.filters._jobs
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.focusWidget() is page.details.output.text


def test_nothing_is_asked_while_the_page_is_hidden(
    qtbot: QtBot, page: HistoryPage, past: Any, context: PageContext
) -> None:
    """While the page is hidden changes are left alone; it is up to date when it is shown."""
    job = past.job()
    past.runs(job, 1)
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == 1)
    page.hide()
    past.runs(job, 1)
    context.bridge.changed.emit()
    answers: list[object] = []
    context.bridge.ask(page, lambda facade: facade.jobs.undoable(), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert len(ids(page)) == 1
    page.show()
    qtbot.waitUntil(lambda: len(ids(page)) == 2)


def _entry(menu: QMenu, words: str) -> Any:
    [found] = [action for action in menu.actions() if action.text() == words]
    return found


def test_the_days_of_a_range_come_after_the_choices_by_tab(qtbot: QtBot, page: HistoryPage) -> None:
    """The fields of a range are made late, and still are where they stand for the Tab key."""
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    pick(page, "Days", "A range of days")
    passed = [page.filters._clear]
    passed[0].setFocus()
    for _field in page.filters.range().ends:
        qtbot.keyClick(passed[-1], Qt.Key.Key_Tab)
        passed.append(page.focusWidget())
    assert passed[1:] == list(page.filters.range().ends)
