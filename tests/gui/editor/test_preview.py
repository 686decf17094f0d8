"""Beside the form: how far away the next runs are, while time goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from deskcron.domain.answers import Upcoming
from deskcron.domain.drafting import DraftCheck
from deskcron.domain.errors import Problem
from deskcron.engine.facade import Facade
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.editor.preview import Preview
from deskcron.gui.theme.picture import Picture

LONG = "/srv/" + "WithoutAnyBlank" * 9
LONG_WORDS = DraftCheck(
    rules=(
        f"When {LONG} changes",
        "Every 7 minutes, at 03:00 through 05:59, Monday through Friday",
    ),
    upcoming=tuple(
        Upcoming(
            at=datetime(2026, 9, 23 + day, 2, 30, 15, tzinfo=UTC),
            wall=datetime(2026, 9, 23 + day, 2, 30, 15, tzinfo=UTC),
            triggers=("t1",),
            marks=("gap-moved", "repeated-hour", "offset-changes"),
        )
        for day in range(3)
    ),
    warnings=(f"There is no folder {LONG.upper()} at present.",),
)
NARROW = 480
LINE = 4
"""More room than the line between form and preview takes."""
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


class MovedClock:
    """The test says what time it is."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        """Return it."""
        return self.at

    def monotonic(self) -> float:
        """Return nothing gone by."""
        return 0.0


def at(seconds: int) -> Upcoming:
    """Return a due time so long after the beginning."""
    due = NOW + timedelta(seconds=seconds)
    return Upcoming(at=due, wall=due, triggers=("t1",), marks=())


@pytest.fixture
def clock() -> MovedClock:
    """Return the clock of the preview."""
    return MovedClock()


@pytest.fixture
def preview(qtbot: QtBot, clock: MovedClock) -> Preview:
    """Return a preview of its own."""
    preview = Preview(clock)
    qtbot.addWidget(preview)
    return preview


def test_distances_follow_the_time(preview: Preview, clock: MovedClock) -> None:
    """What was far away is said to be nearer when time has gone on."""
    preview.show_look(DraftCheck(rules=("Often",), upcoming=(at(30), at(90))))
    assert preview.runs()[0].endswith("\nin 30 s")
    clock.at += timedelta(seconds=10)
    preview.tell_time()
    assert preview.runs()[0].endswith("\nin 20 s")


def test_a_time_that_is_past_asks_for_another_look(
    qtbot: QtBot, preview: Preview, clock: MovedClock
) -> None:
    """Another look is asked for once the first time has come, and not before."""
    preview.show_look(DraftCheck(rules=("Often",), upcoming=(at(5), at(10))))
    with qtbot.assertNotEmitted(preview.outdated):
        preview.tell_time()
    clock.at += timedelta(seconds=5)
    with qtbot.waitSignal(preview.outdated):
        preview.tell_time()


def test_the_next_runs_stay_ahead_of_the_time(
    qtbot: QtBot, opened: Callable[..., Editor], facade: Facade
) -> None:
    """While a form is open, times that go by make room for those that follow."""
    editor = opened(triggers=[facade.whens.when("every", "2s")])
    first = editor.panes.preview.runs()[0].splitlines()[0]
    qtbot.waitUntil(lambda: first not in "\n".join(editor.panes.preview.runs()))
    assert len(editor.panes.preview.runs()) == 5


def test_a_list_has_seconds_in_all_rows_or_in_none(preview: Preview) -> None:
    """One time with seconds gives all of them seconds."""
    preview.show_look(DraftCheck(rules=("Often",), upcoming=(at(55), at(60))))
    assert [run.splitlines()[0][-8:] for run in preview.runs()] == ["12:00:55", "12:01:00"]
    preview.show_look(DraftCheck(rules=("Often",), upcoming=(at(0), at(60))))
    assert [run.splitlines()[0][-5:] for run in preview.runs()] == ["12:00", "12:01"]


def test_times_that_will_be_skipped_are_no_promise(opened: Callable[..., Editor]) -> None:
    """A time outside the hours of the job says that it will be skipped, and why."""
    editor = opened(
        triggers=[{"id": "t1", "kind": "cron", "expression": "0 12 * * *"}],
        policy={"hours": {"windows": [{"days": ["mon"]}]}},
    )
    runs = editor.panes.preview.runs()
    skipped = [run for run in runs if "Skipped: it is outside the hours" in run]
    assert {run for run in runs if run.startswith("Mon")}.isdisjoint(skipped)
    assert len(skipped) == sum(not run.startswith("Mon") for run in runs)
    assert skipped


def test_a_job_that_is_off_promises_nothing(opened: Callable[..., Editor]) -> None:
    """The form of a job that is off says so, and from when on its times count."""
    editor = opened(triggers=[{"id": "t1", "kind": "cron", "expression": "0 12 * * *"}])
    assert not editor.panes.preview.says_off()
    other = opened(
        name="Other",
        enabled=False,
        triggers=[{"id": "t1", "kind": "cron", "expression": "0 12 * * *"}],
    )
    preview = other.panes.preview
    assert preview.says_off()
    assert any(label.text() == "Next runs when it is on" for label in preview.findChildren(QLabel))


def test_what_is_wrong_with_a_rule_stands_in_its_place(preview: Preview) -> None:
    """The good rules keep their words beside one that is wrong."""
    problem = Problem("triggers.1.expression", "Four fields; five are needed.")
    preview.show_look(DraftCheck(rules=("Every day", "", ""), problems=(problem,)))
    assert preview.text().splitlines() == [
        "Every day",
        "Four fields; five are needed.",
        "The time is not complete yet.",
    ]


def test_what_is_missing_is_no_reproach(preview: Preview) -> None:
    """What a rule lacks is said without the sign of an error; its field has that in time."""
    problem = Problem("triggers.0.expression", "Four fields; five are needed.")
    preview.show_look(DraftCheck(rules=("",), problems=(problem,)))
    assert not [sign for sign in preview.findChildren(Picture) if sign.isVisibleTo(preview)]


@pytest.fixture(params=[1, 2])
def letters(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """Let all letters be of their usual size, and of twice that."""
    before, font = qapp.font(), qapp.font()
    font.setPointSizeF(font.pointSizeF() * request.param)
    qapp.setFont(font)
    yield
    qapp.setFont(before)


@pytest.fixture
def narrow(letters: None, opened: Callable[..., Editor]) -> Editor:
    """Return a narrow form with much to be said in its preview."""
    editor = opened(triggers=[{"id": "t1", "kind": "cron", "expression": "0 12 * * *"}])
    editor.panes.preview.show_look(LONG_WORDS)
    editor.resize(NARROW, editor.height())
    return editor


def below(editor: Editor) -> bool:
    """Tell whether the preview stands below the form, not beside it."""
    form, preview = editor.form, around(editor)
    corner = preview.mapTo(editor, QPoint())
    return corner.x() == 0 and corner.y() > form.mapTo(editor, form.rect().bottomLeft()).y()


def around(editor: Editor) -> QScrollArea:
    """Return what scrolls the preview."""
    return next(
        area for area in editor.findChildren(QScrollArea) if area.widget() is editor.panes.preview
    )


def squeezed(editor: Editor) -> list[str]:
    """Return what has no room in the preview, in words."""
    labels = [one for one in editor.panes.preview.findChildren(QLabel) if one.isVisible()]
    cut = [one.text() for one in labels if one.height() < one.heightForWidth(one.width())]
    return [*cut, "all"] if around(editor).horizontalScrollBar().maximum() else cut


def test_a_narrow_form_has_its_preview_below(qtbot: QtBot, narrow: Editor) -> None:
    """Where both have no room in one row the preview goes below, and all in it wraps."""
    qtbot.waitUntil(lambda: below(narrow) and not squeezed(narrow))


def test_beside_the_form_all_in_the_preview_wraps(qtbot: QtBot, narrow: Editor) -> None:
    """In the narrowest place beside the form nothing is cut off or scrolled sideways."""
    qtbot.waitUntil(lambda: below(narrow))
    row = narrow.form.minimumSizeHint().width() + around(narrow).minimumWidth()
    narrow.resize(row + LINE, narrow.height())
    qtbot.waitUntil(lambda: not below(narrow) and not squeezed(narrow))


def test_a_screen_reader_is_told_long_words_whole(preview: Preview) -> None:
    """Where a long word may break is seen by nobody who hears it."""
    preview.show_look(LONG_WORDS)
    assert f"When {LONG} changes" in {
        label.accessibleName() for label in preview.findChildren(QLabel)
    }
