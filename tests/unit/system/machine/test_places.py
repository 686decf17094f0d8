"""Files, folders and disks by their path, and questions that are never answered."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from deskcron.system.bounded import BoundedQuestions
from deskcron.system.machine.places import free_bytes, is_present

DEADLINE_S = 20


def test_what_is_there_is_present(tmp_path) -> None:
    """Files and folders are present, also by ~; what is missing or impossible is not."""
    (tmp_path / "file").touch()
    assert is_present(str(tmp_path))
    assert is_present(str(tmp_path / "file"))
    assert is_present("~") is Path.home().exists()
    assert not is_present(str(tmp_path / "other"))
    assert not is_present("\0")


def test_an_empty_place_for_a_disk_is_not_present(tmp_path) -> None:
    """A folder where the system would mount a disk counts only when one is mounted there."""
    place = tmp_path / "my disk"
    place.mkdir()
    fstab = tmp_path / "fstab"
    escaped = str(place).replace(" ", "\\040")
    fstab.write_text(f"# /dev/sda {tmp_path}\n/dev/sdb1 {escaped}/ ext4 noauto 0 2\nbroken\n")
    assert is_present(str(place), tmp_path / "none")
    assert not is_present(str(place), fstab)
    assert is_present(str(tmp_path), fstab)


def test_a_mounted_place_is_present(tmp_path) -> None:
    """The root of all files is in every such list, and mounted."""
    fstab = tmp_path / "fstab"
    fstab.write_text("/dev/sda1 / ext4 defaults 0 1\n")
    assert is_present("/", fstab)


def test_free_space(tmp_path) -> None:
    """Free space is what a person may write, and unknown where there is nothing."""
    disk = os.statvfs(tmp_path)
    expected = disk.f_bavail * disk.f_frsize
    free = free_bytes(str(tmp_path))
    assert free is not None
    assert abs(free - expected) < 1 << 30
    assert free_bytes(str(tmp_path / "none")) is None


def test_a_question_that_is_not_answered() -> None:
    """Whoever asks it gets None in time; meanwhile it is not asked again, and later it is."""
    answer = threading.Event()
    asked: list[int] = []

    def question() -> int:
        asked.append(1)
        assert answer.wait(DEADLINE_S)
        return 7

    questions = BoundedQuestions(limit_s=0.01)
    assert questions.ask("disk", question) is None
    assert questions.ask("disk", question) is None
    assert questions.ask("other", lambda: 3) == 3
    assert len(asked) == 1
    answer.set()
    for thread in threading.enumerate():
        if thread.name == "asks-disk":
            thread.join()
    answers = [questions.ask("disk", lambda: 4) for _ in range(100)]
    assert 4 in answers
