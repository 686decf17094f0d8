"""Web requests, Python calls and secrets on the command line."""

from __future__ import annotations

import io
from typing import Any

import pytest

from deskcron.cli.main import main
from deskcron.domain.errors import NotFound


class FakeSecrets:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def names(self) -> list[str]:
        """Return the names."""
        return sorted(self.kept)

    def set(self, name: str, value: str) -> None:
        """Keep a value."""
        self.kept[name] = value

    def remove(self, name: str) -> None:
        """Forget a value."""
        if name not in self.kept:
            raise NotFound(title=f"There is no secret '{name}'")
        del self.kept[name]


@pytest.fixture
def secrets(fake: Any) -> FakeSecrets:
    """Return the secrets behind the facade."""
    fake.secrets = FakeSecrets()
    return fake.secrets


@pytest.mark.parametrize(
    ("arguments", "action"),
    [
        (["--web", "https://a/b"], {"kind": "web", "url": "https://a/b"}),
        (
            ["--web", "https://a", "--body", "x", "--expect", "201"],
            {"kind": "web", "url": "https://a", "method": "POST", "body": "x",
             "expect_status": "201"},
        ),
        (
            ["--web", "https://a", "--method", "put", "--header", "A: b:c", "--header", "B:",
             "--body-type", "json", "--expect-text", "ok"],
            {"kind": "web", "url": "https://a", "method": "PUT", "body_type": "json",
             "headers": [["A", "b:c"], ["B", ""]], "expect_text": "ok"},
        ),
        (["--python", "m:f"], {"kind": "python", "target": "m:f"}),
        (
            ["--python", "m:f", "--call-args", "[1]", "--env", "A=b", "--interpreter", "py"],
            {"kind": "python", "target": "m:f", "arguments": "[1]", "environment": {"A": "b"},
             "interpreter": "py"},
        ),
        (["--python-text", "print(1)"], {"kind": "python", "text": "print(1)"}),
    ],
)  # fmt: skip
def test_options_make_the_action(typed, fake, arguments, action):
    """Each option is a field of the action; a body goes by POST unless told otherwise."""
    assert typed("add", "X", *arguments).code == 0
    assert fake.jobs.added[0]["action"] == action


@pytest.mark.parametrize(
    "arguments",
    [
        ["--web", "https://a", "--python", "m:f"],
        ["--web", "https://a", "--call-args", "[1]"],
        ["--python", "m:f", "--expect", "2xx"],
        ["--shell", "x", "--header", "A: b"],
        ["--web", "https://a", "--header", "nothing"],
        ["--web", "https://a", "--env", "A=b"],
        ["--web", "https://a", "--body-type", "xml"],
    ],
)
def test_what_does_not_fit_together_is_refused(typed, fake, arguments):
    """A job does one thing, and no option is left out in silence."""
    assert typed("add", "X", *arguments).code == 2
    assert not fake.jobs.added


def test_edit_changes_the_header_of_that_name_only(typed, fake):
    """Headers that are not named stay, whatever the case of the name."""
    action = {"kind": "web", "url": "https://a", "headers": [["X-A", "1"], ["X-B", "2"]]}
    fake.catalogue.document = {**fake.catalogue.document, "action": action}
    assert typed("edit", "Backup", "--header", "x-a: 3").code == 0
    assert fake.jobs.saved[0][1]["action"]["headers"] == [["X-B", "2"], ["x-a", "3"]]


def test_a_secret_is_read_from_standard_input(typed, secrets, monkeypatch):
    """One end of line is not part of the value; the answer says how to refer to it."""
    monkeypatch.setattr("sys.stdin", io.StringIO("a b \n"))
    answer = typed("secret", "set", "KEY")
    assert secrets.kept == {"KEY": "a b "}
    assert "${secret:KEY}" in answer.out
    assert "a b" not in answer.out + answer.err


def test_a_secret_is_asked_for_without_showing_it(application, secrets, monkeypatch, capfd):
    """On a terminal the value is typed unseen."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    asked = []
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda text: asked.append(text) or "xy")
    assert main(application, ["secret", "set", "KEY"]) == 0
    assert secrets.kept == {"KEY": "xy"}
    assert "not masked" in capfd.readouterr().err
    assert "KEY" in asked[0]


def test_secrets_are_listed_by_name(typed, secrets):
    """No command shows a value."""
    assert "no secrets" in typed("secret", "list").out
    secrets.kept = {"B": "hidden", "A": "hidden"}
    assert typed("secret", "list").out == "A\nB\n"
    assert typed("secret", "list", "--json").json == ["A", "B"]
    assert typed("secret", "remove", "A").code == 0
    assert typed("secret", "remove", "A").code == 3


def test_the_command_for_children_is_not_listed(typed):
    """What deskcron gives to itself is no command for people."""
    assert "perform" not in typed("--help").out
