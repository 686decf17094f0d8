"""Nothing is ever lost, whatever the rules, whenever the process is killed; undo puts it back."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from deskcron.domain.tidying import Conflict

NAMES = ("a.txt", "b.jpg", "c.tar.gz", "noending", "A.txt")
PLACES = ("", "sub", "X", "sub/deep")
RULES = (
    "*.txt -> move X",
    "* -> move All/{type}/{year}",
    "* below sub -> move .",
    "*.jpg -> copy X/{month}",
    "* -> copy .",
    "* -> rename {name}-{counter}",
    "*.txt -> rename same.txt",
    "* -> rename {year}-{name}.{ext}",
    "* -> archive X/{type}",
    "*.txt larger 2 -> archive old.zip",
    "*.jpg -> trash",
    "* smaller 2 -> trash",
)
FILES = st.dictionaries(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(NAMES)).map("/".join),
    st.tuples(st.binary(max_size=4), st.integers(0, 3)),
    max_size=8,
)
CHOSEN = st.lists(st.sampled_from(RULES), min_size=1, max_size=4)
CONFLICTS = st.sampled_from(list(Conflict))
ONE_HOUSE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def furnish(house, files) -> None:
    """Begin with these files and nothing else."""
    shutil.rmtree(house.home)
    house.inbox.mkdir(parents=True)
    for name, (content, hours) in files.items():
        house.put(name.lstrip("/"), content, hours)


@ONE_HOUSE
@given(files=FILES, rules=CHOSEN, conflict=CONFLICTS)
@example(
    files={"/a.txt": (b"1", 0), "sub/a.txt": (b"2", 1)},
    rules=["* below sub -> move .", "*.txt -> move X"],
    conflict=Conflict.REPLACE_OLDER,
)
def test_nothing_is_lost_and_undo_restores(house, files, rules, conflict):
    """All bytes are somewhere after a run, and after its undo everything is as it was."""
    furnish(house, files)
    tree, folders, contents = house.tree(), house.folders(), house.contents()
    assert house.tidy(*rules, conflict=conflict, is_recursive=True) == 0
    assert not contents - house.contents()
    assert house.undo().left == []
    assert (house.tree(), house.folders()) == (tree, folders)
    assert not FileLeft.of(house)


@ONE_HOUSE
@given(files=FILES, rules=CHOSEN, conflict=CONFLICTS)
def test_a_rehearsal_changes_nothing_and_foretells(house, files, rules, conflict, capfd):
    """It lists, file for file, what the run then does."""
    furnish(house, files)
    tree = house.tree()
    house.tidy(*rules, conflict=conflict, is_recursive=True, rehearse=True)
    assert house.tree() == tree
    assert not house.journals.exists()
    foretold = _list(capfd.readouterr().out)
    house.tidy(*rules, conflict=conflict, is_recursive=True)
    assert _list(capfd.readouterr().out) == foretold


class Killed(BaseException):
    """The process ends here and runs nothing more."""


@ONE_HOUSE
@given(
    files=FILES,
    rules=CHOSEN,
    conflict=CONFLICTS,
    at=st.integers(1, 60),
    is_undo_killed=st.booleans(),
)
@example(
    files={"a.txt": (b"123", 0)},
    rules=["*.txt larger 2 -> archive old.zip"],
    conflict=Conflict.NUMBER,
    at=8,
    is_undo_killed=False,
)
def test_a_kill_at_any_call_loses_nothing(house, death, files, rules, conflict, at, is_undo_killed):
    """A run, or its undo, that ends between any two calls of the system is undone completely."""
    furnish(house, files)
    tree, contents = house.tree(), house.contents()
    death.meets(lambda: house.tidy(*rules, conflict=conflict, is_recursive=True), at)
    assert not contents - house.contents()
    if is_undo_killed:
        death.meets(house.undo, at)
        assert not contents - house.contents()
    house.undo()
    assert house.tree() == tree
    assert not FileLeft.of(house)


def test_a_real_kill_in_the_middle_is_undone(house):
    """A process that was killed while it moved files leaves all of them, and undo works."""
    for number in range(3000):
        house.put(f"{number}.txt", str(number).encode())
    tree = house.tree()
    plan = house.plan("*.txt -> move {type}/{counter}")
    code = f"from pathlib import Path; from deskcron.tidying.performer import perform; perform(Path({str(plan)!r}))"  # noqa: E501
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    lines = [child.stdout.readline() for _number in range(50)]
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert b"moved" in lines[-1]
    assert 49 <= len([name for name in house.tree() if "/" in name]) < 3000
    assert house.undo().left == []
    assert house.tree() == tree


def test_a_file_that_was_changed_since_is_kept(house):
    """Undo says which, and puts back the others."""
    house.put("a.txt", b"1")
    house.put("b.txt", b"2")
    house.tidy("*.txt -> move X")
    (house.inbox / "X/a.txt").write_bytes(b"changed")
    put_back = house.undo()
    assert [Path(path).name for path in put_back.back] == ["b.txt"]
    assert [(Path(path).name, why) for path, why in put_back.left] == [
        ("a.txt", "it was changed since")
    ]
    assert sorted(house.tree()) == ["X/a.txt", "b.txt"]


def test_a_place_that_is_taken_is_not_written_over(house):
    """The new file stays, and so does the moved one."""
    house.put("a.txt", b"1")
    house.tidy("*.txt -> move X")
    house.put("a.txt", b"new")
    assert "is taken" in house.undo().left[0].why
    assert house.tree()["a.txt"][0] == b"new"
    assert house.tree()["X/a.txt"][0] == b"1"


def test_the_only_copy_is_kept(house):
    """A copy whose original is gone is not removed."""
    house.put("a.txt", b"1")
    house.tidy("*.txt -> copy X")
    (house.inbox / "a.txt").unlink()
    assert "original" in house.undo().left[0].why
    assert "X/a.txt" in house.tree()


def test_an_emptied_trash_is_told(house):
    """What is no longer in the trash cannot come back."""
    house.put("a.txt", b"1")
    house.tidy("*.txt -> trash")
    shutil.rmtree(house.home / "share")
    assert "no longer in the trash" in house.undo().left[0].why


def test_across_devices_a_file_is_copied_compared_and_removed(house, tmp_path_factory):
    """A move to another device keeps content and date, and can be undone."""
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == house.inbox.stat().st_dev:
        pytest.skip("needs a second device")
    target = other / f"deskcron-test-{os.getpid()}"
    house.put("a.txt", b"1")
    tree = house.tree()
    try:
        house.tidy(f"*.txt -> move {target}")
        assert house.tree() == {}
        assert (target / "a.txt").read_bytes() == b"1"
        assert house.undo().left == []
        assert house.tree() == tree
        assert not target.exists()
    finally:
        shutil.rmtree(target, ignore_errors=True)


def test_the_journal_is_for_its_owner_only(house):
    """Names of files are nobody else's business."""
    house.put("a.txt")
    house.tidy("*.txt -> move X")
    (journal,) = house.journals.iterdir()
    assert journal.stat().st_mode & 0o777 == 0o600


