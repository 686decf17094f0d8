"""Tell of what happens outside of deskcron, the way each system allows."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from deskcron.domain.happening import EventKind, EventSource
from deskcron.domain.machine import Machine
from deskcron.system.bus import BusThread
from deskcron.system.events.edge import Edge
from deskcron.system.events.looking import Look, LookingEvents
from deskcron.system.events.netlink import netlink_feeds
from deskcron.system.events.session import Sessions
from deskcron.system.events.signals import CHANGES
from deskcron.system.events.sleep import SleepEvents


def event_sources_for(
    environment: Mapping[str, str], machine: Machine, bus: BusThread
) -> Sequence[EventSource]:
    """Return the sources of this system for all kinds but STARTED and FILE_CHANGED.

    Without Linux nobody tells that power or network have changed: they are looked at each
    30 seconds.
    """
    looks: list[Look] = [
        Edge(machine.is_online, {True: EventKind.NETWORK_UP}),
        Edge(machine.on_mains, {True: EventKind.PLUGGED_IN, False: EventKind.UNPLUGGED}),
        Sessions(environment, bus, os.getuid())
        if sys.platform == "linux"
        else Sessions(environment, None, 0),
    ]
    if sys.platform != "linux":
        return [LookingEvents(looks)]
    return [LookingEvents(looks, netlink_feeds, bus, CHANGES), SleepEvents(bus)]
