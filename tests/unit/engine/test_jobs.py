"""The desk of jobs: add, edit, switch, remove, duplicate, undo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from deskcron.domain.answers import Undoable
from deskcron.domain.errors import BadInput, InvalidDraft, NotFound, RequestFailed
from deskcron.domain.records import Change, NewRun
from deskcron.domain.run import Cause, Status
from deskcron.engine import definitions
from deskcron.triggers.occasion import Occasion, OccasionKind

REMIND = {"kind": "reminder"}


def saved(rig, ref: str, **fields):
    """Edit a job."""
    draft = rig.catalogue.draft(ref)
    return rig.jobs.save(draft.job_id, {**draft.document, **fields}, draft.revision)


def names(rig, *, finished: bool = True) -> list[str]:
    """Return the names of all jobs."""
    return [line.name for line in rig.catalogue.list(finished=finished)]


def test_add(rig) -> None:
    """A new job is planned, shown with its words, and the engine is nudged."""
    answer = rig.jobs.add(
        {
            "name": " Tea ",
            "tags": ["home"],
            "triggers": [rig.every(600)],
            "action": {"kind": "reminder", "text": "It is ready"},
        }
    )
    job = answer.job
    assert (job.name, job.enabled, job.tags) == ("Tea", True, ("home",))
    assert (job.schedule, job.action) == ("Every 10 minutes", "It is ready")
    assert job.next_due_at == rig.clock.now() + timedelta(minutes=10)
    assert (job.last_status, job.last_run_at, job.fault) == (None, None, None)
    assert (answer.revision, answer.warnings) == (1, ())
    assert rig.wake.nudges == 1


def test_warnings_come_with_what_was_saved(rig) -> None:
    """What a person may not expect is said, and saved all the same."""
    answer = rig.jobs.add({"name": "Tea", "action": {"kind": "command", "program": "/nowhere"}})
    assert "/nowhere" in answer.warnings[0]
    assert names(rig) == ["Tea"]


END = {"kind": "interval", "every_s": 3600, "anchor": "end", "start": "2026-07-01T00:00:00+00:00"}
AWAY = {"blackout": ["2026-07-01/2099-12-31"]}
SLOWLY = {**END, "anchor": "grid", "every_s": 24 * 3600 + 60}  # in the morning after months
MORNING = {"windows": [{"begin": "10:00", "end": "11:00"}]}
SUNDAYS = {"windows": [{"days": ["sun"]}]}


@pytest.mark.parametrize(
    ("trigger", "hours", "is_told"),
    [
        ({"kind": "cron", "expression": "0 9 * * *"}, MORNING, True),
        ({"kind": "cron", "expression": "0 10 * * *"}, MORNING, False),
        ({"kind": "cron", "expression": "0 9 * * *"}, {}, False),
        ({"kind": "cron", "expression": "0 0 * * mon-sat"}, SUNDAYS, True),
        ({"kind": "cron", "expression": "0 0 1 * *"}, SUNDAYS, False),
        ({"kind": "cron", "expression": "0 9 * * *"}, AWAY, True),
        (SLOWLY, MORNING, True),
        (END, SUNDAYS, False),
        ({"kind": "event", "event": "login"}, MORNING, False),
    ],
)
def test_times_that_never_fall_into_the_hours_are_told(rig, trigger, hours, is_told) -> None:
    """Who saves rule and hours that seem to exclude each other is told that it may never run."""
    policy = {"hours": hours}
    document = {"name": "Tea", "triggers": [trigger], "action": REMIND, "policy": policy}
    warnings = rig.jobs.add(document).warnings
    assert [text for text in warnings if "may never run at its times" in text] == [*warnings]
    assert bool(warnings) is is_told


def test_a_rule_that_broke_meanwhile_can_be_kept(rig, expected_logs) -> None:
    """A job with hours is saved though the zone of its rule is gone from the zone data."""
    job = rig.add("Tea", {"kind": "cron", "expression": "0 9 * * *"}, hours=MORNING)
    document = msgspec.json.decode(rig.job(job).body)
    document["triggers"][0]["zone"] = "Mars/Olympus"
    after = msgspec.structs.replace(rig.job(job), body=msgspec.json.encode(document), revision=2)
    now = rig.clock.now()
    rig.change(lambda tables: tables.jobs.put(after, tables.jobs.begin(Change.EDIT, "x", now)))
    assert saved(rig, job, tags=["kitchen"]).job.tags == ("kitchen",)
    assert all("its rule broke" in record.getMessage() for record in expected_logs)
    expected_logs.clear()


@pytest.mark.parametrize(
    "name",
    ["☕ Tea 👩‍👩‍👧", 'it\'s "quoted" `$(x)`', "x" * 200, "ta\u0301", "名前", "%s {0}", "-rf"],
)
def test_names_of_all_kinds(rig, name: str) -> None:
    """Any line of up to 200 characters is a name, found again by exactly that."""
    rig.jobs.add({"name": name, "action": REMIND})
    assert rig.catalogue.show(name).summary.name == name
    assert rig.catalogue.show(name.upper()).summary.name == name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "needs a name"),
        ("   ", "needs a name"),
        ("one\ntwo", "one line"),
        ("tab\there", "one line"),
        ("nul\0", "one line"),
        ("para\u2029graph", "one line"),
        ("x" * 201, "201 characters; 200 are allowed"),
        ("x" * 10_000, "10000 characters"),
        ("☕" * 10_000, "10000 characters"),
    ],
)
def test_names_that_are_none(rig, name: str, words: str) -> None:
    """A name that is no line of at most 200 characters is refused in few words."""
    with pytest.raises(InvalidDraft, match=words) as caught:
        rig.jobs.add({"name": name, "action": REMIND})
    assert [problem.field for problem in caught.value.problems] == ["name"]
    assert len(str(caught.value)) < 300
    assert names(rig) == []


def test_a_name_is_taken_once_whatever_its_case(rig) -> None:
    """Two jobs cannot share a name, and the error names it."""
    rig.add("Straße")
    with pytest.raises(BadInput, match="STRASSE"):
        rig.add("STRASSE")
    assert names(rig) == ["Straße"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"tags": [""]}, "tags"),
        ({"tags": ["a\nb"]}, "tags"),
        ({"tags": ["x" * 51]}, "tags"),
        ({"policy": {"timeout_s": 0}}, "policy.timeout_s"),
        ({"policy": {"catch_up_limit": 0}}, "policy.catch_up_limit"),
        ({"policy": {"catch_up_limit": 10**9}}, "policy.catch_up_limit"),
        ({"policy": {"overlap_limit": 0}}, "policy.overlap_limit"),
        ({"policy": {"overlap_limit": 10_001}}, "policy.overlap_limit"),
        ({"policy": {"max_age_s": -1}}, "policy.max_age_s"),
        ({"policy": {"grace_s": -1}}, "policy.grace_s"),
        ({"policy": {"max_age_s": 10**18}}, "policy.max_age_s"),
        ({"policy": {"timeout_s": 10**12}}, "policy.timeout_s"),
        ({"triggers": [{"kind": "cron", "expression": "x"}]}, "triggers.0.expression"),
        ({"triggers": [{"kind": "once", "at": "2020-01-01T10:00"}]}, "triggers.0.at"),
        ({"triggers": 5}, "triggers"),
        ({"triggers": ["daily"]}, "triggers"),
        ({"action": {"kind": "command", "program": ""}}, "action.program"),
        ({"action": {}}, "action"),
    ],
)
def test_drafts_that_cannot_be_saved(rig, fields, field: str) -> None:
    """Each field that is wrong is named, in words, under the name of the job."""
    with pytest.raises(InvalidDraft) as caught:
        rig.jobs.add({"name": "Tea", "action": REMIND, **fields})
    assert caught.value.title == "'Tea' cannot be saved"
    assert [problem.field for problem in caught.value.problems] == [field]
    assert names(rig) == []


def test_every_trigger_has_a_number_of_its_own(rig) -> None:
    """Triggers without an id, or with one that is taken, get one."""
    job = rig.add("Tea", rig.every(60), rig.every(90, id="t1"), rig.every(70, id="x"))
    ids = [trigger["id"] for trigger in rig.catalogue.draft(job).document["triggers"]]
    assert len(set(ids)) == 3
    assert "x" in ids


# edits


@pytest.mark.parametrize("expression", ["@reboot", " @Reboot "])
def test_a_start_as_cron_writes_it_is_the_event(rig, expression) -> None:
    """A new job, an edited one and a rule alone take it for a start of deskcron, which is a word.

    With limits, which an event cannot have, it is refused.
    """
    reboot = {"kind": "cron", "expression": expression, "zone": "UTC"}
    job = rig.add("Tea", reboot)
    [trigger] = rig.definitions.present(rig.job(job)).triggers
    assert trigger == Occasion(id="t1", event=OccasionKind.STARTED)
    job = rig.add("Milk", {"kind": "cron", "expression": "@daily"})
    edited = saved(rig, job, triggers=[{**reboot, "limits": {"between": "", "weekdays": []}}])
    assert edited.job.schedule == rig.catalogue.describe([reboot]) == "When deskcron starts"
    with pytest.raises(InvalidDraft, match="hours, weekdays and dates"):
        rig.add("Late", {**reboot, "limits": {"between": "10:00-11:00"}})


def test_edit(rig) -> None:
    """An edited job keeps its id and gets a new revision, planned anew from now."""
    job = rig.add()
    rig.clock.advance(seconds=30)
    answer = saved(rig, "Tea", name="Coffee", triggers=[rig.every(600)])
    assert (answer.job.id, answer.job.name, answer.revision) == (job, "Coffee", 2)
    assert rig.due_at(job) == rig.clock.now() + timedelta(seconds=600)
    assert rig.catalogue.show(job).revision == 2


def test_an_edit_of_something_older_is_refused(rig) -> None:
    """Who edits a job that was changed meanwhile is told so, and nothing is lost."""
    job = rig.add()
    mine, theirs = rig.catalogue.draft(job), rig.catalogue.draft(job)
    rig.jobs.save(job, {**theirs.document, "name": "Theirs"}, theirs.revision)
    with pytest.raises(RequestFailed, match="changed elsewhere"):
        rig.jobs.save(job, {**mine.document, "name": "Mine"}, mine.revision)
    assert names(rig) == ["Theirs"]


def test_an_edit_of_something_removed_is_refused(rig) -> None:
    """A job that was removed while it was edited is not there."""
    job = rig.add()
    draft = rig.catalogue.draft(job)
    rig.jobs.remove([job])
    with pytest.raises(NotFound):
        rig.jobs.save(job, draft.document, draft.revision)


def test_unknown_fields_survive_an_edit(rig) -> None:
    """What a later version has added to a job stays when this one edits it."""
    job = rig.add()
    bundle = rig.transfer.export(["Tea"]).replace(b'"name": "Tea"', b'"colour": 7, "name": "T2"')
    rig.transfer.import_(bundle, dry_run=False)
    saved(rig, "T2", tags=["a"])
    assert rig.catalogue.draft("T2").document["colour"] == 7
    assert "colour" not in rig.catalogue.draft(job).document


def test_what_was_due_before_an_edit_runs_by_the_old_rule(rig) -> None:
    """A due time that nobody has claimed yet is decided by the revision that named it."""
    job = rig.add()
    rig.clock.advance(seconds=60)
    saved(rig, job, triggers=[rig.every(3600)])
    rig.claim()
    [ready] = rig.submitted
    assert ready.job.revision == 1


def test_an_old_one_off_can_be_edited(rig) -> None:
    """A job whose only time is past can get another tag, as that time was accepted before."""
    job = rig.add("Tea", {"kind": "once", "at": "2026-07-01T17:30"})
    rig.clock.advance(days=1)
    rig.claim()
    saved(rig, job, tags=["a"])
    assert rig.job(job).finished_at is not None
    with pytest.raises(InvalidDraft):
        saved(rig, job, triggers=[{"kind": "once", "at": "2026-07-01T17:31"}])


def test_a_time_a_moment_ago_still_runs(rig) -> None:
    """A one-off typed for the present minute is due at once, in a new job and in an edit."""
    rig.clock.advance(seconds=40)
    now = {"kind": "once", "at": "2026-07-01T14:00"}
    added = rig.add("Added", now)
    edited = rig.add("Edited")
    saved(rig, edited, triggers=[now])
    rig.claim()
    assert rig.fates(added) == ["queued"]
    assert rig.fates(edited) == ["queued"]


def test_an_edit_does_not_run_a_one_off_twice(rig) -> None:
    """A one-off that ran a moment ago does not run again when its job is edited."""
    job = rig.add("Tea", {"kind": "once", "at": "2026-07-01T14:01"})
    rig.clock.advance(seconds=60)
    rig.claim()
    rig.end(rig.rows()[0].id)
    rig.clock.advance(seconds=5)
    saved(rig, job, tags=["a"])
    rig.claim()
    assert rig.fates(job) == ["succeeded"]


# switches


def test_disabled_jobs_have_no_due_times(rig) -> None:
    """While disabled nothing is due, and nothing is caught up when it is enabled again."""
    job = rig.add()
    [line] = rig.jobs.set_enabled(["Tea"], False).jobs
    assert (line.enabled, line.next_due_at) == (False, None)
    rig.clock.advance(minutes=10, seconds=30)
    [line] = rig.jobs.set_enabled(["Tea"], True).jobs
    assert line.next_due_at == rig.clock.now() + timedelta(seconds=30)
    rig.claim()
    assert rig.fates(job) == []


def test_what_was_due_before_it_was_disabled_is_not_lost(rig) -> None:
    """A due time that passed before its job was disabled has its row."""
    job = rig.add()
    rig.clock.advance(seconds=60)
    rig.jobs.set_enabled(["Tea"], False)
    assert rig.fates(job) == ["skipped job-disabled"]


def test_several_are_one_operation(rig) -> None:
    """Several jobs are switched together, once each, and taken back together."""
    rig.add("A")
    rig.add("B")
    lines = rig.jobs.set_enabled(["A", "B", "a"], False).jobs
    assert [line.name for line in lines] == ["A", "B"]
    assert rig.jobs.undo().label == "2 jobs"
    assert all(line.enabled for line in rig.catalogue.list())


def test_one_that_is_not_there_stops_all(rig) -> None:
    """Where one of several jobs is not there, none is changed."""
    rig.add("A")
    with pytest.raises(NotFound, match="Nobody"):
        rig.jobs.remove(["A", "Nobody"])
    assert names(rig) == ["A"]


def test_a_job_that_cannot_be_read_cannot_be_switched(rig) -> None:
    """Switching a job whose definition is damaged is refused in words; it can be removed."""
    job = rig.add()
    damage(rig, job, b"{")
    with pytest.raises(RequestFailed, match="cannot be read"):
        rig.jobs.set_enabled([job], False)
    rig.jobs.remove([job])
    assert names(rig) == []


def damage(rig, job: str, body: bytes) -> None:
    """Put a body in the place of a job's own."""
    stored = rig.job(job)
    after = msgspec.structs.replace(stored, body=body, revision=stored.revision + 1)
    rig.change(
        lambda tables: tables.jobs.put(after, tables.jobs.begin(Change.EDIT, "x", rig.clock.now()))
    )


