"""What actions find on this machine: private files for texts, deskcron itself, shipped scripts."""

from __future__ import annotations

import hashlib
from pathlib import Path

from deskcron.system.ownprogram import own_command
from deskcron.system.privatefile import write_private
from deskcron.system.resources import resource


class ScriptWorkspace:
    """The Workspace of a data directory, in a folder of it: a file is named by its content.

    Thread: any.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def script_file(self, text: str, suffix: str) -> Path:
        """Return a private file (0600) with exactly this text; the same text, the same file.

        Raises OSError when it cannot be written.
        """
        content = text.encode("utf-8", errors="surrogateescape")
        path = self._directory / f"{hashlib.sha256(content).hexdigest()[:32]}{suffix}"
        if not _holds(path, content):
            self._write(path, content)
        return path

    def own_command(self, *arguments: str) -> tuple[str, ...]:
        """Return the command that starts this very deskcron with these arguments."""
        return own_command(*arguments)

    def shipped_script(self, name: str) -> Path:
        """Return the file of a script that comes with deskcron."""
        return resource("scripts", name)

    def own_folder(self) -> Path:
        """Return the folder of deskcron's own data."""
        return self._directory.parent

    def journals(self) -> Path:
        """Return the folder in which programs of ours write down what they do to files."""
        return self._directory / "journals"

    def _write(self, path: Path, content: bytes) -> None:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, content)


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether the file has its text still: someone may have edited or emptied it."""
    try:
        return path.read_bytes() == content
    except OSError:
        return False
