"""The inbox as a person uses it: read, deal with, put off, run again, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible, QFontDatabase, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from deskcron.domain.daywords import exact
from deskcron.domain.preferences import ZoneDisplay
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import InboxKind, RunFilter
from deskcron.domain.run import Status
from deskcron.engine.facade import Facade
from deskcron.gui.inbox.page import InboxPage
from deskcron.gui.inbox.snoozemenu import UntilDialog
from deskcron.gui.later import Throttle
from deskcron.gui.pagecontext import PageContext
from tests.gui.conftest import let_rest
from tests.support.waiting import PATIENCE_S

OpenPage = Callable[[], InboxPage]


def titles(page: InboxPage) -> list[str]:
    """Return the entries and headings from top to bottom."""
    model = page.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def selected(page: InboxPage) -> list[str]:
    """Return the titles of what is selected."""
    return [entry.title for entry in page.list.selected()]


def choose(page: InboxPage, *names: str) -> None:
    """Select entries by their titles, as a person does by clicks; the first becomes current."""
    ids = [entry.id for entry in page._model.entries() if entry.title in names]
    row = titles(page).index(names[0])
    no_change = QItemSelectionModel.SelectionFlag.NoUpdate
    page.list.selectionModel().setCurrentIndex(page._model.index(row), no_change)
    page.list.select(ids)


def shown_buttons(page: InboxPage) -> list[str]:
    """Return the names of the buttons that can be seen, as a screen reader says them."""
    buttons = [one for one in page.findChildren(QAbstractButton) if one.isVisible()]
    spoken = [QAccessible.queryAccessibleInterface(one) for one in buttons]
    return [one.text(QAccessible.Text.Name) for one in spoken]


def test_empty_inbox_says_so(open_page: OpenPage) -> None:
    """Nothing waits, and that is what the page says; there is nothing to press."""
    page = open_page()
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Nothing waits for you" in words
    assert shown_buttons(page) == []


def test_first_entry_is_there_to_be_read(open_page: OpenPage, put) -> None:
    """The newest entry is selected and shown in full, as plain text without links."""
    put("Call Grandma", text="soon")
    put("Tea <b>now</b>", text="see https://example.org\n<i>hot</i>")
    page = open_page()
    assert titles(page) == ["Today", "Tea <b>now</b>", "Call Grandma"]
    assert selected(page) == ["Tea <b>now</b>"]
    assert page.reader.title() == "Tea <b>now</b>"
    assert page.reader.text.toPlainText() == "see https://example.org\n<i>hot</i>"
    assert page.reader.caption() == "Reminder · now"


def test_failures_of_a_job_are_one_entry(open_page: OpenPage, add_job, failed) -> None:
    """How often and how the last one ended stands in words."""
    job = add_job("Backup")
    failed(job, "Backup", ago=timedelta(minutes=30))
    failed(job, "Backup", ago=timedelta(minutes=10))
    page = open_page()
    assert titles(page) == ["Today", "Backup"]
    assert page.reader.text.toPlainText() == "Failed: exit code 3\n\n2 failures since 30 min ago."


@pytest.mark.parametrize("key", [Qt.Key.Key_D, Qt.Key.Key_Delete])
def test_done_by_key_leads_to_the_next(
    open_page: OpenPage, put, facade: Facade, qtbot: QtBot, key: Qt.Key
) -> None:
    """What is done goes, and what comes after it is selected."""
    for name in ("first", "second", "third"):
        put(name)
    page = open_page()
    choose(page, "second")
    qtbot.keyClick(page.list, key)
    qtbot.waitUntil(lambda: titles(page) == ["Today", "third", "first"])
    assert selected(page) == ["first"]
    assert [entry.title for entry in facade.inbox.waiting()] == ["third", "first"]
    qtbot.keyClick(page.list, key)
    qtbot.waitUntil(lambda: titles(page) == ["Today", "third"])
    assert selected(page) == ["third"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_PageUp])
def test_home_and_page_up_lead_to_the_first_entry(
    open_page: OpenPage, put, qtbot: QtBot, key: Qt.Key
) -> None:
    """The heading above it takes no keyboard, and keeps nobody from what is below."""
    for number in range(30):
        put(f"Entry {number}")
    page = open_page()
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    assert page.list.currentIndex().row() == 30
    for _press in range(10):
        qtbot.keyClick(page.list, key)
    assert page.list.currentIndex().row() == 1
    assert len(page.list.selected()) == 1
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    assert page.list.currentIndex().row() == 1


def test_several_are_done_together_and_taken_back(
    open_page: OpenPage, put, facade: Facade, qtbot: QtBot
) -> None:
    """Undo brings back what was done last, all of it."""
    for name in ("first", "second", "third"):
        put(name)
    page = open_page()
    choose(page, "first", "third")
    assert page.reader.title() == "2 entries are selected"
    assert "Undo" not in shown_buttons(page)
    qtbot.keyClick(page.list, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: titles(page) == ["Today", "second"])
    assert "Undo" in shown_buttons(page)
    qtbot.keyClick(page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(titles(page)) == 4)
    assert len(facade.inbox.waiting()) == 3
    assert "Undo" not in shown_buttons(page)


def test_undo_goes_back_step_by_step(
    open_page: OpenPage, put, facade: Facade, qtbot: QtBot
) -> None:
    """What was done first comes back as well, last of all."""
    for name in ("first", "second", "third"):
        put(name)
    page = open_page()
    for left in (2, 1):
        qtbot.keyClick(page.list, Qt.Key.Key_D)
        qtbot.waitUntil(lambda left=left: len(page._model.entries()) == left)
    for back in (2, 3):
        qtbot.waitUntil(lambda: "Undo" in shown_buttons(page))
        qtbot.keyClick(page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda back=back: len(page._model.entries()) == back)
    assert "Undo" not in shown_buttons(page)


def test_keyboard_stays_on_the_page_that_has_become_empty(
    open_page: OpenPage, put, qtbot: QtBot
) -> None:
    """With the last entry gone the keyboard is at the way back, and stays on the page."""
    put("Tea")
    page = open_page()
    page.list.setFocus()
    qtbot.waitUntil(page.list.hasFocus)
    qtbot.keyClick(page.list, Qt.Key.Key_D)
    qtbot.waitUntil(page._undo.hasFocus)
    qtbot.waitUntil(lambda: titles(page) == [])
    assert page._undo.hasFocus()
    qtbot.keyClick(page._undo, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: titles(page) == ["Today", "Tea"])
    assert page.isAncestorOf(QApplication.focusWidget())


def test_failure_shows_what_it_printed_last(
    open_page: OpenPage, add_job, failed, facade: Facade, qtbot: QtBot
) -> None:
    """The last lines of the output stand below how it ended, without colours."""
    failed(add_job("Backup"), "Backup")
    (entry,) = facade.inbox.waiting()
    log = facade.history.log_path(entry.run_id)
    log.parent.mkdir(parents=True, exist_ok=True)
    printed = "".join(f"line {number}\n" for number in range(20))
    log.write_text(f"{printed}\x1b[31mNo space left\x1b[0m\n")
    page = open_page()
    qtbot.waitUntil(lambda: "No space left" in page.reader.text.toPlainText())
    said = page.reader.text.toPlainText()
    assert said.startswith("Failed: exit code 3\n\nIt printed last:\nline 11\n")
    assert said.endswith("line 19\nNo space left")
    document = page.reader.text.document()
    first, last = (QTextCursor(block) for block in (document.firstBlock(), document.lastBlock()))
    last.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    assert last.charFormat().font().family() == fixed.family()
    assert first.charFormat().font().family() != fixed.family()


def test_done_all_leaves_what_is_put_off(
    open_page: OpenPage, put, now: datetime, qtbot: QtBot
) -> None:
    """What a person has put off is not what they see as done."""
    put("now")
    put("too")
    put("later", snoozed_until=now + timedelta(hours=1))
    page = open_page()
    assert titles(page) == ["Today", "too", "now", "Snoozed", "later"]
    qtbot.mouseClick(page._all_done, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: titles(page) == ["Snoozed", "later"])
    assert not page._all_done.isVisible()


def test_snooze_puts_off(open_page: OpenPage, put, facade: Facade, qtbot: QtBot) -> None:
    """S opens the choices; the chosen one moves the entry to those put off."""
    put("Tea")
    page = open_page()
    menu = page._actions.snooze_menu
    qtbot.keyClick(page.list, Qt.Key.Key_S)
    qtbot.waitUntil(menu.isVisible)
    with qtbot.waitSignal(page._context.signals.say) as said:
        menu.actions()[1].trigger()
    menu.close()
    assert said.args == ["“Tea” comes back in 10 min."]
    qtbot.waitUntil(lambda: titles(page) == ["Snoozed", "Tea"])
    (entry,) = facade.inbox.waiting()
    assert entry.snoozed_until - page._context.clock.now() > timedelta(minutes=9)


def asked_until(page: InboxPage) -> UntilDialog:
    """Open the dialog for any other time."""
    menu = page._actions.snooze_menu
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    return page.findChild(UntilDialog)


def test_any_other_time_can_be_chosen(open_page: OpenPage, put, now: datetime, qtbot) -> None:
    """The dialog takes a date and a time of the computer's zone, from the next minute on."""
    put("Tea")
    page = open_page()
    dialog = asked_until(page)
    now = page._context.clock.now().astimezone()
    begins = datetime.fromisoformat(dialog.field.iso()).astimezone()
    assert begins.minute % 15 == 0
    assert timedelta() < begins - now <= timedelta(minutes=15)
    wanted = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    dialog.field.date.set_iso(wanted.date().isoformat())
    dialog.field.time.selectAll()
    qtbot.keyClicks(dialog.field.time, wanted.strftime("%H%M"))
    dialog.accept()
    qtbot.waitUntil(lambda: titles(page) == ["Snoozed", "Tea"])
    assert abs(page._model.entries()[0].snoozed_until - wanted) < timedelta(seconds=2)