@pytest.mark.parametrize("body", [b"{", b"[]", b'"\xff"', b"[" * 50_000, b"null", b""])
def test_damaged_jobs_are_listed_with_their_fault(rig, body: bytes) -> None:
    """A definition that cannot be read is listed, shown, exported and explained."""
    job = rig.add()
    damage(rig, job, body)
    [line] = rig.catalogue.list()
    assert (line.fault, line.tags) == ("unreadable", ())
    assert rig.catalogue.show(job).document == {}
    assert rig.catalogue.upcoming(job, 5, None) == ()
    assert rig.transfer.export()
    assert "fault" in rig.history.why(job).obstacles


# remove and undo


def test_remove(rig) -> None:
    """A removed job is gone from the list, its history stays, and its name is free."""
    job = rig.add()
    rig.clock.advance(seconds=60)
    rig.claim()
    rig.end(rig.rows()[0].id)
    rig.jobs.remove(["Tea"])
    assert names(rig) == []
    assert rig.fates(job) == ["succeeded"]
    assert rig.add("Tea") != job


def test_removing_calls_off_what_waits_and_asks_for_what_is_queued(rig) -> None:
    """Waiting runs end with their job; the engine is asked to drop the queued ones."""
    job = rig.add("Tea", overlap="queue")
    for _ in range(2):
        rig.clock.advance(seconds=60)
        rig.claim()
    rig.jobs.remove([job])
    assert rig.fates(job) == ["queued", "skipped job-removed"]
    [request] = rig.store.read(lambda tables: tables.requests.pending(rig.clock.now()))
    args = {"run_ids": [rig.rows()[0].id], "reason": "job-removed"}
    assert (request.kind, request.args) == ("call-off", args)


