"""Read and write jobs as JSON so that unknown kinds and fields survive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Union

import msgspec

from deskcron.domain.action import Action, UnknownAction
from deskcron.domain.errors import InvalidDraft, Problem
from deskcron.domain.job import Document, Job
from deskcron.domain.policy import Policy
from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import JobId
from deskcron.domain.trigger import Trigger, UnknownTrigger

FORMAT = 1
"""The version of the job document."""


class Codec:
    """Turn stored JSON into jobs and back, for the kinds it is given."""

    def __init__(self, triggers: Mapping[str, type], actions: Mapping[str, type]) -> None:
        self._triggers = triggers
        self._actions = actions
        any_trigger: Any = Union[tuple(triggers.values())]  # noqa: UP007 - built at run time
        any_action: Any = Union[tuple(actions.values())]  # noqa: UP007 - built at run time
        document: Any = msgspec.defstruct(
            "JobDocument",
            [
                ("name", str),
                ("enabled", bool, True),
                ("tags", tuple[str, ...], ()),
                ("triggers", tuple[any_trigger, ...], ()),
                ("action", any_action),
                ("policy", Policy, msgspec.field(default_factory=Policy)),
            ],
            kw_only=True,
        )
        self._decoder = msgspec.json.Decoder(document)

    def decode(self, job_id: JobId, revision: int, body: bytes) -> Job:
        """Return the job; what cannot be read becomes a job with a fault, never an error."""
        try:
            known: Any = self._decoder.decode(body)
        except msgspec.DecodeError as error:
            return self._with_fault(job_id, revision, body, str(error))
        return Job(
            id=job_id,
            revision=revision,
            name=known.name,
            enabled=known.enabled,
            tags=known.tags,
            triggers=known.triggers,
            action=known.action,
            policy=known.policy,
        )

    def _with_fault(self, job_id: JobId, revision: int, body: bytes, error: str) -> Job:
        try:
            raw = msgspec.json.decode(body)
        except msgspec.DecodeError:
            raw = {}
        if not isinstance(raw, dict):
            raw = {}
        raw_action = raw.get("action")
        action = raw_action if isinstance(raw_action, dict) else {}
        raw_triggers = raw.get("triggers")
        triggers = raw_triggers if isinstance(raw_triggers, list) else []
        kinds = [(action.get("kind"), self._actions)]
        kinds += [(item.get("kind"), self._triggers) for item in triggers if isinstance(item, dict)]
        unknown = [str(kind) for kind, known in kinds if kind not in known and kind is not None]
        fault = (
            Why(Reason.UNKNOWN_KIND, {"kind": unknown[0]})
            if unknown
            else Why(Reason.UNREADABLE, {"error": error})
        )
        return Job(
            id=job_id,
            revision=revision,
            name=str(raw.get("name", job_id)),
            enabled=False,
            triggers=tuple(
                UnknownTrigger(str(item.get("id", "")), str(item.get("kind", "")), item)
                for item in triggers
                if isinstance(item, dict)
            ),
            action=UnknownAction(str(action.get("kind", "")), action),
            fault=fault,
        )

    def parse(self, document: Document) -> Job:
        """Return the job of a draft's document; its id is empty.

        Raises InvalidDraft that names the field in question where a value has the wrong type.
        """
        problems: list[Problem] = []
        triggers = [
            self._part("triggers", raw, self._triggers, problems)
            for raw in document.get("triggers", ())
        ]
        action = self._part("action", document.get("action", {}), self._actions, problems)
        policy = _converted("policy", document.get("policy", {}), Policy, problems)
        if problems:
            raise InvalidDraft(title=str(document.get("name", "")), problems=problems)
        return Job(
            id=JobId(""),
            revision=0,
            name=str(document.get("name", "")),
            enabled=bool(document.get("enabled", True)),
            tags=tuple(str(tag) for tag in document.get("tags", ())),
            triggers=tuple(triggers),
            action=action,
            policy=policy,
        )

    def _part(
        self, field: str, raw: object, kinds: Mapping[str, type], problems: list[Problem]
    ) -> Any:  # a trigger or an action, of a kind known at run time only
        kind = raw.get("kind") if isinstance(raw, dict) else None
        known = kinds.get(kind) if isinstance(kind, str) else None
        if known is not None:
            return _converted(field, raw, known, problems)
        if isinstance(raw, dict) and isinstance(kind, str):
            if kinds is self._triggers:
                return UnknownTrigger(str(raw.get("id", "")), kind, raw)
            return UnknownAction(kind, raw)
        problems.append(Problem(field, f"{field}: kind?"))
        return None


def encode(
    *,
    name: str,
    enabled: bool,
    tags: Sequence[str],
    triggers: Sequence[Trigger | UnknownTrigger],
    action: Action | UnknownAction,
    policy: Policy,
) -> dict[str, Any]:
    """Return the document of these values, complete with defaults."""
    return {
        "format": FORMAT,
        "name": name,
        "enabled": enabled,
        "tags": list(tags),
        "triggers": [_raw(trigger) for trigger in triggers],
        "action": _raw(action),
        "policy": msgspec.to_builtins(policy),
    }


def merge(stored: Document, known: Document) -> dict[str, Any]:
    """Lay a document's known fields over the stored one, so that unknown fields survive."""
    merged = {**stored, **known}
    merged["policy"] = {**stored.get("policy", {}), **known["policy"]}
    merged["action"] = _merged_part(stored.get("action", {}), known["action"])
    by_id = {raw.get("id"): raw for raw in stored.get("triggers", ()) if isinstance(raw, dict)}
    merged["triggers"] = [
        _merged_part(by_id.get(raw.get("id"), {}), raw) for raw in known["triggers"]
    ]
    return merged


def _merged_part(stored: Document, known: Document) -> Document:
    return {**stored, **known} if stored.get("kind") == known.get("kind") else known


def _raw(part: Trigger | UnknownTrigger | Action | UnknownAction) -> Document:
    if isinstance(part, UnknownTrigger | UnknownAction):
        return part.raw
    raw: Document = msgspec.to_builtins(part)
    return raw


def _converted(field: str, raw: object, kind: type, problems: list[Problem]) -> Any:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        problems.append(Problem(field, f"{field}: {error}"))
        return None
