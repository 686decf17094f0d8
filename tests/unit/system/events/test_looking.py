"""Looks at changing answers, after hints of sockets and at the end of the time."""

from __future__ import annotations

import socket
import threading
from queue import SimpleQueue

import pytest

from deskcron.domain.happening import EventKind, Happening
from deskcron.system.events import looking
from deskcron.system.events.edge import Edge
from deskcron.system.events.looking import LookingEvents
from deskcron.system.events.netlink import Feed

DEADLINE_S = 20
POWER = {True: EventKind.PLUGGED_IN, False: EventKind.UNPLUGGED}


class Answer:
    """An answer that the test sets, and a count of how often it was asked for."""

    def __init__(self) -> None:
        self.value: bool | None = None
        self.asked: SimpleQueue[None] = SimpleQueue()

    def __call__(self) -> bool | None:
        """Return the answer."""
        self.asked.put(None)
        return self.value


@pytest.fixture
def feed():
    """Return a feed for which "!" is a hint, and where to write to it."""
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    yield Feed(reader, lambda said: b"!" in said), writer
    reader.close()
    writer.close()


def test_only_a_change_happens() -> None:
    """The first answer, the same again, and one that is not known are no change."""
    answers = iter([None, True, True, None, True, False, None, True])
    edge = Edge(lambda: next(answers), POWER)
    told = [[happening.kind for happening in edge.look()] for _ in range(8)]
    assert told == [[], [], [], [], [], [EventKind.UNPLUGGED], [], [EventKind.PLUGGED_IN]]


def test_a_change_that_nobody_named_does_not_happen() -> None:
    """The end of a network is no happening, but its return is."""
    answers = iter([True, False, True])
    edge = Edge(lambda: next(answers), {True: EventKind.NETWORK_UP})
    assert [list(edge.look()) for _ in range(3)] == [[], [], [Happening(EventKind.NETWORK_UP)]]


def test_a_hint_leads_to_a_look(feed) -> None:
    """It is looked after a hint of a feed, and not after what is none."""
    hints, writer = feed
    answer, told = Answer(), SimpleQueue()
    answer.value = False
    source = LookingEvents([Edge(answer, POWER)], lambda: [hints], gather_s=0.0)
    source.start(told.put)
    answer.asked.get(timeout=DEADLINE_S)
    answer.value = True
    writer.send(b"nothing of interest")
    writer.send(b"!")
    assert told.get(timeout=DEADLINE_S) == Happening(EventKind.PLUGGED_IN)
    source.close()
    assert answer.asked.qsize() == 1
    assert hints.socket.fileno() == -1


def test_without_feeds_it_is_looked_now_and_then(monkeypatch) -> None:
    """Where nothing hints, time does."""
    monkeypatch.setattr(looking, "EVERY_S", 0.01)
    answer = Answer()
    source = LookingEvents([Edge(answer, POWER)], gather_s=0.0)
    source.start(print)
    for _ in range(3):
        answer.asked.get(timeout=DEADLINE_S)
    source.close()


def test_a_listener_that_fails_ends_nothing(feed, expected_logs) -> None:
    """A fault of the listener is logged, and the next change is told."""
    hints, writer = feed
    answer, told = Answer(), SimpleQueue()
    answer.value = False

    def happened(happening: Happening) -> None:
        told.put(happening.kind)
        raise ValueError(happening)

    source = LookingEvents([Edge(answer, POWER)], lambda: [hints], gather_s=0.0)
    source.start(happened)
    answer.asked.get(timeout=DEADLINE_S)
    for value, kind in ((True, EventKind.PLUGGED_IN), (False, EventKind.UNPLUGGED)):
        answer.value = value
        writer.send(b"!")
        assert told.get(timeout=DEADLINE_S) is kind
    source.close()
    assert len(expected_logs) == 2


def test_the_end(feed) -> None:
    """After close(), before a start as well, no thread is left and nothing is told."""
    LookingEvents([]).close()
    hints, _writer = feed
    source = LookingEvents([], lambda: [hints])
    source.start(print)
    source.close()
    source.close()
    assert "deskcron-looks" not in {thread.name for thread in threading.enumerate()}
