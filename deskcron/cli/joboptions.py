"""The options of add and edit, and the WHEN options that next shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import click

from deskcron.cli.calls import CALL_OPTIONS, CallOptions
from deskcron.cli.parameters import Callback
from deskcron.cli.tidyoptions import TIDY_OPTIONS, TidyOptions
from deskcron.domain.policy import CatchUp, Notify, Overlap, Priority
from deskcron.domain.texts import gettext as _

WHEN_OPTIONS = ("every", "cron", "at", "daily", "weekly", "monthly")


class Limited(NamedTuple):
    """A rule with the number that may follow it, as in queue:3."""

    word: str
    limit: int | None


if TYPE_CHECKING:
    _LimitedType = click.ParamType[Limited]
else:  # older releases of click cannot be subscripted
    _LimitedType = click.ParamType


class LimitedChoice(_LimitedType):
    """A word of a list; some of them may be followed by :NUMBER."""

    name = "rule"

    def __init__(self, words: Sequence[str], limited: Sequence[str]) -> None:
        self._words = tuple(words)
        self._limited = frozenset(limited)

    def get_metavar(
        self,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        ctx: click.Context | None = None,  # noqa: ARG002 - not given by older releases
    ) -> str:
        """Show the words, those with a number marked."""
        return "|".join(f"{word}[:N]" if word in self._limited else word for word in self._words)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Limited:
        """Return word and number."""
        if isinstance(value, Limited):
            return value
        word, colon, number = str(value).partition(":")
        if word not in self._words:
            words = ", ".join(self._words)
            self.fail(_("'{value}' is not one of {words}.").format(value=value, words=words), param)
        if not colon:
            return Limited(word, None)
        is_number = number.isascii() and number.isdigit() and len(number) <= 6 and int(number) > 0
        if word not in self._limited or not is_number:
            self.fail(
                _("'{value}' does not end in a number from 1.").format(value=value)
                if word in self._limited
                else _("'{word}' takes no number.").format(word=word),
                param,
                ctx,
            )
        return Limited(word, int(number))


class WhenOptions(TypedDict):
    """What the WHEN options were given."""

    every: tuple[str, ...]
    cron: tuple[str, ...]
    at: tuple[str, ...]
    daily: tuple[str, ...]
    weekly: tuple[str, ...]
    monthly: tuple[str, ...]
    tz: str | None


class JobOptions(WhenOptions, CallOptions, TidyOptions):
    """What the options of add and edit were given; None where one was not."""

    shell: str | None
    script: str | None
    interpreter: str | None
    remind: str | None
    open_target: str | None
    timeout: str | None
    overlap: Limited | None
    catch_up: Limited | None
    max_age: str | None
    notify: str | None
    priority: str | None
    exact: bool | None
    cwd: str | None
    env: tuple[str, ...]
    tag: tuple[str, ...]
    disabled: bool


_WHEN = (
    click.option("--every", multiple=True, metavar="LENGTH", help=_("Repeat: 15m, 1h30m, 2d.")),
    click.option("--cron", multiple=True, metavar="RULE", help=_('A cron rule: "0 9 * * 1-5".')),
    click.option("--at", multiple=True, metavar="TIME", help=_('Once: "2026-12-24 17:30".')),
    click.option("--daily", multiple=True, metavar="TIME", help=_("Every day: 09:00.")),
    click.option("--weekly", multiple=True, metavar="DAYS@TIME", help=_("mon,fri@17:00.")),
    click.option(
        "--monthly",
        multiple=True,
        metavar="DAY@TIME",
        help=_("31@16:00, last@16:00, last-fri@16:00."),
    ),
    click.option("--tz", metavar="ZONE", help=_("Zone of the times given: Europe/Berlin.")),
)

_ACTION = (
    click.option("--shell", metavar="TEXT", help=_("Run the text as a shell script (sh).")),
    click.option("--script", metavar="FILE", help=_("Run a script file.")),
    click.option("--interpreter", metavar="I", help=_("Run it by sh, bash, python, FILE …")),
    click.option("--remind", metavar="TEXT", help=_("Show a reminder.")),
    click.option("--open", "open_target", metavar="TARGET", help=_("Open a URL, file or program.")),
)

_POLICY = (
    click.option("--timeout", metavar="LENGTH", help=_("Stop a run after so long: 10m.")),
    click.option(
        "--overlap",
        type=LimitedChoice(tuple(Overlap), (Overlap.QUEUE, Overlap.PARALLEL)),
        help=_("When an earlier run is not over."),
    ),
    click.option(
        "--catch-up",
        type=LimitedChoice(tuple(CatchUp), (CatchUp.ALL,)),
        help=_("What to do about times missed while nothing could run."),
    ),
    click.option("--max-age", metavar="LENGTH", help=_("Catch up on nothing older: 24h.")),
    click.option(
        "--notify",
        type=click.Choice([choice.value for choice in Notify]),
        help=_("Which ends of a run to tell."),
    ),
    click.option(
        "--priority",
        type=click.Choice([choice.value for choice in Priority]),
        help=_("Which of several waiting runs starts first."),
    ),
    click.option(
        "--exact/--no-exact", default=None, help=_("Keep exact evidence of start and end.")
    ),
    click.option("--cwd", metavar="DIR", help=_("Folder to run in.")),
    click.option("--env", multiple=True, metavar="K=V", help=_("Add to the environment.")),
    click.option("--tag", multiple=True, metavar="TAG", help=_("Tag the job.")),
    click.option("--disabled", is_flag=True, help=_("Save it disabled.")),
)


def when_options(function: Callback) -> Callback:
    """Take the WHEN options."""
    for option in reversed(_WHEN):
        function = option(function)
    return function


def job_options(function: Callback) -> Callback:
    """Take the options of add and edit."""
    for option in reversed((*_WHEN, *_ACTION, *CALL_OPTIONS, *TIDY_OPTIONS, *_POLICY)):
        function = option(function)
    return function
