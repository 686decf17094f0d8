"""Say "now" when something happens to the machine: a start, a login, power, network, sleep."""

from __future__ import annotations

from enum import StrEnum

from deskcron.domain.happening import EventKind
from deskcron.domain.listening import EventTrigger, Topic
from deskcron.domain.texts import gettext as _
from deskcron.triggers.eventwords import with_timing


class OccasionKind(StrEnum):
    """What a person can choose; the words are stored."""

    STARTED = EventKind.STARTED.value
    LOGIN = EventKind.LOGIN.value
    RESUMED = EventKind.RESUMED.value
    NETWORK_UP = EventKind.NETWORK_UP.value
    PLUGGED_IN = EventKind.PLUGGED_IN.value
    UNPLUGGED = EventKind.UNPLUGGED.value


class Occasion(EventTrigger, frozen=True, kw_only=True, tag="event"):
    """Say "now" at one kind of event."""

    event: OccasionKind

    @property
    def topic(self) -> Topic:
        """Return the event."""
        return Topic(self.event.value)

    def describe(self) -> str:
        """Put the event into words."""
        return with_timing(occasion_words(self.event), self)


def occasion_words(event: OccasionKind) -> str:
    """Return when that is, as the beginning of a sentence."""
    return {
        OccasionKind.STARTED: _("When deskcron starts"),
        OccasionKind.LOGIN: _("When you log in"),
        OccasionKind.RESUMED: _("When the computer wakes up"),
        OccasionKind.NETWORK_UP: _("When the network is there"),
        OccasionKind.PLUGGED_IN: _("When power is plugged in"),
        OccasionKind.UNPLUGGED: _("When power is unplugged"),
    }[event]
