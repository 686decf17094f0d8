"""A check that cannot succeed is told of when its job is saved."""

from __future__ import annotations

import sys

import pytest

from deskcron.actions.kinds import ACTION_KINDS
from deskcron.actions.shellline import check_warnings
from deskcron.domain.codec import Codec
from deskcron.domain.environment import Lacks, Lookup
from deskcron.domain.trigger import RuleContext
from deskcron.engine.drafts import Drafts
from deskcron.triggers.kinds import TRIGGER_KINDS


@pytest.mark.skipif(sys.platform == "win32", reason="there cmd is the shell")
def test_a_check_whose_program_is_missing_is_told_of(rig, tmp_path) -> None:
    """It is looked for where the job itself would start, each check for itself."""
    program = tmp_path / "mycheck"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    drafts = Drafts(
        Codec(TRIGGER_KINDS, ACTION_KINDS),
        lookup=lambda _rules: Lookup({"PATH": "/usr/bin:/bin"}),
        checks=check_warnings,
    )
    checks = ["true", "nosuchcheck --now", "./mycheck", "otherwise"]
    document = {
        "name": "Sync",
        "action": {"kind": "command", "program": "ls", "directory": str(tmp_path)},
        "policy": {"conditions": {"all": [{"kind": "check", "command": one} for one in checks]}},
    }
    now, context = rig.clock.now(), RuleContext("UTC")
    found = drafts.warnings(drafts.check(document, now, context), now, context)
    assert ["nosuchcheck" in one for one in found] == [True, False]
    assert "“otherwise”" in found[1]


def test_a_python_is_asked_for_its_function_when_the_job_is_saved(rig) -> None:
    """While it is typed nothing is started."""
    drafts = Drafts(
        Codec(TRIGGER_KINDS, ACTION_KINDS),
        lookup=lambda _rules: Lookup(lacks=lambda _one: Lacks.MODULE),
    )
    document = {"name": "Sync", "action": {"kind": "python", "target": "nosuch:f"}}
    now, context = rig.clock.now(), RuleContext("UTC")
    job = drafts.check(document, now, context)
    assert drafts.warnings(job, now, context, is_typed=True) == ()
    [warning] = drafts.warnings(job, now, context)
    assert "finds no module “nosuch”" in warning
