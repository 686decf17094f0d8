#!/usr/bin/env python3
"""Tidy Downloads: move the files of a folder into subfolders by type and month."""

FOLDER = "~/Downloads"  # the folder to tidy
APPLY = False  # False only says what would be moved, True moves it

# Both can be given as arguments, too:
#
#     tidy_downloads.py                        what would happen to FOLDER
#     tidy_downloads.py --apply                do it
#     tidy_downloads.py --older-than 7d --folder ~/Desktop --apply
#
# holiday.jpg becomes Pictures/2026-11/holiday.jpg, by the month it was last changed. A file is
# never overwritten: when the name is taken, it becomes "holiday (2).jpg". Left alone are folders,
# links, hidden files, downloads in progress and whatever is younger than --older-than. What cannot
# be moved goes to "Could not tidy", and where that is impossible too, it stays where it is.
#
# Exit code: 0 all went well, 1 something failed, 2 wrong arguments.

import argparse
import contextlib
import io
import os
import re
import shutil
import stat
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

FILE_ENDINGS = {
    "Pictures": "avif bmp cr2 dng gif heic heif ico jpeg jpg nef png psd raw svg tif tiff webp xcf",
    "Documents": "csv doc docm docx epub htm html ics key md mobi numbers odg odp ods odt ott pages"
    " pdf ppt pptm pptx ps rtf tex tsv txt vcf xls xlsm xlsx xps",
    "Archives": "7z br bz2 cab gz img iso lz lz4 lzma rar tar tbz2 tgz txz xz zip zst",
    "Music": "aac aif aiff flac m3u m4a m4b mid midi mp3 oga ogg opus wav wma",
    "Video": "3gp avi flv m2ts m4v mkv mov mp4 mpeg mpg ogv srt ts vob webm wmv",
    "Programs": "apk appimage bin deb dmg exe flatpak flatpakref jar msi msix pkg rpm run snap whl",
}
TYPE_OF_ENDING = {
    f".{ending}": file_type
    for file_type, endings in FILE_ENDINGS.items()
    for ending in endings.split()
}
OTHER = "Other"
ERROR_FOLDER = "Could not tidy"

DOWNLOAD_ENDINGS = (
    ".aria2",
    ".crdownload",
    ".download",
    ".opdownload",
    ".part",
    ".partial",
    ".tmp",
)
SETTLING_TIME_S = 5 * 60
SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}


class ChangedError(Exception):
    """The file was changed or replaced while it was being moved."""


# What to do with a file


def reason_to_leave(
    path: Path, info: os.stat_result, names: set[str], older_than_s: float, now: float
) -> str | None:
    """Say why a file stays where it is; None for one to move, "" where no word is needed."""
    if stat.S_ISDIR(info.st_mode) or is_hidden(path, info):
        return ""
    if not stat.S_ISREG(info.st_mode):
        return "a link or device, not a file"
    if is_in_progress(path.name, names):
        return "still being downloaded"
    age_s = now - info.st_mtime
    if age_s < SETTLING_TIME_S:
        return "changed within the last minutes"
    if age_s < older_than_s:
        return "not old enough"
    return None


def is_in_progress(name: str, names: set[str]) -> bool:
    """Tell a download in progress by its ending, or by the helper file that lies beside it."""
    return name.lower().endswith(DOWNLOAD_ENDINGS) or any(
        name + ending in names for ending in DOWNLOAD_ENDINGS
    )


def is_hidden(path: Path, info: os.stat_result) -> bool:
    """Tell whether a file browser would hide this file, as Unix or as Windows marks it."""
    attributes: int = getattr(info, "st_file_attributes", 0)
    return path.name.startswith(".") or bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def subfolder_for(path: Path, info: os.stat_result) -> Path:
    """Return where a file belongs, such as Pictures/2026-11."""
    month = time.strftime("%Y-%m", time.localtime(info.st_mtime))
    return Path(TYPE_OF_ENDING.get(path.suffix.lower(), OTHER), month)


def names_to_try(name: str) -> Iterator[str]:
    """Yield the name itself, then "name (2)", "name (3)" and so on, before its ending."""
    yield name
    stem, ending = Path(name).stem, Path(name).suffix
    if stem.lower().endswith(".tar"):
        stem, ending = stem[:-4], stem[-4:] + ending
    number = 2
    while True:
        yield f"{stem} ({number}){ending}"
        number += 1


# Two ways to do it: on trial and for real


class Rehearsal:
    """Finds the names that moving would use, and moves nothing."""

    is_real = False

    def __init__(self) -> None:
        self._promised: set[Path] = set()

    def move(self, source: Path, folder: Path) -> Path:
        """Return where the file would go."""
        for name in names_to_try(source.name):
            target = folder / name
            if target not in self._promised and not os.path.lexists(target):
                break
        self._promised.add(target)
        return target


