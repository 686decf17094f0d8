"""The sample script "Tidy Downloads", on real files."""

from __future__ import annotations

import errno
import importlib.util
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

SCRIPT = Path(__file__).parents[2] / "resources" / "scripts" / "tidy_downloads.py"
NOVEMBER = 1_793_880_000.0  # 2026-11-05 in every zone
NOW = NOVEMBER + 90 * 86_400


def load() -> ModuleType:
    """Import the script, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("tidy_downloads", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tidy_downloads = load()


def put(path: Path, content: str = "x", changed_at: float = NOVEMBER) -> Path:
    """Write an old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    os.utime(path, (changed_at, changed_at))
    return path


def tidy(folder: Path, *, apply: bool = True, older_than_s: float = 86_400) -> Counter[str]:
    """Tidy a folder at a fixed time and return the counts."""
    mover = tidy_downloads.Mover() if apply else tidy_downloads.Rehearsal()
    tidier = tidy_downloads.Tidier(folder, older_than_s, NOW, mover)
    tidier.tidy(sorted(folder.iterdir()))
    return tidier.counts


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the script as a program."""
    return subprocess.run(
        [sys.executable, SCRIPT, *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def files(folder: Path) -> set[str]:
    """Return everything that is no folder, by relative path."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("holiday.JPG", "Pictures/2026-11/holiday.JPG"),
        ("bill.pdf", "Documents/2026-11/bill.pdf"),
        ("source.tar.gz", "Archives/2026-11/source.tar.gz"),
        ("song.mp3", "Music/2026-11/song.mp3"),
        ("film.mkv", "Video/2026-11/film.mkv"),
        ("setup.exe", "Programs/2026-11/setup.exe"),
        ("mystery", "Other/2026-11/mystery"),
        ("archive.", "Other/2026-11/archive."),
    ],
)
def test_a_file_goes_where_its_type_and_month_say(tmp_path: Path, name: str, expected: str) -> None:
    """Type comes from the ending, in any case; the month from the last change."""
    put(tmp_path / name, "content")
    assert tidy(tmp_path) == Counter(moved=1)
    assert files(tmp_path) == {expected}
    assert (tmp_path / expected).read_text() == "content"


def test_no_ending_belongs_to_two_types() -> None:
    """Every ending is listed once, so the order of the types does not matter."""
    endings = " ".join(tidy_downloads.FILE_ENDINGS.values()).split()
    assert len(endings) == len(set(endings)) == len(tidy_downloads.TYPE_OF_ENDING)


def test_a_rehearsal_changes_nothing(tmp_path: Path) -> None:
    """Without moving, not even the subfolders are made."""
    put(tmp_path / "a.jpg")
    assert tidy(tmp_path, apply=False) == Counter(moved=1)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]


@pytest.mark.parametrize(
    "name",
    ["a.part", "a.mkv.crdownload", "a.PART", "a.aria2", ".hidden.pdf"],
)
def test_downloads_in_progress_and_hidden_files_stay(tmp_path: Path, name: str) -> None:
    """An old file stays when it is hidden or its name says that it is not complete."""
    put(tmp_path / name)
    assert tidy(tmp_path)["moved"] == 0
    assert files(tmp_path) == {name}


def test_a_file_beside_its_partial_download_stays(tmp_path: Path) -> None:
    """The placeholder a browser keeps beside its .part file belongs to the download."""
    put(tmp_path / "film.mkv")
    put(tmp_path / "film.mkv.part")
    assert tidy(tmp_path) == Counter(left=2)


def test_folders_and_links_stay(tmp_path: Path) -> None:
    """A folder with what is in it, a link and a broken link are not touched."""
    put(tmp_path / "project" / "a.jpg")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "project" / "a.jpg")
    (tmp_path / "broken.jpg").symlink_to("nowhere")
    assert tidy(tmp_path)["moved"] == 0
    assert files(tmp_path) == {"project/a.jpg", "link.jpg", "broken.jpg"}


@pytest.mark.parametrize(
    ("age_s", "older_than_s", "moved"),
    [
        (86_399, 86_400, 0),
        (86_400, 86_400, 1),
        (299, 0, 0),
        (300, 0, 1),
        (-3600, 0, 0),
    ],
)
def test_only_files_of_the_asked_age_move(
    tmp_path: Path, age_s: float, older_than_s: float, moved: int
) -> None:
    """The age counts from its first second, and the last five minutes are never touched."""
    put(tmp_path / "a.jpg", changed_at=NOW - age_s)
    assert tidy(tmp_path, older_than_s=older_than_s)["moved"] == moved


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    """Neither file is lost and the numbers count on; a broken link counts as taken too."""
    taken = tmp_path / "Archives" / "2026-11"
    put(taken / "a.tar.gz", "old")
    (taken / "a (2).tar.gz").symlink_to("nowhere")
    put(tmp_path / "a.tar.gz", "new")
    tidy(tmp_path)
    assert (taken / "a.tar.gz").read_text() == "old"
    assert (taken / "a (2).tar.gz").is_symlink()
    assert (taken / "a (3).tar.gz").read_text() == "new"


