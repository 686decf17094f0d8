"""Who asks what is being asked already, of a disk or the keyring, waits for the same answer."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import keyring
import pytest
from memoryring import MemoryRing

from deskcron.system.bounded import BoundedQuestions
from deskcron.system.oskeyring import SERVICE, OsKeyring

DEADLINE_S = 20


@pytest.fixture
def askers() -> Iterator[ThreadPoolExecutor]:
    """Return threads that ask."""
    with ThreadPoolExecutor(4, "asker") as pool:
        yield pool


@pytest.fixture
def ring(askers) -> Iterator[MemoryRing]:
    """Return the keyring of the session; it asks the person to unlock it."""
    before = keyring.get_keyring()
    found = MemoryRing()
    found.open.clear()
    keyring.set_keyring(found)
    yield found
    found.open.set()
    keyring.set_keyring(before)


def _answers(*asked: Future) -> list[object]:
    return [future.result(DEADLINE_S) for future in asked]


def test_an_open_question_answers_all_who_ask_it(askers) -> None:
    """The second gets what the first gets, however long that takes; nothing is asked twice."""
    asked, may_answer = Event(), Event()

    def question() -> int:
        asked.set()
        assert may_answer.wait(DEADLINE_S)
        return 7

    def ask_again() -> int | None:
        askers.submit(may_answer.set)
        return questions.ask("disk", lambda: 7)

    questions = BoundedQuestions(DEADLINE_S)
    first = askers.submit(questions.ask, "disk", question)
    assert asked.wait(DEADLINE_S)
    assert _answers(askers.submit(ask_again), first) == [7, 7]


def test_jobs_that_are_due_together_get_the_same_secret(askers, ring) -> None:
    """The second does not fail while the first waits for the keyring to be unlocked."""
    ring.kept[SERVICE, "A"] = "1"
    keeper = OsKeyring(DEADLINE_S)
    first = askers.submit(keeper.get, "A")
    assert ring.asked.wait(DEADLINE_S)
    others = [askers.submit(keeper.get, "A") for _ in range(2)]
    askers.submit(ring.open.set)
    assert _answers(first, *others) == ["1", "1", "1"]


def test_a_secret_is_kept_while_a_job_waits_for_it(askers, ring) -> None:
    """Keeping and forgetting are done, not taken for the question that is open."""
    keeper = OsKeyring(DEADLINE_S)
    waits = askers.submit(keeper.get, "A")
    assert ring.asked.wait(DEADLINE_S)
    keeper.set("A", "1")
    assert ring.kept == {(SERVICE, "A"): "1"}
    ring.open.set()
    assert _answers(waits) == ["1"]


def test_who_looks_while_the_keyring_is_loaded_is_not_told_that_it_is_closed(
    askers, ring, monkeypatch
) -> None:
    """The first look loads the library, which takes a moment; the second waits for it."""
    begun, may_load = Event(), Event()

    def load() -> MemoryRing:
        begun.set()
        assert may_load.wait(DEADLINE_S)
        return ring

    monkeypatch.setattr(keyring, "get_keyring", load)
    keeper = OsKeyring(DEADLINE_S)
    first = askers.submit(keeper.obstacle)
    assert begun.wait(DEADLINE_S)
    second = askers.submit(keeper.obstacle)
    askers.submit(may_load.set)
    assert _answers(first, second) == ["", ""]
