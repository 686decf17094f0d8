"""What is seen of the folder in which everything is kept, and put right in it."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta

import pytest

from deskcron.domain.datafolder import Backup, Listener
from deskcron.system.datafolder import FileDataFolder
from deskcron.system.paths import Paths

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def paths(tmp_path) -> Paths:
    """Return the places of a data directory with an empty database."""
    paths = Paths.below(tmp_path / "deskcron")
    paths.prepare()
    paths.database.touch(mode=0o600)
    return paths


@pytest.fixture
def folder(paths) -> FileDataFolder:
    """Return the data directory."""
    return FileDataFolder(paths)


def test_backups_are_told_by_their_age(paths, folder) -> None:
    """The newest comes last, whatever it is called; what is no copy is left aside."""
    for name, hours in (("daily-2.db", 3), ("weekly-1.db", 1), ("daily-1.db", 2)):
        path = paths.backups / name
        path.touch()
        os.utime(path, (NOON.timestamp() - hours * 3600,) * 2)
    (paths.backups / "daily-3.db.part").touch()
    copies = folder.backups()
    assert [copy.path.name for copy in copies] == ["daily-2.db", "daily-1.db", "weekly-1.db"]
    assert copies[-1] == Backup(paths.backups / "weekly-1.db", NOON.replace(hour=11))


def test_the_oldest_copies_of_a_kind_go(paths, folder) -> None:
    """A new one is named by its time, so the oldest of its kind are known by their names."""
    made = [folder.new_backup("daily", NOON + timedelta(days=day)) for day in range(3)]
    other = folder.new_backup("weekly", NOON)
    for path in (*made, other):
        path.touch()
    assert made[0] == paths.backups / "daily-20260701-120000.db"
    folder.drop_backups("daily", 2)
    assert {copy.path for copy in folder.backups()} == {*made[1:], other}


def test_what_was_never_finished_goes(paths, folder) -> None:
    """Copies that are whole stay."""
    whole = folder.new_backup("daily", NOON)
    for path in (whole, whole.with_suffix(".db.part")):
        path.touch()
    folder.drop_drafts()
    assert list(paths.backups.iterdir()) == [whole]


def test_a_new_folder_has_no_backups(folder) -> None:
    """Nothing was copied yet."""
    assert folder.backups() == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes say nothing there")
def test_what_others_can_read_is_closed_to_them(paths, folder) -> None:
    """Folder and database get back the mode that they are made with."""
    assert folder.open_to_others() == []
    paths.database.chmod(0o644)
    paths.data.chmod(0o750)
    assert folder.open_to_others() == [paths.data, paths.database]
    for path in folder.open_to_others():
        folder.close_to_others(path)
    assert folder.open_to_others() == []
    assert paths.database.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="modes say nothing there")
def test_what_is_not_there_is_open_to_nobody(paths, folder) -> None:
    """Before the first start there is no database."""
    paths.database.unlink()
    assert folder.open_to_others() == []


@pytest.mark.parametrize(
    ("listener", "name"), [(Listener.ENGINE, "wake"), (Listener.WINDOW, "window.socket")]
)
def test_what_was_listened_at_is_taken_away(paths, folder, listener, name) -> None:
    """It is there as long as nobody takes it away; then there is nothing more to take."""
    assert folder.listened_at(listener) is None
    (paths.data / name).touch()
    assert folder.listened_at(listener) == paths.data / name
    for _again in range(2):
        folder.take_away(listener)
    assert folder.listened_at(listener) is None


def test_the_room_on_the_disk_is_told(paths, folder) -> None:
    """It is that of the disk of the folder."""
    assert folder.path == paths.data
    assert folder.free_bytes() > 0
