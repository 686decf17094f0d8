"""A start beside a window that begins, ends, or is stuck."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskcron.domain.errors import RequestFailed
from deskcron.domain.opening import Opening
from deskcron.gui.life.instance import Reached
from deskcron.gui.life.start import LISTEN_S, start
from deskcron.system.paths import Paths

STEP_S = 0.5


class Clock:
    """A clock that goes on by half a second each time it is looked at."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def monotonic(self) -> float:
        self.now_s += STEP_S
        return self.now_s


class Lock:
    """The right to be the window, which another process gives up after a while."""

    def __init__(self, clock: Clock, free_at_s: float) -> None:
        self._clock = clock
        self._free_at_s = free_at_s

    def acquire(self, _role: str) -> bool:
        return self._clock.now_s >= self._free_at_s

    def release(self) -> None:
        """Give it up."""

    def holder(self) -> None:
        """Nothing is known of the other process."""


class Host:
    """A data directory whose window does not listen."""

    def __init__(self, home: Path, free_at_s: float) -> None:
        self._home = home
        self._clock = Clock()
        self._lock = Lock(self._clock, free_at_s)

    def paths(self) -> Paths:
        return Paths.below(self._home)

    def clock(self) -> Clock:
        return self._clock

    def window_lock(self) -> Lock:
        return self._lock


@pytest.mark.parametrize(
    ("free_at_s", "words"), [(LISTEN_S - 1, "is not running"), (LISTEN_S + 1, "does not answer")]
)
def test_a_window_that_begins_or_ends_is_waited_for(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_at_s: float, words: str
) -> None:
    """Who does not listen yet, or any more, is waited for; after a while it is taken for stuck."""
    monkeypatch.setattr("deskcron.gui.life.start._LOOK_S", 0.0)
    with pytest.raises(RequestFailed, match=words):
        start(Host(tmp_path / "home", free_at_s), Opening.SHOW)


def test_who_may_not_quit_the_window_is_told_why(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a form keeps the window open, the start that was to quit it fails in words."""
    monkeypatch.setattr("deskcron.gui.life.start.reach", lambda *_call: Reached.REFUSED)
    with pytest.raises(RequestFailed, match="not quit: a form has changes"):
        start(Host(tmp_path / "home", LISTEN_S), Opening.QUIT)
