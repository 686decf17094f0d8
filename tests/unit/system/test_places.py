"""Where deskcron keeps and finds its files, and which places it warns of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deskcron.domain.errors import StoreUnavailable
from deskcron.system.location import location_warning
from deskcron.system.paths import Paths
from deskcron.system.resources import first_directory, resource, resource_directories
from deskcron.system.workspace import ScriptWorkspace


def test_home_redirects_all(tmp_path):
    """DESKCRON_HOME moves every location."""
    paths = Paths.locate({"DESKCRON_HOME": str(tmp_path)})
    assert paths.data == tmp_path
    for place in (paths.database, paths.lock_file, paths.wake_fifo, paths.logs, paths.scripts):
        assert place.parent == tmp_path
    assert {paths.backups.parent, paths.engine_log.parent} == {tmp_path}


def test_home_relative_and_tilde(monkeypatch, tmp_path):
    """DESKCRON_HOME may begin with ~ and may be relative; the result is absolute."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert Paths.locate({"DESKCRON_HOME": "~/x"}).data == tmp_path / "x"
    assert Paths.locate({"DESKCRON_HOME": "y"}).data == tmp_path / "y"


def test_a_home_that_stands_for_no_place_is_told_in_words(monkeypatch, tmp_path):
    """The home of a user who is not known, or a path from a directory that is gone, is told."""
    with pytest.raises(StoreUnavailable) as failed:
        Paths.locate({"DESKCRON_HOME": "~nobody-by-this-name/x"})
    assert "~nobody-by-this-name/x: It is not known which home folder" in failed.value.detail
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(StoreUnavailable, match="cannot be used") as failed:
        Paths.locate({"DESKCRON_HOME": "x"})
    assert "No such file or directory" in failed.value.detail


@pytest.mark.skipif(os.name != "posix", reason="XDG")
def test_platform_default(monkeypatch, tmp_path):
    """Without DESKCRON_HOME the platform says where data go."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Paths.locate({}).data.is_relative_to(tmp_path)
    assert Paths.locate({"DESKCRON_HOME": ""}).data.name == "deskcron"


def test_prepare_makes_private_directories(tmp_path):
    """Directories are made for their owner only, and those open to others are closed."""
    paths = Paths.below(tmp_path / "a" / "b")
    paths.data.mkdir(parents=True)
    paths.data.chmod(0o755)
    paths.prepare()
    paths.prepare()
    for directory in (paths.data, paths.logs, paths.scripts, paths.backups):
        assert directory.stat().st_mode & 0o777 == 0o700


def test_prepare_tells_what_is_wrong(tmp_path):
    """A file in the way is told in words, with its path."""
    (tmp_path / "file").write_text("")
    for data in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreUnavailable) as failed:
            Paths.below(data).prepare()
        assert str(data) in failed.value.detail
        assert failed.value.hint


def test_prepare_tells_of_read_only_directories(tmp_path, monkeypatch):
    """A directory that cannot be written to is told in words."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(StoreUnavailable, match="cannot be written to"):
        Paths.below(tmp_path).prepare()


@pytest.fixture
def mounts(tmp_path):
    """Return a mount table with places inside the test's directory."""
    table = tmp_path / "mounts"
    table.write_text(
        "rootfs / ext4 rw 0 0\n"
        f"server:/home {tmp_path}/net nfs4 rw 0 0\n"
        f"//server/share {tmp_path}/with\\040blank cifs rw 0 0\n"
        f"me@host: {tmp_path}/ssh fuse.sshfs rw 0 0\n"
        f"disk {tmp_path}/net/local ext4 rw 0 0\n"
        f"server: {tmp_path}/covered nfs rw 0 0\n"
        f"disk {tmp_path}/covered ext4 rw 0 0\n"
        "garbage\n"
    )
    return table


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("net/deskcron", "nfs4"),
        ("with blank/deskcron", "cifs"),
        ("ssh", "fuse.sshfs"),
        ("net/local/deskcron", None),
        ("covered/deskcron", None),
        ("network", None),
    ],
)
def test_network_folders(tmp_path, mounts, place, kind):
    """The innermost mount decides whether a place is on the network."""
    warning = location_warning(tmp_path / place, mounts)
    assert (warning is not None and f"({kind})" in warning) if kind else warning is None


def test_without_a_mount_table(tmp_path):
    """Where the system does not tell its mounts there is nothing to warn of."""
    assert location_warning(tmp_path, tmp_path / "none") is None


@pytest.mark.parametrize(
    "name",
    [
        "Dropbox",
        "Dropbox (Work)",
        "OneDrive - Company",
        "CloudStorage",
        "Google Drive",
        "Nextcloud",
    ],
)
def test_synced_folders_by_name(tmp_path, mounts, name):
    """Folders with the name of a sync service are warned of, with their path."""
    warning = location_warning(tmp_path / name / "data", mounts)
    assert warning is not None
    assert str(tmp_path / name) in warning


def test_synced_folders_by_marker(tmp_path, mounts):
    """A folder of Syncthing is known by the marker it keeps there."""
    (tmp_path / "docs" / ".stfolder").mkdir(parents=True)
    assert location_warning(tmp_path / "docs" / "data", mounts) is not None
    assert location_warning(tmp_path / "dropbox-notes.d", mounts) is None


def test_directory_of_a_sync_program(tmp_path, mounts, monkeypatch):
    """~/.dropbox is the program's own and does not make the home directory a synced one."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".dropbox").mkdir()
    assert location_warning(tmp_path / "data", mounts) is None


def test_resources_of_this_checkout():
    """Shipped files are found from where the tests run."""
    assert resource().is_dir()
    assert resource("a", "b") == resource() / "a" / "b"


def test_resources_of_each_installation(tmp_path):
    """A frozen build, a wheel and a checkout are looked at in this order."""
    package = tmp_path / "lib" / "deskcron"
    places = resource_directories(package, str(tmp_path / "_MEI1"))
    assert places == [
        tmp_path / "_MEI1" / "deskcron" / "_resources",
        package / "_resources",
        tmp_path / "lib" / "resources",
    ]
    with pytest.raises(FileNotFoundError, match="incomplete"):
        first_directory(places)
    for place in reversed(places):
        place.mkdir(parents=True)
        assert first_directory(places) == place


def test_script_files(tmp_path):
    """The same text gives the same private file, another text another."""
    workspace = ScriptWorkspace(tmp_path / "scripts")
    first = workspace.script_file("echo ü\n", ".sh")
    assert first.read_bytes() == "echo ü\n".encode()
    assert first.stat().st_mode & 0o777 == 0o600
    made = first.stat().st_mtime_ns
    assert workspace.script_file("echo ü\n", ".sh") == first
    assert first.stat().st_mtime_ns == made
    assert workspace.script_file("echo\n", ".sh") != first
    assert workspace.script_file("echo ü\n", ".py") != first
    assert len(list(first.parent.iterdir())) == 3


def test_script_file_that_was_changed(tmp_path):
    """A script file that someone has changed is written anew."""
    workspace = ScriptWorkspace(tmp_path)
    path = workspace.script_file("echo\n", ".sh")
    path.write_text("rm\n")
    assert workspace.script_file("echo\n", ".sh").read_text() == "echo\n"


def test_script_file_that_cannot_be_written(tmp_path):
    """A failure leaves no half-written file behind."""
    path = ScriptWorkspace(tmp_path).script_file("echo\n", ".sh")
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError, match=r"(?i)directory"):
        ScriptWorkspace(tmp_path).script_file("echo\n", ".sh")
    assert [Path(entry).name for entry in tmp_path.iterdir()] == [path.name]
