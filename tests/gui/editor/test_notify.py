"""Which banners a job has, as the form offers and says it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskcron.gui.editor.notifysection import NotifySection


@pytest.fixture
def section(qtbot: QtBot) -> NotifySection:
    """Return the choice as it is for a new job."""
    section = NotifySection()
    qtbot.addWidget(section)
    return section


def choice(section: NotifySection) -> Any:
    """Return the control; Any: each field has one of its own class."""
    return section.fields["notify"].control


def offered(section: NotifySection) -> list[str]:
    """Return what can be chosen."""
    return [choice(section).itemText(index) for index in range(choice(section).count())]


def hint(section: NotifySection) -> str:
    """Return what is said of the choice."""
    return section.fields["notify"].findChildren(QLabel)[-1].text()


def test_a_reminder_has_a_banner_or_none(section: NotifySection) -> None:
    """How a reminder ends is no question."""
    section.show_for("reminder")
    assert offered(section) == ["With a banner", "Without a banner"]
    assert section.values() == {"notify": "always"}
    choice(section).setCurrentIndex(1)
    assert section.values() == {"notify": "never"}
    section.show_for("script")
    assert section.values() == {"notify": "never"}
    assert len(offered(section)) == 4


def test_looking_at_a_reminder_loses_no_choice(section: NotifySection) -> None:
    """What was chosen for another kind is there again, also after the banner was put out and on."""
    section.load({"notify": "failure"})
    section.show_for("reminder")
    assert choice(section).currentText() == "With a banner"
    assert section.values() == {"notify": "failure"}
    choice(section).setCurrentIndex(1)
    choice(section).setCurrentIndex(0)
    section.show_for("command")
    assert section.values() == {"notify": "failure"}


def test_each_choice_says_what_it_means(section: NotifySection) -> None:
    """No two choices are explained by the same words."""
    hints = set()
    for kind in ("command", "reminder"):
        section.show_for(kind)
        for index in range(choice(section).count()):
            choice(section).setCurrentIndex(index)
            hints.add(hint(section))
    assert len(hints) == 6