class FileLeft:
    """Drafts that should not be left anywhere."""

    @staticmethod
    def of(house) -> list[Path]:
        return list(house.home.rglob(".deskcron-*"))


def _list(out: str) -> list[str]:
    """Return the lines of a list with the words of rehearsal and run made equal."""
    words = {"would move": "moved", "would copy": "copied", "would rename": "renamed",
             "would pack": "packed", "would trash": "trashed"}  # fmt: skip
    found = []
    for line in out.splitlines()[1:]:
        word, rest = line[:13].strip(), line[13:]
        if word in {*words, *words.values(), "left"}:
            found.append(words.get(word, word) + rest)
    return sorted(found)


class Death:
    """Ends a process, as it were: before its n-th change to the disk, and at each one after it."""

    def __init__(self) -> None:
        self._left = 0
        self._is_watching = False
        sys.addaudithook(self._watch)  # for good, so there is one for all tests

    def meets(self, action, at: int) -> None:
        """Run an action until it dies or ends."""
        self._left, self._is_watching = at, True
        with contextlib.suppress(Killed):
            action()
        self._is_watching = False

    def _watch(self, event: str, args: tuple) -> None:
        if not self._is_watching:
            return
        if event in {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.utime"} or (
            event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        ):
            self._left -= 1
            if self._left < 0:
                raise Killed


@pytest.fixture(scope="session")
def death() -> Death:
    """One for all tests."""
    return Death()
