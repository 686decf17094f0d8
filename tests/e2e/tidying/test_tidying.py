"""What a tidying does to files, and what it leaves alone."""

from __future__ import annotations

import os
import time
import zipfile

import pytest

from deskcron.domain.errors import RequestFailed
from deskcron.domain.tidying import Conflict


def test_files_are_moved_by_type_and_date(house):
    """Fields of a target are filled in from the file."""
    house.put("a.JPG")
    house.put("b.pdf")
    house.put("c.bin.unknown")
    assert house.tidy("*.jpg -> move {type}/{year}-{month}", "documents -> move Papers") == 0
    assert list(house.tree()) == ["Images/2023-11/a.JPG", "Papers/b.pdf", "c.bin.unknown"]


def test_the_first_rule_that_fits_decides(house):
    """A later rule does not see a file that an earlier one is for."""
    house.put("a.jpg")
    house.tidy("a.* -> move First", "*.jpg -> move Second")
    assert list(house.tree()) == ["First/a.jpg"]


@pytest.mark.parametrize(
    ("rule", "moved"),
    [
        ("* larger 3 -> move X", {"big"}),
        ("* smaller 3 -> move X", {"small"}),
        ("s* -> move X", {"small"}),
        ("'s*, b*' -> move X", {"small", "big"}),
        ("* older 1h -> move X", {"small", "big"}),
        ("* below sub -> move X", {"deep"}),
        (".* -> move X", {".hidden"}),
    ],
)
def test_conditions(house, rule, moved):
    """A rule is for the files that all its conditions fit."""
    house.put("small", b"1")
    house.put("big", b"12345")
    house.put(".hidden")
    house.put("sub/deep", b"123")
    os.utime(house.inbox / "sub/deep", (time.time() - 600,) * 2)
    house.tidy(rule, is_recursive=True)
    assert {name.removeprefix("X/") for name in house.tree() if name.startswith("X/")} == moved


def test_what_deskcron_keeps_is_left_alone(house):
    """Its own data is no folder to tidy, wherever that lies and however it is reached."""
    house.own = house.inbox / "sub" / "data"
    house.put("sub/a")
    house.put("sub/data/deskcron.db")
    house.put("sub/data/logs/1.log")
    link = house.home / "link"
    link.symlink_to(house.inbox)
    house.tidy("* -> trash", is_recursive=True, folder=str(link))
    assert set(house.tree()) == {"sub/data/deskcron.db", "sub/data/logs/1.log"}


@pytest.mark.parametrize("name", ["data", "data/logs"])
def test_the_data_folder_is_not_tidied(house, name):
    """It is refused in words, also within it."""
    house.own = house.inbox / "data"
    house.put("data/logs/1.log")
    with pytest.raises(RequestFailed) as failure:
        house.tidy("* -> trash", folder=str(house.inbox / name))
    assert "deskcron keeps its own data there" in str(failure.value)
    assert set(house.tree()) == {"data/logs/1.log"}


def test_a_file_that_has_a_way_of_its_own_is_not_replaced(house):
    """Where an older file of the same name is tidied by the same run, the newer one waits."""
    house.put("a.txt", b"old")
    house.put("sub/a.txt", b"new", hours=1)
    rules = ("* below sub -> move .", "*.txt -> move X")
    house.tidy(*rules, conflict=Conflict.REPLACE_OLDER, is_recursive=True)
    assert {name: content for name, (content, _) in house.tree().items()} == {
        "X/a.txt": b"old",
        "sub/a.txt": b"new",
    }


def test_subfolders_are_entered_only_when_asked(house):
    """Without that, what is in folders stays."""
    house.put("sub/a.jpg")
    house.tidy("*.jpg -> move X")
    assert list(house.tree()) == ["sub/a.jpg"]


def test_a_taken_name_is_numbered(house):
    """No file is written over; both endings of a packed archive stay together."""
    house.put("a.tar.gz", b"new")
    house.put("X/a.tar.gz", b"there")
    house.tidy("*.gz -> move X")
    assert house.tree()["X/a (2).tar.gz"][0] == b"new"
    assert house.tree()["X/a.tar.gz"][0] == b"there"


def test_two_files_of_a_run_get_two_names(house):
    """Names that a run gives are taken for the run."""
    house.put("one/a.txt", b"1")
    house.put("two/a.txt", b"2")
    house.tidy("a.txt -> move X", is_recursive=True)
    assert sorted(house.tree()) == ["X/a (2).txt", "X/a.txt"]


def test_a_taken_name_may_leave_the_file(house, capfd):
    """With skip the file stays, and the list says so."""
    house.put("a.txt", b"new")
    house.put("X/a.txt", b"there")
    assert house.tidy("a.txt -> move X", conflict=Conflict.SKIP) == 0
    assert house.tree()["a.txt"][0] == b"new"
    assert "the name is taken" in capfd.readouterr().out


