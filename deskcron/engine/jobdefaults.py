"""Keep the rules that new jobs start from: a part of a policy, never applied to jobs there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from deskcron.domain.errors import InvalidDraft, Problem
from deskcron.domain.job import Document
from deskcron.domain.policy import Policy
from deskcron.domain.policyproblems import IsPlace, any_place, policy_problems
from deskcron.domain.storage import Tables
from deskcron.domain.texts import gettext as _

_KEY = "defaults"


def defaults_in(tables: Tables) -> Document:
    """Return the fields of a policy that new jobs start from, without those that cannot be used."""
    stored = tables.settings.get(_KEY)
    if not isinstance(stored, dict):
        return {}
    return {field: value for field, value in stored.items() if not _problems({field: value})}


def set_defaults(tables: Tables, rules: Document, is_place: IsPlace = any_place) -> None:
    """Store these fields in place of those there were, or none; raises InvalidDraft."""
    problems = _problems(rules, is_place)
    if problems:
        raise InvalidDraft(title=_("The defaults cannot be saved"), problems=problems)
    tables.settings.set(_KEY, dict(rules) or None)


def started_from(defaults: Document, document: Document) -> dict[str, Any]:  # JSON
    """Return a draft with the rules that it does not name itself taken from the defaults."""
    own = document.get("policy", {})
    return {**document, "policy": {**defaults, **own} if isinstance(own, Mapping) else own}


def _problems(rules: Document, is_place: IsPlace = any_place) -> list[Problem]:
    try:
        policy = msgspec.convert(rules, Policy)
    except msgspec.ValidationError as error:
        return [Problem("policy", f"policy: {error}.")]
    return [problem.within("policy") for problem in policy_problems(policy, is_place)]
