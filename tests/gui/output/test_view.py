"""The log view follows a run, stays where it is read, and says why there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from deskcron.domain.run import Status
from deskcron.engine.facade import Facade
from deskcron.gui.output.attemptchoice import AttemptChoice
from deskcron.gui.output.text import MOST_LINES
from deskcron.gui.output.view import OutputView
from deskcron.gui.pagecontext import PageContext

Run = Callable[[str], int]


@pytest.fixture
def view(qtbot: QtBot, context: PageContext) -> OutputView:
    """Return a log view that is to be seen."""
    view = OutputView(context)
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    return view


def text(view: OutputView) -> str:
    """Return what is shown."""
    return view.text.toPlainText()


def button(view: OutputView, words: str) -> QPushButton:
    """Return the button with these words."""
    [found] = [one for one in view.findChildren(QPushButton) if one.text() == words]
    return found


def test_output_appears_while_the_run_goes_on(qtbot: QtBot, view: OutputView, held: Any) -> None:
    """Output appears while the run goes on, and the end of the run is noticed."""
    view.follow(held.run_id)
    qtbot.waitUntil(lambda: view.text.placeholderText() == "No output yet.")
    held.write(b"working\r50%\r\x1b[K100%\n")
    qtbot.waitUntil(lambda: text(view) == "100%\n")
    held.write(b"done\n")
    qtbot.waitUntil(lambda: text(view) == "100%\ndone\n")
    stop = button(view, "S&top")
    assert stop.isVisible()
    held.let_go()
    qtbot.waitUntil(lambda: not stop.isVisible())


def test_the_run_can_be_stopped(qtbot: QtBot, view: OutputView, held: Any, facade: Facade) -> None:
    """The run can be stopped from its output."""
    view.follow(held.run_id)
    stop = button(view, "S&top")
    qtbot.waitUntil(stop.isVisible)
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: facade.history.get(held.run_id).status is Status.CANCELLED)
    qtbot.waitUntil(lambda: not stop.isVisible())


def test_markup_is_shown_as_it_is(qtbot: QtBot, view: OutputView, ended: Run) -> None:
    """Markup in the output is shown as it is."""
    view.follow(ended("echo '<b>x</b> a<b & c'"))
    qtbot.waitUntil(lambda: text(view) == "<b>x</b> a<b & c\n")


def test_colours_are_those_of_the_palette(qtbot: QtBot, view: OutputView, ended: Run) -> None:
    """Colours change with the palette, so that they can be read on it."""
    view.follow(ended(r"printf '\033[34mblue\033[0m'"))
    qtbot.waitUntil(lambda: text(view) == "blue")

    def shown() -> QColor:
        formats = view.text.document().firstBlock().textFormats()
        return formats[0].format.foreground().color()

    on_light = shown()
    palette = QPalette(view.text.palette())
    palette.setColor(QPalette.ColorRole.Base, QColor("black"))
    palette.setColor(QPalette.ColorRole.Text, QColor("white"))
    view.text.setPalette(palette)
    qtbot.waitUntil(lambda: text(view) == "blue" and shown() != on_light)


def test_the_end_is_followed_until_somebody_scrolls_up(
    qtbot: QtBot, view: OutputView, held: Any
) -> None:
    """The end is followed until somebody scrolls up, and again from "Jump to end" on."""
    view.follow(held.run_id)
    bar = view.text.verticalScrollBar()
    held.write(b"line\n" * 100)
    qtbot.waitUntil(lambda: view.text.blockCount() == 101 and bar.value() == bar.maximum() > 0)
    bar.setValue(10)
    held.write(b"more\n" * 100)
    qtbot.waitUntil(lambda: view.text.blockCount() == 201)
    assert bar.value() == 10
    qtbot.mouseClick(button(view, "&Jump to end"), Qt.MouseButton.LeftButton)
    assert bar.value() == bar.maximum()
    held.write(b"last\n")
    qtbot.waitUntil(lambda: text(view).endswith("last\n") and bar.value() == bar.maximum())
    assert not button(view, "&Jump to end").isVisible()


def test_an_end_that_stands_there_is_not_offered(
    qtbot: QtBot, view: OutputView, ended: Run
) -> None:
    """Text that is selected offers a way to the end only where that is out of sight."""
    view.follow(ended("seq 1000; echo done"))
    qtbot.waitUntil(lambda: text(view).endswith("done\n"))
    view.text.selectAll()
    assert button(view, "&Jump to end").isVisible()
    view.follow(ended("echo short"))
    qtbot.waitUntil(lambda: text(view) == "short\n")
    view.text.selectAll()
    assert not view.text.is_following
    assert not button(view, "&Jump to end").isVisible()


def test_what_is_being_read_does_not_scroll_away_when_the_view_is_full(
    qtbot: QtBot, view: OutputView, held: Any
) -> None:
    """Lines that are being read are not dropped for new ones."""
    view.follow(held.run_id)
    for _number in range(MOST_LINES // 1000):
        before = view.text.blockCount()
        held.write(b"line\n" * 1000)
        qtbot.waitUntil(lambda: view.text.blockCount() >= min(before + 1000, MOST_LINES))  # noqa: B023
    view.text.verticalScrollBar().setValue(5)
    held.write(b"new\n" * 1000)
    with qtbot.waitSignal(view.text.settled, raising=False, timeout=400):
        pass
    assert "new" not in text(view)
    view.text.follow_end()
    qtbot.waitUntil(lambda: text(view).endswith("new\n"))
    assert view.text.blockCount() == MOST_LINES


def test_earlier_output_is_put_before_without_moving_what_is_read(
    qtbot: QtBot, view: OutputView, ended: Run
) -> None:
    """Earlier output is put before what is shown, which stays where it is."""
    view.follow(ended("seq -f 'line %.0f of the output of a program' 1 20000"))
    earlier = button(view, "Show &earlier")
    qtbot.waitUntil(earlier.isVisible)
    view.text.verticalScrollBar().setValue(0)
    top, lines = view.text.firstVisibleBlock().text(), view.text.blockCount()
    qtbot.mouseClick(earlier, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.text.blockCount() > lines)
    assert view.text.firstVisibleBlock().text().endswith(top)
    assert text(view).splitlines()[-1] == "line 20000 of the output of a program"


def test_a_view_that_is_full_says_that_the_beginning_is_missing(
    qtbot: QtBot, view: OutputView, ended: Run
) -> None:
    """A view that has room for no more says so, and offers nothing earlier."""
    view.follow(ended("seq 1 20000"))
    qtbot.waitUntil(lambda: text(view).endswith("20000\n"))
    assert view._earlier.isVisible()
    assert not button(view, "Show &earlier").isVisible()


def test_nothing_is_read_while_the_view_is_hidden(
    qtbot: QtBot, view: OutputView, held: Any
) -> None:
    """Nothing is read while the view is hidden; what was missed comes when it is shown."""
    view.follow(held.run_id)
    qtbot.waitUntil(lambda: view.text.placeholderText() == "No output yet.")
    view.hide()
    held.write(b"meanwhile\n")
    with qtbot.waitSignal(view.text.settled, raising=False, timeout=300) as blocker:
        pass
    assert not (blocker.signal_triggered and text(view))
    view.show()
    qtbot.waitUntil(lambda: text(view) == "meanwhile\n")


@pytest.mark.parametrize(
    ("script", "words"),
    [("true", "It printed nothing."), ("echo x", "The output of this run is no longer kept.")],
)
def test_an_empty_view_says_why(
    qtbot: QtBot, view: OutputView, ended: Run, facade: Facade, script: str, words: str
) -> None:
    """A view without output says why there is none."""
    run_id = ended(script)
    facade.history.log_path(run_id).unlink(missing_ok=True)
    view.follow(run_id)
    qtbot.waitUntil(lambda: view.text.placeholderText() == words)


def test_another_run_takes_the_place_of_the_first(
    qtbot: QtBot, view: OutputView, ended: Run
) -> None:
    """Following another run shows that one alone."""
    first, second = ended("echo first"), ended("echo second")
    view.follow(first)
    view.follow(second)
    qtbot.waitUntil(lambda: text(view) == "second\n")
    view.clear()
    assert text(view) == ""


def test_a_run_that_is_gone_is_told_in_place_of_its_status(
    qtbot: QtBot, view: OutputView, ended: Run
) -> None:
    """A run that is no longer there is told, and the next one is shown all the same."""
    view.follow(4711)
    qtbot.waitUntil(lambda: view._status.text().startswith("There is no run 4711"))
    assert view._status.isVisible()
    view.follow(ended("echo here"))
    qtbot.waitUntil(lambda: text(view) == "here\n")


def test_text_is_found_forwards_backwards_and_around(
    qtbot: QtBot, view: OutputView, ended: Run
) -> None:
    """Text is found whatever its case, forwards, backwards and from the start again."""
    view.follow(ended("echo one ERROR; echo two; echo error three"))
    qtbot.waitUntil(lambda: "three" in text(view))
    view.find_bar.come()
    qtbot.keyClicks(view.find_bar.findChild(type(view.find_bar._field)), "error")
    qtbot.waitUntil(lambda: view.text.textCursor().selectedText() == "ERROR")
    qtbot.waitUntil(lambda: view.find_bar._count.text() == "1 of 2")
    qtbot.keyClick(view.find_bar._field, Qt.Key.Key_Return)
    assert view.text.textCursor().selectedText() == "error"
    qtbot.keyClick(view.find_bar._field, Qt.Key.Key_Return)
    assert view.text.textCursor().selectedText() == "ERROR"
    qtbot.keyClick(view.find_bar._field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view.text.textCursor().selectedText() == "error"
    assert len(view.text.extraSelections()) == 2
    qtbot.keyClick(view.find_bar._field, Qt.Key.Key_Escape)
    assert not view.find_bar.isVisible()
    assert view.text.extraSelections() == []


def test_what_is_not_there_is_not_found(qtbot: QtBot, view: OutputView, ended: Run) -> None:
    """A search for what is not there says so; signs of a pattern mean themselves."""
    view.follow(ended("echo 'a.c'"))
    qtbot.waitUntil(lambda: text(view) == "a.c\n")
    view.find_bar.come()
    view.find_bar._field.setText("a?c")
    qtbot.waitUntil(lambda: view.find_bar._count.text() == "no match")
    view.find_bar._field.setText("A.C")
    qtbot.waitUntil(lambda: view.find_bar._count.text() == "1 of 1")


def test_the_output_can_be_copied_and_saved(
    qtbot: QtBot, view: OutputView, ended: Run, context: PageContext, tmp_path: Path
) -> None:
    """The output can be copied as it is shown, and saved as it was written."""
    view.follow(ended(r"printf '\033[31mred\033[0m\n'"))
    qtbot.waitUntil(lambda: text(view) == "red\n")
    action(view, "Copy").trigger()
    assert QGuiApplication.clipboard().text() == "red\n"
    action(view, "Save as…").trigger()
    dialog = view.findChild(QFileDialog)
    with qtbot.waitSignal(context.signals.say) as said:
        dialog.fileSelected.emit(str(tmp_path / "saved.log"))
    assert said.args == [f"Saved to {tmp_path / 'saved.log'}"]
    assert (tmp_path / "saved.log").read_bytes() == b"\x1b[31mred\x1b[0m\n"
    dialog.close()


def test_a_copy_that_cannot_be_saved_is_told(
    qtbot: QtBot, view: OutputView, ended: Run, context: PageContext, tmp_path: Path
) -> None:
    """A copy that cannot be saved is told with the reason."""
    view.follow(ended("echo x"))
    qtbot.waitUntil(lambda: text(view) == "x\n")
    with qtbot.waitSignal(context.bridge.failed) as failed:
        view._tools._save_log(str(tmp_path))
    assert "Is a directory" in str(failed.args[0])


def test_letters_grow_and_lines_break(qtbot: QtBot, view: OutputView, ended: Run) -> None:
    """Letters can be made larger and smaller, and long lines be broken."""
    view.follow(ended("printf '%0500d' 0"))
    qtbot.waitUntil(lambda: len(text(view)) == 500)
    usual = view.text.font().pointSizeF()
    action(view, "Zoom in").trigger()
    assert view.text.font().pointSizeF() == usual + 1
    action(view, "Reset zoom").trigger()
    assert view.text.font().pointSizeF() == usual
    assert view.text.horizontalScrollBar().maximum() > 0
    action(view, "Wrap lines").trigger()
    qtbot.waitUntil(lambda: view.text.horizontalScrollBar().maximum() == 0)


def action(view: OutputView, words: str) -> Any:
    """Return what can be done by these words."""
    [found] = [one for one in view.actions() if one.text() == words]
    return found


def test_each_attempt_has_its_output(
    qtbot: QtBot, view: OutputView, ended: Callable[..., int]
) -> None:
    """The latest attempt is shown first; an earlier one is chosen; one alone is no choice."""
    script = "if [ -e mark ]; then echo second; else touch mark; echo first; exit 3; fi"
    run_id = ended(f'cd "$DESKCRON_HOME"; {script}', retry={"count": 1, "delay_s": 1})
    view.follow(run_id)
    qtbot.waitUntil(lambda: text(view) == "second\n")
    choice = view.findChild(AttemptChoice)
    words = [choice.itemText(place) for place in range(choice.count())]
    assert (words, choice.isVisible()) == (["Attempt 2, the latest", "Attempt 1"], True)
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    qtbot.waitUntil(lambda: text(view) == "first\n")
    view.follow(ended("echo only"))
    qtbot.waitUntil(lambda: text(view) == "only\n")
    assert not choice.isVisible()
