"""What the list of jobs says of each."""

from __future__ import annotations

import msgspec
import pytest

from deskcron.domain.records import Change


def replace_body(rig, job_id: str, body: bytes, **columns: str) -> None:
    """Put a body in the place of a job's own, as its next revision."""
    stored = rig.job(job_id)
    after = msgspec.structs.replace(stored, body=body, revision=stored.revision + 1, **columns)
    now = rig.clock.now()
    rig.change(lambda tables: tables.jobs.put(after, tables.jobs.begin(Change.EDIT, "x", now)))


def rule(zone: str, number: int = 1) -> dict[str, str]:
    """Return a rule in a zone."""
    return {"kind": "cron", "id": f"t{number}", "expression": "0 9 * * *", "zone": zone}


@pytest.mark.parametrize(
    ("zones", "shared"),
    [
        (["local"], None),
        (["Asia/Tokyo"], "Asia/Tokyo"),
        (["Asia/Tokyo", "Asia/Tokyo"], "Asia/Tokyo"),
        (["Asia/Tokyo", "local"], None),
        (["Asia/Tokyo", "Europe/Berlin"], None),
    ],
)
def test_the_zone_of_a_job_is_the_one_that_all_its_rules_share(
    rig, zones: list[str], shared: str | None
) -> None:
    """The zone of a job is the fixed one that all its rules share."""
    rig.add("Tea", *(rule(zone, number) for number, zone in enumerate(zones)))
    assert rig.catalogue.list()[0].zone == shared


def test_a_list_tells_the_newest_revision_of_a_job(rig) -> None:
    """A list tells the newest revision of a job, though it reads each revision once."""
    job_id = rig.add("Tea")
    assert rig.catalogue.list()[0].fault is None
    replace_body(rig, job_id, b'{"tags": ["hot"], "triggers": 7, "action": {"kind": "reminder"}}')
    job = rig.catalogue.list()[0]
    assert (job.tags, job.kind, job.fault, job.zone) == (("hot",), "reminder", "unreadable", None)


def test_lists_that_follow_one_another_share_what_has_not_changed(rig) -> None:
    """Only what has changed since the last list takes room, until that is forgotten."""
    rig.add(name="Still")
    changed = rig.add(name="Changed")
    before = {job.name: job for job in rig.catalogue.list()}
    rig.jobs.mute([changed])
    after = {job.name: job for job in rig.catalogue.list()}
    assert after["Still"] is before["Still"]
    assert after["Changed"] != before["Changed"]
    rig.catalogue.forget()
    again = {job.name: job for job in rig.catalogue.list()}
    assert again == after
    assert again["Still"] is not after["Still"]


@pytest.mark.parametrize(
    ("action", "shown"),
    [
        ({"kind": "command", "line": "sync --token=abc"}, "sync --token=••••"),
        ({"kind": "reminder", "text": "sync --token=abc"}, "sync --token=abc"),
        ({"kind": "of a later version"}, "sync --token=••••"),
    ],
)
def test_what_a_job_does_is_masked_though_an_earlier_version_has_stored_it(
    rig, action: dict[str, str], shown: str
) -> None:
    """Words that were stored with a token are shown with a mask; what is to be read is not."""
    job_id = rig.add("Tea")
    body = msgspec.json.encode({"name": "Tea", "action": action})
    replace_body(rig, job_id, body, action="sync --token=abc")
    assert rig.catalogue.list()[0].action == shown
    assert rig.catalogue.show("Tea").action == shown
