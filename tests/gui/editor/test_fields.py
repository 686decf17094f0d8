"""Fields give back what they were given."""

from __future__ import annotations

import shlex
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from deskcron.gui.editor.arguments import ArgumentsField, joined, split
from deskcron.gui.editor.environmentfield import EnvironmentField
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.lengthfield import DAY, HOUR, MINUTE, SECOND, LengthField
from deskcron.gui.editor.pathfield import PathField
from deskcron.gui.editor.scriptform import InterpreterChoice, ScriptForm
from deskcron.gui.editor.tagsfield import TagsField, read_tags, written_tags
from deskcron.gui.editor.textbox import TextBox
from deskcron.gui.editor.zonefield import ZoneField
from deskcron.gui.theme.inputs import ComboBox

ARGUMENTS = st.lists(st.text(st.characters(exclude_characters="\0\r", codec="utf-8")))
TAGS = st.lists(
    st.text(
        st.characters(categories=("L", "N", "P", "S"), include_characters=" "),
        min_size=1,
    ).filter(lambda tag: tag == tag.strip()),
    unique=True,
)


@given(ARGUMENTS)
def test_arguments_are_split_into_exactly_those_that_were_joined(arguments: list[str]) -> None:
    """Arguments are split into exactly those that were joined."""
    assert split(joined(arguments)) == (tuple(arguments), False)


@given(st.text())
def test_any_text_is_split_without_failing(text: str) -> None:
    """Whatever is typed gives arguments; only an open quote is a problem."""
    arguments, is_open = split(text)
    assert is_open or split(shlex.join(arguments)).arguments == arguments


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("-a  -b\n-c", ["-a", "-b", "-c"]),
        (r"C:\Users\Ada 'my file'", [r"C:\Users\Ada", "my file"]),
        ("--name=\"Ada L\" ''", ["--name=Ada L", ""]),
        ("# no comment; $HOME | *", ["#", "no", "comment;", "$HOME", "|", "*"]),
    ],
)
def test_nothing_but_quotes_and_blanks_means_anything(text: str, arguments: list[str]) -> None:
    """Backslashes, variables, patterns and pipes are letters like others."""
    assert list(split(text).arguments) == arguments


def test_a_text_keeps_its_no_break_spaces_where_it_is_changed(qtbot: QtBot) -> None:
    """A letter that is typed changes nothing else but the ends of lines."""
    box = TextBox("Text", 3)
    qtbot.addWidget(box)
    box.set_text("10\u00a0km\r\nnorth")
    qtbot.keyClicks(box, "A")
    assert box.text() == "A10\u00a0km\nnorth"
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    assert box.text() == "10\u00a0km\r\nnorth"


def test_shift_and_enter_end_a_line_like_enter(qtbot: QtBot) -> None:
    """No way to end a line writes a letter that only this field knows."""
    box = TextBox("Text", 3)
    qtbot.addWidget(box)
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert box.text() == "\n"


