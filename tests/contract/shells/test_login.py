"""The login shell is asked once, again when its files change, and never for long."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from deskcron.system.shells.login import RETRY_S, LoginShell

SHELL = """#!/bin/sh
echo asked >>"$HOME/asked"
[ -e "$HOME/slow" ] && sleep 600
[ -e "$HOME/broken" ] && exit 1
. "$HOME/.profile"
exec /bin/sh -c "$4"
"""


class Person:
    """A person with a shell of their own."""

    def __init__(self, home: Path) -> None:
        self.home, self.now_s = home, 1000.0
        self.shell = home / "shell"
        self.shell.write_text(SHELL)
        self.shell.chmod(0o755)
        self.write("export COLOUR=blue")
        self.session = {"HOME": str(home), "SHELL": str(self.shell), "PATH": "/usr/bin:/bin"}

    def write(self, profile: str) -> None:
        """Change the file that the shell reads; each change has a time of its own."""
        file = self.home / ".profile"
        file.write_text(profile)
        self.now_s += 1
        os.utime(file, (self.now_s, self.now_s))

    def asked(self) -> int:
        """Return how often the shell was asked."""
        file = self.home / "asked"
        return len(file.read_text().splitlines()) if file.exists() else 0


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Return a person."""
    return Person(tmp_path)


@pytest.fixture
def login(person: Person) -> Iterator[LoginShell]:
    """Return the login shell of the person; the clock is that of the test."""
    shell = LoginShell(lambda: person.session, lambda: person.now_s)
    yield shell
    shell.close()


def colour(login: LoginShell) -> str | None:
    """Return a variable that the shell sets."""
    answer = login.environment()
    return answer[1].get("COLOUR") if answer else None


def test_once(person: Person, login: LoginShell) -> None:
    """The answer is kept; also many who want it at once ask one time."""
    askers = [Thread(target=login.environment) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert colour(login) == "blue"
    assert person.asked() == 1


def test_change(person: Person, login: LoginShell) -> None:
    """When a file of the shell changes, the next who wants it gets the new environment."""
    assert colour(login) == "blue"
    person.write("export COLOUR=red")
    assert colour(login) == "red"
    assert person.asked() == 2


def test_ahead(person: Person, login: LoginShell) -> None:
    """Asked for ahead, the answer is there for who wants it later."""
    login.ask()
    assert colour(login) == "blue"
    login.ask()
    assert person.asked() == 1


def test_failure(person: Person, login: LoginShell) -> None:
    """Without an answer there is none, and nobody waits for it again until it is tried anew."""
    person.home.joinpath("broken").touch()
    assert colour(login) is None
    person.home.joinpath("broken").unlink()
    assert colour(login) is None
    assert person.asked() == 1
    assert login.report().fault == "it ended without an answer"
    person.now_s += RETRY_S
    login.ask()
    assert colour(login) == "blue"
    assert login.report().fault == ""


def test_report(person: Person, login: LoginShell) -> None:
    """The report names the shell, its files, and how long it took."""
    report = login.report()
    assert (report.shell, report.took_s) == (str(person.shell), None)
    login.environment()
    report = login.report()
    assert report.took_s is not None
    assert report.fault == ""
    assert str(person.home / ".profile") in report.files


def test_close(person: Person) -> None:
    """A shell that hangs does not keep deskcron from ending."""
    person.home.joinpath("slow").touch()
    login = LoginShell(lambda: person.session, lambda: person.now_s)
    login.ask()
    login.close()
    assert login.report().fault == "deskcron ended meanwhile"
