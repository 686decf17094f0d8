"""The triggers of a job as documents: numbered, and read alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from deskcron.domain.codec import Codec
from deskcron.domain.errors import InvalidDraft
from deskcron.domain.job import Document, Job
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import RuleContext, UnknownTrigger
from deskcron.triggers.crontext import START
from deskcron.triggers.occasion import OccasionKind


def parse_rules(
    codec: Codec, triggers: Sequence[Document], now: datetime, context: RuleContext
) -> Job:
    """Return a job that has nothing but these triggers; raises InvalidDraft."""
    title = _("The rule cannot be used")
    job = codec.parse(numbered({"triggers": triggers, "action": {"kind": ""}}), title=title)
    problems = [
        problem
        for trigger in job.triggers
        if not isinstance(trigger, UnknownTrigger)
        for problem in trigger.problems(now, context)
    ]
    if problems:
        raise InvalidDraft(title=title, problems=problems)
    return job


def numbered(document: Document) -> Document:
    """Give every trigger an id of its own, and cron's start the kind that it has here.

    What are no triggers is left for others to refuse.
    """
    triggers: list[Any] = []
    taken: set[str] = set()
    given = document.get("triggers", ())
    if not isinstance(given, list | tuple):
        return document
    for raw in given:
        if isinstance(raw, Mapping):
            wanted, number = str(raw.get("id", "")), 1
            while not wanted or wanted in taken:
                wanted, number = f"t{number}", number + 1
            taken.add(wanted)
            triggers.append({**_as_meant(raw), "id": wanted})
        else:
            triggers.append(raw)
    return {**document, "triggers": triggers}


def _as_meant(raw: Document) -> Document:
    """Return a trigger; a start as cron writes it, which no limit fits, is the event of that."""
    expression, limits = str(raw.get("expression", "")).strip().lower(), raw.get("limits")
    has_limits = any(limits.values()) if isinstance(limits, Mapping) else limits
    if raw.get("kind") != "cron" or expression != START or has_limits:
        return raw
    return {"kind": "event", "event": OccasionKind.STARTED.value}