@pytest.mark.parametrize("is_forward", [True, False])
def test_the_keyboard_gets_out_of_a_box_in_which_tab_indents(
    qtbot: QtBot, *, is_forward: bool
) -> None:
    """Ctrl+Tab leads on from a box in which Tab indents, and Shift+Tab back."""
    form = QWidget()
    qtbot.addWidget(form)
    before, box, behind = (
        QLineEdit(form),
        TextBox("Text", 3, indents=True, parent=form),
        QLineEdit(form),
    )
    form.show()
    box.setFocus()
    if is_forward:
        qtbot.keyClick(box, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    else:
        qtbot.keyClick(box, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert form.focusWidget() is (behind if is_forward else before)
    assert box.text() == ""
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert box.text() == "    "


def test_an_open_quote_is_told_and_loses_nothing(qtbot: QtBot) -> None:
    """An open quote is told beside the field, and what is typed stays."""
    field = ArgumentsField()
    qtbot.addWidget(field)
    field.text.setPlainText("-m 'not done")
    assert field.problem()
    assert field.arguments() == ["-m", "not done"]
    assert field.text.toPlainText() == "-m 'not done"


@given(TAGS)
def test_tags_come_back_from_their_line(tags: list[str]) -> None:
    """Tags come back from their line, also those with commas and quotes."""
    assert read_tags(written_tags(tags)) == tags


@given(st.integers(0, 10 * 366 * 86_400))
def test_a_length_comes_back_in_whatever_unit(qapp: QApplication, seconds: int) -> None:
    """A length of time comes back in whatever unit it is shown."""
    field = LengthField("Length", (SECOND, MINUTE, HOUR, DAY))
    field.set_seconds(seconds)
    assert field.seconds() == seconds


def test_one_of_a_unit_is_called_so(qtbot: QtBot) -> None:
    """One hour is an hour, two are hours, in the list of units, too."""
    field = LengthField("Length", (MINUTE, HOUR))
    qtbot.addWidget(field)
    field.set_seconds(HOUR)
    unit = field.findChild(ComboBox)
    assert [unit.itemText(index) for index in range(2)] == ["minute", "hour"]
    field.set_seconds(2 * HOUR)
    assert unit.currentText() == "hours"
    assert field.seconds() == 2 * HOUR


def test_variables_come_back_and_doubles_are_told(qtbot: QtBot) -> None:
    """Variables come back; a name that is there twice and a value without name are told."""
    field = EnvironmentField()
    qtbot.addWidget(field)
    field.set_variables({"A": "1", "B": ""})
    assert field.variables() == {"A": "1", "B": ""}
    assert not field.problem()
    names = [line for line in field.findChildren(object) if getattr(line, "placeholderText", None)]
    names[-2].setText("A")
    assert "“A”" in field.problem()
    names[-2].setText("")
    names[-1].setText("alone")
    assert field.problem()


def test_rows_of_variables_are_told_apart_by_ear(qtbot: QtBot) -> None:
    """What belongs to a variable is called by its name, also while that is typed."""
    field = EnvironmentField()
    qtbot.addWidget(field)
    field.set_variables({"HOME": "/root"})

    def names() -> list[str]:
        return [
            one.accessibleName() for one in field.findChildren(QWidget) if one.isVisibleTo(field)
        ]

    assert "Value of HOME" in names()
    assert "Remove HOME" in names()
    field.findChildren(QLineEdit)[-2].setText("LANG")
    assert "Value of LANG" in names()
    assert "Remove LANG" in names()


@pytest.mark.parametrize(
    "make",
    [
        QLineEdit,
        lambda: ComboBox("Letter", {"a": "A"}),
        lambda: LengthField("Length", (MINUTE, HOUR)),
        lambda: PathField("Path", files=True),
    ],
)
def test_hint_and_problem_of_a_field_are_heard(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    """What takes the keyboard is described by the problem, else the hint, else as it was."""
    control = make()
    field = Field("Label", control)
    qtbot.addWidget(field)
    spoken = control.focusProxy() or control
    before = spoken.accessibleDescription()
    field.set_hint("What it is for.")
    assert spoken.accessibleDescription() == "What it is for."
    field.show_problem("It is missing.", even_untouched=True)
    assert spoken.accessibleDescription() == "It is missing."
    field.show_problem("")
    assert spoken.accessibleDescription() == "What it is for."
    field.set_hint("")
    assert spoken.accessibleDescription() == before


@pytest.mark.parametrize("name", ["", "sh", "bash", "python", "powershell", "cmd", "perl", "/x/y"])
def test_an_interpreter_comes_back(qtbot: QtBot, name: str) -> None:
    """An interpreter that is known or typed comes back."""
    choice = InterpreterChoice()
    qtbot.addWidget(choice)
    choice.set_interpreter(name)
    assert choice.interpreter() == name


@pytest.mark.parametrize(
    ("script", "is_told"),
    [
        ({"text": "echo 1"}, True),
        ({"text": ""}, True),
        ({"text": "#!/usr/bin/perl\nprint 1"}, False),
        ({"text": "echo 1", "interpreter": "bash"}, False),
        ({"file": "/x.sh"}, False),
    ],
)
def test_what_runs_a_script_is_told_where_it_does_not_say_so(
    qtbot: QtBot, *, script: dict[str, str], is_told: bool
) -> None:
    """Only a script without a first line and without an interpreter has the system's shell."""
    form = ScriptForm()
    qtbot.addWidget(form)
    form.load(script)
    hint = form.fields["interpreter"].findChildren(QLabel)[-1]
    assert (hint.text() == "Without such a line the shell of the system runs it.") is is_told


def test_the_last_of_several_tags_is_completed(qtbot: QtBot) -> None:
    """Typing behind a comma completes that tag and keeps those before it."""
    known = QStringListModel(["backup", "home, garden", "work"])
    field = TagsField(known)
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "work, GARD")
    completer = field.completer()
    assert completer.completionCount() == 1
    assert completer.pathFromIndex(completer.currentIndex()) == 'work, "home, garden"'


def test_a_zone_is_found_by_any_part_of_its_name(qtbot: QtBot) -> None:
    """A zone is found by the city; empty means the computer's own."""
    zones = QStringListModel(["America/New_York", "Europe/Berlin"])
    field = ZoneField(zones)
    qtbot.addWidget(field)
    assert field.zone() == "local"
    qtbot.keyClicks(field, "berl")
    assert field.completer().currentCompletion() == "Europe/Berlin"
    field.set_zone("America/New_York")
    assert field.zone() == "America/New_York"
    field.set_zone("local")
    assert field.text() == ""
