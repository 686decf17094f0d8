"""The README names commands and options that are there, all of them, as they can be typed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, zip_longest
from pathlib import Path

import click
import msgspec
import pytest

from deskcron.cli.group import COMMANDS
from deskcron.cli.main import root
from deskcron.domain.policy import Policy
from deskcron.domain.policyproblems import policy_problems
from deskcron.engine.whens import Whens

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
SPAN = re.compile(r"`([^`\n]+)`")
BESIDE = ("--every", "12h", "--on", "login", "--watch", "/x")
"""What is typed with an option about times: some belong to a recurring time, some to an event."""


def _command(name: str) -> click.Command:
    found = root.get_command(click.Context(root), name)
    assert found is not None, name
    return found


def _options(command: click.Command) -> dict[str, click.Option]:
    """Return the options of a command by each of their spellings."""
    found = [one for one in command.params if isinstance(one, click.Option)]
    return {name: one for one in found for name in (*one.opts, *one.secondary_opts)}


def _mentioned() -> Iterator[str]:
    """Yield the command lines in code blocks and in running text."""
    for line in "\n".join(README.split("```")[1::2]).splitlines():
        if line.startswith("deskcron "):
            yield line
    for line in "".join(README.split("```")[::2]).replace("\n", " ").split("`")[1::2]:
        if line.startswith("deskcron "):
            yield line


def _rows(title: str) -> list[list[str]]:
    """Return the cells of a table, without its head."""
    lines = README.split(f"\n### {title}\n")[1].split("\n#")[0].splitlines()
    rows = [line.strip("|").split(" | ") for line in lines if line.startswith("|")]
    return rows[2:]


class _Berlin:
    def local_zone(self) -> str:
        return "Europe/Berlin"


class _Noon:
    def now(self) -> datetime:
        return datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def add(typed, fake, build):
    """Add a job by what is typed, whatever other jobs that names."""
    fake.whens = Whens(_Berlin(), _Noon())
    fake.catalogue.named = build.job

    def run(*arguments: str) -> None:
        answer = typed("add", "X", *arguments)
        assert answer.code == 0, answer.err
        policy = msgspec.convert(fake.jobs.added[-1]["policy"], Policy)
        assert not policy_problems(policy)

    return run


def test_what_is_typed_is_there():
    """Each command that is named can be looked up, with each of its options."""
    for line in dict.fromkeys(_mentioned()):
        words = shlex.split(line, comments=True)[1:]
        options = _options(root)
        if not words[0].startswith("-") and words[0] != "COMMAND":
            command = _command(words.pop(0))
            options |= _options(command)
            if isinstance(command, click.Group) and words:
                part = command.get_command(click.Context(command), words[0])
                options |= _options(part) if part else {}
        own = words[: words.index("--")] if "--" in words else words
        asked = {word for word in own if word.startswith("--")}
        assert asked <= {*options, "--help"}, line


def test_the_start_at_login_can_be_typed_like_that(typed):
    """These lines change the system of whoever runs the tests, so a fake stands in for it."""
    lines = [line for line in _mentioned() if line.startswith("deskcron autostart")]
    assert len(lines) >= 3
    for line in lines:
        answer = typed(*shlex.split(line, comments=True)[1:])
        assert answer.code == 0, answer.err


def test_no_command_is_left_out():
    """Whoever reads to the end has heard of everything."""
    named = set(re.findall(r"(?:^deskcron |`deskcron |`)([a-z]+)\b", README, re.MULTILINE))
    assert set(COMMANDS) <= named


def test_no_option_is_left_out():
    """Each option of a job is named; the two that say what holds without them are not."""
    named = set(re.findall(r"--[a-z][a-z-]*", README))
    assert _options(_command("add")).keys() - named == {"--flat", "--rehearse"}


def test_times_can_be_typed_like_that(add):
    """Each option of the table is understood with each of the values that stand beside it."""
    for cells in _rows("When"):
        for words in _typed_in(cells):
            add("--shell", "true", *BESIDE, *words)


def test_rules_can_be_typed_like_that(add):
    """As times can: the first values of all options together, then the second ones, and so on."""
    for beside in zip_longest(*(_typed_in(cells) for cells in _rows("Rules")), fillvalue=()):
        add("--shell", "true", *chain.from_iterable(beside))


def _typed_in(cells: list[str]) -> list[list[str]]:
    """Return what can be typed of a row: an option with its value, or one that takes none."""
    options, found = _options(_command("add")), []
    spans = [*SPAN.findall(cells[0]), *SPAN.findall(cells[-1])]
    option, *_value = shlex.split(spans[0])
    for words in map(shlex.split, spans):
        if words[0] == "deskcron":
            continue
        typed = words if words[0].startswith("--") else [option, *words]
        if options[typed[0]].is_flag or len(typed) > 1:
            found.append(typed)
    return found


def test_what_a_job_does_can_be_typed_like_that(add):
    """Each action is understood, alone and with each option that stands beside it."""
    for cells in _rows("What it does"):
        first, *more = [shlex.split(span) for span in SPAN.findall(" ".join(cells))]
        add(*first)
        for words in more:
            if words[0].startswith("--"):
                add(*first, *words)
