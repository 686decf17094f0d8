"""Be the window of a data directory, or reach the one that is."""

from __future__ import annotations

import os
import sys
from threading import Event

from deskcron.domain.errors import RequestFailed, StoreUnavailable
from deskcron.domain.opening import Opening
from deskcron.domain.ports import EngineLock
from deskcron.domain.texts import gettext as _
from deskcron.gui.life.application import run
from deskcron.gui.life.guard import require_display
from deskcron.gui.life.host import ROLE, Host
from deskcron.gui.life.instance import Address, InstanceMessage, Reached, reach
from deskcron.gui.life.messages import Messages

LISTEN_S = 15.0
"""A window that does not listen for so long neither begins nor ends: it is taken for stuck."""
_LOOK_S = 0.05
_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")


def start(host: Host, opening: Opening) -> int:
    """Run until the window is quit, or pass `opening` on; return the exit code.

    Raises NoWindow without a display, RequestFailed where the window that runs does not answer or
    does not do it.
    """
    address = Address.of(host.paths().data)
    lock = host.window_lock()
    if not _is_first(host, lock, address, opening):
        return 0
    try:
        if opening.needs_running:
            raise RequestFailed(
                title=_("deskcron's window is not running"), hint=_("Start it with 'deskcron'.")
            )
        require_display(os.environ, sys.platform)
        messages = Messages()
        messages.install()
        try:
            with host.window_log():
                return run(host, address, messages, opening)
        finally:
            messages.remove()
    finally:
        lock.release()


def _is_first(host: Host, lock: EngineLock, address: Address, opening: Opening) -> bool:
    """Tell whether no other window runs; else the other one has been told what is wanted.

    One that has just begun does not listen yet and one that ends does not any more, so it is
    tried again for a while.
    """
    clock = host.clock()
    deadline_s = clock.monotonic() + LISTEN_S
    try:
        host.paths().prepare()
        while not lock.acquire(ROLE):
            reached = reach(address, InstanceMessage(opening, _token()))
            if reached is Reached.ANSWERED:
                return False
            if reached is Reached.REFUSED:
                raise _kept()
            if reached is Reached.SILENT or clock.monotonic() >= deadline_s:
                raise _stuck(lock)
            Event().wait(_LOOK_S)
    except StoreUnavailable:
        return True  # the window itself says what is wrong with the directory
    return True


def _token() -> str:
    return next((os.environ[name] for name in _TOKENS if os.environ.get(name)), "")


def _kept() -> RequestFailed:
    return RequestFailed(
        title=_("deskcron was not quit"),
        detail=_("a form has changes that are not saved"),
        hint=_("Save or discard them in its window, then try again."),
    )


def _stuck(lock: EngineLock) -> RequestFailed:
    holder = lock.holder()
    return RequestFailed(
        title=_("The window that runs does not answer"),
        detail=_("it belongs to process {pid}").format(pid=holder.pid if holder else "?"),
        hint=_("Wait a moment, or end that process; running jobs go on."),
    )
