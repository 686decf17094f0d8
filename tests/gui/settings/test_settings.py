"""Settings are stored as they are set, and what cannot be stored is told beside its control."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot

from deskcron.domain.answers import Backend, Mended
from deskcron.domain.errors import RequestFailed, StoreUnavailable
from deskcron.domain.preferences import Appearance, Preferences, ZoneDisplay
from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.settings.page import SettingsPage
from deskcron.gui.settings.retentionsection import meaning, taken_by
from deskcron.system.runlog import FileRunLogs

OpenPage = Callable[[], SettingsPage]


def pick(page: SettingsPage, value: str, qtbot: QtBot) -> None:
    """Choose an appearance as a person does."""
    combo = page.look.appearance.combo
    combo.setCurrentIndex(combo.findData(value))
    with qtbot.waitSignal(page._keeper.kept):
        combo.activated.emit(combo.currentIndex())


def test_page_shows_what_is_stored(open_page: OpenPage, facade: Facade) -> None:
    """Every control stands where the store has it."""
    facade.preferences.change(
        history_days=30,
        runs_per_job=7,
        logs_mb=512,
        appearance=Appearance.DARK,
        zone=ZoneDisplay.RULE,
    )
    page = open_page()
    numbers = (page.retention.days, page.retention.runs, page.retention.logs)
    assert [row.number.value() for row in numbers] == [30, 7, 512]
    assert page.look.appearance.combo.currentText() == "Dark"
    assert page.look.zone.combo.currentText() == "The zone of each rule"
    assert page.notices.ways[""].radio.isChecked()


def test_choice_is_stored_at_once(open_page: OpenPage, facade: Facade, qtbot: QtBot) -> None:
    """There is nothing to confirm, and what else is stored stays."""
    facade.preferences.change(knows_tray=True)
    page = open_page()
    pick(page, "dark", qtbot)
    assert facade.preferences.get() == Preferences(knows_tray=True, appearance=Appearance.DARK)


def test_change_from_elsewhere_is_shown(
    open_page: OpenPage, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """The page follows the store."""
    page = open_page()
    facade.preferences.change(zone=ZoneDisplay.UTC, history_days=12)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: page.look.zone.combo.currentText() == "UTC")
    assert page.retention.days.number.value() == 12


def test_number_is_stored_when_it_has_rested(
    open_page: OpenPage, facade: Facade, qtbot: QtBot
) -> None:
    """Steps on the way to a number delete nothing; the meaning in words follows at once."""
    page = open_page()
    days = page.retention.days
    with qtbot.waitSignal(page._keeper.kept) as kept:
        days.number.stepDown()
        days.number.stepDown()
        assert "older than 88 days" in page.retention.hint()
        assert facade.preferences.get().history_days == 90
    assert kept.args == ["history_days"]
    assert facade.preferences.get().history_days == 88


def test_number_is_stored_when_the_page_is_left(
    open_page: OpenPage, facade: Facade, qtbot: QtBot
) -> None:
    """Whoever types a number and goes elsewhere has set it."""
    page = open_page()
    page.retention.runs.number.setFocus()
    page.retention.runs.number.selectAll()
    qtbot.keyClicks(page.retention.runs.number, "35")
    with qtbot.waitSignal(page._keeper.kept):
        page.hide()
    assert facade.preferences.get().runs_per_job == 35


def test_what_is_typed_outlasts_changes_from_elsewhere(
    open_page: OpenPage, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """A number that is being typed is not overwritten while something else changes."""
    page = open_page()
    field = page.retention.days.number
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "12")
    facade.preferences.change(zone=ZoneDisplay.UTC)
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: page.look.zone.combo.currentText() == "UTC")
    assert field.lineEdit().text().startswith("12")


def test_refused_change_says_so_and_shows_what_holds(
    open_page: OpenPage, facade: Facade, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """A full disk is told beside the control, which goes back to what is stored."""

    def refuse(**_fields: object) -> None:
        raise StoreUnavailable(title="Not saved", detail="the <b>disk</b> is full", hint="Tidy.")

    page = open_page()
    monkeypatch.setattr(facade.preferences, "change", refuse)
    row = page.look.appearance
    row.combo.setCurrentIndex(row.combo.findData("dark"))
    with qtbot.waitSignal(page._keeper.refused):
        row.combo.activated.emit(row.combo.currentIndex())
    assert row.combo.currentText() == "Like the system"
    assert row.problem() == "Not saved: the <b>disk</b> is full. Tidy."
    assert page.look.zone.problem() == ""
    monkeypatch.undo()
    pick(page, "light", qtbot)
    assert row.problem() == ""


def test_start_at_login_is_what_the_system_has(
    open_page: OpenPage, config: Path, qtbot: QtBot
) -> None:
    """The switch writes the session's own file, and reads it when the page is shown again."""
    page = open_page()
    switch = page.start.login.switch
    entry = config / "autostart" / "org.deskcron.Deskcron.desktop"
    assert not switch.isChecked()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: entry.exists() and not page.start.login._is_asking)
    assert switch.isChecked()
    switch.toggle()  # as a screen reader does
    qtbot.waitUntil(lambda: not entry.exists() and not page.start.login._is_asking)
    assert not switch.isChecked()
    switch.toggle()
    qtbot.waitUntil(lambda: entry.exists() and not page.start.login._is_asking)
    entry.unlink()
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: not switch.isChecked())


