"""Files that really change, as they are told of."""

from __future__ import annotations

import os
import shutil
import threading
from errno import ENOSPC
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from deskcron.domain.happening import EventKind, Happening, Watched
from deskcron.system.events.files import WatchedFiles
from deskcron.system.events.listening import Listening

DEADLINE_S = 20
SETTLE_S = 0.05


class Told:
    """What was told, and a file whose change comes after all that was to be told before."""

    def __init__(self, tmp_path: Path) -> None:
        self.happenings: SimpleQueue[Happening] = SimpleQueue()
        self._mark = tmp_path / "mark"
        self.mark = Watched(str(self._mark), settle_s=SETTLE_S * 3)

    def one(self) -> Happening:
        """Wait for a happening."""
        return self.happenings.get(timeout=DEADLINE_S)

    def paths(self, count: int = 1) -> list[str]:
        """Wait for so many happenings; return their paths and any others', in alphabetical order.

        What is to come is waited for before the mark is made: each folder is listened to by a
        thread of its own, and the first half of a move waits up to 0.5 s for the second.
        """
        paths = [self.one().args["path"] for _ in range(count)]
        self._mark.write_text("now")
        while (happening := self.one()).watched != self.mark:
            paths.append(happening.args["path"])
        return sorted(paths)


@pytest.fixture
def told(tmp_path) -> Told:
    """Return where happenings arrive."""
    return Told(tmp_path)


@pytest.fixture
def files(told, tmp_path):
    """Return the source, which seldom looks again by itself."""
    files = WatchedFiles([tmp_path / "own"], look_s=3600)
    files.start(told.happenings.put)
    yield files
    files.close()


