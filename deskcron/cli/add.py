"""The command add: save a new job."""

from __future__ import annotations

from typing import Unpack

import click

from deskcron.cli.application import Application
from deskcron.cli.documents import action_part, adjusted_action, tag_part
from deskcron.cli.joboptions import JobOptions, job_options
from deskcron.cli.parameters import json_option
from deskcron.cli.policyoptions import policy_part
from deskcron.cli.program import ProgramCommand
from deskcron.cli.saved import tell_saved
from deskcron.cli.whenoptions import trigger_parts
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _


@click.command(
    cls=ProgramCommand,
    help=_(
        "Add a job called NAME. It does one thing: --shell, --script, --python, --web, "
        "--remind, --open, --tidy, or the program behind --. Times and events can be repeated "
        "and combined; without any, the job runs by hand only."
    ),
    epilog=_('Example: deskcron add Backup --daily 18:00 -- rsync -a "$HOME/Documents" /mnt/usb'),
)
@click.argument("name", metavar="NAME")
@job_options
@json_option
@click.pass_obj
def add_job(
    application: Application,
    *,
    name: str,
    program: tuple[str, ...],
    as_json: bool,
    **options: Unpack[JobOptions],
) -> None:
    """Save a new job."""
    facade = application.facade()
    action = action_part(options, program)
    if action is None:
        raise BadInput(
            title=_("The job has nothing to do"),
            hint=_(
                "Give --shell, --script, --python, --web, --remind, --open, --tidy, or a program "
                "behind --."
            ),
        )
    defaults = facade.preferences.defaults()
    document = {
        "name": name,
        "enabled": not options["disabled"],
        "tags": tag_part(options),
        "triggers": trigger_parts(facade, options),
        "action": adjusted_action(options, action, facade.whens.duration_s),
        "policy": {**defaults, **policy_part(options, defaults, facade.whens.duration_s)},
    }
    saved = facade.jobs.add(document)
    tell_saved(application, saved, _("Added {name} (id {id})."), as_json=as_json)
