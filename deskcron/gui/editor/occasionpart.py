"""When: something happens to the machine or the session."""

from __future__ import annotations

from types import MappingProxyType

from deskcron.domain.happening import EventKind
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import choice
from deskcron.gui.editor.eventpart import EventPart
from deskcron.gui.theme.inputs import ComboBox

_EVENTS = (
    EventKind.LOGIN,
    EventKind.STARTED,
    EventKind.RESUMED,
    EventKind.NETWORK_UP,
    EventKind.PLUGGED_IN,
    EventKind.UNPLUGGED,
)


class OccasionPart(EventPart):
    """One of a few kinds of events."""

    KIND = "event"
    DEFAULTS = MappingProxyType({"event": EventKind.LOGIN.value})

    def __init__(self) -> None:
        super().__init__()
        words = {
            EventKind.LOGIN: _("You log in"),
            EventKind.STARTED: _("deskcron starts"),
            EventKind.RESUMED: _("The computer wakes up"),
            EventKind.NETWORK_UP: _("The network is there"),
            EventKind.PLUGGED_IN: _("Power is plugged in"),
            EventKind.UNPLUGGED: _("Power is unplugged"),
        }
        events = ComboBox(_("What happens"), {kind.value: words[kind] for kind in _EVENTS})
        self.bind("event", _("What happens"), choice(events))

    @classmethod
    def can_show(cls, trigger: Document) -> bool:
        """Tell whether nothing of the trigger would be lost."""
        return super().can_show(trigger) and trigger.get("event", EventKind.LOGIN) in _EVENTS