def test_what_was_due_of_a_removed_job_has_its_row(rig) -> None:
    """Where no engine had decided it before, the row says that the job was deleted."""
    job = rig.add()
    rig.clock.advance(seconds=180)
    rig.jobs.remove([job])
    assert rig.fates(job) == ["skipped 3 job-removed"]


def test_undo_brings_a_removed_job_back(rig) -> None:
    """Undo of remove brings the job back under its id, as it was, due from now on."""
    job = rig.add("Tea", rig.every(600))
    rig.jobs.remove([job])
    rig.clock.advance(minutes=35)
    undone = rig.jobs.undo()
    assert (undone.change, undone.label) == ("remove", "Tea")
    [line] = rig.catalogue.list()
    assert (line.id, line.enabled) == (job, True)
    assert line.next_due_at == rig.clock.now() + timedelta(minutes=5)
    assert rig.fates(job) == []


def test_undo_goes_back_in_order(rig) -> None:
    """A name given anew after a removal is taken back first, so that the old job can return."""
    job = rig.add()
    rig.jobs.remove([job])
    rig.add()
    rig.jobs.undo()
    assert names(rig) == []
    rig.jobs.undo()
    assert [line.id for line in rig.catalogue.list()] == [job]


def test_undo_of_remove_when_the_name_is_taken(rig) -> None:
    """Where another job has the name all the same, undo says so and changes nothing."""
    rig.jobs.remove([rig.add()])
    other = rig.add()
    number, _, _ = rig.store.read(lambda tables: tables.jobs.last_operation())
    rig.change(lambda tables: tables.jobs.mark_undone(number, rig.clock.now()))
    with pytest.raises(BadInput, match="Tea"):
        rig.jobs.undo()
    assert [line.id for line in rig.catalogue.list()] == [other]