def test_start_that_cannot_be_set_says_why(open_page: OpenPage, config: Path, qtbot) -> None:
    """The switch goes back, and the reason stands below it."""
    config.mkdir()
    (config / "autostart").write_text("not a directory")
    page = open_page()
    row = page.start.login
    qtbot.mouseClick(row.switch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(row.problem()) and not row._is_asking)
    assert "cannot be changed" in row.problem()
    assert not row.switch.isChecked()


def test_engine_without_a_window_is_a_switch_of_its_own(open_page: OpenPage, qtbot: QtBot) -> None:
    """What the system refuses is told there and nowhere else."""
    page = open_page()
    row = page.start.headless
    qtbot.mouseClick(row.switch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(row.problem()) and not row._is_asking)
    assert row.problem() == "Not enabled: there is no service. Do without."
    assert not row.switch.isChecked()
    assert page.start.login.problem() == ""


def test_entry_that_was_switched_off_elsewhere_is_explained(
    open_page: OpenPage, config: Path
) -> None:
    """The remark of the system stands with the meaning of the switch."""
    place = config / "autostart"
    place.mkdir(parents=True)
    text = "[Desktop Entry]\nExec=/bin/true\nHidden=true\n"
    (place / "org.deskcron.Deskcron.desktop").write_text(text)
    page = open_page()
    assert "switched off in the settings of the session" in page.start.login.hint()


def test_ways_to_notify_say_whether_they_work(
    open_page: OpenPage, facade: Facade, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """One that does not work says why and cannot be tried; the choice is stored."""
    found = [
        Backend(name="one", label="Banners", available=True),
        Backend(name="two", label="Plain banners", available=False, reason="No <i>session</i>."),
    ]
    monkeypatch.setattr(facade.notices, "backends", lambda: found)
    page = open_page()
    one, two = page.notices.ways["one"], page.notices.ways["two"]
    assert (one.hint(), one.test.isEnabled()) == ("Works here.", True)
    assert (two.hint(), two.test.isEnabled()) == ("No <i>session</i>.", False)
    with qtbot.waitSignal(page._keeper.kept):
        one.radio.click()
    assert facade.preferences.get().notifier == "one"


@pytest.mark.parametrize(
    ("is_shown", "words"),
    [
        (True, "A banner was sent. If you do not see it, the desktop holds it back."),
        (False, "Nothing took the banner."),
    ],
)
def test_try_of_a_way_says_what_became_of_it(
    open_page: OpenPage, facade: Facade, monkeypatch, qtbot: QtBot, *, is_shown: bool, words: str
) -> None:
    """The button sends a banner; what is known of it is said beside it."""
    found = [Backend(name="one", label="Banners", available=True)]
    tried: list[str] = []

    def try_(name: str) -> bool:
        tried.append(name)
        return is_shown

    monkeypatch.setattr(facade.notices, "backends", lambda: found)
    monkeypatch.setattr(facade.notices, "test", try_)
    page = open_page()
    way = page.notices.ways["one"]
    qtbot.mouseClick(way.test, Qt.MouseButton.LeftButton)
    assert way.test.isEnabled()  # else the keyboard would go elsewhere
    qtbot.mouseClick(way.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not way.is_testing)
    assert tried == ["one"]
    assert words in {way.hint(), way.problem.text()}


def test_retention_is_said_in_words() -> None:
    """What goes and what stays, for one and for many."""
    assert meaning(1, 1, 2048) == (
        "Runs older than 1 day are deleted with their output. The newest run of each job stays, "
        "however old it is. Beyond 2,048 MB of output the oldest goes first."
    )
    assert "of each job" not in meaning(90, 0, 1)


def test_present_size_of_the_logs_is_shown(open_page: OpenPage, core, qtbot: QtBot) -> None:
    """Whoever sets a limit sees what there is."""
    page = open_page()
    assert page.retention.logs.hint() == "There is none yet."
    logs = FileRunLogs(core.paths().logs)
    for number in (1, 2):
        Path(f"/proc/self/fd/{logs.create(number, 1)}").write_bytes(b"x" * 500)
    assert taken_by(core.paths().logs) == (2, 1000)
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: page.retention.logs.hint() == "Now 2 logs take 1 KB.")