class Mover:
    """Moves files. A taken name is found by trying, so nothing can slip in after a check."""

    is_real = True

    def move(self, source: Path, folder: Path) -> Path:
        """Move a file into a folder under the first free name and return where it is now.

        Raises OSError or ChangedError, and then the file is where it was.
        """
        before = source.lstat()
        folder.mkdir(parents=True, exist_ok=True)
        target = self._place(source, folder)
        try:
            self._remove_original(source, before)
        except (OSError, ChangedError):
            target.unlink()
            raise
        return target

    def _place(self, source: Path, folder: Path) -> Path:
        """Give the file a second place in the folder, under a name that was free."""
        for name in names_to_try(source.name):
            target = folder / name
            try:
                self._link_or_copy(source, target)
            except FileExistsError:
                continue
            break
        return target

    def _link_or_copy(self, source: Path, target: Path) -> None:
        try:
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:  # another disk, or a file system that has no links
            self._copy(source, target)

    def _copy(self, source: Path, target: Path) -> None:
        target.touch(mode=0o600, exist_ok=False)
        try:
            with source.open("rb") as reader, target.open("wb") as writer:
                shutil.copyfileobj(reader, writer)
                writer.flush()
                os.fsync(writer.fileno())
        except BaseException:
            target.unlink()
            raise
        with contextlib.suppress(OSError):  # not every file system keeps dates and permissions
            shutil.copystat(source, target)

    def _remove_original(self, source: Path, before: os.stat_result) -> None:
        """Remove the file from its old place, but only if it is still the same file."""
        after = source.lstat()
        for field in ("st_dev", "st_ino", "st_size", "st_mtime_ns"):
            if getattr(before, field) != getattr(after, field):
                raise ChangedError
        source.unlink()


# From file to folder


class Tidier:
    """Goes through a folder, says what it does and counts what came of it."""

    def __init__(
        self, folder: Path, older_than_s: float, now: float, mover: Mover | Rehearsal
    ) -> None:
        self._folder = folder
        self._older_than_s = older_than_s
        self._now = now
        self._mover = mover
        self.counts = Counter(moved=0, left=0, failed=0)

    def tidy(self, paths: Sequence[Path]) -> None:
        """Deal with everything that lies in the folder, one thing after the other."""
        names = {path.name for path in paths}
        for path in paths:
            outcome, words = self._tidy_one(path, names)
            if words:
                self.counts[outcome] += 1
                done = "would move" if outcome == "moved" and not self._mover.is_real else outcome
                print(f"{done:<10}  {shown(path.name)}  {words}")

    def _tidy_one(self, path: Path, names: set[str]) -> tuple[str, str]:
        """Move one file or leave it, and return the outcome and a word on it."""
        try:
            info = path.lstat()
            reason = reason_to_leave(path, info, names, self._older_than_s, self._now)
            if reason is not None:
                return "left", reason
            target = self._mover.move(path, self._folder / subfolder_for(path, info))
        except ChangedError:
            return "left", "it changed while it was being moved"
        except OSError as error:
            if not os.path.lexists(path):
                return "left", "somebody else has taken it away"
            return "failed", self._set_aside(path, error.strerror or str(error))
        return "moved", f"-> {shown(target.relative_to(self._folder))}"

    def _set_aside(self, path: Path, trouble: str) -> str:
        """Move a file that made trouble to the error folder, if that is possible at least."""
        try:
            target = self._mover.move(path, self._folder / ERROR_FOLDER)
        except (OSError, ChangedError):
            return f"{trouble}; it stays where it is"
        return f"{trouble} -> {shown(target.relative_to(self._folder))}"


def shown(name: str | Path) -> str:
    """Make a name fit for one line of text, whatever bytes it is made of."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in str(name)
    )


# The command line


def duration(text: str) -> int:
    """Return the seconds of an age such as 12h, 7d or 2w."""
    match = re.fullmatch("([0-9]{1,6})([mhdw])", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no age; write 30m, 12h, 7d or 2w")
    return int(match[1]) * SECONDS[match[2]]


def folder_at(text: str) -> Path:
    """Return the folder of that name."""
    return Path(text).expanduser()


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; exits with code 2 when it makes no sense."""
    parser = argparse.ArgumentParser(
        description="Move the files of a folder into subfolders by type and month.",
        epilog="Without --apply nothing is moved. An existing file is never overwritten.",
    )
    parser.add_argument(
        "--folder",
        type=folder_at,
        default=FOLDER,
        help="the folder to tidy (default: %(default)s)",
    )
    parser.add_argument(
        "--older-than",
        type=duration,
        default="1d",
        metavar="AGE",
        help="leave younger files alone: 30m, 12h, 7d, 2w (default: %(default)s)",
    )
    parser.add_argument(
        "--apply",
        action="store_true",
        default=APPLY,
        help="really move; without it, only say what would be done",
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Tidy one folder and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # each line at once, and no name can break it
            stream.reconfigure(line_buffering=True, errors="backslashreplace")
    options = parse_arguments(arguments)
    if not options.folder.is_dir():
        print(f"error: There is no folder {shown(options.folder)}.", file=sys.stderr)
        print("Write the one to tidy into the line FOLDER of the script.", file=sys.stderr)
        return 2
    print(f"{'Tidying' if options.apply else 'Rehearsal for'} {shown(options.folder)}")
    try:
        paths = sorted(options.folder.iterdir())
    except OSError as error:
        print(f"The folder cannot be read: {error.strerror}")
        return 1
    mover = Mover() if options.apply else Rehearsal()
    tidier = Tidier(options.folder, options.older_than, time.time(), mover)
    tidier.tidy(paths)
    counts = tidier.counts
    moved = "moved" if options.apply else "would be moved"
    print(f"{counts['moved']} {moved}, {counts['left']} left alone, {counts['failed']} failed.")
    if not options.apply:
        print("Nothing was changed. Set APPLY to True, or add --apply, to move the files.")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
