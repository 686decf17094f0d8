"""Pack files into a new archive, and take them out again."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

from deskcron.domain.texts import gettext as _
from deskcron.tidying.folder import Found
from deskcron.tidying.journal import Entry
from deskcron.tidying.placing import ChangedError


def pack(files: Sequence[Found], draft: Path) -> None:
    """Write an archive of the files and read it back; raises OSError where that fails."""
    with draft.open("xb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
            for file in files:
                archive.write(file.path, member_of(file))
        raw.flush()
        os.fsync(raw.fileno())
    with zipfile.ZipFile(draft) as archive:
        damaged = archive.testzip()
        sizes = {info.filename: info.file_size for info in archive.infolist()}
    if damaged or any(sizes.get(member_of(file)) != file.size for file in files):
        raise ChangedError(_("the archive does not hold what was packed"))


def member_of(file: Found) -> str:
    """Return the name of a file inside an archive."""
    return file.inside.as_posix()


def take_out(entry: Entry, draft: Path) -> None:
    """Write one file of an archive, with its date and mode; raises OSError or BadZipFile."""
    with (
        zipfile.ZipFile(entry.target) as archive,
        archive.open(entry.member) as reader,
        draft.open("xb") as writer,
    ):
        shutil.copyfileobj(reader, writer, 1 << 20)
        writer.flush()
        os.fsync(writer.fileno())
    draft.chmod(entry.mode)
    os.utime(draft, ns=(entry.mtime_ns, entry.mtime_ns))


def members(archive: Path) -> set[str]:
    """Return the names inside an archive; raises OSError or BadZipFile."""
    with zipfile.ZipFile(archive) as opened:
        return set(opened.namelist())