def test_undo_of_add_edit_and_switch(rig) -> None:
    """Undo goes back step by step: the switch, the edit, the job itself, then nothing is left."""
    job = rig.add()
    saved(rig, job, name="Coffee")
    rig.jobs.set_enabled([job], False)
    changes = []
    seen = []
    for _ in range(3):
        changes.append(rig.jobs.undo().change)
        seen.append([(line.name, line.enabled) for line in rig.catalogue.list()])
    assert changes == ["disable", "edit", "add"]
    assert seen == [[("Coffee", True)], [("Tea", True)], []]
    with pytest.raises(RequestFailed, match="nothing to undo"):
        rig.jobs.undo()


def test_undo_of_one_change_spares_what_was_changed_since(rig) -> None:
    """A change that is no longer the newest stays, and so does the newest; it is said why."""
    removed = rig.jobs.remove([rig.add("A")])
    rig.add("B")
    with pytest.raises(RequestFailed, match="changed again since then"):
        rig.jobs.undo(removed.operation)
    assert names(rig) == ["B"]
    rig.jobs.undo()
    assert rig.jobs.undo(removed.operation).label == "A"
    assert names(rig) == ["A"]
    with pytest.raises(RequestFailed, match="taken back before"):
        rig.jobs.undo(removed.operation)


