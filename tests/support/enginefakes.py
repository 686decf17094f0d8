"""What the engine asks of the outside, as the test wants it: time, zones, banners, a machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from threading import Event

from deskcron.domain.action import Place
from deskcron.domain.banner import BannerAction, Notification, Press
from deskcron.domain.environment import Environment, ShellReport
from deskcron.domain.reason import Why
from deskcron.system.environment import base_environment

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
DEADLINE_S = 20.0


class ManualClock:
    """A clock that stands until it is moved. Setting it leaves the monotonic clock alone.

    How long the machine was asleep is not known, unless the test says it.
    """

    def __init__(self) -> None:
        self._now = NOON
        self._monotonic_s = 1000.0
        self.told_asleep_s: float | None = None

    def now(self) -> datetime:
        """Return the wall clock."""
        return self._now

    def monotonic(self) -> float:
        """Return the clock that is never set."""
        return self._monotonic_s

    def asleep_s(self) -> float | None:
        """Return what the test says."""
        return self.told_asleep_s

    def advance(self, **length: float) -> datetime:
        """Let time pass and return the new wall clock."""
        passed = timedelta(**length)
        self._now += passed
        self._monotonic_s += passed.total_seconds()
        return self._now

    def set(self, now: datetime) -> datetime:
        """Set the wall clock, as a person or a time server does."""
        self._now = now
        return now


class FixedZones:
    """A computer whose zone and zone rules are what the test says."""

    def __init__(self) -> None:
        self.zone = "Europe/Berlin"
        self.rules = "2026a"
        self.renewals = 0
        self.told_fault = ""

    def local_zone(self) -> str:
        """Return the zone."""
        return self.zone

    def fault(self) -> str:
        """Return why the zone is not known."""
        return self.told_fault

    def rules_version(self) -> str:
        """Return the version of the rules."""
        return self.rules

    def renew(self) -> None:
        """Count."""
        self.renewals += 1


class EventWake:
    """A wake channel inside this process that counts nudges."""

    def __init__(self) -> None:
        self.nudges = 0
        self._nudged = Event()

    def nudge(self) -> bool:
        """Wake who waits."""
        self.nudges += 1
        self._nudged.set()
        return True

    def open(self) -> None:
        """Listen."""

    def wait(self, timeout_s: float) -> bool:
        """Wait for a nudge."""
        came = self._nudged.wait(timeout_s)
        self._nudged.clear()
        return came

    def close(self) -> None:
        """Stop listening."""


class FakeNotifier:
    """Shows banners into a queue."""

    label = "Fake banners"

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.available = True
        self.takes = True
        self.withdrawn: SimpleQueue[str] = SimpleQueue()
        self.offered: SimpleQueue[str] = SimpleQueue()
        self.shown: SimpleQueue[Notification] = SimpleQueue()
        self.closed = Event()

    def listen(self, pressed: Callable[[Press], None]) -> None:
        """Report what the test presses."""
        self._pressed = pressed

    def press(self, deed: BannerAction, banner: Notification) -> None:
        """Press a button, or the banner itself."""
        assert deed is BannerAction.SHOW or deed in {button.deed for button in banner.buttons}
        self._pressed(Press(deed, banner.about))

    def is_available(self) -> bool:
        """Tell what the test wants."""
        return self.available

    def obstacle(self) -> str:
        """Tell what the test wants, in words."""
        return "" if self.available else "There is no screen."

    def withdraw(self, key: str) -> None:
        """Remember that a banner was taken away."""
        self.withdrawn.put(key)

    def notify(self, notification: Notification) -> bool:
        """Take a banner, or refuse it."""
        self.offered.put(notification.title)
        if self.takes:
            self.shown.put(notification)
        return self.takes

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed.set()

    def next(self) -> Notification:
        """Wait for the next banner."""
        return self.shown.get(timeout=DEADLINE_S)

    def next_offer(self) -> str:
        """Wait until a banner is offered, taken or not, and return its title."""
        return self.offered.get(timeout=DEADLINE_S)

    def rest(self) -> list[Notification]:
        """Return the banners nobody has looked at."""
        return [self.shown.get() for _ in range(self.shown.qsize())]


class FakeMachine:
    """A machine that is what the test says."""

    def __init__(self) -> None:
        self.mains: bool | None = True
        self.battery: float | None = None
        self.online: bool | None = True
        self.idle: float | None = None
        self.busy: float | None = None
        self.there: set[str] = set()
        self.running: set[str] = set()
        self.presenting: bool | None = None
        self.exits: int | Why | None = 0
        self.checking, self.checks_ended = Event(), Event()
        self.free: int | None = None

    def on_mains(self) -> bool | None:
        """Tell of the socket."""
        return self.mains

    def battery_percent(self) -> float | None:
        """Tell of the battery."""
        return self.battery

    def is_online(self) -> bool | None:
        """Tell of the network."""
        return self.online

    def idle_s(self) -> float | None:
        """Tell of the person."""
        return self.idle

    def load(self) -> float | None:
        """Tell of the processors."""
        return self.busy

    def is_present(self, path: str) -> bool:
        """Tell of a path."""
        return path in self.there

    def free_bytes(self, path: str) -> int | None:
        """Tell of room on a disk."""
        return self.free if path in self.there else None

    def is_running(self, name: str) -> bool:
        """Tell of a program."""
        return name in self.running

    def is_presenting(self) -> bool | None:
        """Tell of a full screen."""
        return self.presenting

    def check(self, command: str, timeout_s: float, place: Place) -> int | Why | None:
        """Tell how a command ends, where it does."""
        del timeout_s, place
        if command == "forever":
            self.checking.set()
            self.checks_ended.wait()
            return -9
        return self.exits

    def end_checks(self) -> None:
        """End the command that does not end by itself."""
        self.checks_ended.set()


class FakeKeepAwake:
    """Remember for what the machine is kept awake."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.is_possible = True

    def hold(self, why: str, failed: Callable[[], None]) -> Callable[[], None]:
        """Keep it awake, where that is possible."""
        self.held.append(why)
        if not self.is_possible:
            failed()
        return lambda: self.held.remove(why)

    def close(self) -> None:
        """Let it sleep."""
        self.held.clear()


class FixedEnvironments:
    """Environments that are what the test says: those of this process by default."""

    def __init__(self) -> None:
        self.login = base_environment(os.environ)
        self.asked: list[Environment] = []
        self.met: list[dict[str, str]] = []
        self.told: ShellReport | None = None

    def of(self, rules: Environment) -> dict[str, str]:
        """Return the one there is, with the folders of the job."""
        self.asked.append(rules)
        return rules.over(self.login, os.pathsep)

    def capture(self) -> None:
        """Know already."""

    def meet(self, session: dict[str, str]) -> None:
        """Remember a session."""
        self.met.append(dict(session))

    def report(self) -> ShellReport | None:
        """Say what the test says."""
        return self.told


class FakePinger:
    """Remember the addresses that were asked for; fail where `why` says so."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.why = ""
        self.is_closed = False

    def ping(self, url: str, failed: Callable[[str], None]) -> None:
        """Ask for an address."""
        self.asked.append(url)
        if self.why:
            failed(self.why)

    def close(self) -> None:
        """Ask for nothing more."""
        self.is_closed = True
