"""Mute a job: change the one rule of its document that says which ends are told by a banner."""

from __future__ import annotations

from typing import Any

from deskcron.domain.codec import raw_document
from deskcron.domain.job import Document
from deskcron.domain.policy import Notify, Policy
from deskcron.domain.records import StoredJob
from deskcron.domain.storage import Tables


def is_muted(stored: StoredJob) -> bool:
    """Tell whether no end of the job's runs is told."""
    return _rule_in(raw_document(stored.body)) == Notify.NEVER


def with_rule(document: Document, rule: str) -> dict[str, Any]:
    """Return the document with this rule."""
    return {**document, "policy": {**_policy_in(document), "notify": rule}}


def rule_before(tables: Tables, muted: StoredJob) -> str:
    """Return the rule a job had before it was muted, the usual one where it never had any."""
    for revision in range(muted.revision - 1, 0, -1):
        body = tables.jobs.body(muted.id, revision)
        rule = _rule_in(raw_document(body)) if body is not None else Notify.NEVER
        if rule != Notify.NEVER:
            return rule
    return Policy().notify


def _rule_in(document: Document) -> str:
    return str(_policy_in(document).get("notify", Policy().notify))


def _policy_in(document: Document) -> Document:
    policy = document.get("policy")
    return policy if isinstance(policy, dict) else {}
