"""Signals that came to one process alone are passed on, those to its whole tree are not."""

from __future__ import annotations

import os
import signal

import pytest

from deskcron.system.processes.lonesignals import FOLLOWS_S, LoneSignals

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX signals")


@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"])
def test_what_nothing_follows_is_passed_on(name) -> None:
    """It was for this process alone, and is passed on once."""
    number, lone = getattr(signal, name), LoneSignals()
    assert lone.wait_s(5.0) is None
    lone.hear([number], 5.0)
    lone.hear([number], 5.5)
    assert (lone.due(5.0), lone.wait_s(5.0)) == ([], FOLLOWS_S)
    assert lone.due(5.0 + FOLLOWS_S) == [number]
    assert (lone.due(100.0), lone.wait_s(100.0)) == ([], None)


@pytest.mark.parametrize(
    "cut", [[[signal.SIGTERM, signal.SIGCONT]], [[signal.SIGTERM], [signal.SIGCONT]]]
)
def test_who_asks_a_whole_tree_to_end_lets_cont_follow(cut) -> None:
    """The rest of the tree has heard it and is not to hear it twice."""
    lone = LoneSignals()
    for numbers in cut:
        lone.hear(numbers, 5.0)
    assert (lone.due(100.0), lone.wait_s(5.0)) == ([], None)


def test_what_programs_give_a_meaning_is_passed_on_at_once() -> None:
    """Nobody sends USR1 and USR2 to a whole tree."""
    lone = LoneSignals()
    lone.hear([signal.SIGUSR1, signal.SIGUSR2, signal.SIGCONT], 5.0)
    assert lone.wait_s(5.0) == 0.0
    assert lone.due(5.0) == [signal.SIGUSR1, signal.SIGUSR2]


def test_the_end_of_a_child_is_not_passed_on() -> None:
    """It only wakes the process up."""
    lone = LoneSignals()
    lone.hear([signal.SIGCHLD], 5.0)
    assert (lone.due(100.0), lone.wait_s(5.0)) == ([], None)
