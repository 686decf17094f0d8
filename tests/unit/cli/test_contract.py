"""The list of commands, help, exit codes and errors."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click
import pytest

from deskcron import __version__
from deskcron.cli.group import COMMANDS
from deskcron.cli.main import main, root
from deskcron.domain.errors import (
    BadInput,
    DeskcronError,
    EngineRunning,
    InvalidDraft,
    NotFound,
    Problem,
    RequestFailed,
    StoreBusy,
    StoreNewer,
    StoreUnavailable,
)
from deskcron.engine.catalogue import Catalogue
from deskcron.engine.control import Control
from deskcron.engine.doctor import Doctor
from deskcron.engine.environments import EnvironmentService
from deskcron.engine.history import History
from deskcron.engine.inbox import InboxService
from deskcron.engine.jobs import JobService
from deskcron.engine.preferences import PreferencesService
from deskcron.engine.statistics import Statistics
from deskcron.engine.transfer import Transfer
from deskcron.engine.whens import Whens

CONTRACT = [
    "daemon",
    "secret",
    "defaults",
    "lanes",
    "autostart",
    "add",
    "edit",
    "list",
    "show",
    "enable",
    "disable",
    "remove",
    "duplicate",
    "undo",
    "run",
    "stop",
    "fire",
    "proceed",
    "decline",
    "later",
    "runs",
    "log",
    "stats",
    "review",
    "why",
    "env",
    "next",
    "inbox",
    "done",
    "snooze",
    "pause",
    "resume",
    "doctor",
    "demo",
    "export",
    "import",
    "completion",
]

WHEN = [
    *("--every", "--cron", "--at", "--daily", "--weekly", "--monthly", "--tz", "--never"),
    *("--on", "--watch", "--recursive", "--settle", "--after", "--signal"),
    *("--delay", "--random-delay", "--at-most-every"),
]
SETTINGS = [
    *("--retry", "--retry-growth", "--retry-ceiling", "--retry-on"),
    *("--success-codes", "--warning-codes", "--brake", "--runs-per-day"),
    *("--environment", "--path-prefix"),
    *("--only", "--not-on", "--holidays", "--need", "--unmet", "--ask"),
    *("--lane", "--nice", "--io", "--keep-awake", "--no-keep-awake"),
    *("--soft-timeout", "--output-limit", "--output-over"),
    *("--watch-success", "--watch-start", "--watch-slower", "--watch-smaller"),
    *("--watch-errors", "--no-watch-errors"),
    *("--ping-start", "--ping-success", "--ping-failure"),
    "--shell",
    "--script",
    "--interpreter",
    "--remind",
    "--open",
    "--timeout",
    "--overlap",
    "--catch-up",
    "--max-age",
    "--notify",
    "--priority",
    "--exact",
    "--cwd",
    "--env",
    "--tag",
    "--disabled",
    "--json",
]
OPTIONS = {
    "add": [*WHEN, *SETTINGS],
    "edit": [*WHEN, *SETTINGS, "--add-when"],
    "list": ["--tag", "--all", "--json"],
    "show": ["--json"],
    "run": ["--wait"],
    "runs": ["--job", "--status", "--since", "--limit", "--json"],
    "log": ["--follow", "--attempt"],
    "stats": ["--since", "--json"],
    "review": ["--since", "--run", "--skip", "--skip-missed", "--json"],
    "why": ["--json"],
    "next": [*WHEN, "-n", "--from", "--json"],
    "inbox": ["--json"],
    "done": ["--all"],
    "pause": ["--for"],
    "doctor": ["--json"],
    "demo": ["--for"],
    "import": ["--dry-run"],
    "lanes": ["--json"],
}


def test_every_command_of_the_contract_is_listed(typed):
    """The help names each command, and no other is there."""
    answer = typed("--help")
    assert answer.code == 0
    listed = [line.split()[0] for line in answer.out.splitlines() if line.startswith("  ")]
    assert sorted(COMMANDS) == sorted(CONTRACT)
    assert set(CONTRACT) <= set(listed)


def test_every_command_has_help_with_its_options(typed):
    """-h and --help explain a command and show every option of the contract."""
    for name in CONTRACT:
        answer = typed(name, "-h")
        assert answer.code == 0, name
        assert answer.out.startswith("Usage: deskcron")
        assert [option for option in OPTIONS.get(name, []) if option not in answer.out] == [], name
        assert typed(name, "--help").out == answer.out


def test_every_option_is_explained():
    """No option is without words."""
    context = click.Context(root)
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        assert command.help
        silent = [
            option.opts
            for option in command.params
            if isinstance(option, click.Option) and not option.help
        ]
        assert silent == []


def _helps(command: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    """Yield the words that lead to each command below one."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from _helps(found, *path, name)


def test_help_is_for_people(typed, monkeypatch):
    """In a usual terminal no summary is cut off, and no bounds or names of types are shown."""
    monkeypatch.setenv("COLUMNS", "80")
    for path in _helps(root):
        text = typed(*path, "--help").out
        assert [line for line in text.splitlines()[1:] if line.endswith("...")] == [], path
        for inner in ("RANGE", "INTEGER", "TEXT]", "<=", "9223372036854775807", "SIGTERM"):
            assert inner not in text, path


