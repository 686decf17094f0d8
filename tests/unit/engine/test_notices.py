"""The ways to show banners: which there are, why one cannot be used, and a try of each."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from deskcron.actions.open import Open
from deskcron.domain.action import ProcessLaunch
from deskcron.domain.errors import RequestFailed
from deskcron.engine.fileopener import FileOpener
from deskcron.engine.notices import PresentedNotices


@pytest.fixture
def other(notifier):
    """Return a second back end, which cannot be used."""
    other = type(notifier)("other")
    other.available = False
    return other


@pytest.fixture
def notices(rig, notifier, other):
    """Return the desk over two back ends."""
    announcer = rig.announcer(notifier, other)
    yield PresentedNotices(announcer)
    announcer.close()


def test_back_ends_say_what_is_in_their_way(notices) -> None:
    """All back ends are named, those that cannot be used with the reason."""
    works, does_not = notices.backends()
    assert (works.name, works.available, works.reason) == ("fake", True, "")
    assert (does_not.name, does_not.available) == ("other", False)
    assert (does_not.label, does_not.reason) == ("Fake banners", "There is no screen.")


def test_a_back_end_is_tried(notices, notifier, other) -> None:
    """A test shows a banner by this back end and no other, and says whether it was taken."""
    assert notices.test("fake")
    assert notifier.next().text == "Banners look like this."
    assert not notices.test("other")
    notifier.takes = False
    assert not notices.test("fake")
    assert other.rest() == []


def test_a_test_shows_nothing_else(notices, notifier, rig) -> None:
    """What is in the inbox is left to the process whose task it is."""
    rig.add("Tea", catch_up="skip")
    rig.clock.advance(minutes=25)
    rig.claim()
    notices.test("fake")
    assert [banner.key for banner in notifier.rest()] == ["trial"]
    notices.look()
    assert notifier.next().title == "While deskcron was away"


class FakeProcesses:
    """Notes what is started."""

    def __init__(self) -> None:
        self.started: list[ProcessLaunch] = []

    def start(self, launch: ProcessLaunch, output_fd: int) -> FakeProcesses:
        """Note it."""
        self.started.append(launch)
        return self

    def close(self) -> None:
        """Do nothing."""


def test_a_file_is_opened_as_an_action_does(tmp_path, monkeypatch) -> None:
    """The program of the desktop gets the file, whatever its name."""
    monkeypatch.setattr("deskcron.actions.open._opener", lambda _path: ("xdg-open",))
    log = tmp_path / "a $HOME b%20.log"
    log.touch()
    processes = FakeProcesses()
    FileOpener(lambda target: Open(target=target), processes, None).open(log)
    assert processes.started[0].argv == ("xdg-open", str(log))
    assert not processes.started[0].waits


def test_a_file_that_cannot_be_opened() -> None:
    """What is in the way is said in words."""
    opener = FileOpener(lambda target: Open(target=target), FakeProcesses(), None)
    with pytest.raises(RequestFailed, match="/nonexistent was not opened"):
        opener.open(Path("/nonexistent"))


def test_a_file_that_the_system_does_not_let_us_open(tmp_path, monkeypatch) -> None:
    """What the system refuses, as without a descriptor to spare, is said in words as well."""
    processes = FakeProcesses()

    def refuse(_launch: ProcessLaunch, _output_fd: int) -> FakeProcesses:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr("deskcron.actions.open._opener", lambda _path: ("xdg-open",))
    monkeypatch.setattr(processes, "start", refuse)
    log = tmp_path / "1.log"
    log.touch()
    opener = FileOpener(lambda target: Open(target=target), processes, None)
    with pytest.raises(RequestFailed, match="was not opened") as caught:
        opener.open(log)
    assert caught.value.detail == "Too many open files"
