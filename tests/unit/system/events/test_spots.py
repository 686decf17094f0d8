"""Where to listen, and what counts as a folder that was made anew."""

from __future__ import annotations

from deskcron.domain.happening import Watched
from deskcron.system.events.spots import Spot, Target, target_of

FOLDER = Watched("/media/disk")


def target(folder: str, device: int, inode: int) -> Target:
    """Return what is wanted when that is where to listen."""
    return Target(FOLDER, "/media/disk", Spot(folder, False, device, inode))


def test_where_to_listen(tmp_path) -> None:
    """In a folder itself; for a file in its folder; nowhere where there is no folder yet."""
    (tmp_path / "file").touch()
    inside = target_of(Watched(str(tmp_path), is_recursive=True))
    beside = target_of(Watched(str(tmp_path / "file"), is_recursive=True))
    assert inside.is_folder
    assert inside.spot is not None
    assert inside.spot.is_recursive
    assert not beside.is_folder
    assert beside.spot == inside.spot._replace(is_recursive=False)
    assert target_of(Watched(str(tmp_path / "no" / "file"))).spot is None
    assert target_of(Watched("\0")).spot is None


def test_a_new_folder_and_a_mounted_disk() -> None:
    """A folder made beside others is new; a disk that is mounted there brings old files."""
    missing, made = target("/media", 1, 10), target("/media/disk", 1, 20)
    assert made.is_new_folder(missing)
    assert target("/media/disk", 1, 30).is_new_folder(made)
    assert not made.is_new_folder(made)
    assert not missing.is_new_folder(made)
    assert not target("/media/disk", 2, 2).is_new_folder(made)
    assert not made.is_new_folder(missing._replace(spot=None))
