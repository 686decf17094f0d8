"""A time and a date can be typed as one likes, stepped and picked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QTableView, QWidget
from pytestqt.qtbot import QtBot

from deskcron.gui.theme.clockfields import DateField, MomentField, TimeField


@pytest.fixture
def at(qtbot: QtBot) -> TimeField:
    """Return a field that shows 09:00."""
    field = TimeField("Time")
    qtbot.addWidget(field)
    field.set_iso("09:00")
    field.show()
    return field


@pytest.fixture
def day(qtbot: QtBot) -> DateField:
    """Return a field that shows a day in November."""
    field = DateField("Date")
    qtbot.addWidget(field)
    field.set_iso("2026-11-30")
    field.show()
    return field


@pytest.mark.parametrize("typed", ["2245", "22:45", "22.45"])
def test_a_time_is_typed_over_all_that_is_there(qtbot: QtBot, at: TimeField, typed: str) -> None:
    """All is marked and typed over; leaving the field writes it out."""
    at.selectAll()
    qtbot.keyClicks(at, typed)
    assert at.iso() == "22:45"
    assert not at.problem()
    at.editingFinished.emit()
    assert at.text() == "22:45"


def test_a_time_with_one_digit_is_written_out(qtbot: QtBot, at: TimeField) -> None:
    """9 becomes 09:00 when Enter ends it."""
    at.selectAll()
    qtbot.keyClicks(at, "7")
    qtbot.keyClick(at, Qt.Key.Key_Return)
    assert at.text() == "07:00"


def test_backspace_empties_what_is_marked_and_the_field_asks_for_a_time(
    qtbot: QtBot, at: TimeField
) -> None:
    """Nothing holds on to digits; an empty field says what is wanted."""
    at.selectAll()
    qtbot.keyClick(at, Qt.Key.Key_Backspace)
    assert at.text() == ""
    assert at.problem()


def test_a_text_that_is_no_time_stays_and_is_told(qtbot: QtBot, at: TimeField) -> None:
    """What is not understood is neither changed nor swallowed."""
    at.selectAll()
    qtbot.keyClicks(at, "25:99")
    at.editingFinished.emit()
    assert at.text() == at.iso() == "25:99"
    assert "“25:99”" in at.problem()


def test_the_first_click_marks_all_and_the_next_one_a_number(qtbot: QtBot, at: TimeField) -> None:
    """A click and four digits are a time; another click leads to hour or minute."""
    at.setFocus(Qt.FocusReason.MouseFocusReason)
    behind = QPoint(at.line.width() - 2, at.line.height() // 2)
    qtbot.mouseClick(at.line, Qt.MouseButton.LeftButton, pos=behind)
    assert at.line.selectedText() == "09:00"
    qtbot.mouseClick(at.line, Qt.MouseButton.LeftButton, pos=behind)
    assert at.line.selectedText() == "00"
    qtbot.keyClicks(at, "30")
    assert at.iso() == "09:30"


@pytest.mark.parametrize("typed", ["2245", "22:45"])
def test_typing_goes_on_from_the_hour_to_the_minute(
    qtbot: QtBot, at: TimeField, typed: str
) -> None:
    """An hour that is full or ended by a colon is followed by the minute."""
    at.line.setSelection(0, 2)
    qtbot.keyClicks(at, typed)
    assert at.text() == "22:45"


def test_arrows_step_the_number_under_the_cursor(qtbot: QtBot, at: TimeField) -> None:
    """Arrows step the hour first, and the minute once it is marked, over midnight too."""
    at.selectAll()
    qtbot.keyClick(at, Qt.Key.Key_Up)
    assert at.text() == "10:00"
    assert at.line.selectedText() == "10"
    at.line.setSelection(3, 2)
    qtbot.keyClick(at, Qt.Key.Key_Down)
    assert at.text() == "09:59"
    at.set_iso("23:59")
    at.line.setSelection(3, 2)
    qtbot.keyClick(at, Qt.Key.Key_Up)
    assert at.text() == "00:00"


def test_seconds_stay_while_arrows_step(qtbot: QtBot, at: TimeField) -> None:
    """A time with seconds keeps them."""
    at.set_iso("09:00:59")
    at.line.setSelection(6, 2)
    qtbot.keyClick(at, Qt.Key.Key_Up)
    assert at.text() == "09:01:00"
    assert at.iso() == "09:01"


@pytest.mark.parametrize(
    ("start", "count", "stepped"),
    [(0, 2, "1 Dec 2026"), (3, 3, "30 Dec 2026"), (7, 4, "30 Nov 2027")],
)
def test_arrows_step_day_month_and_year(
    qtbot: QtBot, day: DateField, start: int, count: int, stepped: str
) -> None:
    """A day at the end of its month is followed by the first of the next."""
    day.line.setSelection(start, count)
    qtbot.keyClick(day, Qt.Key.Key_Up)
    assert day.text() == stepped


@pytest.mark.parametrize(
    ("typed", "number", "stepped"),
    [
        ("24.12.2026", "24", "25 Dec 2026"),
        ("24.12.2026", "12", "24 Jan 2027"),
        ("24.12.2026", "2026", "24 Dec 2027"),
        ("2026-12-24", "2026", "24 Dec 2027"),
        ("2026-12-24", "24", "25 Dec 2026"),
        ("December 24, 2026", "December", "24 Jan 2027"),
        (" 20261224", "24", "25 Dec 2026"),
    ],
)
def test_arrows_step_the_part_that_was_clicked_in_what_was_typed(
    qtbot: QtBot, day: DateField, typed: str, number: str, stepped: str
) -> None:
    """What was typed is written out then, in which the part may have another place."""
    day.line.setText(typed)
    day.line.setCursorPosition(typed.index(number) + 1)
    qtbot.keyClick(day, Qt.Key.Key_Up)
    assert day.text() == stepped
    assert day.line.selectedText() in stepped.split()
    qtbot.keyClick(day, Qt.Key.Key_Down)
    assert day.iso() == "2026-12-24"


def test_typing_goes_on_from_the_year_where_it_comes_first(qtbot: QtBot, day: DateField) -> None:
    """The part that follows in the text is overwritten, whatever order that has."""
    day.line.setText("2026-12-24")
    day.line.setCursorPosition(4)
    qtbot.keyClicks(day, "05")
    assert day.iso() == "2026-05-24"


def test_a_date_is_shown_as_everywhere_in_the_window(day: DateField) -> None:
    """The month is a word, so that no other day can be read into it."""
    assert day.text() == "30 Nov 2026"
    assert day.iso() == "2026-11-30"


@pytest.mark.parametrize("typed", ["20261224", "24.12.2026", "2026-12-24", "24 Dec 2026"])
def test_a_date_is_typed_over_all_that_is_there(qtbot: QtBot, day: DateField, typed: str) -> None:
    """All is marked and typed over; leaving the field writes it out."""
    day.selectAll()
    qtbot.keyClicks(day, typed)
    assert day.iso() == "2026-12-24"
    day.editingFinished.emit()
    assert day.text() == "24 Dec 2026"


def test_typing_goes_on_from_the_day_to_month_and_year(qtbot: QtBot, day: DateField) -> None:
    """Two digits fill the day and the month, whose name they replace."""
    day.line.setSelection(0, 2)
    qtbot.keyClicks(day, "05082027")
    assert day.iso() == "2027-08-05"


@pytest.mark.parametrize(
    ("region", "stored"),
    [("en_US", "2027-01-02"), ("en_GB", "2027-02-01"), ("nl_NL", "2027-02-01")],
)
def test_a_date_with_slashes_is_read_as_the_region_writes_it(
    qtbot: QtBot, day: DateField, region: str, stored: str
) -> None:
    """The second of January here is the first of February there."""
    day.setLocale(QLocale(region))
    day.selectAll()
    qtbot.keyClicks(day, "1/2/2027")
    assert day.iso() == stored


@pytest.mark.parametrize("region", ["C", "sv_SE"])
def test_a_date_with_slashes_is_refused_where_it_could_mean_two(
    qtbot: QtBot, day: DateField, region: str
) -> None:
    """Where dates begin with the year, or no region is known, nothing is guessed."""
    day.setLocale(QLocale(region))
    day.selectAll()
    qtbot.keyClicks(day, "1/2/2027")
    assert "24 Dec 2026" in day.problem()
    assert day.iso() == day.text() == "1/2/2027"


def test_a_date_is_picked_in_a_calendar(qtbot: QtBot, day: DateField) -> None:
    """The calendar shows the month of the date and gives the day that is clicked."""
    day._choose.trigger()
    calendar = day.findChild(QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 11, 30)
    calendar.activated.emit(QDate(2026, 11, 5))
    assert day.iso() == "2026-11-05"
    qtbot.waitUntil(lambda: day.findChild(QCalendarWidget) is None)


def test_the_calendar_is_worked_by_keys(qtbot: QtBot, day: DateField) -> None:
    """Alt and the arrow down open it, arrows move, Enter takes the day."""
    qtbot.keyClick(day.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = day.findChild(QCalendarWidget)
    days = calendar.findChild(QTableView)
    qtbot.keyClick(days, Qt.Key.Key_Left)
    qtbot.keyClick(days, Qt.Key.Key_Return)
    assert day.iso() == "2026-11-29"


def test_each_change_is_told_once(qtbot: QtBot, at: TimeField) -> None:
    """Writing out what was typed is no change."""
    told: list[str] = []
    at.edited.connect(lambda: told.append(at.iso()))
    at.selectAll()
    qtbot.keyClicks(at, "8")
    qtbot.keyClick(at, Qt.Key.Key_Return)
    assert told == ["08:00"]


def test_a_moment_tells_what_is_wrong_with_either(qtbot: QtBot) -> None:
    """Date and time are both looked at."""
    parent = QWidget()
    qtbot.addWidget(parent)
    moment = MomentField("Moment", parent)
    moment.set_iso("2026-02-28T08:14")
    assert not moment.problem()
    moment.date.set_iso("2026-02-30")
    assert "date" in moment.problem()
    moment.set_iso("2026-02-28T8h99")
    assert "time" in moment.problem()
