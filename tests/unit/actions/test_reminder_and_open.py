"""Reminders are messages; openings are left to the desktop."""

from __future__ import annotations

import os
import sys

import msgspec
import pytest

from deskcron.actions.command import Command
from deskcron.actions.kinds import ACTION_KINDS
from deskcron.actions.open import Open
from deskcron.actions.reminder import Reminder
from deskcron.actions.script import Script
from deskcron.domain.action import Presentation, StartFailed, Urgency
from deskcron.domain.reason import Reason

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the openers of Linux desktops")


@pytest.fixture
def openers(tmp_path, monkeypatch):
    """Return what puts programs that open things on the machine."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def install(*names):
        for name in names:
            (folder / name).write_text("")
            (folder / name).chmod(0o755)

    return install


def test_reminder(run, workspace):
    """A reminder without a title goes under the job's name."""
    plain = Reminder(text="Tea")
    assert plain.prepare(run, workspace) == Presentation("Backup", "Tea", Urgency.NORMAL)
    full = Reminder(title="Now", text="<b>", urgency=Urgency.CRITICAL)
    assert full.prepare(run, workspace) == Presentation("Now", "<b>", Urgency.CRITICAL)
    assert full.problems() == full.warnings() == ()
    assert full.describe() == "Now — <b>"
    assert Reminder(text="a\n b").describe() == "a b"
    assert Reminder().describe() == ""


@linux_only
@pytest.mark.parametrize(
    ("installed", "before"),
    [
        (("xdg-open", "gio"), ("xdg-open",)),
        (("gio",), ("gio", "open")),
        (("kde-open",), ("kde-open",)),
    ],
)
def test_address(run, workspace, home, openers, installed, before):
    """An address goes to the first opener there is and is not waited for."""
    openers(*installed)
    launch = Open(target=" https://example.org/a?b=c ").prepare(run, workspace)
    assert launch.argv == (*before, "https://example.org/a?b=c")
    assert launch.directory == str(home)
    assert not launch.waits
    assert launch.environment["DESKCRON_RUN_ID"] == "5"


@linux_only
def test_no_opener(run, workspace, openers):
    """Without an opener the reason says so, and so does the warning."""
    action = Open(target="https://example.org")
    with pytest.raises(StartFailed) as failed:
        action.prepare(run, workspace)
    assert failed.value.why == (Reason.NO_OPENER, {"target": "https://example.org"})
    assert "xdg-open" in action.warnings()[0]


@linux_only
def test_paths(run, workspace, home, openers):
    """Files and folders are opened by their whole path, however they are written."""
    openers("xdg-open")
    (home / "a b").mkdir()
    (home / "a:b").write_text("")
    (home / "javascript:x").write_text("")
    for target, path in [
        ("~/a b", home / "a b"),
        ("$HOME/a b", home / "a b"),
        ("a b", home / "a b"),
        (f"file://{home}/a%20b", home / "a b"),
        ("a:b", home / "a:b"),
        ("javascript:x", home / "javascript:x"),
    ]:
        action = Open(target=target)
        assert action.prepare(run, workspace).argv == ("xdg-open", str(path)), target
        assert action.problems() == action.warnings() == ()


@linux_only
@pytest.mark.parametrize("target", ["https://example.org", "mailto:a@example.org"])
def test_an_address_is_no_path(run, workspace, home, openers, target):
    """What leads to a page or a message is looked for nowhere, and opened as it is written."""
    openers("xdg-open")
    (home / target).mkdir(parents=True)
    assert Open(target=target).prepare(run, workspace).argv == ("xdg-open", target)


@linux_only
def test_a_path_that_looks_like_an_address_is_never_opened_as_one(run, workspace, home, openers):
    """When its file is gone it is missing, and no code is handed to a program."""
    openers("xdg-open")
    file, action = home / "javascript:x", Open(target="javascript:x")
    file.touch()
    assert action.prepare(run, workspace).argv == ("xdg-open", str(file))
    file.unlink()
    with pytest.raises(StartFailed) as failed:
        action.prepare(run, workspace)
    assert failed.value.why == (Reason.TARGET_MISSING, {"path": str(file)})


@pytest.mark.parametrize("target", ["~/none", "/no/such", "www.example.org", "file:///no/such"])
def test_missing_target(run, workspace, openers, target):
    """A path where nothing is has a reason and a warning, with a word on addresses."""
    openers("xdg-open")
    with pytest.raises(StartFailed) as failed:
        Open(target=target).prepare(run, workspace)
    assert failed.value.why.code is Reason.TARGET_MISSING
    assert "https://" in Open(target=target).warnings()[0]


@linux_only
@pytest.mark.parametrize(
    ("content", "mode", "is_started"),
    [(b"#!/bin/sh\n", 0o755, True), (b"\x7fELF", 0o755, True), (b"#!/bin/sh\n", 0o644, False),
     (b"%PDF", 0o755, False)],
)  # fmt: skip
def test_programs(run, workspace, home, openers, content, mode, is_started):
    """A program is started itself; a document that happens to be executable is opened."""
    openers("xdg-open")
    file = home / "thing"
    file.write_bytes(content)
    file.chmod(mode)
    expected = (str(file),) if is_started else ("xdg-open", str(file))
    assert Open(target="thing").prepare(run, workspace).argv == expected


@pytest.mark.parametrize(
    ("target", "is_fine"),
    [
        ("https://example.org", True), ("HTTP://example.org", True), ("mailto:a@example.org", True),
        ("zoommtg://zoom.us/join?confno=1", True), ("/tmp", True), ("C:\\data", True),
        ("", False), ("  ", False), ("javascript:alert(1)", False), ("JavaScript:x", False),
        ("data:text/html,x", False), ("vbscript:x", False), ("unknown:x", False), ("/a\0b", False),
        ("https://\0", False), ("https://", False), ("http:", False), ("mailto:", True),
    ],
)  # fmt: skip
def test_problems(target, is_fine):
    """Addresses that carry code or lack their end, and schemes nobody knows, are refused."""
    problems = Open(target=target).problems()
    assert (not problems) is is_fine
    assert all(problem.field == "target" for problem in problems)
    assert Open(target=target).describe() == target


@pytest.mark.parametrize(("platform", "opener"), [("darwin", "open"), ("win32", "rundll32")])
def test_other_systems(run, workspace, monkeypatch, platform, opener):
    """Other systems bring their own opener."""
    monkeypatch.setattr(sys, "platform", platform)
    argv = Open(target="https://example.org").prepare(run, workspace).argv
    assert (argv[0], argv[-1]) == (opener, "https://example.org")


@pytest.mark.parametrize(
    "action",
    [
        Command(program="ls", arguments=("-l",), environment={"A": "b"}),
        Script(text="echo", interpreter="bash"),
        Reminder(title="Tea", urgency=Urgency.LOW),
        Open(target="https://example.org"),
    ],
)
def test_stored_form(action):
    """Each kind is stored under its name and comes back equal, whatever other fields are there."""
    stored = msgspec.json.decode(msgspec.json.encode(action))
    assert ACTION_KINDS[stored["kind"]] is type(action)
    again = msgspec.convert({**stored, "later": 1}, type(action))
    assert again == action
    assert {ACTION_KINDS[kind] for kind in ACTION_KINDS} >= {Command, Script, Reminder, Open}
    with pytest.raises(AttributeError):
        action.kind = os.name