def no_links(source: Path, target: Path) -> None:
    """Stand in for os.link on a file system without links."""
    raise OSError(errno.EXDEV, "Invalid cross-device link")


def test_another_file_system_gets_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where links are impossible the file is copied with its date and permissions."""
    monkeypatch.setattr(os, "link", no_links)
    put(tmp_path / "Pictures" / "2026-11" / "a.jpg", "old")
    put(tmp_path / "a.jpg", "new").chmod(0o640)
    assert tidy(tmp_path) == Counter(moved=1)
    assert files(tmp_path) == {"Pictures/2026-11/a.jpg", "Pictures/2026-11/a (2).jpg"}
    copy = tmp_path / "Pictures" / "2026-11" / "a (2).jpg"
    assert copy.read_text() == "new"
    assert (copy.stat().st_mtime, copy.stat().st_mode & 0o777) == (NOVEMBER, 0o640)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs a second file system, /dev/shm")
def test_a_real_second_file_system_works(tmp_path: Path) -> None:
    """A subfolder that is a link to another disk takes the file."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        (tmp_path / "Pictures").symlink_to(other)
        put(tmp_path / "a.jpg", "content")
        assert tidy(tmp_path)["moved"] == 1
        assert Path(other, "2026-11", "a.jpg").read_text() == "content"
        assert not (tmp_path / "a.jpg").exists()


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_changes_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool
) -> None:
    """What is written to during the move stays in its place with all that was written."""
    source = put(tmp_path / "a.jpg", "old")
    real_place = tidy_downloads.Mover._place

    def place_and_write(self: object, path: Path, folder: Path) -> Path:
        target: Path = real_place(self, path, folder)
        source.write_text("newer")
        return target

    monkeypatch.setattr(tidy_downloads.Mover, "_place", place_and_write)
    if not has_links:
        monkeypatch.setattr(os, "link", no_links)
    assert tidy(tmp_path) == Counter(left=1)
    assert files(tmp_path) == {"a.jpg"}
    assert source.read_text() == "newer"


def test_a_failed_copy_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full half-way keeps the original and removes the piece of a copy."""

    def disk_full(reader: object, writer: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(tidy_downloads.shutil, "copyfileobj", disk_full)
    put(tmp_path / "a.jpg", "content")
    assert tidy(tmp_path) == Counter(failed=1)
    assert files(tmp_path) == {"a.jpg"}


def test_trouble_goes_to_the_error_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file whose place cannot be made is set aside, and the others are tidied all the same."""
    put(tmp_path / "Pictures", changed_at=NOW)
    put(tmp_path / "a.jpg")
    put(tmp_path / "b.pdf")
    assert tidy(tmp_path) == Counter(moved=1, failed=1, left=1)
    assert files(tmp_path) == {"Pictures", "Could not tidy/a.jpg", "Documents/2026-11/b.pdf"}
    assert "-> Could not tidy/a.jpg" in capsys.readouterr().out


def test_trouble_everywhere_is_only_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the error folder cannot be made either, the file stays and a line says so."""
    put(tmp_path / "Pictures", changed_at=NOW)
    put(tmp_path / "Could not tidy", changed_at=NOW)
    put(tmp_path / "a.jpg")
    assert tidy(tmp_path)["failed"] == 1
    assert (tmp_path / "a.jpg").exists()
    assert "it stays where it is" in capsys.readouterr().out


def test_a_file_that_has_gone_is_no_failure(tmp_path: Path) -> None:
    """A file that somebody took after the listing is left out."""
    tidier = tidy_downloads.Tidier(tmp_path, 0, NOW, tidy_downloads.Mover())
    tidier.tidy([tmp_path / "gone.jpg"])
    assert tidier.counts == Counter(left=1)


def test_several_at_once_lose_nothing(tmp_path: Path) -> None:
    """Four that tidy the same folder at the same time move each file exactly once."""
    for number in range(60):
        put(tmp_path / f"{number}.jpg", str(number))
        put(tmp_path / "Pictures" / "2026-11" / f"{number}.jpg", f"old {number}")
    threads = [threading.Thread(target=tidy, args=(tmp_path,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    contents = Counter((tmp_path / name).read_text() for name in files(tmp_path))
    assert contents == Counter(
        {text for number in range(60) for text in (str(number), f"old {number}")}
    )


NAMES = st.text(
    alphabet=st.sampled_from("ab.( )2\n☂é\udcff") | st.characters(codec="utf-8"),
    min_size=1,
    max_size=20,
).filter(lambda name: name not in {".", ".."} and "/" not in name and "\0" not in name) | (
    st.sampled_from(["a.jpg", "a (2).jpg", "a (3).jpg", "a.tar.gz", "Pictures", "Other"])
)


@given(st.dictionaries(NAMES, st.text(max_size=5), max_size=8), st.sets(NAMES, max_size=4))
def test_no_name_loses_a_file(lying: dict[str, str], taken: set[str]) -> None:
    """Whatever the names: no content is lost or overwritten, and a rehearsal foretells it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for taken_name in taken:
            place = tidy_downloads.TYPE_OF_ENDING.get(Path(taken_name).suffix.lower(), "Other")
            put(folder / place / "2026-11" / taken_name, f"taken {taken_name!r}")
        for lying_name, content in lying.items():
            if not (folder / lying_name).exists():
                path = folder / lying_name
                path.write_bytes(content.encode("utf-8", "surrogatepass"))
                os.utime(path, (NOVEMBER, NOVEMBER))
        before = Counter((folder / path).read_bytes() for path in files(folder))
        foretold = tidy(folder, apply=False)
        done = tidy(folder)
        assert Counter((folder / path).read_bytes() for path in files(folder)) == before
        for taken_name in taken:
            place = tidy_downloads.TYPE_OF_ENDING.get(Path(taken_name).suffix.lower(), "Other")
            kept = folder / place / "2026-11" / taken_name
            assert kept.read_bytes() == f"taken {taken_name!r}".encode()
        assert sum(foretold.values()) == sum(done.values())


