"""What the README types at a terminal is done by the program, in the order in which it stands."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from deskcron.bootstrap.core import Core
from deskcron.cli.main import main
from deskcron.system.paths import Paths

README = Path(__file__).parents[2] / "README.md"


def test_the_commands_of_the_readme_work(
    deskcron_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Each is done. The program that one of them runs is a person's own, and stood in for."""
    rsync = tmp_path / "bin" / "rsync"
    rsync.parent.mkdir()
    rsync.write_text("#!/bin/sh\n")
    rsync.chmod(0o700)
    monkeypatch.setenv("PATH", f"{rsync.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    blocks = README.read_text(encoding="utf-8").split("```")[1::2]
    [block] = [block for block in blocks if "deskcron add " in block]
    for line in filter(None, block.splitlines()):
        program, *arguments = shlex.split(line, comments=True)
        assert program == "deskcron"
        core = Core(Paths.below(deskcron_home))
        try:
            code = main(core, arguments)
        finally:
            core.close()
        err = capfd.readouterr().err
        assert code == 0, f"{line}\n{err}"
        assert "Traceback" not in err
