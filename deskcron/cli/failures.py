"""Tell failures on stderr and turn them into exit codes."""

from __future__ import annotations

import sys

import click

from deskcron.cli.display import shown
from deskcron.cli.usage import refused
from deskcron.domain.errors import (
    BadInput,
    DeskcronError,
    InvalidDraft,
    NotFound,
    StoreUnavailable,
)
from deskcron.domain.texts import gettext as _

DONE = 0
FAILED = 1
BAD_INPUT = 2
NOT_FOUND = 3
NO_STORE = 4
INTERRUPTED = 130


def exit_code_of(error: DeskcronError) -> int:
    """Return the exit code that scripts rely on."""
    if isinstance(error, BadInput):
        return BAD_INPUT
    if isinstance(error, NotFound):
        return NOT_FOUND
    if isinstance(error, StoreUnavailable):
        return NO_STORE
    return FAILED


def tell(error: DeskcronError) -> int:
    """Print what failed, why and what to do; return the exit code."""
    if isinstance(error, InvalidDraft) and error.problems:
        title = error.title or _("The job cannot be saved")
        _say(_("{title}:").format(title=title))
        for problem in error.problems:
            _say(f"  {problem.message}")
        if error.hint:
            _say(error.hint)
    else:
        _say(str(error))
    return exit_code_of(error)


def tell_usage(error: click.ClickException) -> int:
    """Print what is wrong with the command as typed and where help is."""
    return tell(refused(error))


def note(text: str) -> None:
    """Print a remark beside the answer, on stderr so that scripts don't read it."""
    click.echo(text, err=True)


def _say(text: str) -> None:
    if sys.stderr is not None:
        click.echo(shown(text), err=True)
