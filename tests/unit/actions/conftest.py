"""A run to prepare actions for, and a workspace that keeps scripts in the test's directory."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskcron.domain.action import RunContext
from deskcron.system.resources import resource


class FolderWorkspace:
    """A Workspace that names files by order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def script_file(self, text: str, suffix: str) -> Path:
        """Write the text."""
        path = self.folder / f"script{suffix}"
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def own_command(self, *arguments: str) -> tuple[str, ...]:
        """Return the program by its name alone."""
        return ("deskcron", *arguments)

    def shipped_script(self, name: str) -> Path:
        """Return the file that is shipped."""
        return resource("scripts", name)

    def own_folder(self) -> Path:
        """Return a folder for deskcron's data."""
        return self.folder / "data"

    def journals(self) -> Path:
        """Return a folder of its own."""
        return self.folder / "journals"


@pytest.fixture
def run() -> RunContext:
    """Return a scheduled run."""
    return RunContext(5, "Backup", "schedule", datetime(2026, 7, 1, 10, tzinfo=UTC), 2)


@pytest.fixture
def workspace(tmp_path: Path) -> FolderWorkspace:
    """Return a workspace."""
    return FolderWorkspace(tmp_path)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home directory of the test."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder
