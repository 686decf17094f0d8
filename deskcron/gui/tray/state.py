"""What the icon in the panel shows of the state of everything, and its words."""

from __future__ import annotations

from datetime import datetime, tzinfo
from enum import StrEnum

from deskcron.domain.answers import Overview
from deskcron.domain.texts import ngettext
from deskcron.gui.shell.enginewords import next_words, state_line, waiting_lines


class TrayState(StrEnum):
    """The states of the icon, by the names of their drawings."""

    IDLE = "tray-idle"
    RUNNING = "tray-running"
    ATTENTION = "tray-attention"
    PAUSED = "tray-paused"


def state_of(overview: Overview) -> TrayState:
    """Return the icon's state; what asks for a person comes before what does not."""
    if overview.needs_you or not overview.engine.running:
        return TrayState.ATTENTION
    if overview.engine.paused:
        return TrayState.PAUSED
    return TrayState.RUNNING if overview.running else TrayState.IDLE


def tooltip(overview: Overview, now: datetime, zone: tzinfo | None, own_pid: int) -> str:
    """Return the lines that say more than the icon."""
    state = state_line(overview, now, zone, own_pid).words
    lines = ["deskcron", state, waiting_lines(overview), next_words(overview, now, zone)]
    if overview.needs_you:
        text = ngettext(
            "{count} entry waits for you", "{count} entries wait for you", overview.needs_you
        )
        lines.insert(1, text.format(count=overview.needs_you))
    return "\n".join(line for line in lines if line)
