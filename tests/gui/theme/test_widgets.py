"""The widgets that pages share: plain text, names for everybody, keys for every hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from deskcron.domain.run import Status
from deskcron.gui.theme.buttons import button, icon_button
from deskcron.gui.theme.disclosure import Disclosure
from deskcron.gui.theme.emptystate import EmptyState
from deskcron.gui.theme.fields import inset
from deskcron.gui.theme.heading import PageHeader
from deskcron.gui.theme.labels import ElidedLabel, plain_label, scaled, tip
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone, apply, colour
from deskcron.gui.theme.searchfield import SearchField
from deskcron.gui.theme.spacing import ROW
from deskcron.gui.theme.statuslabel import StatusLabel
from deskcron.gui.theme.switch import Switch
from deskcron.gui.theme.tables import dress_table

MARKUP = "<b>Backup</b> & more"


def test_label_shows_markup_as_it_is(qtbot: QtBot) -> None:
    """What somebody wrote is never read as markup."""
    label = plain_label(MARKUP)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == MARKUP


def test_tooltip_shows_markup_as_it_is() -> None:
    """A tooltip has each character of the text, line by line; none stays none."""
    assert tip("<b>a\nb") == "<span>&lt;b&gt;a<br>b</span>"
    assert tip("") == ""


def test_tone_of_a_label_follows_the_palette(qtbot: QtBot, qapp: QApplication) -> None:
    """A quiet label stays quiet when light becomes dark."""
    colours, sheet = qapp.palette(), qapp.styleSheet()
    label = plain_label("hint", Tone.SOFT)
    qtbot.addWidget(label)
    try:
        for appearance in ("dark", "light"):
            apply(qapp, appearance)
            quiet = colour(qapp.palette(), Tone.SOFT)
            qtbot.waitUntil(lambda ink=quiet: ink == label.palette().color(label.foregroundRole()))
    finally:
        qapp.setStyleSheet(sheet)
        qapp.setPalette(colours)


def test_font_sizes_are_relative(qapp: QApplication) -> None:
    """A title grows with the application's font, whichever way that is measured."""
    font = qapp.font()
    font.setPointSizeF(10)
    assert scaled(font, 1.5).pointSizeF() == 15
    font.setPixelSize(20)
    assert scaled(font, 1.5).pixelSize() == 30


def test_long_line_is_shortened_and_told_by_the_tooltip(qtbot: QtBot) -> None:
    """A label with little room gives it up; all of the text is under the pointer."""
    label = ElidedLabel("A name that is far too long for the room " * 4)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.minimumSizeHint().width() < 80
    QApplication.sendEvent(label, QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(), QPoint(9, 9)))
    assert "A name that is far too long" in QToolTip.text()
    QToolTip.hideText()


def test_status_label_says_the_word(qtbot: QtBot) -> None:
    """A status is told by a word, or by the words that say more."""
    label = StatusLabel()
    qtbot.addWidget(label)
    label.show_status(Status.TIMED_OUT)
    assert label.text() == "timed out"
    label.show_status(Status.FAILED, "failed: exit code 3")
    assert label.text() == "failed: exit code 3"
    label.show_state("pause", "paused", Tone.WARN)
    assert label.text() == "paused"


def test_header_keeps_its_height(qtbot: QtBot) -> None:
    """What stands below does not move when a subtitle comes."""
    header = PageHeader("Jobs")
    qtbot.addWidget(header)
    header.show()
    before = header.minimumHeight()
    header.set_subtitle("12 jobs")
    assert header.sizeHint().height() <= header.minimumHeight() == before


def test_choice_is_a_button_with_name_and_description(qtbot: QtBot) -> None:
    """A starting point can be pressed by keyboard, and says what it is to a screen reader."""
    empty = EmptyState("jobs", "No jobs yet", "Begin with one of these.")
    qtbot.addWidget(empty)
    choice = empty.add_choice("bell", "Reminder", "A message at a time")
    empty.show()
    spoken = QAccessible.queryAccessibleInterface(choice)
    assert spoken.text(QAccessible.Text.Name) == "Reminder"
    assert spoken.text(QAccessible.Text.Description) == "A message at a time"
    with qtbot.waitSignal(choice.clicked):
        qtbot.keyClick(choice, Qt.Key.Key_Space)


def test_choice_has_room_for_its_words(qtbot: QtBot) -> None:
    """A long sentence makes a choice higher instead of being cut."""
    empty = EmptyState("jobs", "", "")
    qtbot.addWidget(empty)
    short = empty.add_choice("bell", "Reminder", "Short")
    long = empty.add_choice("script", "Script", "Words that need several lines " * 6)
    assert long.sizeHint().height() > short.sizeHint().height()
    assert long.sizeHint().width() == short.sizeHint().width()


def test_switch_is_a_check_box_for_screen_reader_and_keyboard(qtbot: QtBot) -> None:
    """A switch has the role of a check box and is switched by Space and by a click anywhere."""
    switch = Switch("Start at login")
    qtbot.addWidget(switch)
    switch.show()
    spoken = QAccessible.queryAccessibleInterface(switch)
    assert spoken.role() is QAccessible.Role.CheckBox
    assert spoken.text(QAccessible.Text.Name) == "Start at login"
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().bottomRight())
    assert not switch.isChecked()


