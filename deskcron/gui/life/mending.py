"""Set right at the start what has gone wrong outside while deskcron did not run."""

from __future__ import annotations

from collections.abc import Sequence

from deskcron.domain.errors import RequestFailed
from deskcron.domain.texts import gettext as _
from deskcron.gui.life.host import Host
from deskcron.system.location import location_warning


def mend_login(host: Host) -> Sequence[str]:
    """Repair entries for the login whose program has moved; return a line for each.

    Thread: any, not the GUI's. Raises RequestFailed.
    """
    lines = []
    for headless in (False, True):
        autostart = host.autostart(headless=headless)
        state = autostart.state()
        if state.is_on and state.is_stale:
            autostart.enable()
            lines.append(_("The start at login was repaired: {reason}").format(reason=state.remark))
    return lines


def examine_place(host: Host) -> None:
    """Raise RequestFailed where the data directory is in a place that may harm it.

    Thread: any, not the GUI's.
    """
    warning = location_warning(host.paths().data)
    if warning is not None:
        raise RequestFailed(title=_("Your data is at risk"), detail=warning)
