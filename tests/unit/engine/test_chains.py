"""Jobs that follow other jobs, when those are removed, brought back, copied or come from afar."""

from __future__ import annotations

import json

import pytest

from deskcron.domain.errors import InvalidDraft


def follow(other: str, **more: object) -> dict[str, object]:
    """Return a trigger that follows a job."""
    return {"kind": "after", "job": other, **more}


def followed(rig, name: str) -> tuple[str, str]:
    """Return id and name of the job that a job follows."""
    job = rig.store.read(lambda tables: tables.jobs.by_name(name))
    [trigger] = rig.definitions.present(job).triggers
    return trigger.job, trigger.job_name


@pytest.mark.parametrize("order", [["First", "Second"], ["Second", "First"]])
def test_a_chain_that_was_removed_as_a_whole_is_brought_back(rig, order) -> None:
    """Undo brings back jobs of one operation that follow each other, in whatever order."""
    for name in ("First", "Second"):
        other = {"First": "Other", "Second": "First"}[name]
        rig.add("Other") if name == "First" else None
        rig.add(name, follow(other))
    rig.jobs.remove([*order, "Other"])
    rig.jobs.undo()
    assert len(rig.store.read(lambda tables: tables.jobs.names())) == 3


def test_a_job_whose_predecessor_is_gone_can_be_dealt_with(rig) -> None:
    """It can be switched, muted, copied and removed; who edits it is told which job is missing."""
    first = rig.add("First")
    second = rig.add("Second", follow(first))
    rig.jobs.remove([first])
    rig.jobs.mute([second])
    rig.jobs.set_enabled([second], False)
    rig.jobs.duplicate([second])
    draft = rig.catalogue.draft(second)
    document = {**draft.document, "triggers": [{**draft.document["triggers"][0], "delay_s": 1}]}
    with pytest.raises(InvalidDraft) as caught:
        rig.jobs.save(second, document, draft.revision)
    assert "There is no job “First” to follow." in caught.value.problems[0].message
    rig.jobs.remove([second])


def test_an_exported_chain_arrives_elsewhere_as_one(rig) -> None:
    """The file names jobs by name; those that come together follow each other, not their likes."""
    first = rig.add("First")
    rig.add("Second", follow(first))
    data = rig.transfer.export()
    assert first not in data.decode()
    rig.transfer.import_(data, dry_run=False)
    copy = rig.store.read(lambda tables: tables.jobs.names())["first (2)"]
    assert followed(rig, "Second (2)") == (copy, "First (2)")
    assert followed(rig, "Second") == (first, "First")


def test_a_job_that_arrives_alone_follows_its_like_here(rig) -> None:
    """Where its predecessor does not come along, it is the job of that name."""
    first = rig.add("First")
    rig.add("Second", follow(first))
    data = rig.transfer.export(["Second"])
    rig.jobs.remove([first])
    again = rig.add("First")
    rig.transfer.import_(data, dry_run=False)
    assert followed(rig, "Second (2)") == (again, "First")


def test_a_job_that_arrives_without_its_predecessor_says_so(rig) -> None:
    """It is stored, with a warning; what was removed before it was exported keeps its name."""
    first = rig.add("First")
    rig.add("Second", follow(first))
    rig.jobs.remove([first])
    data = rig.transfer.export(["Second"])
    assert json.loads(data)["jobs"][0]["triggers"][0]["job"] == "First"
    imported = rig.transfer.import_(data, dry_run=False)
    assert imported.warnings == ("Second (2): There is no job “First” to follow.",)
    assert followed(rig, "Second (2)") == ("First", "First")


def test_a_circle_does_not_arrive(rig) -> None:
    """A file in which jobs follow each other without end is refused as a whole."""
    rig.add("First")
    bundle = json.loads(rig.transfer.export())
    [document] = bundle["jobs"]
    bundle["jobs"] = [
        {**document, "name": "One", "triggers": [follow("Two")]},
        {**document, "name": "Two", "triggers": [follow("One")]},
    ]
    with pytest.raises(InvalidDraft, match="without end"):
        rig.transfer.import_(json.dumps(bundle).encode(), dry_run=False)
    assert list(rig.store.read(lambda tables: tables.jobs.names())) == ["first"]


def test_what_would_be_missing_is_told_before(rig) -> None:
    """A rehearsal of an import warns of chains as the import does, not of those that come along."""
    first = rig.add("First")
    rig.add("Second", follow(first))
    rig.add("Third", follow("Second"))
    data = rig.transfer.export(["Second", "Third"])
    rig.jobs.remove(["First", "Second", "Third"])
    warnings = rig.transfer.import_(data, dry_run=True).warnings
    assert warnings == ("Second: There is no job “First” to follow.",)


def test_an_edit_is_undone_though_the_job_it_followed_is_gone_for_good(rig) -> None:
    """The job follows again what is not there, which is said, and earlier changes can be undone."""
    first = rig.add("First")
    second = rig.add("Second", follow("First"))
    draft = rig.catalogue.draft(second)
    alone = {**draft.document, "triggers": [rig.every(60)]}
    rig.jobs.save(second, alone, draft.revision)
    rig.jobs.remove(["First"])
    assert rig.change(lambda tables: tables.jobs.purge(rig.clock.advance(days=40))) == 1
    undone = rig.jobs.undo()
    assert undone.warnings == ("There is no job “First” to follow.",)
    assert followed(rig, "Second") == (first, "First")
    rig.jobs.undo()
    assert rig.jobs.undoable() is None