@pytest.mark.parametrize("typed", ["2025-01-01T08:00", "2026-02-30T08:00", "2999-01-01T25:00"])
def test_a_time_that_is_past_or_none_is_refused_in_words(
    open_page: OpenPage, put, typed: str
) -> None:
    """The dialog stays, with what was typed, and says what is wrong."""
    put("Tea")
    page = open_page()
    dialog = asked_until(page)
    dialog.field.set_iso(typed)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.problem()
    assert dialog.field.iso() == typed


def test_enter_leads_to_the_log_of_a_failure(
    open_page: OpenPage, add_job, failed, context: PageContext, qtbot: QtBot
) -> None:
    """The run that ended last is opened where its output is."""
    failed(add_job("Backup"), "Backup", ago=timedelta(minutes=1))
    run_id = failed(add_job("Other"), "Other")
    page = open_page()
    with qtbot.waitSignal(context.signals.show_run) as shown:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert shown.args == [run_id]


def test_what_was_missed_leads_to_its_review(
    open_page: OpenPage, put, now: datetime, context: PageContext, qtbot: QtBot
) -> None:
    """Missed due times belong to several jobs: the review of their absence is opened."""
    put("While deskcron was away", kind=InboxKind.MISSED, text="3 due times were missed.")
    page = open_page()
    assert {"Review…", "Done", "Snooze", "Show history"} <= set(shown_buttons(page))
    with qtbot.waitSignal(context.signals.show_review) as shown:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert shown.args == [now]
    with qtbot.waitSignal(context.signals.show_runs) as shown:
        page._actions.history.trigger()
    assert shown.args == [""]


