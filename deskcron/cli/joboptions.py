"""The options of add and edit."""

from __future__ import annotations

import click

from deskcron.cli.calls import CALL_OPTIONS, CallOptions
from deskcron.cli.parameters import Callback
from deskcron.cli.policyoptions import PolicyOptions, policy_options
from deskcron.cli.tidyoptions import TIDY_OPTIONS, TidyOptions
from deskcron.cli.whenoptions import WhenOptions, when_options
from deskcron.domain.action import Urgency
from deskcron.domain.texts import gettext as _


class JobOptions(WhenOptions, CallOptions, TidyOptions, PolicyOptions):
    """What the options of add and edit were given; None where one was not."""

    shell: str | None
    script: str | None
    interpreter: str | None
    arg: tuple[str, ...]
    remind: str | None
    title: str | None
    urgency: str | None
    open_target: str | None
    cwd: str | None
    env: tuple[str, ...]
    tag: tuple[str, ...]
    disabled: bool


_ACTION = (
    click.option("--shell", metavar="TEXT", help=_("Run the text as a shell script (sh).")),
    click.option("--script", metavar="FILE", help=_("Run a script file.")),
    click.option("--interpreter", metavar="I", help=_("Run it by sh, bash, python, FILE …")),
    click.option("--arg", multiple=True, metavar="TEXT", help=_("Give the script an argument.")),
    click.option("--remind", metavar="TEXT", help=_("Show a reminder.")),
    click.option("--title", metavar="TEXT", help=_("Its title, in place of the name of the job.")),
    click.option(
        "--urgency",
        type=click.Choice([choice.value for choice in Urgency]),
        help=_("How much the reminder may insist."),
    ),
    click.option("--open", "open_target", metavar="TARGET", help=_("Open a URL, file or program.")),
)

_KEPT = (
    click.option("--cwd", metavar="DIR", help=_("Folder to run in.")),
    click.option("--env", multiple=True, metavar="K=V", help=_("Add to the environment.")),
    click.option("--tag", multiple=True, metavar="TAG", help=_("Tag the job.")),
    click.option("--disabled", is_flag=True, help=_("Save it disabled.")),
)


def job_options(function: Callback) -> Callback:
    """Take the options of add and edit."""
    for option in reversed(_KEPT):
        function = option(function)
    function = policy_options(function)
    for option in reversed((*_ACTION, *CALL_OPTIONS, *TIDY_OPTIONS)):
        function = option(function)
    return when_options(function)
