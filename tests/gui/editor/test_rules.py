"""The rules of a job come out of the form as they went in."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from deskcron.gui.editor.rulessection import RulesSection


@pytest.mark.parametrize("name", ["timeout_s", "grace_s", "max_age_s"])
def test_lengths_are_kept_to_the_second(qtbot: QtBot, name: str) -> None:
    """A length that no larger unit holds evenly is not rounded."""
    rules = RulesSection()
    qtbot.addWidget(rules)
    rules.load({name: 90})
    assert rules.values()[name] == 90
