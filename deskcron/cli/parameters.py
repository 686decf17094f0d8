"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from deskcron.cli.completing import TextType, stored_names
from deskcron.domain.texts import gettext as _

# click's decorators accept any callback, whatever its parameters.
Callback = TypeVar("Callback", bound=Callable[..., Any])

MOST_COMPLETIONS = 200


class WholeNumber(click.IntRange):
    """A whole number; the help of its option says what is sensible, an error what is possible."""

    def _describe_range(self) -> str:
        return ""


LARGEST = 2**63 - 1
"""What fits into the store."""
NUMBER = WholeNumber(0, LARGEST)
"""The number of a run or an item of the inbox."""


class JobReference(TextType):
    """A job's name, id, or beginning of an id; the facade finds it."""

    name = "job"

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """Offer the names that begin so."""
        names = stored_names(ctx, lambda facade: facade.catalogue.names().values())
        begin = incomplete.casefold()
        found = [name for name in names if name.casefold().startswith(begin)]
        return [CompletionItem(name) for name in found[:MOST_COMPLETIONS]]


def job_argument(function: Callback) -> Callback:
    """Take one JOB."""
    return click.argument("job", type=JobReference(), metavar="JOB")(function)


def jobs_argument(function: Callback) -> Callback:
    """Take one JOB or more."""
    return click.argument("jobs", type=JobReference(), metavar="JOB...", nargs=-1, required=True)(
        function
    )


def json_option(function: Callback) -> Callback:
    """Take --json."""
    return click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))(function)
