"""Open an address, a document, a folder or a program, and leave it alone."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from deskcron.actions.surroundings import place_of, placed, text_problems, working_directory
from deskcron.domain.action import (
    ANYWHERE,
    Launch,
    Place,
    ProcessLaunch,
    RunContext,
    StartFailed,
    Workspace,
)
from deskcron.domain.environment import Lookup
from deskcron.domain.errors import Problem
from deskcron.domain.reason import Reason, Why
from deskcron.domain.texts import gettext as _

# What an opener may be given: schemes that lead to a page, a message, a call or a known program,
# none that carries code. One letter is a drive of Windows.
_SCHEMES = frozenset({
    "callto", "discord", "file", "ftp", "ftps", "geo", "http", "https", "irc", "ircs", "magnet",
    "mailto", "matrix", "msteams", "news", "obsidian", "sftp", "sip", "sips", "slack", "sms", "smb",
    "spotify", "steam", "tel", "webcal", "xmpp", "zoommtg",
})  # fmt: skip
_NEVER_PATHS = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_PROGRAM_HEADS = (b"#!", b"\x7fELF")


class Open(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="open"):
    """An address, or a path in which ~ and $VARIABLES are replaced; it counts from home."""

    target: str

    @property
    def starts_process(self) -> bool:
        """Tell that it starts a process."""
        return True

    def place(self, run: RunContext) -> Place:
        """Say where programs of a run start and what they find."""
        return place_of(run)

    def prepare(self, run: RunContext, workspace: Workspace) -> Launch:
        """Return the start of the program for the target, or of the target if it is one.

        Raises StartFailed when the target is missing, and when nothing can open it.
        """
        del workspace
        own, base = run.environment(), run.base
        path = self._local_path(own, base)
        if path is not None and not path.exists():
            raise StartFailed(Why(Reason.TARGET_MISSING, {"path": str(path)}))
        if path is not None and _is_program(path):
            argv: tuple[str, ...] = (str(path),)
        else:
            opener = _opener(base)
            if not opener:
                raise StartFailed(Why(Reason.NO_OPENER, {"target": self.target}))
            argv = (*opener, self.target.strip() if path is None else str(path))
        return ProcessLaunch(argv, working_directory("", own, base), own, waits=False)

    def problems(self) -> Sequence[Problem]:
        """Say what keeps the action from being saved, in words."""
        if not self.target.strip():
            return (Problem("target", _("Name what to open: an address, a file or a folder.")),)
        scheme = self._scheme({}, {})
        if scheme and scheme not in _SCHEMES:
            return (
                Problem(
                    "target",
                    _("Addresses that begin with “{scheme}:” are not opened.").format(
                        scheme=scheme
                    ),
                ),
            )
        if scheme in {"http", "https"} and not self.target.strip()[len(scheme) + 1 :].strip("/"):
            return (Problem("target", _("Complete the address of the web page.")),)
        return tuple(text_problems([("target", self.target)]))

    def warnings(self, lookup: Lookup = ANYWHERE) -> Sequence[str]:
        """Say what would keep the target from being opened on this machine now, in words."""
        path = self._local_path({}, lookup.environment)
        if path is not None and not path.exists():
            return (
                _("{path} does not exist. An address of the web begins with “https://”.").format(
                    path=path
                ),
            )
        if not (path is not None and _is_program(path)) and not _opener(lookup.environment):
            return (_("No program to open addresses and files is installed (xdg-open)."),)
        return ()

    def secrets(self) -> Sequence[str]:
        """Return none: it is given no secrets."""
        return ()

    def describe(self) -> str:
        """Return the target."""
        return self.target

    def _scheme(self, own: Mapping[str, str], base: Mapping[str, str]) -> str:
        """Return what an address begins with, "" for a path: a file may be named like one."""
        match = _SCHEME.match(self.target.strip())
        if match is None or "\0" in self.target:
            return ""
        scheme = match[1].lower()
        is_path = scheme not in _NEVER_PATHS and self._path(own, base).exists()
        return "" if is_path else scheme

    def _local_path(self, own: Mapping[str, str], base: Mapping[str, str]) -> Path | None:
        """Return the path of something on this computer, None for an address to be opened."""
        scheme = self._scheme(own, base)
        if scheme == "file":
            path = unquote(urlsplit(self.target.strip()).path)
            return Path(path.lstrip("/") if os.name == "nt" else path)  # file:///C:/x means C:/x
        return None if scheme in _SCHEMES else self._path(own, base)

    def _path(self, own: Mapping[str, str], base: Mapping[str, str]) -> Path:
        return placed(self.target.strip(), "", own, base)


def _opener(base: Mapping[str, str]) -> tuple[str, ...]:
    """Return the program of this desktop that opens things, empty where there is none.

    Only where desktops differ is the environment asked, which may take seconds.
    """
    if sys.platform == "win32":
        return ("rundll32", "url.dll,FileProtocolHandler")
    if sys.platform == "darwin":
        return ("open",)
    for program, *options in (("xdg-open",), ("gio", "open"), ("kde-open",)):
        if shutil.which(program, path=base.get("PATH")):
            return (program, *options)
    return ()


def _is_program(path: Path) -> bool:
    """Tell programs from documents on file systems where everything is executable."""
    if not (path.is_file() and os.access(path, os.X_OK)):
        return False
    if sys.platform == "win32":
        return path.suffix.lower() in {".exe", ".com"}
    try:
        with path.open("rb") as file:
            return file.read(4).startswith(_PROGRAM_HEADS)
    except OSError:
        return False
