"""The shipped script that packs a folder into dated archives."""

from __future__ import annotations

import os
import subprocess
import tarfile
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "resources" / "scripts" / "backup_folder.sh"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="it is for POSIX shells")


def backup(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the script."""
    return subprocess.run(
        ["sh", str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder whose name a careless script would trip over."""
    folder = tmp_path / "my [old] $HOME docs"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear Ada")
    return folder


def test_the_folder_is_in_the_archive(folder: Path, tmp_path: Path) -> None:
    """The archive is named after folder and date and holds the folder."""
    result = backup(folder, tmp_path / "new" / "place", 3)
    assert result.returncode == 0, result.stderr
    [archive] = (tmp_path / "new" / "place").iterdir()
    assert archive.name.startswith(f"{folder.name}_20")
    with tarfile.open(archive) as tar:
        assert f"{folder.name}/letter.txt" in tar.getnames()
    assert str(archive) in result.stdout


def test_only_the_newest_archives_of_the_same_folder_stay(folder: Path, tmp_path: Path) -> None:
    """The oldest archives of the folder go, whatever else lies there stays."""
    place = tmp_path / "place"
    place.mkdir()
    old = [place / f"{folder.name}_2020-01-0{day}_120000.tar.gz" for day in (1, 2, 3)]
    others = [
        place / "other_2020-01-01_120000.tar.gz",
        place / f"{folder.name}_2020.tar.gz",
        place / f"{folder.name}_notes.txt",
    ]
    for path in (*old, *others):
        path.touch()
    assert backup(folder, place, 2).returncode == 0
    assert [path.exists() for path in old] == [False, False, True]
    assert all(path.exists() for path in others)
    assert len(list(place.iterdir())) == 5


def test_nothing_is_removed_where_packing_fails(folder: Path, tmp_path: Path) -> None:
    """A failed run removes no archive, leaves nothing unfinished and ends with an error."""
    place, tools = tmp_path / "place", tmp_path / "tools"
    place.mkdir()
    tools.mkdir()
    (tools / "tar").write_text('#!/bin/sh\necho part >"$2"\nexit 1\n')
    (tools / "tar").chmod(0o755)
    old = place / f"{folder.name}_2020-01-01_120000.tar.gz"
    old.touch()
    result = subprocess.run(
        ["sh", str(SCRIPT), str(folder), str(place), "1"],
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 1
    assert list(place.iterdir()) == [old]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("{folder}", "{place}"),
        ("{folder}", "{place}", "0"),
        ("{folder}", "{place}", "-1"),
        ("{folder}", "{place}", "many"),
        ("{folder}/missing", "{place}", "3"),
        ("{folder}", "{folder}/inside", "3"),
        ("{folder}", "{folder}", "3"),
    ],
)
def test_wrong_arguments_are_refused(
    folder: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Wrong arguments end with code 2 and a sentence, before anything is packed."""
    places = {"folder": folder, "place": tmp_path / "place"}
    result = backup(*(text.format(**places) for text in arguments))
    assert result.returncode == 2
    assert result.stderr.strip()
    assert not list(tmp_path.rglob("*.gz*"))