def test_interrupted_run_offers_log_and_another_try(
    open_page: OpenPage, add_job, failed, context: PageContext, qtbot: QtBot
) -> None:
    """Nothing is repeated by itself; the person looks and decides."""
    why = Why(Reason.MAY_HAVE_STARTED)
    run_id = failed(add_job("Backup"), "Backup", Status.INTERRUPTED, why)
    page = open_page()
    assert "may have started" in page.reader.text.toPlainText()
    assert {"Done", "Run again", "Open log", "Why?"} <= set(shown_buttons(page))
    with qtbot.waitSignal(context.signals.explain_run) as asked:
        page._actions.why.trigger()
    assert asked.args == [run_id]


def test_reminder_offers_no_run(open_page: OpenPage, put) -> None:
    """What makes no sense for a reminder is not to be seen."""
    put("Tea")
    page = open_page()
    assert not {"Run again", "Open log", "Why?"} & set(shown_buttons(page))
    assert not page._actions.again.isEnabled()


@pytest.mark.usefixtures("engine")
def test_run_again_starts_the_job(
    open_page: OpenPage, add_job, failed, facade: Facade, qtbot: QtBot
) -> None:
    """R runs the job of a failure; the entry stays until it is done."""
    job = add_job("Backup")
    failed(job, "Backup")
    page = open_page()
    with qtbot.waitSignal(page._context.signals.say) as said:
        qtbot.keyClick(page.list, Qt.Key.Key_R)
    assert said.args == ["“Backup” started."]
    assert "Backup" in titles(page)
    assert len(facade.history.page(RunFilter(job_id=job))) == 2