@pytest.mark.parametrize(("hours", "winner"), [(-1, b"new"), (1, b"there")])
def test_an_older_file_is_replaced_by_way_of_the_trash(house, hours, winner):
    """Only an older one gives way, and it is in the trash then."""
    house.put("a.txt", b"new")
    house.put("X/a.txt", b"there", hours)
    before = house.contents()
    house.tidy("a.txt -> move X", conflict=Conflict.REPLACE_OLDER)
    assert house.tree()["X/a.txt"][0] == winner
    assert house.contents() == before


def test_files_in_progress_and_links_stay(house, capfd):
    """Downloads, what was written just now, and links are left and listed."""
    house.put("a.part")
    house.put("b.iso")
    house.put("b.iso.crdownload")
    (house.inbox / "fresh").write_bytes(b"")
    (house.inbox / "link").symlink_to(house.put("target"))
    house.tidy("a.* -> move X", "b.* -> move X", "fresh -> move X", "link -> move X")
    assert house.folders() == set()
    out = capfd.readouterr().out
    assert out.count("still being downloaded") == 3
    assert "changed within the last minute" in out
    assert "a link, not a file" in out


def test_files_are_packed_into_a_new_archive(house):
    """The archive holds the files, which are gone; one that is there is left as it is."""
    house.put("a.log", b"1")
    house.put("sub/a.log", b"2")
    house.put("Old/logs.zip", b"not ours")
    house.tidy("*.log -> archive Old/logs", is_recursive=True)
    with zipfile.ZipFile(house.inbox / "Old/logs (2).zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "a.log": b"1",
            "sub/a.log": b"2",
        }
    assert sorted(house.tree()) == ["Old/logs (2).zip", "Old/logs.zip"]


def test_files_go_to_the_trash(house):
    """They are found there."""
    house.put("a.tmpfile", b"rubbish")
    house.tidy("a.* -> trash")
    assert house.tree() == {}
    assert house.contents() == {b"rubbish": 1}


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("{year}-{name}.{ext}", ["2023-a.jpg", "2023-b"]),
        ("{name}-{day}", ["a-14.jpg", "b-14"]),
        ("photo-{counter}.{ext}", ["photo-1", "photo-1.jpg"]),
        ("same.txt", ["same (2).txt", "same.txt"]),
    ],
)
def test_files_are_renamed_by_a_pattern(house, target, names, monkeypatch):
    """A new name without an ending keeps the old one; a second run changes nothing."""
    monkeypatch.setenv("TZ", "UTC")
    house.put("a.jpg", b"1")
    house.put("b", b"2")
    house.tidy(f"* -> rename {target}")
    assert sorted(house.tree()) == names
    house.tidy(f"* -> rename {target}")
    assert sorted(house.tree()) == names


@pytest.mark.parametrize(
    "rule",
    [
        "* -> move All/{type}",
        "* -> copy Copies",
        "* -> archive Old/{year}",
        "* -> rename {counter}",
    ],
)
def test_a_second_run_finds_nothing_to_do(house, rule):
    """What a rule has put in place is in its place."""
    house.put("a.jpg", b"1")
    house.put("b.txt", b"2")
    house.tidy(rule, is_recursive=True)
    for name in house.tree():
        os.utime(house.inbox / name, ns=(1_700_000_000_000_000_000,) * 2)
    after = house.tree()
    house.tidy(rule, is_recursive=True)
    assert house.tree() == after


def test_a_failure_goes_to_the_error_folder_and_the_rest_goes_on(house, capfd):
    """The run ends with code 1, and says what failed and where it is."""
    house.put("a.txt", b"1")
    house.put("b.jpg", b"2")
    house.put("blocked", b"")
    code = house.tidy("a.txt -> move blocked", "b.jpg -> move X", error_folder="Trouble")
    assert code == 1
    assert sorted(house.tree()) == ["Trouble/a.txt", "X/b.jpg", "blocked"]
    assert "is not a folder" in capfd.readouterr().out


def test_a_failure_without_error_folder_stays(house, capfd):
    """It is listed."""
    house.put("a.txt", b"1")
    house.put("blocked", b"")
    assert house.tidy("a.txt -> move blocked") == 1
    assert sorted(house.tree()) == ["a.txt", "blocked"]
    assert "it stays where it is" in capfd.readouterr().out


def test_a_folder_that_is_not_there_is_told(house):
    """The run fails in words."""
    house.inbox.rmdir()
    with pytest.raises(RequestFailed):
        house.tidy("* -> trash")


def test_names_need_not_be_text(house):
    """A name of any bytes is moved, listed, and put back."""
    name = os.fsdecode(b"b\xffd\n.txt")
    house.put(name, b"1")
    before = house.tree()
    assert house.tidy("*.txt -> move X") == 0
    assert len(house.undo().back) == 1
    assert house.tree() == before
