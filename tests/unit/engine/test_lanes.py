"""Lanes: which runs the queue lets start side by side."""

from __future__ import annotations

import sys

import pytest

from deskcron.domain.run import Cause, RunId
from deskcron.engine.queue import RunQueue
from deskcron.engine.ready import Ready

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /bin/sh")


class Jobs:
    """Runs of jobs by name, priority and lane, with or without a process."""

    def __init__(self, rig) -> None:
        self.rig, self.numbers = rig, iter(range(1, 100))

    def run(self, words: str) -> Ready:
        """Return a run: its name, its lane or -, its priority, "light" for a reminder."""
        name, lane, priority, *kind = words.split()
        action = {"kind": "reminder"} if kind else self.rig.shell("true")
        policy = {"priority": priority, "lane": lane.strip("-")}
        job = self.rig.jobs.add({"name": name, "action": action, "policy": policy}).job.id
        present = self.rig.definitions.present(self.rig.job(job))
        return Ready(RunId(next(self.numbers)), present, Cause.MANUAL, None)


@pytest.mark.parametrize(
    ("limits", "going", "queued", "taken", "aside"),
    [
        ({}, "", "a - normal, b - normal", "a b", ""),
        ({}, "", "a - low, b - high", "b a", ""),
        ({}, "", "a disk normal, b disk normal, c - low", "a c", "b"),
        ({"disk": 2}, "", "a disk normal, b disk normal, c disk high", "c a", "b"),
        ({}, "", "a disk normal, b net normal", "a b", ""),
        ({}, "x disk normal", "a disk high, b - low", "b", "a"),
        ({}, "x disk normal", "a disk high light", "a", ""),
        ({"disk": 1}, "x disk normal, y disk normal", "a disk high", "", "a"),
        ({"net": 5}, "", "a disk normal, b disk normal", "a", "b"),
    ],
)
def test_what_may_start(rig, limits, going, queued, taken, aside) -> None:
    """The order is that of priority; a full lane holds back its own runs and no others."""
    jobs, told = Jobs(rig), []
    queue = RunQueue(lambda ready: told.append(ready.job.name))
    queue.bound(limits)
    for words in filter(None, going.split(", ")):
        queue.enter(jobs.run(words))
    for words in queued.split(", "):
        queue.put(jobs.run(words))
    found = []
    while (ready := queue.take(has_room=True)) is not None:
        found.append(ready.job.name)
    assert found == taken.split()
    assert told == aside.split()


def test_a_place_that_becomes_free_goes_to_the_first_of_its_lane(rig) -> None:
    """Priority counts among those that stand aside, too; one place lets one run start."""
    jobs, queue = Jobs(rig), RunQueue(lambda _ready: None)
    going = jobs.run("x disk normal")
    queue.enter(going)
    for words in ("a disk low", "b disk high", "c disk normal"):
        queue.put(jobs.run(words))
    assert queue.take(has_room=True) is None
    queue.leave(going)
    assert queue.take(has_room=True).job.name == "b"
    assert queue.take(has_room=True) is None


def test_more_room_in_a_lane_counts_at_once(rig) -> None:
    """When a person gives a lane more room, those that stand aside start."""
    jobs, queue = Jobs(rig), RunQueue(lambda _ready: None)
    for name in "abc":
        queue.put(jobs.run(f"{name} disk normal"))
    assert queue.take(has_room=True).job.name == "a"
    assert queue.take(has_room=True) is None
    queue.bound({"disk": 2})
    assert queue.take(has_room=True).job.name == "b"
    assert queue.take(has_room=True) is None


def test_without_room_only_what_starts_nothing_is_taken(rig) -> None:
    """A reminder needs no room."""
    jobs, queue = Jobs(rig), RunQueue(lambda _ready: None)
    queue.put(jobs.run("a - high"))
    queue.put(jobs.run("b - low light"))
    assert queue.take(has_room=False).job.name == "b"
    assert queue.take(has_room=False) is None


def test_who_stands_for_room_alone_is_told_once(rig) -> None:
    """Of those that find no room each is named once; who comes back from a full lane is, too."""
    jobs, queue = Jobs(rig), RunQueue(lambda _ready: None)
    for words in ("a disk normal", "b disk normal", "c - low", "d - low light"):
        queue.put(jobs.run(words))
    taken = [queue.take(has_room=True) for _ in range(4)]
    assert [ready.job.name for ready in taken if ready] == ["d", "a", "c"]
    for words in ("e - normal", "f - normal"):
        queue.put(jobs.run(words))
    assert queue.take(has_room=False) is None
    assert [ready.job.name for ready in queue.crowded()] == ["e", "f"]
    assert queue.crowded() == []
    queue.leave(taken[1])
    assert [ready.job.name for ready in queue.crowded()] == ["b"]


def test_who_stands_for_room_again_is_told_once(rig) -> None:
    """A run that was aside meanwhile is named once; one that was taken out is not named at all."""
    jobs, queue = Jobs(rig), RunQueue(lambda _ready: None)
    going, gone = jobs.run("x disk normal"), jobs.run("c - normal")
    queue.enter(going)
    queue.put(jobs.run("a disk normal"))
    assert queue.take(has_room=True) is None
    queue.put(gone)
    queue.leave(going)
    assert queue.take_out(gone.run_id) is gone
    assert [ready.job.name for ready in queue.crowded()] == ["a"]
