"""Begin one kind of trigger with the like of what was typed for another."""

from __future__ import annotations

from deskcron.domain.pattern import Pattern, cron_text, pattern_of_cron
from deskcron.gui.editor.cronpart import CronPart
from deskcron.gui.editor.datespart import DatesPart
from deskcron.gui.editor.oncepart import OncePart
from deskcron.gui.editor.part import Part
from deskcron.gui.theme.clockfields import is_time


def hand_over(source: Part, target: Part) -> None:
    """Carry over what both kinds can say; the rest of `target` stays."""
    pattern, at = _said_by(source)
    if not is_time(at):
        return
    if isinstance(target, OncePart | DatesPart):
        target.show_time(at)
    if pattern is None:
        return
    if isinstance(target, CronPart):
        expression = cron_text(pattern, at)
        if expression:
            target.load({"expression": expression})
    elif isinstance(target, DatesPart) and pattern.frequency == target.frequency:
        target.show_pattern(pattern)


def _said_by(source: Part) -> tuple[Pattern | None, str]:
    """Return on which dates and at which time of day, as far as a part says that."""
    if isinstance(source, OncePart):
        return None, source.time()
    if isinstance(source, DatesPart):
        return source.pattern(), source.time()
    if isinstance(source, CronPart):
        return pattern_of_cron(source.expression()) or (None, "")
    return None, ""
