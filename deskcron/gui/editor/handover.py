"""Begin one kind of trigger with the like of what was typed for another."""

from __future__ import annotations

from deskcron.domain.pattern import cron_text, pattern_of_cron
from deskcron.gui.editor.cronpart import CronPart
from deskcron.gui.editor.datespart import DatesPart
from deskcron.gui.editor.part import Part


def hand_over(source: Part, target: Part) -> None:
    """Carry over what both kinds can say; the rest of `target` stays."""
    if isinstance(source, DatesPart) and isinstance(target, CronPart):
        expression = cron_text(source.pattern(), source.time())
        if expression:
            target.load({"expression": expression})
    elif isinstance(source, DatesPart) and isinstance(target, DatesPart):
        target.show_time(source.time())
    elif isinstance(source, CronPart) and isinstance(target, DatesPart):
        found = pattern_of_cron(source.expression())
        if found is not None:
            pattern, at = found
            target.show_time(at)
            if pattern.frequency == target.frequency:
                target.show_pattern(pattern)
