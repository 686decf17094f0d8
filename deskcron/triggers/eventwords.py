"""How what all event triggers share is put into words."""

from __future__ import annotations

from deskcron.domain.listening import EventTrigger
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import length_words


def with_timing(text: str, trigger: EventTrigger) -> str:
    """Return what a trigger listens to, followed by its delays."""
    parts = [text]
    if trigger.delay_s:
        parts.append(_("{length} later").format(length=length_words(trigger.delay_s)))
    if trigger.random_delay_s:
        length = length_words(trigger.random_delay_s)
        parts.append(_("up to {length} more by chance").format(length=length))
    if trigger.at_most_every_s:
        length = length_words(trigger.at_most_every_s)
        parts.append(_("at most once in {length}").format(length=length))
    return _(", ").join(parts)
