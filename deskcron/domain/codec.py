"""Read and write jobs as JSON so that unknown kinds and fields survive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Union

import msgspec

from deskcron.domain.action import Action, UnknownAction
from deskcron.domain.errors import InvalidDraft, Problem
from deskcron.domain.job import Document, Job
from deskcron.domain.policy import Policy
from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import JobId
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import Trigger, UnknownTrigger

FORMAT = 1
"""The version of the job document."""

UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises for bytes that are not JSON, not of the types wanted, or nested too deep."""

_Raw = dict[str, Any]


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
        except UNDECODABLE as error:
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
        raw = raw_document(body)
        action, triggers = _part_in(raw, "action"), _parts_in(raw, "triggers")
        kinds = [(action.get("kind"), self._actions)]
        kinds += [(item.get("kind"), self._triggers) for item in triggers]
        unknown = [kind for kind, known in kinds if isinstance(kind, str) and kind not in known]
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
            ),
            action=UnknownAction(str(action.get("kind", "")), action),
            fault=fault,
        )

    def parse(self, document: Document, *, title: str) -> Job:
        """Return the job of a draft's document; its id is empty.

        Raises InvalidDraft with this title that names the fields whose values have a wrong type.
        """
        found: list[Problem] = []
        name = _converted("name", document.get("name", ""), str, found)
        enabled = _converted("enabled", document.get("enabled", True), bool, found)
        tags = _converted("tags", document.get("tags", ()), tuple[str, ...], found)
        parts = _converted("triggers", document.get("triggers", ()), tuple[_Raw, ...], found)
        triggers = [self._part("triggers", raw, self._triggers, found) for raw in parts or ()]
        raw_action = _converted("action", document.get("action", {}), _Raw, found)
        if raw_action is not None:
            action = self._part("action", raw_action, self._actions, found)
        policy = _converted("policy", document.get("policy", {}), Policy, found)
        if found:
            raise InvalidDraft(title=title, problems=found)
        return Job(
            id=JobId(""),
            revision=0,
            name=name,
            enabled=enabled,
            tags=tags,
            triggers=tuple(triggers),
            action=action,
            policy=policy,
        )

    def _part(
        self, field: str, raw: Document, kinds: Mapping[str, type], problems: list[Problem]
    ) -> Any:  # a trigger or an action, of a kind known at run time only
        kind = raw.get("kind")
        if not isinstance(kind, str):
            problems.append(Problem(field, _("{field}: it names no kind.").format(field=field)))
            return None
        if kind in kinds:
            return _converted(field, raw, kinds[kind], problems)
        if kinds is self._triggers:
            return UnknownTrigger(str(raw.get("id", "")), kind, raw)
        return UnknownAction(kind, raw)


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
    by_id = {str(raw.get("id")): raw for raw in _parts_in(stored, "triggers")}
    return {
        **stored,
        **known,
        "policy": _merged_policy(_part_in(stored, "policy"), known["policy"]),
        "action": _merged_part(_part_in(stored, "action"), known["action"]),
        "triggers": [
            _merged_trigger(by_id.get(str(raw.get("id")), {}), raw) for raw in known["triggers"]
        ],
    }


def raw_document(body: bytes) -> dict[str, Any]:
    """Return a stored document as it is; empty where it cannot be read."""
    try:
        raw = msgspec.json.decode(body)
    except UNDECODABLE:
        return {}
    return raw if isinstance(raw, dict) else {}


def _part_in(document: Document, field: str) -> Document:
    raw = document.get(field)
    return raw if isinstance(raw, dict) else {}


def _parts_in(document: Document, field: str) -> list[Document]:
    raw = document.get(field)
    return [item for item in raw if isinstance(item, dict)] if isinstance(raw, list) else []


def _merged_part(stored: Document, known: Document) -> Document:
    return {**stored, **known} if stored.get("kind") == known.get("kind") else known


def _merged_policy(stored: Document, known: Document) -> Document:
    """Keep what is unknown also in the groups of rules; what they leave out is their default."""
    merged = {**stored, **known}
    for group, names in _policy_groups().items():
        before = _part_in(stored, group).items()
        unknown = {name: value for name, value in before if name not in names}
        merged[group] = {**unknown, **known[group]}
    return merged


@cache
def _policy_groups() -> Mapping[str, frozenset[str]]:
    """Return the groups of rules, each with the names that are known of it."""
    return {
        field.name: frozenset(field.default.__struct_encode_fields__)
        for field in msgspec.structs.fields(Policy)
        if isinstance(field.default, msgspec.Struct)
    }


def _merged_trigger(stored: Document, known: Document) -> Document:
    merged = _merged_part(stored, known)
    if merged is known or "limits" not in known:
        return merged
    return {**merged, "limits": {**_part_in(stored, "limits"), **known["limits"]}}


def _raw(part: Trigger | UnknownTrigger | Action | UnknownAction) -> Document:
    if isinstance(part, UnknownTrigger | UnknownAction):
        return part.raw
    raw: Document = msgspec.to_builtins(part)
    return raw


def _converted(field: str, raw: object, kind: Any, problems: list[Problem]) -> Any:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        problems.append(Problem(field, f"{field}: {error}."))
        return None
