"""Muting a job: its banners stop and come back by the rule they had."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from deskcron.domain.errors import NotFound, RequestFailed
from deskcron.domain.records import Change


def rule(rig, ref: str) -> str:
    """Return when ends of a job's runs are told."""
    return rig.catalogue.draft(ref).document["policy"]["notify"]


def replace_body(rig, job_id: str, body: bytes) -> None:
    """Put a body in the place of a job's own."""
    after = msgspec.structs.replace(rig.job(job_id), body=body, revision=2)
    now = rig.clock.now()
    rig.change(lambda tables: tables.jobs.put(after, tables.jobs.begin(Change.EDIT, "x", now)))


@pytest.mark.parametrize("before", ["failure", "success", "always"])
def test_unmuting_brings_back_the_rule(rig, before: str) -> None:
    """A muted job is told never, an unmuted one as before, also after edits in between."""
    rig.add("Tea", notify=before)
    assert not rig.catalogue.show("Tea").summary.muted
    assert rig.jobs.mute(["Tea"]).jobs[0].muted
    assert rule(rig, "Tea") == "never"
    rig.jobs.set_enabled(["Tea"], enabled=False)
    assert not rig.jobs.unmute(["Tea"]).jobs[0].muted
    assert rule(rig, "Tea") == before


def test_a_job_that_never_told_anything_tells_everything(rig) -> None:
    """Unmuting a job that was made mute gives it the usual rule."""
    rig.add("Tea", notify="never")
    assert rig.catalogue.list()[0].muted
    rig.jobs.unmute(["Tea"])
    assert rule(rig, "Tea") == "always"


def test_muting_can_be_undone(rig) -> None:
    """Muting is one operation with a name of its own; muting twice adds none."""
    rig.add("Tea", notify="failure")
    rig.jobs.mute(["Tea"])
    rig.jobs.mute(["Tea"])
    undone = rig.jobs.undo()
    assert (undone.change, undone.label) == ("mute", "Tea")
    assert rule(rig, "Tea") == "failure"
    rig.jobs.unmute(["Tea"])
    assert rig.jobs.undo().change == "add"


def test_several_are_muted_together(rig) -> None:
    """Muting several jobs is one operation; those that are muted already do not count."""
    for name in ("A", "B", "C"):
        rig.add(name)
    rig.jobs.mute(["B"])
    muted = rig.jobs.mute(["A", "B", "C"])
    assert [job.muted for job in muted.jobs] == [True, True, True]
    assert rig.jobs.undo(muted.operation).label == "2 jobs"
    assert [job.muted for job in rig.catalogue.list()] == [False, True, False]


def test_muting_leaves_the_schedule_alone(rig) -> None:
    """The next due time and what was due until now stay; a finished job stays finished."""
    job_id = rig.add()
    once = (rig.clock.now() + timedelta(seconds=30)).replace(tzinfo=None).isoformat()
    over = rig.add("Once", {"kind": "once", "at": once, "zone": "UTC"})
    rig.clock.advance(seconds=90)
    rig.claim()
    due_at, finished_at = rig.due_at(job_id), rig.job(over).finished_at
    assert finished_at is not None
    rig.jobs.mute(["Tea"])
    rig.jobs.mute(["Once"])
    assert rig.due_at(job_id) == due_at
    assert rig.job(over).finished_at == finished_at
    assert len(rig.rows()) == 2


def test_unknown_fields_survive_muting(rig) -> None:
    """What this version does not know of a job stays as it was, also beside the rule."""
    body = b'{"name":"Tea","action":{"kind":"later"},"policy":{"x":1},"y":2}'
    replace_body(rig, rig.add(), body)
    rig.jobs.mute(["Tea"])
    assert rig.jobs.unmute(["Tea"]).jobs[0].kind == "later"
    document = rig.catalogue.draft("Tea").document
    assert (document["policy"], document["y"]) == ({"x": 1, "notify": "always"}, 2)


def test_what_cannot_be_muted(rig) -> None:
    """A job that is not there and one that cannot be read are named as such."""
    with pytest.raises(NotFound):
        rig.jobs.mute(["Nobody"])
    replace_body(rig, rig.add(), b"{")
    for change in (rig.jobs.mute, rig.jobs.unmute):
        with pytest.raises(RequestFailed, match="cannot be read"):
            change(["Tea"])


def test_the_kind_of_action_is_told(rig) -> None:
    """A list names the kind of each job's action."""
    rig.add("Remind")
    rig.add("Work", action=rig.shell("true"))
    assert {line.name: line.kind for line in rig.catalogue.list()} == {
        "Remind": "reminder",
        "Work": "command",
    }