def examined(page: SettingsPage, qtbot: QtBot, control: QWidget) -> list[str]:
    """Press a control of the doctor's and return what is told then, by names for readers."""
    before = page.health._shown
    qtbot.mouseClick(control, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.health._shown is not before, timeout=20_000)
    assert page.health._shown is not None
    return [label.accessibleName() for label in page.health._shown.findChildren(QWidget)]


def test_health_is_told_in_words(open_page: OpenPage, qtbot: QtBot) -> None:
    """The doctor's findings stand below the button, those first that need a person."""
    page = open_page()
    names = examined(page, qtbot, page.health.check)
    assert page.health.row.hint() == "Something needs to be put right."
    told = [name for name in names if name.startswith(("bad: ", "note: ", "good: "))]
    assert told[0] == "bad: No engine is running."
    assert told[-1].startswith("good: ")
    assert "deskcron daemon" in page.health.text()
    assert not page.health.mend.isVisible()


def test_findings_come_below_a_line_with_the_first_of_them(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    """Before, nothing stands below the button, and later the line is still one."""
    page = open_page()

    def lines() -> int:
        return len([one for one in page.health.findChildren(QFrame) if one.property("hairline")])

    assert lines() == 0
    for _time in range(2):
        examined(page, qtbot, page.health.check)
        assert lines() == 1


def test_what_can_be_mended_is_mended_on_demand(open_page: OpenPage, core, qtbot: QtBot) -> None:
    """The button is there as long as there is something; what was done is told."""
    (core.paths().data / "window.socket").touch()
    page = open_page()
    examined(page, qtbot, page.health.check)
    page.health.mend.setFocus()
    names = examined(page, qtbot, page.health.mend)
    assert any("window.socket was taken away" in name for name in names)
    assert not (core.paths().data / "window.socket").exists()
    assert not page.health.mend.isVisible()
    assert page.focusWidget() is page.health.check


def test_what_was_mended_elsewhere_is_not_mended_again(
    open_page: OpenPage, core, qtbot: QtBot
) -> None:
    """A press for which there is nothing left to do is answered, too."""
    stale = core.paths().data / "window.socket"
    stale.touch()
    page = open_page()
    examined(page, qtbot, page.health.check)
    stale.unlink()
    examined(page, qtbot, page.health.mend)
    told = "There is nothing to mend. Something needs to be put right."
    assert page.health.row.hint() == told


def test_what_could_not_be_mended_is_said(
    open_page: OpenPage, core, facade: Facade, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """It is the answer to the press, whatever else is found."""
    (core.paths().data / "window.socket").touch()
    page = open_page()
    examined(page, qtbot, page.health.check)
    monkeypatch.setattr(facade.doctor, "mend", lambda: Mended(failed=("/home: no.",)))
    names = examined(page, qtbot, page.health.mend)
    assert page.health.row.hint() == "Something could not be mended."
    assert "bad: /home: no." in names


def test_findings_are_copied_as_text(open_page: OpenPage, qtbot: QtBot) -> None:
    """The clipboard has what the command line would print."""
    page = open_page()
    assert not page.health.copy.isVisible()
    examined(page, qtbot, page.health.check)
    qtbot.mouseClick(page.health.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "[bad] Engine: No engine is running.\n       Without an engine " in text


def test_doctor_who_cannot_look_says_so(
    open_page: OpenPage, facade: Facade, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """An error is told below the button, which can be pressed again."""

    def refuse() -> None:
        raise RequestFailed(title="No look", hint="Later.")

    page = open_page()
    hint = page.health.row.hint()
    with monkeypatch.context() as patch:
        patch.setattr(facade.doctor, "examine", refuse)
        qtbot.mouseClick(page.health.check, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page.health.row.problem() == "No look. Later.")
    assert page.health.row.hint() == hint
    assert examined(page, qtbot, page.health.check)
    assert page.health.row.problem() == ""


def test_every_control_has_a_name(open_page: OpenPage) -> None:
    """All that takes the keyboard can be told apart by a screen reader."""
    page = open_page()
    controls = [
        one
        for one in page.findChildren(QWidget)
        if one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None  # the line inside a box with arrows
    ]
    names = [
        QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in controls
    ]
    assert len(names) >= 12
    assert [one for one, name in zip(controls, names, strict=True) if not name] == []
