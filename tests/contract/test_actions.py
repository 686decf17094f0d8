"""What every kind of action keeps; a new kind adds a row."""

from __future__ import annotations

import msgspec
import pytest

from deskcron.actions.command import Command
from deskcron.actions.kinds import ACTION_KINDS
from deskcron.actions.open import Open
from deskcron.actions.pythoncall import PythonCall
from deskcron.actions.reminder import Reminder
from deskcron.actions.script import Script
from deskcron.actions.tidy import Tidy
from deskcron.actions.webrequest import WebRequest
from deskcron.domain.action import Presentation, ProcessLaunch, RunContext
from deskcron.domain.codec import Codec, encode
from deskcron.domain.policy import Policy
from deskcron.domain.run import JobId
from deskcron.domain.tidying import TidyRule
from deskcron.system.workspace import ScriptWorkspace
from deskcron.triggers.kinds import TRIGGER_KINDS

EXAMPLES = {
    "command": Command(program="/bin/echo", arguments=("a b", "<c>"), environment={"LANG": "C"}),
    "script": Script(text="echo hi", interpreter="sh"),
    "reminder": Reminder(title="Tea", text="It is <b>hot</b>"),
    "open": Open(target="/bin/true"),
    "tidy": Tidy(folder="/tmp", rules=(TidyRule(name="*.jpg", older_than_s=60, target="{year}"),)),
    "web": WebRequest(url="https://example.org/${secret:TOKEN}", headers=(("X-Key", "a b"),)),
    "python": PythonCall(target="shutil:which", arguments='["sh"]'),
}
ROWS = pytest.mark.parametrize("action", EXAMPLES.values(), ids=EXAMPLES.keys())
RUN = RunContext(7, "Tea", "schedule", None, 1)


def test_every_kind_has_a_row():
    """No kind is left out of this contract."""
    assert EXAMPLES.keys() == ACTION_KINDS.keys()


@ROWS
def test_the_launch_keeps_what_the_action_promises(action, tmp_path):
    """What starts a process returns a launch that is told its run; the rest a presentation."""
    launch = action.prepare(RUN, ScriptWorkspace(tmp_path))
    if action.starts_process:
        assert isinstance(launch, ProcessLaunch)
        assert launch.environment["DESKCRON_RUN_ID"] == "7"
    else:
        assert isinstance(launch, Presentation)


@ROWS
def test_a_good_action_has_words_and_no_problems(action):
    """An action that can be saved says so, in one line, and warns of nothing."""
    assert not action.problems()
    assert not action.warnings()
    assert action.describe()
    assert "\n" not in action.describe()


@ROWS
def test_a_stored_action_comes_back_equal(action):
    """Storing and reading an action changes nothing."""
    document = encode(
        name="Tea", enabled=True, tags=(), triggers=(), action=action, policy=Policy()
    )
    codec = Codec(TRIGGER_KINDS, ACTION_KINDS)
    assert codec.decode(JobId("j"), 1, msgspec.json.encode(document)).action == action
