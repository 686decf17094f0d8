"""Turn what was typed into action and tags of a job's document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from deskcron.cli.calls import call_action, with_call_details
from deskcron.cli.joboptions import JobOptions
from deskcron.cli.places import absolute, found
from deskcron.cli.reading import Length, Part
from deskcron.cli.tidyoptions import TidyOptions, with_tidy_details
from deskcron.domain.action import Urgency
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _

PROGRAM_KINDS = frozenset({"command", "script", "python"})


def action_part(options: JobOptions, program: Sequence[str]) -> Part | None:
    """Return the action that was given, None for none; raises BadInput for two."""
    given = [
        option
        for option, value in (
            ("--shell", options["shell"]),
            ("--script", options["script"]),
            ("--remind", options["remind"]),
            ("--open", options["open_target"]),
            ("--web", options["web"]),
            ("--python", options["python"]),
            ("--python-text", options["python_text"]),
            ("--tidy", options["tidy"]),
            ("-- PROGRAM", program or None),
        )
        if value is not None
    ]
    if len(given) > 1:
        raise BadInput(
            title=_("A job does one thing"),
            detail=_("{first} and {second} were given").format(first=given[0], second=given[1]),
            hint=_("Add a job for each."),
        )
    return _action(options, program) if given else None


def _action(options: JobOptions, program: Sequence[str]) -> Part:
    if options["remind"] is not None:
        _require("--remind", options["remind"], _("Write what to remind you of."))
        return {
            "kind": "reminder",
            "title": "",
            "text": options["remind"],
            "urgency": Urgency.NORMAL.value,
        }
    if options["open_target"] is not None:
        return {"kind": "open", "target": found(options["open_target"])}
    if own := call_action(options) or _tidy(options["tidy"]):
        return own
    if program:
        return {"kind": "command", "program": _program(program[0]), "arguments": list(program[1:])}
    if options["shell"] is not None:
        return {"kind": "script", "text": options["shell"], "interpreter": "sh"}
    file = options["script"] or ""
    _require("--script", file, _("Name the file of the script."))
    return {"kind": "script", "file": absolute(file)}


def _tidy(folder: str | None) -> Part | None:
    if folder is None:
        return None
    _require("--tidy", folder, _("Name the folder to tidy."))
    return {"kind": "tidy", "folder": absolute(folder)}


def adjusted_action(options: JobOptions, action: Mapping[str, Any], length_s: Length) -> Part:
    """Return the action with interpreter, directory, environment and the like as given."""
    called = with_call_details(options, action, length_s)
    adjusted = with_tidy_details(_of_tidying(options), called) | _reminded(options, action)
    adjusted |= _scripted(options, action)
    kind = adjusted.get("kind")
    if options["cwd"] is not None:
        if kind not in PROGRAM_KINDS:
            raise _out_of_place("--cwd", _("only a program or script runs in a directory"))
        adjusted["directory"] = absolute(options["cwd"]) if options["cwd"] else ""
    if options["env"]:
        if kind not in PROGRAM_KINDS:
            raise _out_of_place("--env", _("only a program or script has an environment"))
        before = adjusted.get("environment") or {}
        adjusted["environment"] = {**before, **dict(map(_variable, options["env"]))}
    return adjusted


def _reminded(options: JobOptions, action: Mapping[str, Any]) -> Part:
    """Return what the options say about a reminder."""
    given = {"title": options["title"], "urgency": options["urgency"]}
    part = {field: text for field, text in given.items() if text is not None}
    if part and action.get("kind") != "reminder":
        raise _out_of_place(f"--{next(iter(part))}", _("only a reminder has it"))
    return part


def _scripted(options: JobOptions, action: Mapping[str, Any]) -> Part:
    """Return what the options say about interpreter and arguments of a script."""
    part: Part = {}
    if options["interpreter"] is not None:
        if action.get("kind") not in {"script", "python"}:
            raise _out_of_place("--interpreter", _("only a script has an interpreter"))
        part["interpreter"] = found(options["interpreter"])
    if options["arg"]:
        if action.get("kind") != "script":
            raise _out_of_place("--arg", _("only a script has such arguments"))
        part["arguments"] = [] if options["arg"] == ("",) else list(options["arg"])
    return part


def _of_tidying(options: JobOptions) -> TidyOptions:
    """Return the options; beside --watch alone --recursive is about what is watched."""
    if not options["watch"] or options["tidy"] is not None:
        return options
    without = options.copy()
    without["recursive"] = None
    return without


def tag_part(options: JobOptions) -> list[str]:
    """Return the tags given, each once; an empty one stands for none."""
    return [tag for tag in dict.fromkeys(options["tag"]) if tag]


def _require(option: str, text: str, hint: str) -> None:
    if not text.strip():
        raise BadInput(title=_("{option} is empty").format(option=option), hint=hint)


def _program(program: str) -> str:
    """Return a program; one without a directory is looked for where programs are."""
    return program if Path(program).name == program else found(program)


def _variable(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise BadInput(
            title=_("'{text}' is not an addition to the environment").format(text=text),
            hint=_("Write it as NAME=VALUE."),
        )
    return name, value


def _out_of_place(option: str, why: str) -> BadInput:
    return BadInput(
        title=_("{option} does not fit this job").format(option=option),
        detail=why,
        hint=_("Leave it out."),
    )
