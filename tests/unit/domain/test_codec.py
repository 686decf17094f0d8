"""Jobs as JSON: what is known is typed, what is unknown survives, what is broken is told."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.actions.command import Command
from deskcron.actions.kinds import ACTION_KINDS
from deskcron.actions.reminder import Reminder
from deskcron.actions.script import Script
from deskcron.domain.action import UnknownAction
from deskcron.domain.codec import Codec, encode, merge
from deskcron.domain.errors import InvalidDraft
from deskcron.domain.policy import CatchUp, Notify, Overlap, Policy, Priority
from deskcron.domain.reason import Reason
from deskcron.domain.run import JobId
from deskcron.domain.trigger import UnknownTrigger
from deskcron.triggers.cron import Cron
from deskcron.triggers.interval import Interval
from deskcron.triggers.kinds import TRIGGER_KINDS
from deskcron.triggers.once import Once

CODEC = Codec(TRIGGER_KINDS, ACTION_KINDS)
CRON = {"kind": "cron", "id": "t1", "expression": "0 9 * * *"}
MOON = {"kind": "moon", "id": "t2", "phase": {"of": "the moon", "is": ["full", 1]}}
REMIND = {"kind": "reminder", "text": "Tea"}
ENCODED_FIELDS = ("name", "enabled", "tags", "triggers", "action", "policy")


def document(**fields: Any) -> dict[str, Any]:
    """Return a small job document with some fields changed."""
    return {"name": "Tea", "triggers": [CRON], "action": REMIND, **fields}


def stored(**fields: Any) -> bytes:
    """Return such a document as it is stored."""
    return json.dumps(document(**fields)).encode()


def decode(body: bytes):
    """Decode a body as revision 3 of a job."""
    return CODEC.decode(JobId("abc"), 3, body)


def test_unknown_values_survive_in_the_groups_of_rules_and_defaults_do_not() -> None:
    """What a newer version put into a group is kept; what is back to its default is gone."""
    before = document(policy={"retry": {"count": 3, "mood": "calm"}, "brake": {"failures": 2}})
    after = merge(before, encoded(document(policy={"brake": {"failures": 5}})))
    assert after["policy"]["retry"] == {"mood": "calm"}
    assert after["policy"]["brake"] == {"failures": 5}


def test_a_known_document_is_typed() -> None:
    """Known kinds become their types, and what is left out has its default."""
    job = decode(stored(tags=["home"]))
    assert (job.id, job.revision, job.name, job.tags) == ("abc", 3, "Tea", ("home",))
    assert job.triggers == (Cron(id="t1", expression="0 9 * * *"),)
    assert job.action == Reminder(text="Tea")
    assert (job.enabled, job.policy, job.fault) == (True, Policy(), None)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"triggers": [CRON, MOON]}, "moon"),
        ({"action": {"kind": "teleport", "to": "Mars"}}, "teleport"),
        ({"action": {"kind": "teleport"}, "triggers": [MOON]}, "teleport"),
    ],
)
def test_an_unknown_kind_is_a_fault(fields: dict[str, Any], kind: str) -> None:
    """A job with a kind from a later version is disabled, named, and says which kind it is."""
    job = decode(stored(**fields))
    assert not job.enabled
    assert job.name == "Tea"
    assert job.fault is not None
    assert (job.fault.code, job.fault.args) == (Reason.UNKNOWN_KIND, {"kind": kind})
    assert not job.follows_runs


def test_unknown_parts_are_kept_as_they_are() -> None:
    """What is not understood is carried in the decoded job unchanged."""
    job = decode(stored(triggers=[MOON], action={"kind": "teleport", "to": "Mars"}))
    assert job.triggers == (UnknownTrigger("t2", "moon", MOON),)
    assert job.action == UnknownAction("teleport", {"kind": "teleport", "to": "Mars"})


GARBAGE = {
    "empty": b"",
    "no JSON": b"{name: tea",
    "cut short": stored()[:-5],
    "another encoding": '{"name": "Café"}'.encode("latin-1"),
    "half a letter": b'{"name": "\xf0\x9f"}',
    "half a surrogate": b'{"name": "\\ud83d"}',
    "too deep": b'{"name": ' + b"[" * 100_000,
    "a list": b"[1, 2]",
    "a number": b"7",
    "nothing": b"null",
    "no action": b'{"name": "Tea"}',
    "numbers for parts": stored(triggers=[1], action=2),
    "nothing for parts": stored(triggers=None, action=None, policy=None),
    "kinds that are no words": stored(triggers=[{"kind": 1}], action={"kind": None}),
    "kinds that are no keys": stored(triggers=[{"kind": ["cron"]}], action={"kind": {}}),
    "a wrong type": stored(policy={"timeout_s": "soon"}),
    "a wrong choice": stored(policy={"overlap": "sometimes"}),
    "a field left out": stored(triggers=[{"kind": "cron", "id": "t1"}]),
}


@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE)
def test_garbage_becomes_a_fault(body: bytes) -> None:
    """Whatever is stored, decoding answers with a disabled job and a reason, never an error."""
    job = decode(body)
    assert job.fault is not None
    assert not job.enabled
    assert job.id == "abc"
    assert isinstance(job.action, UnknownAction)


def test_what_is_still_legible_is_shown() -> None:
    """A damaged job keeps its name; without one it is called by its id."""
    assert decode(stored(policy=5)).name == "Tea"
    assert decode(b"{").name == "abc"


@given(st.binary(max_size=200))
def test_no_bytes_raise(body: bytes) -> None:
    """No sequence of bytes makes decoding raise."""
    assert decode(body).fault is not None


texts = st.text(st.characters(codec="utf-8"), max_size=20)
triggers = st.one_of(
    st.builds(Cron, id=texts, expression=texts, zone=texts),
    st.builds(
        Interval,
        id=texts,
        every_s=st.integers(1, 10**6),
        start=texts,
        anchor=st.sampled_from(["grid", "start", "end"]),
    ),
    st.builds(Once, id=texts, at=texts, fold=st.sampled_from([0, 1])),
)
actions = st.one_of(
    st.builds(
        Command,
        program=texts,
        arguments=st.lists(texts, max_size=3).map(tuple),
        environment=st.dictionaries(texts, texts, max_size=2),
    ),
    st.builds(Script, text=texts),
    st.builds(Reminder, title=texts, text=texts),
)
policies = st.builds(
    Policy,
    catch_up=st.sampled_from(CatchUp),
    catch_up_limit=st.integers(1, 1000),
    overlap=st.sampled_from(Overlap),
    timeout_s=st.none() | st.integers(1, 10**6),
    notify=st.sampled_from(Notify),
    priority=st.sampled_from(Priority),
    exact=st.booleans(),
)


@given(
    texts,
    st.booleans(),
    st.lists(texts, max_size=3),
    st.lists(triggers, max_size=3),
    actions,
    policies,
)
def test_round_trip(name, enabled, tags, some_triggers, action, policy) -> None:
    """What is encoded is decoded as it was, and encodes to the same document again."""
    values = {
        "name": name,
        "enabled": enabled,
        "tags": tuple(tags),
        "triggers": tuple(some_triggers),
        "action": action,
        "policy": policy,
    }
    encoded = encode(**values)
    job = decode(msgspec.json.encode(encoded))
    assert {field: getattr(job, field) for field in ENCODED_FIELDS} == values
    assert encode(**{field: getattr(job, field) for field in ENCODED_FIELDS}) == encoded
    assert CODEC.parse(encoded, title="") == msgspec.structs.replace(job, id=JobId(""), revision=0)


def encoded(body: bytes | dict[str, Any]) -> dict[str, Any]:
    """Return the complete document of a stored or drafted one."""
    job = decode(body) if isinstance(body, bytes) else CODEC.parse(body, title="")
    return encode(**{field: getattr(job, field) for field in ENCODED_FIELDS})


def test_unknown_fields_survive_an_edit() -> None:
    """Fields of a later version stay at every level while the known ones change."""
    before = document(
        colour="blue",
        policy={"mood": "good"},
        triggers=[{**CRON, "tide": "high"}, {**CRON, "id": "t2", "tide": "low"}],
        action={**REMIND, "sound": "bell"},
    )
    after = merge(before, encoded(document(name="Coffee", policy={"notify": "never"})))
    assert after["name"] == "Coffee"
    assert after["colour"] == "blue"
    assert (after["policy"]["mood"], after["policy"]["notify"]) == ("good", "never")
    assert [trigger["tide"] for trigger in after["triggers"]] == ["high"]
    assert after["action"]["sound"] == "bell"


def test_unknown_limits_of_a_trigger_survive_an_edit() -> None:
    """A limit of a later version stays while the known ones are changed and taken away."""
    limits = {"not_after": "2030-01-01T00:00", "between": "09:00-18:00", "moon": "full"}
    changed = {**CRON, "limits": {"between": "10:00-18:00"}}
    after = merge(
        document(triggers=[{**CRON, "limits": limits}]), encoded(document(triggers=[changed]))
    )
    [trigger] = after["triggers"]
    assert trigger["limits"] == {
        "not_before": "", "not_after": "", "between": "10:00-18:00", "weekdays": (), "moon": "full",
    }  # fmt: skip


def test_fields_of_another_kind_do_not_survive() -> None:
    """A part that becomes another kind keeps nothing of the old one."""
    before = document(action={**REMIND, "sound": "bell"}, triggers=[{**CRON, "tide": "high"}])
    changed = encoded(
        document(
            action={"kind": "command", "program": "true"},
            triggers=[{"kind": "once", "id": "t1", "at": "2026-12-24T17:30"}],
        )
    )
    after = merge(before, changed)
    assert (after["action"], after["triggers"]) == (changed["action"], changed["triggers"])


def test_what_was_taken_out_is_gone() -> None:
    """Variables, tags and triggers that an edit removes do not come back from the stored job."""
    before = document(
        tags=["a"], action={"kind": "command", "program": "true", "environment": {"A": "1"}}
    )
    after = merge(
        before,
        encoded(document(triggers=[], action={"kind": "command", "program": "true"})),
    )
    assert (after["tags"], after["triggers"], after["action"]["environment"]) == ([], [], {})


@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE)
def test_a_damaged_job_can_be_edited(body: bytes) -> None:
    """A good draft replaces whatever damaged parts were stored."""
    try:
        before = json.loads(body)
    except (ValueError, RecursionError):
        before = {}
    before = before if isinstance(before, dict) else {}
    good = encoded(document())
    assert {**merge(before, good)} == {**before, **good}


@pytest.mark.parametrize("kind", ["trigger", "action"])
def test_a_draft_keeps_unknown_kinds(kind: str) -> None:
    """A draft with a part of a later version is taken as it is."""
    fields = {"triggers": [MOON]} if kind == "trigger" else {"action": {"kind": "moon", "x": 1}}
    after = encoded(document(**fields))
    assert {key: after[key] for key in fields} == fields


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"name": 5}, "name", "str"),
        ({"enabled": "yes"}, "enabled", "bool"),
        ({"tags": "home"}, "tags", "array"),
        ({"tags": [1]}, "tags", "str"),
        ({"triggers": 5}, "triggers", "array"),
        ({"triggers": "t1"}, "triggers", "array"),
        ({"triggers": ["t1"]}, "triggers", "object"),
        ({"triggers": [{"id": "t1"}]}, "triggers", "kind"),
        ({"triggers": [{"kind": 7}]}, "triggers", "kind"),
        ({"triggers": [{**CRON, "expression": 5}]}, "triggers", "str"),
        ({"action": None}, "action", "object"),
        ({"action": {}}, "action", "kind"),
        ({"action": {"kind": "command"}}, "action", "program"),
        ({"policy": []}, "policy", "object"),
        ({"policy": {"timeout_s": "soon"}}, "policy", "int"),
    ],
)
def test_a_draft_of_wrong_types_is_refused(fields, field: str, words: str) -> None:
    """A draft whose values have the wrong type is refused by the name of the field."""
    with pytest.raises(InvalidDraft) as caught:
        CODEC.parse(document(**fields), title="Tea cannot be saved")
    assert caught.value.title == "Tea cannot be saved"
    [problem] = caught.value.problems
    assert problem.field == field
    assert words in problem.message
    assert problem.message.endswith(".")


def test_every_wrong_field_is_told() -> None:
    """All fields in question are named at once."""
    with pytest.raises(InvalidDraft) as caught:
        CODEC.parse({"name": 1, "triggers": [{}, {}], "policy": 2}, title="")
    fields = [problem.field for problem in caught.value.problems]
    assert sorted(fields) == ["action", "name", "policy", "triggers", "triggers"]
