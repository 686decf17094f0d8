"""The command env shows what a job gets, and how that differs from the terminal."""

from __future__ import annotations

import json
import os

import pytest

from deskcron.domain.concealing import MASK
from deskcron.domain.environment import Base
from deskcron.domain.parity import Comparison, Difference, JobEnvironment


@pytest.fixture
def shown(fake):
    """Let a job have an environment."""
    fake.environment.of = JobEnvironment(
        job="Tea", run_id=None, base=Base.LOGIN, variables={"A": "1\n2", "MY_KEY": MASK}
    )
    return fake.environment


def test_what_a_job_gets(typed, shown):
    """Each variable is a line, whatever its value; a remark goes beside the answer."""
    answer = typed("env", "Tea")
    assert answer.out.splitlines() == ["A=1\\n2", f"MY_KEY={MASK}"]
    assert shown.asked == [("Tea",)]
    typed("env", "Tea", "--run", "7")
    assert shown.asked[-1] == ("Tea", 7)


def test_the_remark(typed, shown, fake):
    """What one would not expect is said on stderr."""
    fake.environment.of = JobEnvironment(
        job="Tea", run_id=None, base=Base.LOGIN, variables={}, remark="The shell is silent."
    )
    assert "The shell is silent." in typed("env", "Tea").err


def test_json(typed, shown):
    """As JSON there is the same."""
    answer = json.loads(typed("env", "Tea", "--json").out)
    assert answer["variables"] == {"A": "1\n2", "MY_KEY": MASK}
    assert answer["base"] == "login"


def test_differences(typed, fake):
    """Only here, only there, different, and the PATH by its folders."""
    fake.environment.found = Comparison(
        only_here={"A": "1"},
        only_there={"B": "2"},
        different=(Difference(name="C", here="3", there="4"),),
        path_only_here=("/here",),
        path_only_there=("/there",),
    )
    assert typed("env", "Tea", "--diff").out.splitlines() == [
        "Only the job has:",
        "  < A=1",
        "Only this terminal has:",
        "  > B=2",
        "Both have, with different values:",
        "  < C=3",
        "  > C=4",
        "Folders of the PATH:",
        "  < /here",
        "  > /there",
    ]
    assert fake.environment.asked == [("Tea", os.environ["PATH"], None)]
    answer = json.loads(typed("env", "Tea", "--diff", "--run", "3", "--json").out)
    assert answer["different"] == [{"name": "C", "here": "3", "there": "4"}]
    assert fake.environment.asked[-1] == ("Tea", os.environ["PATH"], 3)


def test_order_and_sameness(typed, fake):
    """An order of the PATH of its own is told, and that nothing differs."""
    same = {"only_here": {}, "only_there": {}, "different": ()}
    fake.environment.found = Comparison(**same, is_path_reordered=True)
    assert "another order" in typed("env", "Tea", "--diff").out
    fake.environment.found = Comparison(**same)
    assert typed("env", "Tea", "--diff").out == "The job gets what this terminal has.\n"
