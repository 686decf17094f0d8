"""A form over a real core, and jobs to open in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.editor.triggercard import TriggerCard
from deskcron.gui.editor.whensection import WhenSection
from deskcron.gui.pagecontext import PageContext

START = "2026-01-05"
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


class StandingClock:
    """It is always the same instant."""

    def now(self) -> datetime:
        """Return it."""
        return NOW

    def monotonic(self) -> float:
        """Return nothing gone by."""
        return 0.0


@pytest.fixture
def new(qtbot: QtBot, context: PageContext) -> Callable[[str], Editor]:
    """Return a way to begin a job from a template, as it is, and to wait until it is looked at."""

    def begin(template: str = "empty") -> Editor:
        editor = Editor(context)
        qtbot.addWidget(editor)
        editor.show()
        with qtbot.waitSignal(editor.looking.looked):
            editor.begin(template)
            qtbot.waitUntil(lambda: editor.blanks is not None or editor.save_button.isEnabled())
            if editor.blanks is not None:
                editor.continue_button.click()
        return editor

    return begin


@pytest.fixture
def opened(qtbot: QtBot, context: PageContext, facade: Facade) -> Callable[..., Editor]:
    """Return a way to store a job and to open it."""

    def store(**fields: Any) -> Editor:
        document = {"name": "Tea", "action": {"kind": "reminder"}, **fields}
        job_id = facade.jobs.add(document).job.id
        return reopened(job_id)

    def reopened(job_id: str) -> Editor:
        editor = Editor(context)
        qtbot.addWidget(editor)
        editor.show()
        with qtbot.waitSignal(editor.looking.looked):
            editor.edit(job_id)
        return editor

    return store


def cards(section: WhenSection) -> list[TriggerCard]:
    """Return the cards of the triggers, from the top."""
    return [card for card in section.findChildren(TriggerCard) if not card.isHidden()]


def look_again(qtbot: QtBot, editor: Editor) -> None:
    """Wait until the core has looked at what is typed now."""
    with qtbot.waitSignal(editor.looking.looked):
        editor.looking.look()


def saved(qtbot: QtBot, editor: Editor) -> str:
    """Save and return the job's id."""
    with qtbot.waitSignal(editor.saved) as blocker:
        editor.save()
    return str(blocker.args[0])


def refused(qtbot: QtBot, editor: Editor) -> None:
    """Try to save, and wait until it was refused."""
    with qtbot.waitSignal(editor.saving.is_busy, check_params_cb=lambda is_busy: not is_busy):
        editor.save()
