"""Wake-ups and logins, as a logind that the test plays tells of them."""

from __future__ import annotations

from queue import SimpleQueue

from deskcron.domain.happening import EventKind, Happening
from deskcron.system.bus import Bus, Call, Listener
from deskcron.system.events.looking import LookingEvents
from deskcron.system.events.session import MANAGER, OBJECT, SERVICE, Sessions
from deskcron.system.events.signals import CHANGES
from deskcron.system.events.sleep import PREPARE, SleepEvents

DEADLINE_S = 20
ME = 1000
SESSION = "org.freedesktop.login1.Session"


def wait_until_heard(bus) -> None:
    """Wait until a listener of before has joined."""
    joined: SimpleQueue = SimpleQueue()
    bus.listen(Listener(PREPARE, joined.put, lambda: joined.put(None)))
    joined.get(timeout=DEADLINE_S)
    bus.ask(Call(Bus.SYSTEM, SERVICE, OBJECT, MANAGER, "Nothing"))


def add_session(logind, rows, name, user=ME, kind="user", *, is_remote=False) -> None:
    """Have one more session."""
    path = f"{OBJECT}/session/{name}"
    rows.append([name, user, "me", "seat0", path])
    logind.answer(MANAGER, "ListSessions", "a(susso)", rows)
    logind.property(SESSION, "Class", "s", kind, path)
    logind.property(SESSION, "Remote", "b", is_remote, path)


def names(sessions: Sessions) -> list[str]:
    """Return the names of the logins that a look finds, without the boot."""
    return [happening.args["session"].partition("/")[2] for happening in sessions.look()]


def test_sleep_and_resume(daemon, bus) -> None:
    """That sleep is over is told, and nothing after close()."""
    logind = daemon.serve(SERVICE)
    told: SimpleQueue = SimpleQueue()
    sleep = SleepEvents(bus)
    sleep.start(told.put)
    wait_until_heard(bus)
    for is_start in (True, False):
        logind.signal(OBJECT, MANAGER, "PrepareForSleep", "b", is_start)
    assert told.get(timeout=DEADLINE_S) == Happening(EventKind.RESUMED)
    sleep.close()
    sleep.close()
    bus.ask(Call(Bus.SYSTEM, SERVICE, OBJECT, MANAGER, "Nothing"))
    logind.signal(OBJECT, MANAGER, "PrepareForSleep", "b", False)
    bus.ask(Call(Bus.SYSTEM, SERVICE, OBJECT, MANAGER, "Nothing"))
    assert told.empty()


def test_only_the_persons_own_logins_count(daemon, bus) -> None:
    """Sessions of others, of services and from far away are no login; each counts once."""
    logind, rows = daemon.serve(SERVICE), []
    add_session(logind, rows, "1", kind="manager")
    add_session(logind, rows, "2")
    add_session(logind, rows, "3", user=ME + 1)
    add_session(logind, rows, "4", is_remote=True)
    add_session(logind, rows, "5", kind="greeter")
    sessions = Sessions({}, bus, ME)
    assert names(sessions) == ["2"]
    add_session(logind, rows, "6")
    assert names(sessions) == ["6"]
    assert names(sessions) == []


def test_a_login_is_told_when_it_comes(daemon, bus) -> None:
    """A new session is told at once, those of the beginning as well."""
    logind, rows = daemon.serve(SERVICE), []
    add_session(logind, rows, "2")
    told: SimpleQueue = SimpleQueue()
    source = LookingEvents([Sessions({}, bus, ME)], bus=bus, signals=CHANGES, gather_s=0.01)
    source.start(told.put)
    assert told.get(timeout=DEADLINE_S).args["session"].endswith("/2")
    wait_until_heard(bus)
    add_session(logind, rows, "c7")
    logind.signal(OBJECT, MANAGER, "SessionNew", "so", "c7", f"{OBJECT}/session/c7")
    last = told.get(timeout=DEADLINE_S)
    assert last.kind is EventKind.LOGIN
    assert last.args["session"].endswith("/c7")
    source.close()
    source.close()


def test_a_login_while_the_bus_was_away(daemon, bus) -> None:
    """A session that began while nothing could be heard is told when the bus is back."""
    told: SimpleQueue = SimpleQueue()
    source = LookingEvents([Sessions({}, bus, ME)], bus=bus, signals=CHANGES, gather_s=0.01)
    source.start(told.put)
    wait_until_heard(bus)
    daemon.stop()
    daemon.start()
    logind, rows = daemon.serve(SERVICE), []
    add_session(logind, rows, "2")
    logind.signal(OBJECT, MANAGER, "SessionNew", "so", "2", f"{OBJECT}/session/2")
    wait_until_heard(bus)
    logind.signal(OBJECT, MANAGER, "SessionNew", "so", "2", f"{OBJECT}/session/2")
    assert told.get(timeout=DEADLINE_S).args["session"].endswith("/2")
    source.close()


def test_without_logind_the_environment_tells(bus) -> None:
    """The session of this process is the login, and without one there is none."""
    assert names(Sessions({"XDG_SESSION_ID": "3", "DISPLAY": ":0"}, bus, ME)) == ["3"]
    assert names(Sessions({"DISPLAY": ":0"}, bus, ME)) == [":0"]
    assert names(Sessions({}, bus, ME)) == []
    assert names(Sessions({}, None, 0)) == [""]
