"""Start and stop a desktop."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from waiting import until

from harness.bus import Bus
from harness.processes import MARK, end, marked
from harness.session import KEPT, SERVERS, Session
from harness.settings import write_settings

NOTIFIERS = ("xfce", "dunst")
BANNER_S = 600
_RECORDER = Path(__file__).with_name("recorder.py")
RECORD = "notifications.jsonl"
_READY = "recorder.ready"
_NOTIFIER = "org.freedesktop.Notifications"
_TRAY = "org.kde.StatusNotifierWatcher"
_PANEL = ("xfce4-panel", "--disable-wm-check", "--sm-client-disable")
_FOLDERS = ("log", "home", "run", "cache", "data", "config")


def start(
    directory: Path,
    *,
    width: int = 1400,
    height: int = 900,
    notifier: str = "xfce",
    banner_s: int = BANNER_S,
    has_panel: bool = True,
) -> Session:
    """Start a desktop in a directory, or return the one that runs there.

    Raises NotSeen where a part of it does not come up; its logs are beside the directory then.
    """
    with _alone(directory):
        found = Session.load(directory)
        if found is not None and found.is_running():
            return found
        if found is not None:
            stop(found)
        session = Session(directory, uuid.uuid4().hex, width, height, notifier, environ={}, pids={})
        shutil.rmtree(session.failures, ignore_errors=True)
        for folder in _FOLDERS:
            (directory / folder).mkdir(mode=0o700, parents=True)
        write_settings(directory, width, height, banner_s)
        try:
            return _begin(session, has_panel=has_panel)
        except BaseException:
            shutil.copytree(directory / "log", session.failures)
            stop(session)
            raise


def add_panel(session: Session) -> None:
    """Start the panel with its tray, as a desktop does that is slow to come up."""
    _spawn(session, "panel", _PANEL)
    with closing(Bus(session.bus_address)) as bus:
        until(lambda: bus.has_owner(_TRAY), f"the panel is on the bus as {_TRAY}")
    until(lambda: _has_panel(session), "the panel is on the screen")


def stop(session: Session) -> int:
    """End everything that was started on the desktop, remove it, return how many ended."""
    servers = [pid for name, pid in session.pids.items() if name in SERVERS]
    count = end(session.mark, servers)
    shutil.rmtree(session.directory, ignore_errors=True)
    return count


def processes(session: Session) -> Sequence[int]:
    """Return all processes of the desktop, and of what was started on it."""
    return sorted(marked(session.mark))


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Let the second of two starts wait, and find what the first has made."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    with directory.with_name(directory.name + ".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _begin(session: Session, *, has_panel: bool) -> Session:
    session = _with_environ(session)
    session.save()  # so that a stop finds what a start has left that was killed
    session = _start_servers(session)
    session.save()
    with closing(Bus(session.bus_address)) as bus:
        _tell_bus(bus, session)
        for name, command in _commands(session).items():
            session = session.with_process(name, _spawn(session, name, command))
        until(lambda: bus.has_owner(_NOTIFIER), f"the notifier is on the bus as {_NOTIFIER}")
    until((session.directory / _READY).exists, "notifications are recorded")
    if has_panel:
        add_panel(session)
    session.save()
    return session


def _with_environ(session: Session) -> Session:
    folder = session.directory
    environ = {key: os.environ[key] for key in KEPT if key in os.environ}
    environ |= {
        MARK: session.mark,
        "LANG": "C.UTF-8",
        "HOME": str(folder / "home"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder / 'run' / 'bus'}",
        "NO_AT_BRIDGE": "0",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    return replace(session, environ=environ)


def _start_servers(session: Session) -> Session:
    """Start screen and bus. The screen names its number as soon as it can be used."""
    reading, writing = os.pipe()
    size = f"{session.width}x{session.height}x24"
    screen = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    session = session.with_process(
        "Xvfb", _spawn(session, "Xvfb", [*screen, "-noreset"], inherited=(writing,))
    )
    os.close(writing)
    bus = ["dbus-daemon", "--session", "--nofork", "--nopidfile"]
    address = f"--address={session.bus_address}"
    session = session.with_process("dbus", _spawn(session, "dbus", [*bus, address]))
    with os.fdopen(reading, encoding="ascii") as answer:
        number = answer.readline().strip()
    if not number:
        raise RuntimeError(f"Xvfb did not start; see {session.failures / 'Xvfb'}")
    until((session.directory / "run/bus").exists, "the session bus listens")
    return replace(session, environ={**session.environ, "DISPLAY": f":{number}"})


def _tell_bus(bus: Bus, session: Session) -> None:
    """Give services that the bus starts the screen, and ask for accessibility before they do."""
    daemon, path = "org.freedesktop.DBus", "/org/freedesktop/DBus"
    known = {key: session.environ[key] for key in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
    bus.call(daemon, path, daemon, "UpdateActivationEnvironment", "a{ss}", [known])
    bus.set_property("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status", "IsEnabled", "b", True)


def _commands(session: Session) -> dict[str, list[str]]:
    folder = session.directory
    record = [str(_RECORDER), session.bus_address, str(folder / RECORD), str(folder / _READY)]
    notifyd = next(Path("/usr/lib").glob("*/xfce4/notifyd/xfce4-notifyd"))
    return {
        "recorder": [sys.executable, *record],
        "openbox": ["openbox"],
        "notifier": [str(notifyd)] if session.notifier == "xfce" else ["dunst"],
    }


def _spawn(
    session: Session, name: str, command: Sequence[str], inherited: Sequence[int] = ()
) -> int:
    with session.log(name).open("wb") as log:
        process = subprocess.Popen(
            command,
            env=dict(session.environ),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=session.directory / "home",
            start_new_session=True,
            pass_fds=inherited,
        )
    process.returncode = 0  # it goes on after this process; the mark finds it again
    return process.pid


def _has_panel(session: Session) -> bool:
    search = ["xdotool", "search", "--class", "xfce4-panel"]
    return bool(
        subprocess.run(search, env=session.environ, capture_output=True, check=False).stdout
    )
