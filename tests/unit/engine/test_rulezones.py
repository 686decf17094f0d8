"""Runs are answered with the fixed zone of the rules that made them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deskcron.domain.records import NewRun, RunFilter
from deskcron.domain.run import Cause, JobId, RunId, Status
from deskcron.domain.trigger import DueTime
from deskcron.engine import rulezones
from deskcron.engine.rulezones import RunZones


class _Bodies:
    """Tables with one document; they count how often it is read."""

    def __init__(self, document: bytes | None) -> None:
        self.jobs = self
        self.read = 0
        self._document = document

    def body(self, _job_id: JobId, _revision: int) -> bytes | None:
        """Return the document."""
        self.read += 1
        return self._document


def rule(number: int, zone: str) -> dict[str, str]:
    """Return a rule in a zone."""
    return {"kind": "cron", "id": f"t{number}", "expression": "0 9 * * *", "zone": zone}


def run_of(rig, job_id: str, *triggers: str, revision: int = 1) -> RunId:
    """Record a run that these triggers made."""
    now = rig.clock.now()
    due = DueTime(now, None, triggers) if triggers else None
    rig.clock.advance(seconds=60)
    run = NewRun(rig.job(job_id).id, revision, Cause.SCHEDULE, Status.SUCCEEDED, now, due=due)
    return rig.change(lambda tables: tables.runs.insert(run))


@pytest.mark.parametrize(
    ("triggers", "zone"),
    [
        ((), None),
        (("t1",), "Asia/Tokyo"),
        (("t1", "t2"), "Asia/Tokyo"),
        (("t3",), None),
        (("t1", "t3"), None),
        (("t1", "t4"), None),
        (("t9",), None),
    ],
)
def test_a_run_has_the_fixed_zone_that_the_triggers_which_made_it_share(
    rig, triggers: tuple[str, ...], zone: str | None
) -> None:
    """A run has the fixed zone of the triggers that made it, none where they differ."""
    zones = ("Asia/Tokyo", "Asia/Tokyo", "local", "Europe/Berlin")
    job_id = rig.add("Tea", *(rule(number, zone) for number, zone in enumerate(zones, 1)))
    run_id = run_of(rig, job_id, *triggers)
    assert rig.history.get(run_id).zone == zone


def test_every_answer_that_shows_runs_has_their_zone(rig) -> None:
    """Pages, single runs, details, reasons and the latest runs of a job agree."""
    job_id = rig.add("Tea", rule(1, "Asia/Tokyo"))
    run_id = run_of(rig, job_id, "t1")
    [of_page] = rig.history.page(RunFilter())
    [of_list] = rig.history.runs([run_id])
    why = rig.history.why("Tea")
    [latest] = rig.catalogue.show("Tea").recent
    found = [of_page, of_list, rig.history.detail(run_id).run, why.last_execution, latest]
    assert [run.zone for run in (*found, *why.decisions)] == ["Asia/Tokyo"] * 6


def test_a_run_keeps_the_zone_of_the_revision_that_ran(rig) -> None:
    """A rule that has been moved to another zone since does not move its runs."""
    job_id = rig.add("Tea", rule(1, "Asia/Tokyo"))
    first = run_of(rig, job_id, "t1")
    draft = rig.catalogue.draft("Tea")
    rig.jobs.save(job_id, {**draft.document, "triggers": [rule(1, "UTC")]}, 1)
    second = run_of(rig, job_id, "t1", revision=2)
    zones = [run.zone for run in rig.history.runs([first, second])]
    assert zones == ["Asia/Tokyo", "UTC"]


@pytest.mark.parametrize("body", [b"{", b'{"triggers": 7}', b'{"triggers": [7]}', None])
def test_a_revision_that_cannot_be_read_has_no_zone(rig, body: bytes | None) -> None:
    """A damaged revision, or one that is no longer kept, has no zone."""
    run_id = run_of(rig, rig.add("Tea", rule(1, "UTC")), "t1")
    run = replace(rig.history.get(run_id), zone=None)
    assert RunZones().told(_Bodies(body), run).zone is None


def test_a_revision_is_read_once(rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revision is read once, also one that is gone, as long as there are not too many."""
    run_id = run_of(rig, rig.add("Tea", rule(1, "UTC")), "t1")
    run, tables, zones = rig.history.get(run_id), _Bodies(None), RunZones()
    for _time in range(3):
        zones.told(tables, run)
    assert tables.read == 1
    monkeypatch.setattr(rulezones, "MOST_KEPT", 1)
    for one in (replace(run, revision=2), run):
        zones.told(tables, one)
    assert tables.read == 3
