"""What an event or chain run came from, in words."""

from __future__ import annotations

from datetime import datetime

import pytest

from deskcron.domain.happening import EventKind
from deskcron.domain.originwords import origin_words


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ({}, ""),
        ({"file": "/tmp/a b"}, "File /tmp/a b"),
        ({"signal": "dock"}, "Signal dock"),
        ({"event": "resumed"}, "The computer woke up"),
        ({"event": "eclipse"}, "eclipse"),
        ({"previous_run_id": "12", "previous_status": "failed"}, "After run 12: failed"),
        ({"previous_run_id": "12", "previous_status": "dizzy"}, "After run 12: dizzy"),
    ],
)
def test_where_a_run_came_from(origin, words) -> None:
    """Each origin has its words; what another version wrote is shown as it is."""
    assert origin_words(origin) == words


def test_a_run_by_hand_may_stand_in_for_a_due_time() -> None:
    """The due time is told, in the computer's zone."""
    due = datetime(2026, 11, 20, 23, 30).astimezone()
    origin = {"stands_in_for": due.isoformat(), "stands_in_for_run_id": "7"}
    assert origin_words(origin) == "In place of the run due at 2026-11-20 23:30"


def test_every_event_has_words() -> None:
    """What can start a job is put into plain words."""
    of_machine = set(EventKind) - {EventKind.FILE_CHANGED}
    assert all(origin_words({"event": kind.value}) != kind.value for kind in of_machine)
