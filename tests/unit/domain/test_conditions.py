"""Each condition holds or not by what the machine answers, and says how far off it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskcron.domain.conditions import (
    BatteryAbove,
    Check,
    Condition,
    Conditions,
    FreeSpace,
    Holds,
    Idle,
    LoadBelow,
    Online,
    OnMains,
    Present,
    ProcessRuns,
    Situation,
    SuccessOlder,
    Undisturbed,
)
from deskcron.domain.reason import Reason, Why

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
LATELY = NOW - timedelta(minutes=10)


class Answers:
    """A machine whose questions have the answers they are given; None to all others."""

    def __init__(self, **answers: Any) -> None:
        self._answers = answers

    def __getattr__(self, question: str) -> Any:
        return lambda *_about: self._answers.get(question)


ANSWERED = [
    (OnMains(), {"on_mains": False}, Why(Reason.ON_BATTERY)),
    (
        OnMains(),
        {"on_mains": False, "battery_percent": 42.6},
        Why(Reason.ON_BATTERY, {"now_percent": 43}),
    ),
    (OnMains(), {"on_mains": True, "battery_percent": 42.6}, None),
    (OnMains(), {}, None),
    (
        BatteryAbove(percent=20),
        {"battery_percent": 20.0},
        Why(Reason.BATTERY_LOW, {"percent": 20, "now_percent": 20}),
    ),
    (BatteryAbove(percent=20), {"battery_percent": 20.4}, None),
    (BatteryAbove(percent=20), {}, None),
    (Online(), {"is_online": False}, Why(Reason.OFFLINE)),
    (Online(), {}, None),
    (Idle(for_s=600), {"idle_s": 59.9}, Why(Reason.IN_USE, {"for_s": 600, "idle_s": 59})),
    (Idle(for_s=600), {"idle_s": 600.0}, None),
    (Idle(for_s=600), {}, None),
    (
        LoadBelow(percent=50),
        {"load": 0.5},
        Why(Reason.LOAD_HIGH, {"percent": 50, "now_percent": 50}),
    ),
    (LoadBelow(percent=50), {"load": 0.49}, None),
    (LoadBelow(percent=50), {}, None),
    (Present(path="/x"), {"is_present": False}, Why(Reason.NOT_PRESENT, {"path": "/x"})),
    (Present(path="/x"), {"is_present": True}, None),
    (
        FreeSpace(path="/x", megabytes=5),
        {"free_bytes": 4_999_999},
        Why(Reason.NO_SPACE, {"path": "/x", "megabytes": 5, "now_megabytes": 4}),
    ),
    (FreeSpace(path="/x", megabytes=5), {"free_bytes": 5_000_000}, None),
    (
        FreeSpace(path="/x", megabytes=5),
        {},
        Why(Reason.NO_SPACE, {"path": "/x", "megabytes": 5}),
    ),
    (
        ProcessRuns(name="vlc"),
        {"is_running": False},
        Why(Reason.PROCESS_AWAY, {"name": "vlc"}),
    ),
    (ProcessRuns(name="vlc"), {"is_running": True}, None),
    (
        ProcessRuns(name="vlc", is_wanted=False),
        {"is_running": True},
        Why(Reason.PROCESS_THERE, {"name": "vlc"}),
    ),
    (ProcessRuns(name="vlc", is_wanted=False), {"is_running": False}, None),
    (Undisturbed(), {"is_presenting": True}, Why(Reason.PRESENTING)),
    (Undisturbed(), {}, None),
    (
        Check(command="test"),
        {"check": 127},
        Why(Reason.CHECK_FAILED, {"command": "test", "exit_code": 127}),
    ),
    (
        Check(command="test", timeout_s=5),
        {},
        Why(Reason.CHECK_TOO_LONG, {"command": "test", "timeout_s": 5}),
    ),
    (
        Check(command="test"),
        {"check": Why(Reason.DIRECTORY_MISSING, {"path": "/x"})},
        Why(Reason.DIRECTORY_MISSING, {"path": "/x"}),
    ),
    (Check(command="test"), {"check": 0}, None),
]


def test_a_condition_holds_by_what_the_machine_answers() -> None:
    """What is not met says what was measured; what cannot be known counts as met."""
    for condition, answers, why in ANSWERED:
        situation = Situation(Answers(**answers), NOW, None)
        assert condition.unmet(situation) == why, (condition, answers)


@pytest.mark.parametrize(
    ("condition", "question", "holds"),
    [
        (OnMains(), "on_mains", True),
        (BatteryAbove(percent=20), "battery_percent", 21.0),
        (Online(), "is_online", True),
        (Idle(for_s=60), "idle_s", 60.0),
        (LoadBelow(percent=50), "load", 0.1),
        (Undisturbed(), "is_presenting", False),
    ],
)
def test_what_cannot_be_known_is_told_from_what_holds(
    condition: Condition, question: str, holds: object
) -> None:
    """A machine that does not know leaves open whether a condition holds."""
    assert condition.look(Situation(Answers(), NOW, None)) is Holds.UNKNOWN
    assert condition.look(Situation(Answers(**{question: holds}), NOW, None)) is Holds.KNOWN


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (None, None),
        (LATELY, Why(Reason.SUCCEEDED_LATELY, {"than_s": 601, "at": LATELY.isoformat()})),
        (NOW - timedelta(seconds=601), None),
        (NOW + timedelta(hours=1), None),
    ],
)
def test_the_last_success_is_held_against_its_age(last: datetime | None, why: Why | None) -> None:
    """A success is late enough, or there was none; one of the future is from a wrong clock."""
    assert SuccessOlder(than_s=601).unmet(Situation(Answers(), NOW, last)) == why


def test_the_first_condition_that_does_not_hold_is_the_reason() -> None:
    """Conditions are asked in their order, and no further than to the first that does not hold."""
    rule = Conditions(all=(Online(), Present(path="/a"), Present(path="/b")))
    away = Situation(Answers(is_online=True, is_present=False), NOW, None)
    assert rule.unmet(away) == Why(Reason.NOT_PRESENT, {"path": "/a"})
    assert Conditions().unmet(away) is None
