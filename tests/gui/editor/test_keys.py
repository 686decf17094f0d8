"""No key of the form means something else in a part of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QShortcut

from deskcron.gui.editor.dialog import Editor


def test_the_output_of_a_test_leaves_the_keys_of_the_form_alone(
    opened: Callable[..., Editor],
) -> None:
    """A key that two of them wanted would do neither."""
    editor = opened()
    editor.test()
    assert editor.panes.test_pane is not None
    of_form = {shortcut.key().toString() for shortcut in editor.findChildren(QShortcut)}
    of_output = {
        keys.toString()
        for action in editor.panes.test_pane.output.findChildren(QAction)
        for keys in action.shortcuts()
    }
    assert "Ctrl+S" in of_form
    assert of_output
    assert not of_form & of_output
