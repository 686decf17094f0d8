"""What is said before a folder is tidied."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from deskcron.actions.tidy import Tidy
from deskcron.domain.action import ProcessLaunch
from deskcron.domain.environment import Lookup
from deskcron.domain.tidying import FileOperation, TidyPlan, TidyRule

RULES = (TidyRule(deed=FileOperation.TRASH),)


@pytest.mark.parametrize(
    ("folder", "is_recursive", "warns"),
    [
        ("/", True, True),
        ("~", True, True),
        ("~/..", True, True),
        ("~", False, False),
        ("~/Downloads", True, False),
    ],
)
def test_a_tidying_of_all_that_one_has_is_told_of(home, folder, is_recursive, warns):
    """Whoever writes ~ may not think of documents and projects."""
    (home / "Downloads").mkdir()
    action = Tidy(folder=folder, rules=RULES, is_recursive=is_recursive)
    found = " ".join(action.warnings(Lookup({"HOME": str(home)})))
    assert ("your whole home folder" in found) == warns


def test_the_process_knows_what_is_not_to_be_tidied(run, workspace):
    """The plan names the folder in which deskcron keeps its own data."""
    launch = Tidy(folder="~", rules=RULES).prepare(run, workspace)
    assert isinstance(launch, ProcessLaunch)
    plan = msgspec.json.decode(Path(launch.argv[-1]).read_bytes(), type=TidyPlan)
    assert plan.own == str(workspace.own_folder())
