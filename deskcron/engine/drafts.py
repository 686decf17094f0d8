"""Check a draft: problems that keep it from being saved, and warnings, both in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from deskcron.domain.action import ANYWHERE, Action, Place, RunContext, UnknownAction
from deskcron.domain.codec import Codec, encode
from deskcron.domain.conditions import Check
from deskcron.domain.environment import Environment, Lookup
from deskcron.domain.errors import BadInput, InvalidDraft, Problem
from deskcron.domain.job import Document, Job
from deskcron.domain.policyproblems import IsPlace, any_place, policy_problems
from deskcron.domain.run import Cause
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import RuleContext, Trigger, UnknownTrigger
from deskcron.engine.bars import Bars
from deskcron.engine.freetimes import first_free
from deskcron.engine.rules import numbered
from deskcron.engine.secretwarnings import SecretWarnings, literal_warnings
from deskcron.engine.wakewarnings import WakeWarnings
from deskcron.triggers.schedule import Schedule

LONGEST_NAME = 200
LONGEST_TAG = 50


LookupOf = Callable[[Environment], Lookup]
"""Say where the programs of jobs with such an environment are looked for."""


CheckWarnings = Callable[[str, Place, Lookup], Iterable[str]]
"""Say why the command of a check cannot succeed in its place."""


def _as_this_process(_environment: Environment) -> Lookup:
    return ANYWHERE


def _unknown(_command: str, _place: Place, _lookup: Lookup) -> Iterable[str]:
    return ()


class Drafts:
    """Turn what was typed into a job that can be stored. Stateless.

    `is_place` tells whether the holidays of a place are known, `lookup` where the programs of a
    job are looked for, `secrets` what would keep its secrets from it, `checks` why the command of a
    check cannot succeed, `awake` whether the computer can be kept awake, `bars` when hours and days
    let it run.
    """

    def __init__(
        self,
        codec: Codec,
        is_place: IsPlace = any_place,
        lookup: LookupOf = _as_this_process,
        secrets: SecretWarnings | None = None,
        checks: CheckWarnings = _unknown,
        awake: WakeWarnings | None = None,
        bars: Bars | None = None,
    ) -> None:
        self._codec = codec
        self._is_place = is_place
        self._lookup = lookup
        self._secrets = secrets
        self._checks = checks
        self._awake = awake
        self._bars = bars

    def check(
        self,
        document: Document,
        now: datetime,
        context: RuleContext,
        accepted: Sequence[Trigger | UnknownTrigger] = (),
    ) -> Job:
        """Return the job of a draft; raises InvalidDraft with every problem found.

        A problem names its field by the path in the document: "name", "triggers.0.at". Triggers
        that were `accepted` before are not held against the present time again.
        """
        name = shortened(str(document.get("name", "")).strip())
        title = _("'{name}' cannot be saved").format(name=name)
        job = self._codec.parse(numbered(document), title=title)
        problems = [*_name_problems(job), *_tag_problems(job)]
        of_policy = policy_problems(job.policy, self._is_place)
        problems += [problem.within("policy") for problem in of_policy]
        for index, trigger in enumerate(job.triggers):
            if not isinstance(trigger, UnknownTrigger) and trigger not in accepted:
                found = trigger.problems(now, context)
                problems += [problem.within(f"triggers.{index}") for problem in found]
        if not isinstance(job.action, UnknownAction):
            problems += [problem.within("action") for problem in job.action.problems()]
        if problems:
            raise InvalidDraft(title=title, problems=problems)
        return job

    def warnings(
        self, job: Job, now: datetime, context: RuleContext, *, is_typed: bool = False
    ) -> tuple[str, ...]:
        """Return what a person may not expect of the job.

        While it is typed nothing is unlocked for that, and nothing started.
        """
        found: list[str] = []
        for trigger in job.triggers:
            if not isinstance(trigger, UnknownTrigger):
                found += trigger.warnings(now, context)
        found += self._of_hours(job, now, context)
        if not isinstance(job.action, UnknownAction):
            lookup = self._lookup(job.policy.environment)
            lookup = lookup.without_processes() if is_typed else lookup
            found += job.action.warnings(lookup)
            found += self._of_checks(job, job.action, lookup)
            found += literal_warnings(document_of(job))
        if self._secrets is not None:
            found += self._secrets.about(_secrets_of(job), may_unlock=not is_typed)
        if self._awake is not None:
            found += self._awake.about(wants_awake=job.policy.keep_awake)
        return tuple(found)

    def _of_hours(self, job: Job, now: datetime, context: RuleContext) -> Iterator[str]:
        """Yield that hours and times may never meet; of rules that count from runs nobody knows."""
        if self._bars is None or not job.policy.hours.is_set or job.follows_runs:
            return
        schedule, opens = Schedule(job.triggers, context), partial(self._bars.reopens, job)
        try:
            first = schedule.next_after(now)
            is_in_vain = first is not None and first_free(schedule, opens, first.at) is None
        except BadInput:  # a rule from before that cannot be used any more
            return
        if is_in_vain:
            yield _(
                "It may never run at its times: of those ahead none was found within the hours "
                "and days set for it."
            )

    def _of_checks(self, job: Job, action: Action, lookup: Lookup) -> Iterator[str]:
        for condition in job.policy.conditions.all:
            if isinstance(condition, Check):
                place = action.place(_trial(job, lookup))
                yield from self._checks(condition.command, place, lookup)


def _trial(job: Job, lookup: Lookup) -> RunContext:
    """Return a run of the job as it would be now."""
    return RunContext(0, job.name, Cause.TEST, None, 1, base=lookup.environment)


def _secrets_of(job: Job) -> Sequence[str]:
    of_action = () if isinstance(job.action, UnknownAction) else job.action.secrets()
    return tuple(dict.fromkeys((*of_action, *job.policy.pings.secrets())))


def document_of(job: Job) -> dict[str, Any]:
    """Return the document of a checked job."""
    return encode(
        name=job.name.strip(),
        enabled=job.enabled,
        tags=job.tags,
        triggers=job.triggers,
        action=job.action,
        policy=job.policy,
    )


def shortened(text: str, limit: int = 60) -> str:
    """Return the text, its end left out where it is too long to repeat."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _name_problems(job: Job) -> list[Problem]:
    name = job.name.strip()
    if not name:
        return [Problem("name", _("A job needs a name."))]
    if len(name) > LONGEST_NAME:
        text = _("The name has {length} characters; {limit} are allowed.")
        return [Problem("name", text.format(length=len(name), limit=LONGEST_NAME))]
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in name):
        return [Problem("name", _("A name is one line, without control characters."))]
    return []


def _tag_problems(job: Job) -> list[Problem]:
    for tag in job.tags:
        if not tag.strip() or len(tag) > LONGEST_TAG or not tag.isprintable():
            text = _("'{tag}' is no tag: one word or a few, at most {limit} characters.")
            return [Problem("tags", text.format(tag=shortened(tag), limit=LONGEST_TAG))]
    return []
