"""Turn what was typed into the parts of a job's document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from deskcron.cli.calls import call_action, with_call_details
from deskcron.cli.display import shortened
from deskcron.cli.failures import note
from deskcron.cli.joboptions import WHEN_OPTIONS, JobOptions, WhenOptions
from deskcron.cli.tidyoptions import with_tidy_details
from deskcron.domain.action import Urgency
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE

if TYPE_CHECKING:
    from deskcron.engine.facade import Facade

Part = dict[str, Any]
"""A part of a document: JSON."""

PROGRAM_KINDS = frozenset({"command", "script", "python"})
NONE = "none"
"""What takes a time limit away."""


def trigger_parts(
    facade: Facade,
    options: WhenOptions,
    taken: Sequence[Mapping[str, Any]] = (),
    start: datetime | None = None,
) -> list[Part]:
    """Return a trigger for every WHEN, with ids that none of the `taken` triggers has.

    What is there already is left out, with a note. Rules begin now, or at `start` where that is
    earlier.
    """
    zone = options["tz"] or LOCAL_ZONE
    ids = {str(trigger.get("id", "")) for trigger in taken}
    parts: list[Part] = []
    for option in WHEN_OPTIONS:
        for text in cast("tuple[str, ...]", options[option]):  # type: ignore[literal-required]
            part = facade.whens.when(option, text, zone, start)
            if any(_covers(other, part) for other in (*taken, *parts)):
                what = _("Note: --{option} {text} is there already; it counts once.")
                note(what.format(option=option, text=shortened(text)))
                continue
            number = len(taken) + len(parts) + 1
            while f"t{number}" in ids:
                number += 1
            ids.add(f"t{number}")
            parts.append({**part, "id": f"t{number}"})
    if options["tz"] and not any(options[option] for option in WHEN_OPTIONS):  # type: ignore[literal-required]
        raise BadInput(
            title=_("--tz has nothing to apply to"),
            detail=_("it is the zone of the times given in the same call"),
            hint=_("Give them too, for example --daily 09:00."),
        )
    return parts


def _covers(old: Mapping[str, Any], new: Part) -> bool:
    """Tell whether a trigger has all the times of a new one, which then adds nothing."""
    if {**old, "id": "", "start_date": ""} != {**new, "id": "", "start_date": ""}:
        return False
    begins, would_begin = old.get("start_date", ""), new.get("start_date", "")
    is_each = "INTERVAL" not in new.get("rule", "")  # the others count from their beginning
    return bool(begins == would_begin or (is_each and begins < would_begin))


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


def adjusted_action(options: JobOptions, action: Mapping[str, Any]) -> Part:
    """Return the action with interpreter, directory, environment and the like as given."""
    adjusted = with_tidy_details(options, with_call_details(options, action))
    kind = adjusted.get("kind")
    if options["interpreter"] is not None:
        if kind not in {"script", "python"}:
            raise _out_of_place("--interpreter", _("only a script has an interpreter"))
        adjusted["interpreter"] = found(options["interpreter"])
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


def policy_part(facade: Facade, options: JobOptions) -> Part:
    """Return the fields of the policy that were given."""
    part: Part = {}
    if options["timeout"] is not None:
        is_none = options["timeout"].lower() == NONE
        part["timeout_s"] = None if is_none else facade.whens.duration_s(options["timeout"])
    if options["max_age"] is not None:
        part["max_age_s"] = facade.whens.duration_s(options["max_age"])
    for field in ("overlap", "catch_up"):
        rule = options["overlap"] if field == "overlap" else options["catch_up"]
        if rule is not None:
            part[field] = rule.word
            if rule.limit is not None:
                part[f"{field}_limit"] = rule.limit
    if options["notify"] is not None:
        part["notify"] = options["notify"]
    if options["priority"] is not None:
        part["priority"] = options["priority"]
    if options["exact"] is not None:
        part["exact"] = options["exact"]
    return part


def tag_part(options: JobOptions) -> list[str]:
    """Return the tags given, each once; an empty one stands for none."""
    return [tag for tag in dict.fromkeys(options["tag"]) if tag]


def absolute(path: str) -> str:
    """Return the path as it is meant here and now, whatever directory the engine runs in."""
    try:
        return str(Path(path).expanduser().absolute())
    except (OSError, RuntimeError) as error:
        raise BadInput(
            title=_("'{path}' cannot be found").format(path=path),
            detail=str(error),
            hint=_("Write the whole path."),
        ) from error


def found(path: str) -> str:
    """Return a relative path that exists here as an absolute one; anything else as it is."""
    try:
        return absolute(path) if path and Path(path).exists() else path
    except (OSError, ValueError):
        return path


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
