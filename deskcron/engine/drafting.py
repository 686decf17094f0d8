"""Look at a draft while it is typed, and say what one can begin with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from deskcron.domain.answers import Upcoming
from deskcron.domain.drafting import DraftCheck, Template
from deskcron.domain.errors import InvalidDraft, Problem
from deskcron.domain.hours import Places
from deskcron.domain.job import Document, Job
from deskcron.domain.ports import Clock, Zones
from deskcron.domain.records import StoredJob
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import RuleContext, Trigger, UnknownTrigger
from deskcron.engine.bars import Bars
from deskcron.engine.definitions import Definitions
from deskcron.engine.drafts import Drafts
from deskcron.engine.jobdefaults import defaults_in, started_from
from deskcron.engine.jobwords import schedule_words
from deskcron.engine.naming import free_name
from deskcron.engine.references import job_of
from deskcron.engine.templates import templates
from deskcron.engine.upcoming import unbarred, upcoming
from deskcron.triggers.preview import preview

AHEAD = 5
"""Due times that are shown of a draft."""


class Drafting:
    """Help a form, without storing anything. Thread: any, not the GUI's."""

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        drafts: Drafts,
        resource: Callable[..., Path],
        zones: Zones,
        clock: Clock,
        places: Callable[[], Places],
        bars: Bars,
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._drafts = drafts
        self._resource = resource
        self._zones = zones
        self._clock = clock
        self._places = places
        self._bars = bars

    def holiday_places(self) -> Places:
        """Return the places whose public holidays are known."""
        return self._places()

    def templates(self) -> Sequence[Template]:
        """Return what a new job can begin with, under names that are free.

        What a template does not say of rules are the defaults that the person has chosen.
        """
        now = self._clock.now().astimezone(ZoneInfo(self._zones.local_zone()))
        names, defaults = self._store.read(
            lambda tables: (tables.jobs.names(), defaults_in(tables))
        )
        found = [_under_free_name(one, set(names)) for one in templates(self._resource, now)]
        return [
            msgspec.structs.replace(one, document=started_from(defaults, one.document))
            for one in found
        ]

    def look(self, document: Document, ref: str | None = None) -> DraftCheck:
        """Say how a draft stands; `ref` is the job it is an edit of."""
        now, context = self._clock.now(), RuleContext(self._zones.local_zone())
        stored = self._store.read(lambda tables: job_of(tables, ref)) if ref else None
        accepted = self._definitions.present(stored).triggers if stored else ()
        problems: tuple[Problem, ...] = ()
        warnings: tuple[str, ...] = ()
        try:
            job = self._drafts.check(document, now, context, accepted)
            warnings = self._drafts.warnings(job, now, context, is_typed=True)
        except InvalidDraft as error:
            problems = error.problems
        rules = [self._part(accepted, triggers=[raw]) for raw in document.get("triggers", ())]
        hours = document.get("policy", {}).get("hours", {})
        return DraftCheck(
            rules=tuple("" if rule is None else schedule_words(rule) for rule in rules),
            upcoming=self._upcoming(
                [rule for rule in rules if rule is not None],
                self._part(policy={"hours": hours}),
                context,
            ),
            listens=any(rule.listening for rule in rules if rule is not None),
            is_off=document.get("enabled") is False,
            warnings=warnings,
            problems=(*problems, *self._name_problems(document, stored)),
        )

    def _part(self, accepted: Sequence[Trigger | UnknownTrigger] = (), **fields: Any) -> Job | None:
        """Return a job with these fields of a draft alone, None where they cannot be used."""
        now, context = self._clock.now(), RuleContext(self._zones.local_zone())
        draft = {"name": "-", "action": {"kind": "reminder"}, **fields}
        try:
            return self._drafts.check(draft, now, context, accepted)
        except InvalidDraft:
            return None

    def _upcoming(
        self, rules: Sequence[Job], hours: Job | None, context: RuleContext
    ) -> tuple[Upcoming, ...]:
        triggers = [trigger for rule in rules for trigger in rule.triggers]
        items = preview(triggers, context, self._clock.now(), AHEAD)
        return upcoming(items, partial(self._bars.closed, hours) if hours else unbarred)

    def _name_problems(self, document: Document, stored: StoredJob | None) -> Sequence[Problem]:
        name = str(document.get("name", "")).strip()

        def other(tables: Tables) -> StoredJob | None:
            found = tables.jobs.by_name(name)
            return None if found is None or (stored and found.id == stored.id) else found

        if name and self._store.read(other) is not None:
            return [Problem("name", _("Another job has this name already."))]
        return []


def _under_free_name(template: Template, taken: set[str]) -> Template:
    name = template.document["name"]
    document = {**template.document, "name": free_name(name, taken) if name else ""}
    return msgspec.structs.replace(template, document=document)
