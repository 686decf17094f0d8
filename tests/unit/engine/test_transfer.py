"""Jobs out to a file and in again."""

from __future__ import annotations

import json

import pytest

from deskcron.domain.errors import BadInput, InvalidDraft, NotFound


def bundle(*documents) -> bytes:
    """Return a file with these jobs."""
    return json.dumps({"deskcron": 1, "jobs": documents}).encode()


def tea(**fields):
    """Return a job for a file."""
    return {"name": "Tea", "action": {"kind": "reminder"}, **fields}


def test_out_and_in_again_is_the_same(rig) -> None:
    """Exporting what was imported gives the same file but for the switch and the names."""
    rig.add('☕ "Tea"', rig.every(60), {"kind": "cron", "expression": "0 9 * * *"}, exact=True)
    rig.add("Script", action=rig.shell("echo 'a\tb'\n# é"), timeout_s=60)
    rig.transfer.import_(rig.transfer.export(), dry_run=False)
    rig.jobs.remove(['☕ "Tea"', "Script"])
    first = rig.transfer.export()
    imported = rig.transfer.import_(first, dry_run=False)
    rig.jobs.remove([old for old, _new in imported.renamed])
    second = rig.transfer.export()
    for old, new in imported.renamed:
        quoted = json.dumps(new, ensure_ascii=False), json.dumps(old, ensure_ascii=False)
        second = second.replace(quoted[0].encode(), quoted[1].encode())
    assert second == first


def test_imported_jobs_arrive_disabled(rig) -> None:
    """Nothing that comes from a file runs before a person has looked at it."""
    answer = rig.transfer.import_(
        bundle(tea(enabled=True, triggers=[rig.every(60)])), dry_run=False
    )
    assert answer.names == ("Tea",)
    [line] = rig.catalogue.list()
    assert (line.enabled, line.next_due_at) == (False, None)
    rig.jobs.set_enabled(["Tea"], True)
    assert rig.catalogue.list()[0].next_due_at is not None


def test_names_that_are_taken_are_numbered(rig) -> None:
    """Jobs whose names are taken, here or in the file, arrive under free ones, and this is told."""
    rig.add("Tea")
    answer = rig.transfer.import_(
        bundle(tea(), tea(name="TEA"), tea(name=" tea "), tea(name="Coffee")), dry_run=False
    )
    assert answer.names == ("Tea (2)", "TEA (3)", "tea (4)", "Coffee")
    assert answer.renamed == (("Tea", "Tea (2)"), ("TEA", "TEA (3)"), ("tea", "tea (4)"))
    assert len(rig.catalogue.list()) == 5


def test_long_names_that_are_taken_are_shortened(rig) -> None:
    """A number is found for a name that is as long as names may be."""
    rig.add("x" * 200)
    answer = rig.transfer.import_(bundle(tea(name="x" * 200)), dry_run=False)
    assert answer.names == ("x" * 195 + "… (2)",)


def test_a_rehearsal_changes_nothing(rig) -> None:
    """A dry run tells what would come and stores nothing."""
    rig.add("Tea")
    answer = rig.transfer.import_(bundle(tea()), dry_run=True)
    assert answer.renamed == (("Tea", "Tea (2)"),)
    assert [line.name for line in rig.catalogue.list()] == ["Tea"]
    assert rig.transfer.import_(bundle(tea()), dry_run=True) == answer


def test_a_file_of_no_jobs(rig) -> None:
    """An empty file brings nothing, and nothing to undo."""
    assert rig.transfer.import_(bundle(), dry_run=False).names == ()
    assert rig.store.read(lambda tables: tables.jobs.last_operation()) is None


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({}, "action"),
        (tea(name=""), "needs a name"),
        (tea(name=5), "name"),
        (tea(name=None), "name"),
        ({"name": "Tea"}, "action"),
        (tea(triggers=5), "triggers"),
        (tea(triggers={"kind": "cron"}), "triggers"),
        (tea(triggers=[{"kind": "cron", "expression": "99 * * * *"}]), "Tea"),
        (tea(tags="home"), "tags"),
        (tea(policy={"catch_up": "maybe"}), "policy"),
        (tea(name="a\nb"), "one line"),
    ],
)
def test_one_bad_job_stops_the_import(rig, document, words: str) -> None:
    """A file with a job that cannot be stored is refused as a whole, naming what is wrong."""
    with pytest.raises(InvalidDraft, match=words):
        rig.transfer.import_(bundle(tea(name="Good"), document), dry_run=False)
    assert rig.catalogue.list() == []


def test_a_file_that_is_none(rig) -> None:
    """Anything else than an export is refused in words."""
    with pytest.raises(BadInput, match="cannot be imported"):
        rig.transfer.import_("Café".encode("latin-1"), dry_run=False)


def test_what_is_not_known_is_imported_as_it_is(rig) -> None:
    """Unknown fields and kinds pass through an import and an export."""
    document = tea(colour="blue", triggers=[{"id": "t1", "kind": "moon", "phase": "full"}])
    rig.transfer.import_(bundle(document), dry_run=False)
    [exported] = json.loads(rig.transfer.export())["jobs"]
    assert exported["colour"] == "blue"
    assert exported["triggers"] == document["triggers"]


def test_one_offs_long_past_can_be_imported(rig) -> None:
    """A one-off of last year is part of a file like any other, and is told of."""
    document = tea(triggers=[{"id": "t1", "kind": "once", "at": "2020-01-01T10:00"}])
    assert rig.transfer.import_(bundle(document), dry_run=False).names == ("Tea",)


def test_warnings_name_their_job(rig) -> None:
    """What would keep an imported job from starting here is told with its name."""
    document = tea(action={"kind": "command", "program": "/nowhere"})
    [warning] = rig.transfer.import_(bundle(document), dry_run=True).warnings
    assert warning.startswith("Tea: ")
    assert "/nowhere" in warning


def test_export_of_some(rig) -> None:
    """Only the jobs that are named are exported; a name that is none is an error."""
    rig.add("A")
    rig.add("B")
    assert [job["name"] for job in json.loads(rig.transfer.export(["b"]))["jobs"]] == ["B"]
    with pytest.raises(NotFound):
        rig.transfer.export(["C"])
