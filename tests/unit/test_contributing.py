"""CONTRIBUTING.md names files and targets that are there."""

from __future__ import annotations

import re
from pathlib import Path

TOP = Path(__file__).parents[2]
CONTRIBUTING = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
FOLDERS = ("", "deskcron/", "tests/unit/cli/", "deskcron/cli/", "deskcron/domain/",
           "deskcron/engine/", "deskcron/gui/editor/")  # fmt: skip
"""Where a name is looked for: what stands beside the file named before it has no path."""


def test_every_file_and_folder_is_there():
    """What is to be opened can be opened; NAME stands for what is yet to be written."""
    named = set(re.findall(r"`((?:[\w.-]+/)*[\w.-]+(?:/|\.py|\.toml|\.txt|\.pot))`", CONTRIBUTING))
    named |= set(re.findall(r"`((?:deskcron|tests|packaging|resources)/[\w./-]+)`", CONTRIBUTING))
    assert len(named) > 40
    there = {name for name in named for folder in FOLDERS if (TOP / folder / name).exists()}
    assert {name for name in named - there if "NAME" not in name} == set()


def test_every_target_is_there():
    """What is to be made can be made, and all of it is named."""
    made = set(re.findall(r"^([a-z]+): ##", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", CONTRIBUTING, re.MULTILINE))
    assert named == made - {"help"}


def test_the_map_leaves_no_folder_out():
    """Each folder with a part of the program or its tests has a row in the map."""
    for top in ("deskcron", "tests"):
        for folder in (TOP / top).iterdir():
            if any(folder.glob("*.py")):
                assert f"`{top}/{folder.name}" in CONTRIBUTING