def test_what_undo_would_take_back_is_known(rig) -> None:
    """It is the newest change that stands; what changed nothing is none."""
    assert rig.jobs.undoable() is None
    rig.add("A")
    assert rig.jobs.set_enabled(["A"], True).operation is None
    switched = rig.jobs.set_enabled(["A"], False)
    off = Undoable(operation=switched.operation, change="disable", label="A")
    assert rig.jobs.undoable() == off
    rig.jobs.undo(switched.operation)
    assert rig.jobs.undoable().change == "add"
    rig.jobs.undo()
    assert rig.jobs.undoable() is None
    with pytest.raises(RequestFailed, match="taken back before"):
        rig.jobs.undo(switched.operation)


def test_undo_of_an_import(rig) -> None:
    """Undo takes back a whole import."""
    rig.add("A")
    rig.add("B")
    assert rig.transfer.import_(rig.transfer.export(), dry_run=True).operation is None
    imported = rig.transfer.import_(rig.transfer.export(), dry_run=False)
    assert len(names(rig)) == 4
    assert rig.jobs.undo(imported.operation).change == "import"
    assert names(rig) == ["A", "B"]


def test_undo_of_an_edit_restores_bytes_nobody_understands(rig) -> None:
    """A definition that could not be read comes back as it was."""
    job = rig.add()
    damage(rig, job, b"[1, 2")
    rig.jobs.remove([job])
    rig.jobs.undo()
    assert rig.job(job).body == b"[1, 2"
    assert rig.catalogue.list()[0].fault == "unreadable"


