"""Make names of targets: fill in their fields, number what is taken, know one's own work again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import count
from pathlib import Path
from string import Formatter

from deskcron.domain.tidying import file_type_of
from deskcron.tidying.folder import Found

_TAR = re.compile(r"(.+?)(\.tar\.[^.]+)", re.IGNORECASE)
_NUMBER = re.compile(r" \(\d+\)$")


class Namer:
    """Names by the dates of a zone; None is the computer's."""

    def __init__(self, folder: Path, zone: tzinfo | None = None) -> None:
        self._folder = folder
        self._zone = zone

    def in_folder(self, target: str, file: Found) -> Iterator[Path]:
        """Yield the places for a file in a target folder, the first being the one wanted."""
        if "{counter}" in target:
            for number in count(1):
                yield self._path(target, file, str(number)) / file.path.name
        yield from numbered(self._path(target, file) / file.path.name)

    def renamed(self, target: str, file: Found) -> Iterator[Path]:
        """Yield new names for a file where it is, the first being the one wanted.

        A new name without an ending keeps the old one.
        """
        whole = _with_ending(target)
        if "{counter}" in target:
            for number in count(1):
                yield file.path.with_name(self._filled(whole, file, str(number)))
        yield from numbered(file.path.with_name(self._filled(whole, file)))

    def archives(self, target: str, file: Found) -> Iterator[Path]:
        """Yield names for the archive of a file, the first being the one wanted."""
        if "{counter}" in target:
            for number in count(1):
                yield _as_zip(self._path(target, file, str(number)))
        yield from numbered(_as_zip(self._path(target, file)))

    def is_renamed(self, target: str, file: Found) -> bool:
        """Tell whether a name is as a rule that repeats the old name has made it before."""
        if "{name}" not in target:
            return False
        form = self._form(_with_ending(target), file, wild=("name", "counter"))
        stem, ending = split_name(file.path.name)
        names = (file.path.name, _NUMBER.sub("", stem) + ending)
        return any(re.fullmatch(form, name) for name in names)

    def is_archive_of(self, target: str, file: Found) -> bool:
        """Tell whether a file is an archive that a rule with this target has made before."""
        wanted = os.path.normpath(self._folder / os.path.expanduser(target))  # noqa: PTH111
        stem = wanted[:-4] if wanted.lower().endswith(".zip") else wanted
        wild = ("name", "ext", "type", "year", "month", "day", "counter")
        form = self._form(stem, file, wild)
        return re.fullmatch(rf"{form}( \(\d+\))?\.zip", str(file.path), re.DOTALL) is not None

    def _path(self, target: str, file: Found, counter: str = "") -> Path:
        rooted = os.path.expanduser(target)  # noqa: PTH111 - before a file's own ~ is filled in
        return Path(os.path.normpath(self._folder / self._filled(rooted, file, counter)))

    def _filled(self, target: str, file: Found, counter: str = "") -> str:
        fields = self._fields(file)
        return _without_dot(target, fields["ext"]).format(**fields, counter=counter)

    def _form(self, target: str, file: Found, wild: tuple[str, ...]) -> str:
        """Return a regular expression for what a target may be filled to."""
        fields = self._fields(file)
        form = ""
        for text, field, _spec, _conversion in Formatter().parse(
            _without_dot(target, fields["ext"])
        ):
            form += re.escape(text)
            if field in wild:
                form += r"\d+" if field == "counter" else "[^/\\\\]*"
            elif field is not None:
                form += re.escape(fields[field])
        return form

    def _fields(self, file: Found) -> dict[str, str]:
        stem, ending = split_name(file.path.name)
        changed = datetime.fromtimestamp(file.mtime_ns / 1e9, self._zone).astimezone(self._zone)
        return {
            "name": stem,
            "ext": ending[1:],
            "type": file_type_of(file.path.name).value.capitalize(),
            "year": f"{changed:%Y}",
            "month": f"{changed:%m}",
            "day": f"{changed:%d}",
        }


def numbered(path: Path) -> Iterator[Path]:
    """Yield the path itself, then "name (2).txt", "name (3).txt" and so on."""
    yield path
    stem, ending = split_name(path.name)
    for number in count(2):
        yield path.with_name(f"{stem} ({number}){ending}")


def split_name(name: str) -> tuple[str, str]:
    """Return name and ending; of an archive like x.tar.gz both endings belong together."""
    if match := _TAR.fullmatch(name):
        return match[1], match[2]
    path = Path(name)
    return path.stem, path.suffix


def _as_zip(path: Path) -> Path:
    return path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")


def _with_ending(target: str) -> str:
    return target if "." in target or "{ext}" in target else target + ".{ext}"


def _without_dot(target: str, ending: str) -> str:
    """Leave out a dot before an ending that a file does not have."""
    return target if ending else target.removesuffix(".{ext}")