@pytest.fixture
def folder(tmp_path) -> Path:
    """Return a folder to watch."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def want(path: Path, pattern: str = "", *, is_recursive: bool = False) -> Watched:
    """Return what is watched, with a short rest."""
    return Watched(str(path), pattern, is_recursive, SETTLE_S)


def test_a_change_says_who_wanted_it(files, told, folder) -> None:
    """A new file in a watched folder is told with its path and what was wanted."""
    wanted = want(folder)
    assert files.watch([wanted]) == {}
    (folder / "a.txt").write_text("hello")
    path = str(folder / "a.txt")
    assert told.one() == Happening(EventKind.FILE_CHANGED, {"path": path}, wanted)


def test_many_writes_are_one_change(files, told, folder) -> None:
    """A file that is written to again and again is told once, when it has come to rest."""
    files.watch([want(folder), told.mark])
    with (folder / "film").open("wb", buffering=0) as film:
        for _ in range(200):
            film.write(b"x")
    assert told.paths() == [str(folder / "film")]


def test_new_written_moved_and_removed(files, told, folder) -> None:
    """All of these are changes; a file that was only read has not changed."""
    for name in ("old", "written", "removed", "read"):
        (folder / name).write_text("before")
    files.watch([want(folder), told.mark])
    (folder / "old").rename(folder / "moved")
    (folder / "written").write_text("after")
    (folder / "removed").unlink()
    (folder / "read").read_text()
    expected = [str(folder / name) for name in ("moved", "old", "removed", "written")]
    assert told.paths(4) == expected


def test_what_came_and_went_is_not_told(files, told, folder) -> None:
    """Files that editors and browsers use for a moment have not changed anything."""
    files.watch([want(folder), told.mark])
    (folder / "photo.part").write_text("…")
    (folder / "photo.part").rename(folder / "photo.jpg")
    assert told.paths() == [str(folder / "photo.jpg")]


def test_only_what_fits_the_pattern(files, told, folder) -> None:
    """Names that do not fit are left out, and so are folders within, unless wanted."""
    deep = folder / "deep"
    deep.mkdir()
    flat, whole = want(folder, "*.jpg"), want(folder, "*.png", is_recursive=True)
    files.watch([flat, whole, told.mark])
    for name in ("a.jpg", "a.png", "a.txt", "deep/b.jpg", "deep/b.png"):
        (folder / name).write_text("x")
    assert told.paths(3) == [str(folder / name) for name in ("a.jpg", "a.png", "deep/b.png")]


def test_a_single_file(files, told, folder) -> None:
    """One file is watched also when it is replaced, and before it is there; others do not count."""
    one = folder / "one.ini"
    files.watch([want(one), told.mark])
    one.write_text("first")
    (folder / "other.ini").write_text("x")
    assert told.paths() == [str(one)]
    (folder / "one.ini~").write_text("second")
    (folder / "one.ini~").replace(one)
    assert told.paths() == [str(one)]


def test_a_file_through_a_link(files, told, folder, tmp_path) -> None:
    """The path is told as the person wrote it, and the change is that of the file itself."""
    (folder / "real").write_text("x")
    link = tmp_path / "link"
    link.symlink_to(folder, target_is_directory=True)
    files.watch([want(link), told.mark])
    (folder / "real").write_text("y")
    assert told.paths() == [str(link / "real")]


def test_overlapping_folders_do_not_disturb_each_other(files, told, folder) -> None:
    """A folder within a watched one goes on when either is no longer wanted."""
    inner = folder / "inner"
    inner.mkdir()
    outer_wanted, inner_wanted = want(folder, is_recursive=True), want(inner)
    files.watch([outer_wanted, inner_wanted, told.mark])
    (inner / "a").write_text("x")
    assert told.paths(2) == [str(inner / "a")] * 2
    files.watch([inner_wanted, told.mark])
    (inner / "a").write_text("y")
    assert told.paths() == [str(inner / "a")]
    files.watch([outer_wanted, inner_wanted, told.mark])
    files.watch([outer_wanted, told.mark])
    (inner / "a").write_text("z")
    assert told.paths() == [str(inner / "a")]


def test_a_folder_that_comes_later(files, told, tmp_path) -> None:
    """A folder that appears beside others is watched at once, with what is in it by then."""
    later = tmp_path / "later"
    files.watch([want(later, "*.txt"), told.mark])
    later.mkdir()
    (later / "a.txt").write_text("x")
    assert told.one().args["path"] == str(later / "a.txt")
    (later / "b.txt").write_text("x")
    assert told.one().args["path"] == str(later / "b.txt")


def test_a_folder_that_is_made_anew(files, told, folder) -> None:
    """A folder that is removed and made again is watched as before."""
    files.watch([want(folder, "*.txt")])
    (folder / "a.txt").write_text("x")
    assert told.one().args["path"] == str(folder / "a.txt")
    shutil.rmtree(folder)
    assert told.one().args["path"] == str(folder / "a.txt")
    folder.mkdir()
    (folder / "b.txt").write_text("x")
    while told.one().args["path"] != str(folder / "b.txt"):
        continue


def test_a_place_whose_folder_is_missing(told, tmp_path) -> None:
    """What lies deeper than any folder yet is found by looking again."""
    files = WatchedFiles([], look_s=0.02)
    files.start(told.happenings.put)
    place = tmp_path / "no" / "such" / "place"
    assert files.watch([want(place)]) == {}
    place.mkdir(parents=True)
    number = 0
    while True:
        number += 1
        (place / f"{number}").write_text("x")
        try:
            assert told.happenings.get(timeout=0.2).watched == want(place)
        except Empty:
            assert number < 100
            continue
        break
    files.close()


def test_own_writes_are_not_told(files, told, tmp_path) -> None:
    """What deskcron writes into its own folders is no change, whoever watches around it."""
    own = tmp_path / "own" / "logs"
    own.mkdir(parents=True)
    files.watch([want(tmp_path, "*.log", is_recursive=True), told.mark])
    (own / "1.log").write_text("x")
    (tmp_path / "2.log").write_text("x")
    assert told.paths() == [str(tmp_path / "2.log")]


def test_what_is_no_longer_wanted_is_not_told(files, told, folder) -> None:
    """A change that had been heard but had not settled is forgotten with its watcher."""
    patient, hasty = Watched(str(folder), settle_s=SETTLE_S * 6), want(folder)
    files.watch([patient, hasty, told.mark])
    (folder / "a").write_text("x")
    assert told.one().watched == hasty
    files.watch([told.mark])
    for _ in range(3):  # longer than the patient one would have waited
        assert told.paths(0) == []


def test_a_file_is_not_complete_before_it_is_closed(files, told, folder) -> None:
    """The end of a long pause between two writes is told again, as is the closing."""
    files.watch([want(folder)])
    with (folder / "film").open("wb", buffering=0) as film:
        film.write(b"x")
        assert told.one().args["path"] == str(folder / "film")
    assert told.one().args["path"] == str(folder / "film")


def test_a_folder_that_the_system_refuses(files, folder, monkeypatch) -> None:
    """Where the system watches no more files, the words say so, and nothing is raised."""

    def refuse(listening, spot):
        raise OSError(ENOSPC, os.strerror(ENOSPC))

    monkeypatch.setattr(Listening, "_listen", refuse)
    obstacles = files.watch([want(folder)])
    assert "max_user_watches" in obstacles[want(folder)]
    assert str(folder) in obstacles[want(folder)]


def test_a_listener_that_fails_ends_nothing(folder, expected_logs) -> None:
    """A fault of the listener is logged, and the next change is told."""
    told: SimpleQueue[str] = SimpleQueue()

    def happened(happening: Happening) -> None:
        told.put(happening.args["path"])
        raise ValueError(happening)

    files = WatchedFiles([])
    files.start(happened)
    files.watch([want(folder)])
    for name in ("a", "b"):
        (folder / name).write_text("x")
        assert told.get(timeout=DEADLINE_S) == str(folder / name)
    files.close()
    assert len(expected_logs) == 2


def test_no_thread_is_left(files, folder) -> None:
    """Nothing runs before something is watched, and nothing after the end."""
    before = set(threading.enumerate())
    files.watch([])
    assert set(threading.enumerate()) == before
    files.watch([want(folder)])
    assert set(threading.enumerate()) > before
    files.close()
    files.close()
    assert files.watch([want(folder)]) == {}
    assert set(threading.enumerate()) == before
