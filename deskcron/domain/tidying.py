"""What a tidying is: rules that choose files and say what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from string import Formatter
from types import MappingProxyType

import msgspec

from deskcron.domain.errors import Problem
from deskcron.domain.texts import gettext as _

FIELDS = ("name", "ext", "type", "year", "month", "day", "counter")
"""What may stand in braces in a target."""
_FORBIDDEN = re.compile(r"[\x00-\x1f]")


class FileType(StrEnum):
    """A group of file types, told by the ending of the name."""

    IMAGES = "images"
    DOCUMENTS = "documents"
    ARCHIVES = "archives"
    AUDIO = "audio"
    VIDEO = "video"
    PROGRAMS = "programs"
    OTHER = "other"


ENDINGS: Mapping[FileType, str] = MappingProxyType({
    FileType.IMAGES: "avif bmp cr2 dng gif heic heif ico jpeg jpg nef png psd raw svg tif tiff webp"
    " xcf",
    FileType.DOCUMENTS: "csv doc docm docx epub htm html ics key md mobi numbers odg odp ods odt"
    " ott pages pdf ppt pptm pptx ps rtf tex tsv txt vcf xls xlsm xlsx xps",
    FileType.ARCHIVES: "7z br bz2 cab gz img iso lz lz4 lzma rar tar tbz2 tgz txz xz zip zst",
    FileType.AUDIO: "aac aif aiff flac m3u m4a m4b mid midi mp3 oga ogg opus wav wma",
    FileType.VIDEO: "3gp avi flv m2ts m4v mkv mov mp4 mpeg mpg ogv srt ts vob webm wmv",
    FileType.PROGRAMS: "apk appimage bin deb dmg exe flatpak flatpakref jar msi msix pkg rpm run"
    " snap whl",
})  # fmt: skip
_TYPE_OF_ENDING = {
    f".{ending}": file_type for file_type, endings in ENDINGS.items() for ending in endings.split()
}


class FileOperation(StrEnum):
    """What becomes of a file."""

    MOVE = "move"
    COPY = "copy"
    RENAME = "rename"
    ARCHIVE = "archive"
    TRASH = "trash"


class Conflict(StrEnum):
    """What is done where the name at the target is taken by another file.

    Nothing is overwritten: the older file that is replaced goes to the trash.
    """

    NUMBER = "number"
    SKIP = "skip"
    REPLACE_OLDER = "replace-older"


class TidyRule(msgspec.Struct, frozen=True, kw_only=True):
    """Which files, and what becomes of them; a condition that is empty or 0 asks for nothing.

    `name` is a pattern with * and ?, `below` one for the folder, counted from the folder that is
    tidied. `target` is a folder for move and copy, a new name for rename, the name of a ZIP file
    for archive, each with FIELDS in braces; dates are of the last change, in local time.
    """

    name: str = "*"
    types: tuple[FileType, ...] = ()
    older_than_s: int = 0
    larger_than: int = 0
    smaller_than: int = 0
    below: str = ""
    deed: FileOperation = FileOperation.MOVE
    target: str = ""


class Tidying(msgspec.Struct, frozen=True, kw_only=True):
    """The first rule that fits a file decides; a file that none fits stays.

    A rehearsal says what would happen and changes nothing. What fails goes to `error_folder`,
    where one is named.
    """

    folder: str
    rules: tuple[TidyRule, ...] = ()
    is_recursive: bool = False
    conflict: Conflict = Conflict.NUMBER
    error_folder: str = ""
    rehearse: bool = True


class TidyPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What the process that tidies is told; the paths are whole.

    In `own` deskcron keeps its own data, which stays as it is.
    """

    tidying: Tidying
    journals: str
    own: str


def file_type_of(name: str) -> FileType:
    """Return the group a file belongs to, by the ending of its name."""
    _stem, dot, ending = name.rpartition(".")
    return _TYPE_OF_ENDING.get(f"{dot}{ending.lower()}", FileType.OTHER)


def fields_in(target: str) -> list[str]:
    """Return the names in braces; raises ValueError for braces that do not fit together."""
    found = []
    for _text, field, spec, conversion in Formatter().parse(target):
        if field is not None:
            if spec or conversion:
                raise ValueError(field)
            found.append(field)
    return found


def rule_problems(rule: TidyRule) -> Iterator[Problem]:
    """Yield what keeps a rule from being used, by the name of its field."""
    if not rule.name.strip():
        yield Problem("name", _("Write which names the rule is for; * stands for all."))
    for size in (rule.larger_than, rule.smaller_than, rule.older_than_s):
        if size < 0:
            yield Problem("size", _("Age and size cannot be less than nothing."))
            break
    if rule.smaller_than and rule.larger_than >= rule.smaller_than:
        yield Problem("size", _("No file is larger and smaller than that at once."))
    if rule.deed is FileOperation.TRASH:
        return
    if not rule.target.strip():
        yield Problem("target", _empty_target(rule.deed))
        return
    yield from _target_problems(rule)


def _target_problems(rule: TidyRule) -> Iterator[Problem]:
    if _FORBIDDEN.search(rule.target):
        yield Problem("target", _("A target is one line of plain text."))
    try:
        unknown = [field for field in fields_in(rule.target) if field not in FIELDS]
    except ValueError:
        yield Problem(
            "target", _("The braces in “{target}” do not fit.").format(target=rule.target)
        )
        return
    if unknown:
        known = ", ".join(f"{{{field}}}" for field in FIELDS)
        text = _("There is no field {field}. These can be used: {known}.")
        yield Problem("target", text.format(field=f"{{{unknown[0]}}}", known=known))
    if rule.deed is FileOperation.RENAME and ("/" in rule.target or "\\" in rule.target):
        yield Problem("target", _("A new name has no folder in it; to change folders, move."))


def _empty_target(deed: FileOperation) -> str:
    if deed is FileOperation.RENAME:
        return _("Write the new name, such as {example}.").format(example="{year}-{name}.{ext}")
    if deed is FileOperation.ARCHIVE:
        return _("Name the archive, such as {example}.").format(example="Old/{year}.zip")
    return _("Name the folder the files go to.")