def test_run_that_cannot_start_is_told(
    open_page: OpenPage, add_job, failed, context: PageContext, qtbot: QtBot
) -> None:
    """Without an engine nothing starts, and the window says why."""
    failed(add_job("Backup"), "Backup")
    page = open_page()
    with qtbot.waitSignal(context.bridge.failed):
        page._actions.again.trigger()


def test_muted_job_shows_no_banners(
    open_page: OpenPage, add_job, failed, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """Mute is a change of the job that can be undone from the message."""
    job = add_job("Backup")
    failed(job, "Backup")
    page = open_page()
    with qtbot.waitSignal(context.signals.say_undoable) as said:
        page._actions.mute.action.trigger()
    assert said.args[0] == "“Backup” is muted."
    assert facade.catalogue.list()[0].muted


def test_muted_job_can_be_unmuted(
    open_page: OpenPage, add_job, failed, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """What is muted already is offered to be unmuted, what was deleted neither."""
    job = add_job("Backup")
    failed(job, "Backup")
    facade.jobs.mute([job])
    page = open_page()
    mute = page._actions.mute.action
    assert mute.text().replace("&", "") == "Unmute"
    with qtbot.waitSignal(context.signals.say_undoable) as said:
        mute.trigger()
    assert said.args[0] == "“Backup” notifies again."
    qtbot.waitUntil(lambda: mute.text().replace("&", "") == "Mute")
    facade.jobs.remove([job])
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: not mute.isVisible())


def test_news_come_in_without_moving_the_reader(
    open_page: OpenPage, put, context: PageContext, qtbot: QtBot
) -> None:
    """What is read stays selected and shown while other entries come."""
    put("first")
    put("second")
    page = open_page()
    choose(page, "first")
    cursor = page.reader.text.textCursor()
    put("third")
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: titles(page) == ["Today", "third", "second", "first"])
    assert selected(page) == ["first"]
    assert page.list.currentIndex().data() == "first"
    assert page.reader.text.textCursor().position() == cursor.position()


@pytest.mark.parametrize("text", ["hot tea", "hot\u00a0tea", "hot\u2028tea"])
def test_what_is_marked_outlasts_the_time(open_page: OpenPage, put, text: str) -> None:
    """It can be copied at leisure, whatever blanks and breaks it has."""
    put("Tea", text=text)
    page = open_page()
    page.reader.text.selectAll()
    page._tick.timeout.emit()
    assert page.reader.text.textCursor().hasSelection()