# duplicates


def test_duplicate(rig) -> None:
    """A copy has a name of its own, is disabled, and is otherwise the same."""
    job = rig.add("Tea", rig.every(600), timeout_s=5)
    [first] = rig.jobs.duplicate(["Tea"]).jobs
    [second] = rig.jobs.duplicate([job]).jobs
    assert (first.name, second.name) == ("Tea (copy)", "Tea (copy) (2)")
    assert not first.enabled
    document = rig.catalogue.draft("Tea (copy)").document
    original = rig.catalogue.draft("Tea").document
    assert {**document, "name": "Tea", "enabled": True} == original
    assert rig.jobs.undo().change == "duplicate"


def test_copies_of_long_names_can_be_edited(rig) -> None:
    """The name of a copy is shortened so that it is a name, too, and still its own."""
    rig.add("x" * 200)
    rig.jobs.duplicate(["x" * 200])
    rig.jobs.duplicate(["x" * 200])
    copies = [name for name in names(rig) if name != "x" * 200]
    assert len(copies) == 2
    for name in copies:
        saved(rig, name, tags=["a"])


# looking


def test_decoded_jobs_are_kept_within_bounds(rig, monkeypatch) -> None:
    """Only the jobs used last are kept decoded; the others are decoded again."""
    monkeypatch.setattr(definitions, "MOST_KEPT", 2)
    stored = [rig.job(rig.add(name)) for name in ("a", "b", "c")]
    first = rig.definitions.present(stored[0])
    assert rig.definitions.present(stored[0]) is first
    for one in stored:
        rig.definitions.present(one)
    again = rig.definitions.present(stored[0])
    assert again is not first
    assert again == first


def test_list_by_tag_and_finished(rig) -> None:
    """The list is by name, of one tag on demand, without what is finished."""
    for name, tag in (("b", "home"), ("A", "work"), ("c", "home")):
        rig.jobs.add({"name": name, "tags": [tag], "action": REMIND})
    assert names(rig) == ["A", "b", "c"]
    assert [line.name for line in rig.catalogue.list(tag="home")] == ["b", "c"]
    assert rig.catalogue.list(tag="none") == []


