"""Start a login shell once and read the environment that it ends up with."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
from collections.abc import Callable, Mapping
from secrets import token_hex

from deskcron.domain.texts import gettext as _

LIMIT_BYTES = 2 * 1024**2
"""Of what the shell writes, its greetings included."""
GRACE_S = 1.0
_LOOK_EVERY_S = 0.1
_ASKED = {
    # Without a terminal nobody could answer what frameworks of zsh ask, or leave what they start.
    "TERM": "dumb",
    "DISABLE_AUTO_UPDATE": "true",
    "ZSH_TMUX_AUTOSTART": "false",
    "ZSH_TMUX_AUTOSTARTED": "true",
}
_SHELLS_OWN = ("_", "SHLVL", "PWD", "OLDPWD")


class CaptureFailed(Exception):
    """A shell did not tell its environment; the text says why, in words."""


def capture(
    shell: str,
    environment: Mapping[str, str],
    limit_s: float,
    monotonic: Callable[[], float],
    is_cancelled: Callable[[], bool],
) -> dict[str, str]:
    """Return the environment of an interactive login shell that begins with `environment`.

    What its files start in the background goes on. Raises CaptureFailed.
    """
    mark = token_hex(16)
    command = f"printf %s {mark}; /usr/bin/env -0; printf %s {mark}"
    until_s = monotonic() + limit_s
    try:
        process = subprocess.Popen(
            [shell, "-l", "-i", "-c", command],
            cwd=environment.get("HOME") or "/",
            env={**environment, **_ASKED},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CaptureFailed(_("it cannot be started: {error}").format(error=told)) from error
    with process:
        try:
            listing = _between(process, mark.encode(), until_s, monotonic, is_cancelled)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, until_s - monotonic()))
        finally:
            _hang_up(process)
    return _without_traces(_parsed(listing), environment)


def _hang_up(process: subprocess.Popen[bytes]) -> None:
    """End a shell as a closed terminal would, so that what its files run can clean up."""
    for signal_, grace_s in ((signal.SIGHUP, GRACE_S), (signal.SIGKILL, None)):
        if process.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal_)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(grace_s)


def _between(
    process: subprocess.Popen[bytes],
    mark: bytes,
    until_s: float,
    monotonic: Callable[[], float],
    is_cancelled: Callable[[], bool],
) -> bytes:
    """Return what stands between the marks; what else a shell writes is passed over."""
    assert process.stdout is not None  # noqa: S101 - it was asked for
    written = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while written.count(mark) < 2:
            if is_cancelled():
                raise CaptureFailed(_("deskcron ended meanwhile"))
            left_s = until_s - monotonic()
            if left_s <= 0:
                raise CaptureFailed(_("it took too long"))
            if not selector.select(min(left_s, _LOOK_EVERY_S)):
                continue
            some = os.read(process.stdout.fileno(), 65_536)
            written += some
            if len(written) > LIMIT_BYTES:
                raise CaptureFailed(_("it wrote too much"))
            if not some:
                raise CaptureFailed(_("it ended without an answer"))
    return bytes(written).split(mark)[1]


def _parsed(listing: bytes) -> dict[str, str]:
    pairs = (entry.partition(b"=") for entry in listing.split(b"\0"))
    return {os.fsdecode(name): os.fsdecode(value) for name, sign, value in pairs if name and sign}


def _without_traces(found: dict[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Take out what only the capture has brought about."""
    for name in _SHELLS_OWN:
        found.pop(name, None)
    for name, value in _ASKED.items():
        if found.get(name) == value:
            del found[name]
            if name in given:
                found[name] = given[name]
    return found
