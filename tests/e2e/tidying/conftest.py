"""A folder to tidy, a trash of its own, and a way to tidy and to undo."""

from __future__ import annotations

import os
import zipfile
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from deskcron.domain.tidying import Tidying, TidyPlan
from deskcron.domain.tidytext import parse_rule
from deskcron.domain.tidyundo import PutBack
from deskcron.tidying.performer import perform
from deskcron.tidying.undoing import FileTidyJournals

OLD_NS = 1_700_000_000_000_000_000  # 14 November 2023
HOUR_NS = 3_600_000_000_000
RUN_ID = 7


class House:
    """A home with a folder `inbox` in it."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.inbox = home / "inbox"
        self.inbox.mkdir(parents=True)
        self.own = home / "data"
        self.journals = self.own / "journals"
        patch.setenv("DESKCRON_RUN_ID", str(RUN_ID))
        patch.setenv("DESKCRON_ATTEMPT", "1")
        patch.setattr("send2trash.plat_other.XDG_DATA_HOME", os.fsencode(home / "share"))
        patch.setattr("send2trash.plat_other.HOMETRASH_B", os.fsencode(home / "share" / "Trash"))
        patch.setenv("XDG_DATA_HOME", str(home / "share"))

    def put(self, name: str, content: bytes = b"x", hours: int = 0) -> Path:
        """Write a file that is some hours younger than old."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        moment = OLD_NS + hours * HOUR_NS
        os.utime(path, ns=(moment, moment))
        return path

    def plan(self, *rules: str, **fields: object) -> Path:
        """Write the plan of a tidying that is no rehearsal unless told so."""
        tidying = Tidying(
            rules=tuple(map(parse_rule, rules)),
            **{"folder": str(self.inbox), "rehearse": False, **fields},
        )
        plan = self.home / "plan.json"
        told = TidyPlan(tidying=tidying, journals=str(self.journals), own=str(self.own))
        plan.write_bytes(msgspec.json.encode(told))
        return plan

    def tidy(self, *rules: str, **fields: object) -> int:
        """Tidy now and return the exit code."""
        return perform(self.plan(*rules, **fields))

    def undo(self) -> PutBack:
        """Undo the run."""
        return FileTidyJournals(self.journals).undo(RUN_ID)

    def tree(self) -> dict[str, tuple[bytes, int]]:
        """Return content and date of every file in the inbox."""
        return {
            path.relative_to(self.inbox).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.inbox.rglob("*"))
            if path.is_file()
        }

    def folders(self) -> set[str]:
        """Return the folders in the inbox."""
        found = self.inbox.rglob("*")
        return {path.relative_to(self.inbox).as_posix() for path in found if path.is_dir()}

    def contents(self) -> Counter[bytes]:
        """Count what is in files anywhere: in the inbox, in archives, in the trash."""
        found: Counter[bytes] = Counter()
        for root in (self.inbox, self.home / "share" / "Trash" / "files"):
            for path in root.rglob("*"):
                if path.suffix == ".zip" and zipfile.is_zipfile(path):
                    with zipfile.ZipFile(path) as archive:
                        found.update(archive.read(name) for name in archive.namelist())
                elif path.is_file():
                    found[path.read_bytes()] += 1
        return found


@pytest.fixture
def house(tmp_path, monkeypatch) -> House:
    """Return a house of the test's own."""
    return House(tmp_path / "home", monkeypatch)