def test_a_finished_job_is_scheduled_again_by_another_when(rig) -> None:
    """Switching a finished job on does not give it times; an edit of its triggers does."""
    job = rig.add("Tea", {"kind": "once", "at": "2026-07-01T14:00:30"})
    rig.clock.advance(seconds=30)
    rig.claim()
    for enabled in (True, False, True):
        [summary] = rig.jobs.set_enabled([job], enabled).jobs
    assert (summary.enabled, summary.next_due_at) == (True, None)
    assert summary.finished_at is not None
    draft = rig.catalogue.draft("Tea")
    again = {**draft.document, "triggers": [{"kind": "once", "at": "2026-07-01T15:00"}]}
    saved = rig.jobs.save(draft.job_id, again, draft.revision)
    assert saved.job.finished_at is None
    assert saved.job.next_due_at == datetime(2026, 7, 1, 13, tzinfo=UTC)


def test_show(rig) -> None:
    """One job is shown with its definition and its latest runs, newest first."""
    job = rig.add()
    for _ in range(12):
        rig.clock.advance(seconds=60)
        rig.claim()
        rig.end(rig.rows()[-1].id)
    detail = rig.catalogue.show("Tea")
    assert (detail.summary.id, detail.revision) == (job, 1)
    assert detail.summary.last_status == "succeeded"
    assert detail.summary.last_run_at == rig.clock.now()
    assert [run.id for run in detail.recent] == list(range(12, 2, -1))
    assert detail.document["name"] == "Tea"


def test_a_run_that_has_not_ended_is_the_last_run(rig) -> None:
    """The last run of a job is shown with the time it was recorded until it starts and ends."""
    job = rig.add()
    now = rig.clock.advance(seconds=5)
    row = NewRun(job, 1, Cause.MANUAL, Status.QUEUED, now)
    rig.change(lambda tables: tables.runs.insert(row))
    assert rig.catalogue.list()[0].last_status == "queued"
    assert rig.catalogue.show(job).summary.last_run_at == now


def test_preview_and_words(rig) -> None:
    """Rules that are typed are put into words and shown ahead, before anything is saved."""
    triggers = [{"kind": "cron", "expression": "0 9 * * 1-5"}, rig.every(7200)]
    ahead = rig.catalogue.preview(triggers, 3, None)
    assert [item.at for item in ahead] == [
        rig.clock.now() + timedelta(hours=hours) for hours in (2, 4, 6)
    ]
    assert ahead[0].wall.isoformat() == "2026-07-01T16:00:00+02:00"
    assert "Every 2 hours" in rig.catalogue.describe(triggers)
    later = rig.clock.now() + timedelta(hours=5)
    assert rig.catalogue.preview(triggers, 1, later)[0].at == later + timedelta(hours=1)
    with pytest.raises(InvalidDraft, match="rule cannot be used"):
        rig.catalogue.preview([{"kind": "cron", "expression": "61 * * * *"}], 3, None)
    with pytest.raises(InvalidDraft):
        rig.catalogue.describe([{"kind": "cron"}])


def test_upcoming_of_a_disabled_job(rig) -> None:
    """The due times of a job are shown as if it were enabled."""
    rig.add()
    rig.jobs.set_enabled(["Tea"], False)
    assert len(rig.catalogue.upcoming("Tea", 5, None)) == 5


def test_unknown_kinds_are_kept_and_shown(rig) -> None:
    """A job of a later version is stored, listed with its fault and never due."""
    answer = rig.jobs.add(
        {"name": "Tea", "triggers": [{"kind": "moon"}], "action": {"kind": "teleport"}}
    )
    assert (answer.job.enabled, answer.job.fault) == (False, "unknown-kind")
    assert answer.job.schedule == "unknown kind 'moon'"
    assert answer.job.action == "unknown kind 'teleport'"
    assert answer.job.next_due_at is None
    [line] = rig.jobs.set_enabled(["Tea"], True).jobs
    assert line.next_due_at is None
    rig.clock.advance(days=1)
    saved(rig, "Tea", tags=["a"])
    assert names(rig, finished=False) == ["Tea"]
