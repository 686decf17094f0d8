"""Recognise places where a database comes to harm: network and synced folders."""

from __future__ import annotations

import re
from pathlib import Path

from deskcron.domain.texts import gettext as _

_NETWORK = frozenset({
    "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "drvfs", "fuse.davfs", "fuse.davfs2",
    "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.kio-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs",
    "fuse.vmhgfs-fuse", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb", "smb3", "smbfs",
    "vboxsf", "webdav",
})  # fmt: skip
_SYNCED_NAMES = re.compile(
    r"(dropbox|onedrive|google ?drive|icloud ?drive|com~apple~clouddocs|nextcloud|owncloud"
    r"|cloudstorage|pclouddrive|megasync|box sync|syncthing|seafile)( \(.*| - .*)?",
    re.IGNORECASE,
)
_SYNC_MARKERS = (
    ".stfolder",
    ".dropbox",
    ".dropbox.cache",
    ".owncloudsync.log",
    ".nextcloudsync.log",
)
_ESCAPE = re.compile(r"\\([0-7]{3})")


def location_warning(path: Path, mounts: Path = Path("/proc/mounts")) -> str | None:
    """Say in words why a data directory should not be here; None when nothing speaks against it.

    Locks and shared memory of SQLite are not reliable over a network, and sync programs copy a
    database while it is written to.
    """
    place = path.absolute().resolve()
    kind = _filesystem(place, mounts)
    if kind in _NETWORK:
        return _(
            "The data folder {path} is on a network file system ({kind}), where a database can "
            "be damaged. Set DESKCRON_HOME to a folder on this computer."
        ).format(path=path, kind=kind)
    synced = _synced_root(place)
    if synced is not None:
        return _(
            "The data folder {path} is inside {root}, which looks like a folder that is synced "
            "to other devices, where a database can be damaged. Set DESKCRON_HOME to a folder "
            "outside of it."
        ).format(path=path, root=synced)
    return None


def _filesystem(place: Path, mounts: Path) -> str:
    """Return the type of the innermost mount that holds a path, "" where not known."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    innermost, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_ESCAPE.sub(lambda code: chr(int(code[1], 8)), fields[1]))
        depth = len(point.parts)
        if depth >= innermost and place.is_relative_to(point):  # a later mount covers an earlier
            innermost, kind = depth, fields[2]
    return kind


def _synced_root(place: Path) -> Path | None:
    for folder in (place, *place.parents):
        if _SYNCED_NAMES.fullmatch(folder.name):
            return folder
        if any((folder / marker).exists() for marker in _SYNC_MARKERS):
            # ~/.dropbox is the program's own directory; the synced folder holds a file of the name
            if folder == Path.home() and not (folder / ".stfolder").exists():
                continue
            return folder
    return None
