"""Say in plain language what the command line alone can: options, and which command helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from deskcron.domain.explanation import Obstacle
from deskcron.domain.policy import Policy
from deskcron.domain.policywords import policy_words
from deskcron.domain.texts import gettext as _


def obstacle_hint(obstacle: Obstacle, job_id: str) -> str:
    """Return the command that takes an obstacle away, empty where there is none."""
    return {
        Obstacle.NO_ENGINE: _("Start one: deskcron daemon"),
        Obstacle.DISABLED: _("Enable it: deskcron enable {id}"),
        Obstacle.PAUSED: _("Go on: deskcron resume"),
        Obstacle.HELD: _("Let it go on: deskcron resume {id}"),
        Obstacle.FINISHED: _('Schedule it again, for example: deskcron edit {id} --at "TIME"'),
        Obstacle.REMOVED: _("If that was the last change, bring it back: deskcron undo"),
    }.get(obstacle, "").format(id=job_id)


def rules_words(policy: Mapping[str, Any]) -> str:
    """Return the rules of a stored job that are not the default, a line each."""
    try:
        rules = msgspec.convert(policy, Policy)
    except msgspec.ValidationError:
        return _("cannot be read")
    return "\n".join(policy_words(rules))
