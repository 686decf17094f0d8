"""Who wants the computer awake is told where that cannot be."""

from __future__ import annotations

import pytest

from deskcron.actions.kinds import ACTION_KINDS
from deskcron.domain.codec import Codec
from deskcron.domain.machine import Wakefulness
from deskcron.domain.trigger import RuleContext
from deskcron.engine.drafts import Drafts
from deskcron.engine.wakewarnings import HOLDS_S, WakeWarnings
from deskcron.triggers.kinds import TRIGGER_KINDS


@pytest.mark.parametrize(
    ("reached", "wants_awake", "is_told"),
    [
        (Wakefulness.NONE, True, True),
        (Wakefulness.NONE, False, False),
        (Wakefulness.UNLESS_TOLD, True, False),
        (Wakefulness.WHATEVER_HAPPENS, True, False),
    ],
)
def test_a_wish_that_will_not_come_true_is_told(rig, reached, wants_awake, is_told) -> None:
    """A job that is to keep the computer awake says where it cannot; others ask nobody."""
    tried: list[None] = []

    def try_it() -> Wakefulness:
        tried.append(None)
        return reached

    codec, context = Codec(TRIGGER_KINDS, ACTION_KINDS), RuleContext("UTC")
    drafts = Drafts(codec, awake=WakeWarnings(try_it, rig.clock))
    document = {
        "name": "Backup",
        "action": rig.shell("true"),
        "policy": {"keep_awake": wants_awake},
    }
    job = drafts.check(document, rig.clock.now(), context)
    for _save in range(2):
        warnings = drafts.warnings(job, rig.clock.now(), context)
        assert [text for text in warnings if "cannot be kept awake" in text] == [*warnings]
        assert bool(warnings) is is_told
    assert len(tried) == wants_awake
    rig.clock.advance(seconds=HOLDS_S)
    drafts.warnings(job, rig.clock.now(), context)
    assert len(tried) == 2 * wants_awake
