"""The form of a tidying, and the dialog of one of its rules."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from deskcron.domain.sizewords import MB
from deskcron.domain.tidying import FileOperation
from deskcron.gui.editor.tidyform import TidyForm
from deskcron.gui.editor.tidyruledialog import TidyRuleDialog

RULES = [
    {"name": "*.jpg", "deed": "move", "target": "Pictures/{year}"},
    {"name": "*", "types": ["archives"], "older_than_s": 86_400, "deed": "trash"},
]
WHOLE = {"name": "*", "types": [], "older_than_s": 0, "larger_than": 0, "smaller_than": 0,
         "below": "", "deed": "move", "target": ""}  # fmt: skip


@pytest.fixture
def form(qtbot) -> TidyForm:
    """Return a form with two rules."""
    shown = TidyForm()
    qtbot.addWidget(shown)
    shown.load({"folder": "/tmp", "rules": RULES})
    shown.show()
    return shown


@pytest.fixture
def table(form):
    """Return its rules."""
    return form.fields["rules"].control


def dialog_of(table) -> TidyRuleDialog:
    """Return the dialog that is open."""
    return next(one for one in table.findChildren(TidyRuleDialog) if one.isVisible())


def test_a_tidying_comes_back_as_it_was(form):
    """What is loaded and not touched is stored the same; a new one rehearses."""
    values = {
        "folder": "/tmp",
        "is_recursive": True,
        "rules": RULES,
        "conflict": "replace-older",
        "error_folder": "Trouble",
        "rehearse": False,
    }
    form.load(values)
    assert form.values() == values
    form.load({})
    assert form.values()["rehearse"] is True


def test_rules_are_told_in_plain_words(table):
    """Files on the left, what becomes of them on the right."""
    words = [
        [table.model.index(row, column).data() for column in range(2)] for row in range(len(RULES))
    ]
    assert words == [
        ["*.jpg", "move to Pictures/{year}"],
        ["archives, older than 1 day", "move to the trash"],
    ]


def test_a_rule_is_added(qtbot, form, table):
    """The dialog refuses a rule without target and says so, then takes it."""
    qtbot.mouseClick(table.add_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(table)
    dialog.name.setText("*.log")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "folder the files go to" in dialog._fields["target"].problem()
    dialog.target.set_text("Logs")
    with qtbot.waitSignal(form.changed):
        qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert table.rules()[2] == {**WHOLE, "name": "*.log", "target": "Logs"}


def test_a_rule_is_changed_and_keeps_what_is_not_known(qtbot, table):
    """A field of a newer deskcron survives."""
    table.set_rules([{**WHOLE, "target": "X", "new": 1}])
    table.table.selectRow(0)
    qtbot.keyClick(table.table, Qt.Key.Key_Return)
    dialog = dialog_of(table)
    dialog.deed.set_value(FileOperation.TRASH)
    dialog.accept()
    assert table.rules() == [{**WHOLE, "deed": "trash", "new": 1}]


def test_a_cancelled_rule_changes_nothing(qtbot, form, table):
    """Neither adding nor editing."""
    table.table.selectRow(0)
    qtbot.mouseClick(table.edit_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(table)
    dialog.name.setText("other")
    with qtbot.assertNotEmitted(form.changed):
        qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert table.rules() == RULES


def test_rules_change_places_and_go(qtbot, table):
    """The rule that moves stays selected, so that it can be moved on."""
    table.table.selectRow(1)
    assert not table.down_button.isEnabled()
    qtbot.mouseClick(table.up_button, Qt.MouseButton.LeftButton)
    assert table.rules() == RULES[::-1]
    assert not table.up_button.isEnabled()
    table.table.setFocus()
    qtbot.waitUntil(table.table.hasFocus)
    qtbot.keyClick(table.table, Qt.Key.Key_Delete)
    assert table.rules() == RULES[:1]


def test_sizes_are_shown_in_the_largest_even_unit(qtbot):
    """10 MB come back as 10 MB."""
    rule = {**WHOLE, "larger_than": 10 * MB, "smaller_than": 3 * 1000 * MB, "target": "X"}
    dialog = TidyRuleDialog(rule)
    qtbot.addWidget(dialog)
    assert dialog.rule() == rule
