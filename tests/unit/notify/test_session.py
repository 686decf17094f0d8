"""The session: whether there is one, and what is said where nothing answers in it."""

from __future__ import annotations

import asyncio

import pytest

from deskcron.notify import session
from deskcron.notify.session import NoService, capabilities, has_session, obstacle


@pytest.mark.parametrize(
    ("platform", "environment", "has_one"),
    [
        ("linux", {}, False),
        ("linux", {"DBUS_SESSION_BUS_ADDRESS": ""}, False),
        ("linux", {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus"}, True),
        ("linux", {"XDG_RUNTIME_DIR": ""}, False),
        ("linux", {"XDG_RUNTIME_DIR": "/nonexistent"}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_sessions(monkeypatch, platform: str, environment: dict[str, str], has_one) -> None:
    """A session is told by its bus address; Windows and macOS always have one."""
    monkeypatch.setattr(session.sys, "platform", platform)
    assert has_session(environment) is has_one


def test_a_session_is_told_by_its_bus_socket(monkeypatch, tmp_path) -> None:
    """A bus socket in the runtime directory is a session, the directory alone is none."""
    monkeypatch.setattr(session.sys, "platform", "linux")
    assert not has_session({"XDG_RUNTIME_DIR": str(tmp_path)})
    (tmp_path / "bus").touch()
    assert has_session({"XDG_RUNTIME_DIR": str(tmp_path)})


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "This process belongs to no desktop session."),
        (
            {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"},
            "No notification service answers in this session.",
        ),
        (
            {"DBUS_SESSION_BUS_ADDRESS": "nonsense"},
            "No notification service answers in this session.",
        ),
    ],
)
def test_obstacles_in_words(monkeypatch, environment: dict[str, str], words: str) -> None:
    """What is in the way is said in words."""
    monkeypatch.setattr(session.sys, "platform", "linux")
    assert obstacle(environment) == words


@pytest.mark.parametrize(
    "words",
    [b"", b"REJECTED EXTERNAL\r\n", b"\xff\xfe\r\n", b"OK 1234\r\nAGREE_UNIX_FD\r\n" + b"x" * 64],
    ids=["silence", "refusal", "no text", "no message"],
)
def test_what_is_no_bus_has_no_service(tmp_path, monkeypatch, words: bytes) -> None:
    """Whatever answers at the address of the bus, a service that cannot be asked is none."""
    monkeypatch.setattr(session.sys, "platform", "linux")
    path = str(tmp_path / "bus")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(words)
        writer.close()
        await writer.wait_closed()

    async def ask() -> None:
        async with await asyncio.start_unix_server(answer, path):
            await capabilities({"DBUS_SESSION_BUS_ADDRESS": f"unix:path={path}"})

    with pytest.raises(NoService):
        asyncio.run(ask())


def test_without_a_session_nothing_is_asked(monkeypatch) -> None:
    """A process without a session has no service, also where its parents' bus is known."""
    monkeypatch.setattr(session.sys, "platform", "linux")
    with pytest.raises(NoService):
        asyncio.run(capabilities({}))


def test_other_systems_tell_nothing(monkeypatch) -> None:
    """Windows and macOS have a service that need not be asked."""
    monkeypatch.setattr(session.sys, "platform", "win32")
    assert asyncio.run(capabilities({})) == frozenset()
    assert obstacle({}) == ""
