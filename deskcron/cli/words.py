"""Say in plain language what the command line alone can: options, and which command helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from deskcron.domain.answers import Obstacle
from deskcron.domain.policy import CatchUp, Overlap, Policy
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import exact_duration


def obstacle_hint(obstacle: Obstacle, job_id: str) -> str:
    """Return the command that takes an obstacle away, empty where there is none."""
    return {
        Obstacle.NO_ENGINE: _("Start one: deskcron daemon"),
        Obstacle.DISABLED: _("Enable it: deskcron enable {id}"),
        Obstacle.PAUSED: _("Go on: deskcron resume"),
        Obstacle.HELD: _("Let it go on: deskcron resume {id}"),
        Obstacle.FINISHED: _('Schedule it again: deskcron edit {id} --at "TIME", or another WHEN'),
        Obstacle.REMOVED: _("If that was the last change, bring it back: deskcron undo"),
    }.get(obstacle, "").format(id=job_id)


def rules_words(policy: Mapping[str, Any]) -> str:
    """Return the rules of a stored job as the options of `add`, with defaults filled in."""
    try:
        rules = msgspec.convert(policy, Policy)
    except msgspec.ValidationError:
        return _("cannot be read")
    words = [
        f"catch-up {_limited(rules.catch_up, rules.catch_up_limit)}",
        f"max-age {exact_duration(rules.max_age_s)}",
        f"overlap {_limited(rules.overlap, rules.overlap_limit)}",
        f"notify {rules.notify}",
        f"priority {rules.priority}",
    ]
    if rules.timeout_s is not None:
        words.append(f"timeout {exact_duration(rules.timeout_s)}")
    if rules.exact:
        words.append("exact")
    return ", ".join(words)


def _limited(rule: CatchUp | Overlap, limit: int) -> str:
    has_limit = rule in {CatchUp.ALL, Overlap.QUEUE, Overlap.PARALLEL}
    return f"{rule}:{limit}" if has_limit else rule.value