def test_a_rehearsal_foretells_the_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each line of the rehearsal is the line of the real thing, clashes among files included."""
    put(tmp_path / "Pictures" / "2026-11" / "a.jpg")
    for name in ("a.jpg", "a (2).jpg", "b.pdf", "c.part"):
        put(tmp_path / name)
    tidy(tmp_path, apply=False)
    foretold = capsys.readouterr().out.replace("would move", "moved     ")
    tidy(tmp_path)
    assert capsys.readouterr().out == foretold
    assert "-> Pictures/2026-11/a (3).jpg" in foretold


def test_the_program_rehearses_by_default_and_says_so(tmp_path: Path) -> None:
    """Run as a program without --apply, it lists and leaves everything in place."""
    put(tmp_path / "a.jpg", changed_at=1_600_000_000)
    result = run("--folder", str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert "would move  a.jpg  -> Pictures/2020-09/a.jpg" in result.stdout
    assert "1 would be moved, 0 left alone, 0 failed." in result.stdout
    assert files(tmp_path) == {"a.jpg"}


def test_the_program_moves_with_apply(tmp_path: Path) -> None:
    """With --apply files are moved, the last line sums up and the exit code is 0."""
    put(tmp_path / "a.jpg", changed_at=1_600_000_000)
    result = run("--folder", str(tmp_path), "--apply", "--older-than", "2w")
    assert (result.returncode, result.stdout.splitlines()[-1]) == (
        0,
        "1 moved, 0 left alone, 0 failed.",
    )
    assert files(tmp_path) == {"Pictures/2020-09/a.jpg"}


def test_the_program_takes_the_downloads_folder_of_its_user(tmp_path: Path) -> None:
    """Without --folder it is ~/Downloads."""
    put(tmp_path / "Downloads" / "a.jpg", changed_at=1_600_000_000)
    result = run(HOME=str(tmp_path), USERPROFILE=str(tmp_path))
    assert "would move  a.jpg" in result.stdout


def test_the_program_exits_1_when_a_file_failed(tmp_path: Path) -> None:
    """One failure among many makes exit code 1."""
    put(tmp_path / "Pictures", changed_at=4_000_000_000)
    put(tmp_path / "a.jpg", changed_at=1_600_000_000)
    result = run("--folder", str(tmp_path), "--apply")
    assert result.returncode == 1
    assert "1 failed." in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--older-than", "soon"],
        ["--older-than", "7"],
        ["--older-than", "-1d"],
        ["--folder", "/no/such/folder"],
        ["--frobnicate"],
    ],
)
def test_the_program_exits_2_on_wrong_arguments(tmp_path: Path, arguments: list[str]) -> None:
    """Wrong arguments are refused in words, without a traceback."""
    result = run("--folder", str(tmp_path), *arguments)
    assert result.returncode == 2
    assert "error:" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_no_name_breaks_the_output(tmp_path: Path, encoding: str) -> None:
    """Emoji, line breaks and bytes that are no text take one line each, in any encoding."""
    for name in ("🎉 party.jpg".encode(), b"two\nlines.jpg", b"caf\xe9.jpg"):
        put(tmp_path / os.fsdecode(name), changed_at=1_600_000_000)
    result = run("--folder", str(tmp_path), "--apply", PYTHONIOENCODING=encoding)
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) == 5
    assert "3 moved, 0 left alone, 0 failed." in result.stdout


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    """No permission ends with exit code 1 and a sentence."""
    tmp_path.chmod(0)
    result = run("--folder", str(tmp_path))
    tmp_path.chmod(0o700)
    assert result.returncode == 1
    assert "cannot be read" in result.stdout