def test_hidden_page_asks_nothing(
    open_page: OpenPage, put, context: PageContext, qtbot: QtBot
) -> None:
    """Changes are looked at when somebody looks."""
    put("first")
    page = open_page()
    page.hide()
    put("second")
    context.bridge.changed.emit()
    answers: list[object] = []
    context.bridge.ask(page, lambda facade: facade.jobs.undoable(), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert titles(page) == ["Today", "first"]
    page.show()
    qtbot.waitUntil(lambda: titles(page) == ["Today", "second", "first"])


def test_times_are_shown_in_the_zone_that_is_preferred(
    open_page: OpenPage, put, context: PageContext, now: datetime
) -> None:
    """With UTC chosen the exact time says so."""
    put("Tea")
    page = open_page()
    context.zones.show_in(ZoneDisplay.UTC)
    row = page._model.index(1)
    hint = row.data(Qt.ItemDataRole.ToolTipRole)
    assert hint == f"<span>{exact(now, UTC)}</span>"


def test_entries_are_said_whole(open_page: OpenPage, add_job, failed, put) -> None:
    """A screen reader says what it is, its name, what it says and since when."""
    failed(add_job("Backup"), "Backup")
    put("Tea", text="hot")
    page = open_page()
    spoken = [page._model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    day, *entries = spoken
    assert day == "Today"
    assert [entry.rpartition(", ")[0] for entry in entries] == [
        "Reminder, Tea, Hot",
        "Failure, Backup, Failed: exit code 3",
    ]
    assert all(entry.endswith(("now", "ago")) for entry in entries)


def test_every_control_has_a_name(open_page: OpenPage, add_job, failed) -> None:
    """All that takes the keyboard can be told apart by a screen reader."""
    failed(add_job("Backup"), "Backup")
    page = open_page()
    controls = [
        one
        for one in page.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    names = [
        QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
        for one in controls
        if one.metaObject().className() != "QSplitterHandle"
    ]
    assert names
    assert all(names)


def test_narrow_page_puts_the_text_below(open_page: OpenPage, put, qtbot: QtBot) -> None:
    """List and text share the width only where there is enough of it."""
    put("Tea")
    page = open_page()
    assert page._parts.orientation() is Qt.Orientation.Horizontal
    page.resize(600, 700)
    qtbot.waitUntil(lambda: page._parts.orientation() is Qt.Orientation.Vertical)


def test_menu_offers_the_same(open_page: OpenPage, add_job, failed, qtbot: QtBot) -> None:
    """The context menu has every action that fits, snooze with its choices."""
    failed(add_job("Backup"), "Backup")
    page = open_page()
    menu = page._actions.menu(page)
    words = [action.text().replace("&", "") for action in menu.actions()]
    assert words == [
        "Done",
        "Snooze",
        "Run again",
        "Open log",
        "Why?",
        "Mute",
        "Show all runs",
        "Edit job…",
    ]
    with qtbot.waitSignal(page.list.menu_wanted):
        page.list.menu_wanted.emit(QPoint())
    menu.close()


def test_changes_during_a_long_look_are_looked_at_after_a_rest(
    put,
    facade: Facade,
    context: PageContext,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A long inbox that changes all the time does not take all of a processor."""
    may_answer, looks, waiting = Event(), [], facade.inbox.waiting

    def long_look() -> object:
        looks.append("look")
        may_answer.wait(PATIENCE_S)
        return waiting()

    put("Tea")
    monkeypatch.setattr(facade.inbox, "waiting", long_look)
    page = InboxPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: len(looks) == 1)
    context.bridge.changed.emit()
    let_rest(page.findChild(Throttle))
    with qtbot.waitSignal(context.bridge.rested):
        may_answer.set()
    assert len(looks) == 1
    qtbot.waitUntil(lambda: len(looks) == 2)