def test_the_version_is_told(typed):
    """--version prints name and version."""
    assert typed("--version").out == f"deskcron {__version__}\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RequestFailed(title="It failed"), 1),
        (EngineRunning(title="It failed"), 1),
        (BadInput(title="It failed"), 2),
        (InvalidDraft(title="It failed", problems=[Problem("name", "It failed.")]), 2),
        (NotFound(title="It failed"), 3),
        (StoreUnavailable(title="It failed"), 4),
        (StoreBusy(title="It failed"), 4),
        (StoreNewer(title="It failed"), 4),
    ],
)
def test_exit_codes(typed, application, error: DeskcronError, code: int):
    """Each kind of failure has its exit code, words on stderr and nothing on stdout."""
    application.opening_error = error
    answer = typed("list")
    assert answer.code == code
    assert answer.out == ""
    assert "It failed" in answer.err


def test_a_failure_says_what_why_and_what_to_do(typed, application):
    """Errors read: what failed: why. What to do."""
    application.opening_error = StoreUnavailable(
        title="The jobs cannot be read", detail="the disk is full", hint="Free some space."
    )
    expected = "The jobs cannot be read: the disk is full. Free some space.\n"
    assert typed("list").err == expected


def test_a_draft_with_problems_names_each_on_its_own_line(typed, fake):
    """Every problem of a draft is a line."""
    problems = [Problem("name", "The name is taken."), Problem("triggers", "It never fires.")]
    fake.jobs.error = InvalidDraft(
        title="'x' cannot be saved", problems=problems, hint="Change it."
    )
    answer = typed("add", "x", "--remind", "y")
    assert answer.code == 2
    assert answer.err.splitlines() == [
        "'x' cannot be saved:",
        "  The name is taken.",
        "  It never fires.",
        "Change it.",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["--nonsense"],
        ["list", "--nonsense"],
        ["show"],
        ["runs", "--limit", "many"],
        ["runs", "--limit", "0"],
        ["runs", "--status", "odd"],
        ["log", "x"],
        ["done", "x"],
        ["proceed", "x"],
        ["fire"],
        ["log", "12", "--attempt", "0"],
        ["add", "x", "--remind", "y", "--retry-on", "failed,odd"],
        ["add", "x", "--remind", "y", "--on", "sleeping"],
        ["next", "-n", "0", "Backup"],
        ["completion", "tcl"],
    ],
)
def test_bad_usage_is_told_in_one_line(typed, arguments):
    """A mistyped command is exit 2 with one line that says where help is."""
    answer = typed(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert len(answer.err.splitlines()) == 1
    assert "--help'" in answer.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "'nonsense' was not understood: there is no such command. Try 'deskcron"),
        (["lst"], "there is no such command; did you mean list? Try"),
        (["list", "--nonsense"], "--nonsense was not understood: there is no such option. Try"),
        (["list", "--jsn"], "there is no such option; did you mean --json? Try 'deskcron list"),
        (["show"], "'deskcron show' is not complete: JOB is missing. Try 'deskcron show --help'."),
        (["enable"], "'deskcron enable' is not complete: JOB is missing."),
        (["list", "--tag"], "--tag was not understood: it needs a value. Try"),
        (["list", "--all=3"], "--all was not understood: it takes no value. Try"),
        (["list", "a", "b"], "'deskcron list' was not understood: got unexpected extra arguments"),
        (["runs", "--status", "odd"], "--status was not understood: it is one of queued, "),
        (["runs", "--limit", "0"], "--limit was not understood: it is a whole number from 1. "),
        (["log", "x"], "RUN was not understood: it is a whole number from 0. Try"),
        (["next", "-n", "0", "B"], "-n was not understood: it is a whole number from 1 to 10000."),
        (["completion", "tcl"], "SHELL was not understood: it is one of bash, zsh, fish. Try"),
        (["add", "x", "--overlap", "odd"], "--overlap was not understood: 'odd' is not one of"),
    ],
)
def test_bad_usage_says_what_why_and_what_to_do(typed, arguments, words):
    """A mistyped command is told as every other failure: what failed: why. What to do."""
    assert words in typed(*arguments).err


def test_bytes_that_are_no_text_are_refused(typed):
    """An argument that is not UTF-8 cannot be stored and is refused in words."""
    answer = typed("add", "caf\udce9", "--remind", "x")
    assert answer.code == 2
    assert "not UTF-8" in answer.err


def test_an_interrupt_is_exit_130(typed, fake):
    """Ctrl+C ends a command quietly."""
    fake.control.interrupts = 1
    answer = typed("run", "Backup", "--wait")
    assert answer.code == 130


def test_a_closed_pipe_is_quiet(application, monkeypatch, build):
    """A reader that goes away early is no error worth words."""

    def closed(*_args: object, **_fields: object) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    application.fake.catalogue.all = [build.job()]
    monkeypatch.setattr("deskcron.cli.tables.click.echo", closed)
    assert main(application, ["list"]) == 1


def test_the_fake_facade_has_the_signatures_of_the_real_one(build):
    """What the tests type at is what the program has; windows may ask for more."""
    facade = build.facade()
    real = {
        "whens": Whens,
        "catalogue": Catalogue,
        "jobs": JobService,
        "transfer": Transfer,
        "history": History,
        "statistics": Statistics,
        "inbox": InboxService,
        "control": Control,
        "doctor": Doctor,
        "preferences": PreferencesService,
        "environment": EnvironmentService,
    }
    for subject, kind in real.items():
        fake_kind = type(getattr(facade, subject))
        for name in vars(kind).keys() & vars(fake_kind).keys():
            if name.startswith("_"):
                continue
            expected = list(inspect.signature(getattr(kind, name)).parameters.values())
            found = list(inspect.signature(getattr(fake_kind, name)).parameters.values())
            assert [(p.name, p.kind, p.default) for p in found] == [
                (p.name, p.kind, p.default) for p in expected
            ], f"{subject}.{name}"
