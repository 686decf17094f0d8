"""What every way to start at login does, whatever the system; the registry alone is a fake."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from deskcron.domain.errors import RequestFailed
from deskcron.domain.ports import Autostart
from deskcron.system.autostart.macos import LaunchAgent
from deskcron.system.autostart.program import Program
from deskcron.system.autostart.systemd import UNIT, UserUnit
from deskcron.system.autostart.windows import RunKey
from deskcron.system.autostart.xdg import DesktopEntry


class Registry:
    """A registry in memory; it refuses while a file stands in its place."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._values: dict[tuple[str, str], str] = {}

    def get(self, key: str, name: str) -> str | None:
        self._check()
        return self._values.get((key, name))

    def set(self, key: str, name: str, value: str) -> None:
        self._check()
        self._values[key, name] = value

    def delete(self, key: str, name: str) -> None:
        self._check()
        self._values.pop((key, name), None)

    def _check(self) -> None:
        if self._place.is_file():
            raise PermissionError(5, "Access is denied")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Return a program that is there, in a directory with an odd name."""
    path = tmp_path / "new 100%" / "deskcron"
    path.parent.mkdir()
    path.touch()
    path.chmod(stat.S_IRWXU)
    return Program((str(path), "--hidden"))


@pytest.fixture(params=["desktop entry", "user unit", "run key", "launch agent"])
def make(request: pytest.FixtureRequest, tmp_path: Path):
    """Return how to make an Autostart of each kind for a program, over the same system."""
    place = tmp_path / "config"
    registry = Registry(place)

    def systemctl(words):
        wanted = place / "systemd" / "user" / "default.target.wants" / UNIT
        if "enable" in words:
            wanted.parent.mkdir(exist_ok=True)
            wanted.unlink(missing_ok=True)
            wanted.symlink_to(place / "systemd" / "user" / UNIT)
        return ""

    def made(program: Program) -> Autostart:
        return {
            "desktop entry": lambda: DesktopEntry(place, program),
            "user unit": lambda: UserUnit(place, program, systemctl),
            "run key": lambda: RunKey(registry, "deskcron", program),
            "launch agent": lambda: LaunchAgent(place, "org.deskcron.Deskcron", program),
        }[request.param]()

    return made


def test_it_is_off_until_switched_on(make, program: Program) -> None:
    """Off at first, on when switched on, off when switched off; twice is as once."""
    autostart = make(program)
    assert not autostart.state().is_on
    autostart.disable()
    for _twice in range(2):
        autostart.enable()
        state = autostart.state()
        assert (state.is_on, state.is_stale, state.remark) == (True, False, "")
        assert "deskcron" in state.starts
        assert state.place
    for _twice in range(2):
        autostart.disable()
        assert not autostart.state().is_on


def test_a_moved_program_is_reported_and_repaired(make, program: Program, tmp_path: Path) -> None:
    """An entry whose program is gone is stale until it is switched on by the one that is there."""
    gone = Program((str(tmp_path / "old" / "deskcron"), "--hidden"))
    make(gone).enable()
    state = make(program).state()
    assert (state.is_on, state.is_stale) == (True, True)
    assert gone.path in state.remark
    make(program).enable()
    assert make(program).state().remark == ""


def test_another_program_is_remarked_on_and_left_alone(make, program: Program, tmp_path) -> None:
    """An entry of another deskcron that is there counts as on, with a remark."""
    other = tmp_path / "other"
    other.touch()
    other.chmod(stat.S_IRWXU)
    make(Program((str(other), "--hidden"))).enable()
    state = make(program).state()
    assert (state.is_on, state.is_stale) == (True, False)
    assert "another" in state.remark


@pytest.mark.parametrize("act", ["enable", "state", "disable"])
def test_a_place_that_cannot_be_used_is_told_in_words(make, program, tmp_path, act: str) -> None:
    """What stands in the way is an error in words, never an OSError."""
    autostart = make(program)
    (tmp_path / "config").write_text("a file where a directory should be")
    with pytest.raises(RequestFailed, match="start at login"):
        getattr(autostart, act)()
