"""The command edit: change a job, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

import click

from deskcron.cli.application import Application
from deskcron.cli.documents import (
    PROGRAM_KINDS,
    action_part,
    adjusted_action,
    tag_part,
)
from deskcron.cli.joboptions import JobOptions, job_options
from deskcron.cli.parameters import JobReference, json_option
from deskcron.cli.policyoptions import policy_part
from deskcron.cli.program import ProgramCommand
from deskcron.cli.reading import Part
from deskcron.cli.saved import tell_saved
from deskcron.cli.whenoptions import trigger_parts
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _

if TYPE_CHECKING:
    from deskcron.engine.facade import Facade


@click.command(
    cls=ProgramCommand,
    help=_(
        "Change a job. What is not given stays. A time or event replaces all there are, with "
        "--add-when it is added to them. --tag replaces the tags, --arg the arguments ('' for "
        "none), --cwd '' removes the folder; --env adds. Rules given replace those of their kind, "
        "none takes them away."
    ),
    epilog=_("Example: deskcron edit Backup --weekly sat@18:00 --retry 3:5m --watch-success 9d"),
)
@click.argument("job", type=JobReference(), metavar="JOB")
@click.option("--name", metavar="NAME", help=_("Give it another name."))
@click.option("--add-when", is_flag=True, help=_("Keep the times and events there are."))
@job_options
@json_option
@click.pass_obj
def edit_job(
    application: Application,
    *,
    job: str,
    program: tuple[str, ...],
    name: str | None,
    add_when: bool,
    as_json: bool,
    **options: Unpack[JobOptions],
) -> None:
    """Save a new revision of a job."""
    facade = application.facade()
    draft = facade.catalogue.draft(job)
    changes = _changes(facade, draft.document, options, program, add_when=add_when)
    if name is not None:
        changes["name"] = name
    if not changes:
        raise BadInput(
            title=_("Nothing to change"), hint=_("See 'deskcron edit --help' for what can be.")
        )
    saved = facade.jobs.save(draft.job_id, {**draft.document, **changes}, draft.revision)
    tell_saved(application, saved, _("Saved {name} (id {id})."), as_json=as_json)


def _changes(
    facade: Facade,
    document: Mapping[str, Any],  # JSON
    options: JobOptions,
    program: tuple[str, ...],
    *,
    add_when: bool,
) -> Part:
    """Return the fields of the document that the options change."""
    changes: Part = {}
    present = document.get("triggers", ()) if add_when else ()
    triggers = trigger_parts(facade, options, present)
    if add_when and not triggers:
        raise BadInput(
            title=_("There is no time to add"),
            hint=_("Give one that is not there yet, for example --daily 09:00."),
        )
    if triggers or options["never"]:
        changes["triggers"] = [*present, *triggers]
    before = document.get("action", {})
    action = action_part(options, program)
    adjusted = adjusted_action(
        options, _kept(before, action) if action else before, facade.whens.duration_s
    )
    if adjusted != before:
        changes["action"] = adjusted
    rules = document.get("policy", {})
    policy = policy_part(options, rules, facade.whens.duration_s)
    if policy:
        changes["policy"] = {**rules, **policy}
    if options["tag"]:
        changes["tags"] = tag_part(options)
    if options["disabled"]:
        changes["enabled"] = False
    return changes


def _kept(before: Mapping[str, Any], action: Part) -> Part:
    """Return a new action with what it keeps of the old one.

    That is directory and environment of a program, and the rules by which another folder is tidied.
    """
    if action["kind"] == before.get("kind") == "tidy":
        return {**before, **action}
    if action["kind"] not in PROGRAM_KINDS or before.get("kind") not in PROGRAM_KINDS:
        return action
    kept = {key: before[key] for key in ("directory", "environment") if before.get(key)}
    return {**kept, **action}