@pytest.mark.parametrize("is_on", [True, False])
def test_switch_is_painted_differently_on_and_off(qtbot: QtBot, *, is_on: bool) -> None:
    """The state can be seen from shape alone: the knob moves."""
    switch = Switch()
    qtbot.addWidget(switch)
    switch.setChecked(is_on)
    before = switch.grab().toImage()
    switch.setChecked(not is_on)
    assert switch.grab().toImage() != before


def test_notice_is_put_away_by_its_button(qtbot: QtBot) -> None:
    """The strip goes when it is closed, and its button has a name."""
    notice = Notice(MARKUP, Tone.WARN)
    qtbot.addWidget(notice)
    close = notice.add_close()
    notice.show()
    assert close.accessibleName() == "Close this message"
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not notice.isVisible()
    assert notice.text() == MARKUP


def test_notice_shows_a_title_only_where_there_is_one(qtbot: QtBot) -> None:
    """A strip of one sentence has one line."""
    notice = Notice("Why it failed")
    qtbot.addWidget(notice)
    notice.show()
    low = notice.sizeHint().height()
    notice.say("Why it failed", Tone.BAD, title="The job was not saved")
    assert notice.title() == "The job was not saved"
    assert notice.sizeHint().height() > low


def test_disclosure_unfolds_by_keyboard(qtbot: QtBot) -> None:
    """What is folded shows when its button is pressed, and says so."""
    section = Disclosure("More rules")
    qtbot.addWidget(section)
    section.show()
    assert not section.body.isVisible()
    with qtbot.waitSignal(section.toggled):
        section.set_open(is_open=True)
    assert section.is_open()
    assert section.body.isVisible()


def test_search_is_told_once_when_typing_rests(qtbot: QtBot) -> None:
    """Typing a word asks once, without blanks around it."""
    field = SearchField("Search jobs")
    qtbot.addWidget(field)
    told: list[str] = []
    field.searched.connect(told.append)
    with qtbot.waitSignal(field.searched):
        qtbot.keyClicks(field, " back ")
    assert told == ["back"]


def test_search_is_cleared_by_escape(qtbot: QtBot) -> None:
    """Esc empties the field."""
    field = SearchField("Search jobs")
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "back")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_search_is_reached_from_the_page(qtbot: QtBot) -> None:
    """Ctrl+F anywhere on the page goes to the field."""
    page = QWidget()
    qtbot.addWidget(page)
    other, field = QLineEdit(), SearchField("Search jobs")
    column = QVBoxLayout(page)
    column.addWidget(other)
    column.addWidget(field)
    field.attach(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.focusWidget() is field


def test_buttons_come_with_names(qtbot: QtBot) -> None:
    """A button that is only an icon has a name and a tooltip."""
    for made in (icon_button("delete", "Delete"), button("&Save", "check"), button("Go")):
        qtbot.addWidget(made)
        spoken = QAccessible.queryAccessibleInterface(made)
        assert spoken.text(QAccessible.Text.Name)
    only_icon = icon_button("delete", "Delete")
    qtbot.addWidget(only_icon)
    assert "Delete" in only_icon.toolTip()


def test_table_has_rows_of_one_height(qtbot: QtBot) -> None:
    """Tables show whole rows, all of one height, and Tab leaves them."""
    view = QTableView()
    qtbot.addWidget(view)
    dress_table(view)
    assert view.verticalHeader().defaultSectionSize() == ROW
    assert not view.tabKeyNavigation()


def test_empty_state_offers_a_way_out(qtbot: QtBot) -> None:
    """A page that is empty because of a filter has other words and a button."""
    empty = EmptyState("search", "", "")
    qtbot.addWidget(empty)
    empty.set_words("No match", "Nothing fits <b>that</b>.")
    clear = empty.add_button("Clear the search")
    empty.show()
    words = {label.text() for label in empty.findChildren(QLabel)}
    assert words == {"No match", "Nothing fits <b>that</b>."}
    with qtbot.waitSignal(clear.clicked):
        qtbot.keyClick(clear, Qt.Key.Key_Space)


def test_switch_that_has_the_keyboard_or_is_disabled_looks_it(qtbot: QtBot) -> None:
    """Keyboard and being disabled can both be seen."""
    switch = Switch("Start at login")
    qtbot.addWidget(switch)
    with qtbot.waitActive(switch):
        switch.show()
        switch.activateWindow()
    switch.clearFocus()
    plain = switch.grab().toImage()
    switch.setFocus()
    assert switch.grab().toImage() != plain
    switch.setEnabled(False)
    assert switch.grab().toImage() != plain


def test_inset_moves_the_text_off_the_edge(qtbot: QtBot) -> None:
    """Numbers begin where the text of other fields does."""
    box = QSpinBox()
    qtbot.addWidget(box)
    inset(box)
    assert box.findChild(QLineEdit).textMargins().left() > 0
