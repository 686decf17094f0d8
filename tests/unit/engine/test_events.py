"""Events, signals and chains: who listens, what runs, and what its row says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskcron.domain.errors import InvalidDraft, StoreUnavailable
from deskcron.domain.happening import EventKind, Happening, Watched
from deskcron.domain.listening import Topic
from deskcron.engine.occasions import Occasions
from deskcron.engine.settlement import Settlement

NETWORK = {"kind": "event", "event": "network-up"}


def happen(rig, kind: str = "network-up", key: str = "", **origin: str) -> Settlement:
    """Let something happen, and return what came of it."""
    settlement = Settlement()
    topic, now = Topic(kind, key), rig.clock.now()
    rig.change(lambda tables: rig.occurring.happen(tables, topic, origin, now, settlement))
    return settlement


def test_an_event_runs_the_jobs_that_listen_to_it(rig) -> None:
    """A run has the cause, its trigger and what it came from; other jobs rest."""
    listening, _other = rig.add("Sync", NETWORK), rig.add("Rest", {**NETWORK, "event": "login"})
    [ready] = happen(rig, event="network-up").ready
    [run] = rig.rows()
    assert (run.job_id, run.cause, run.triggers, run.status) == (
        listening,
        "event",
        ("t1",),
        "queued",
    )
    assert ready.origin == run.origin == {"event": "network-up"}
    assert rig.job(listening).finished_at is None


@pytest.mark.parametrize("change", ["disable", "remove", "edit"])
def test_who_no_longer_listens_is_not_run(rig, change) -> None:
    """A job that is off, removed, or listens to something else now rests."""
    job = rig.add("Sync", NETWORK)
    if change == "disable":
        rig.jobs.set_enabled([job], False)
    elif change == "remove":
        rig.jobs.remove([job])
    else:
        draft = rig.catalogue.draft(job)
        document = {**draft.document, "triggers": [{"kind": "signal", "name": "x"}]}
        rig.jobs.save(job, document, draft.revision)
    assert happen(rig).ready == []
    assert rig.rows() == []
    if change == "remove":
        rig.jobs.undo()
        assert len(happen(rig).ready) == 1


def test_an_event_is_delayed_as_the_job_wants(rig) -> None:
    """The run waits for its delay and its share of chance, and starts by its wakeup."""
    rig.add("Sync", {**NETWORK, "delay_s": 60, "random_delay_s": 20})
    rig.chances = [0.5]
    assert happen(rig).ready == []
    assert rig.fates() == ["waiting delayed"]
    rig.clock.advance(seconds=69)
    rig.claim()
    assert rig.fates() == ["waiting delayed"]
    rig.clock.advance(seconds=1)
    rig.claim()
    assert rig.fates() == ["queued"]


def test_events_too_close_to_each_other_share_one_row(rig) -> None:
    """Within the time nothing runs again, and one row counts how often it happened."""
    rig.add("Sync", {**NETWORK, "at_most_every_s": 600}, overlap="parallel", overlap_limit=9)
    for _ in range(4):
        happen(rig)
        rig.clock.advance(seconds=100)
    assert rig.fates() == ["queued", "skipped 3 too-soon"]
    rig.clock.advance(seconds=200)
    happen(rig)
    assert rig.fates()[-1] == "queued"


def test_a_run_from_before_the_clock_was_set_back_is_no_recent_one(rig) -> None:
    """An event after the clock was corrected by years runs its job at once."""
    trigger = {**NETWORK, "at_most_every_s": 600}
    rig.add("Sync", trigger, overlap="parallel", overlap_limit=9)
    happen(rig)
    rig.clock.set(rig.clock.now() - timedelta(days=1000))
    happen(rig)
    assert rig.fates() == ["queued", "queued"]


def test_a_pause_skips_events(rig) -> None:
    """While everything is paused nothing runs for an event, and the row says why."""
    rig.add("Sync", NETWORK)
    rig.control.pause(None)
    assert happen(rig).ready == []
    assert rig.fates() == ["skipped paused"]


def test_jobs_cannot_start_each_other_without_end(rig) -> None:
    """A chain that closes a circle is refused, and the way around is named."""
    first = rig.add("First")
    second = rig.add("Second", {"kind": "after", "job": first})
    third = rig.add("Third", {"kind": "after", "job": second})
    draft = rig.catalogue.draft(first)
    document = {**draft.document, "triggers": [{"kind": "after", "job": third}]}
    with pytest.raises(InvalidDraft) as caught:
        rig.jobs.save(first, document, draft.revision)
    [problem] = caught.value.problems
    assert problem.field == "triggers.0.job"
    assert "First → Second → Third → First" in problem.message


def test_a_job_can_only_follow_one_that_is_there(rig) -> None:
    """A name nobody has is refused."""
    with pytest.raises(InvalidDraft, match="cannot be saved"):
        rig.add("Second", {"kind": "after", "job": "Nobody"})


class FakeSource:
    """A source of happenings that the test tells what happens."""

    def __init__(self) -> None:
        self.happened = None
        self.watched = []

    def start(self, happened) -> None:
        """Begin to tell."""
        self.happened = happened

    def watch(self, wanted) -> dict[Watched, str]:
        """Remember what to look at; what is in /nowhere cannot be looked at."""
        self.watched.append(set(wanted))
        return {one: "There is no room." for one in wanted if one.path == "/nowhere"}

    def close(self) -> None:
        """Tell nothing any more."""
        self.happened = None


@pytest.fixture
def source() -> FakeSource:
    """Return what tells of the machine."""
    return FakeSource()


@pytest.fixture
def files() -> FakeSource:
    """Return what tells of files."""
    return FakeSource()


@pytest.fixture
def occasions(rig, source, files) -> Occasions:
    """Return what hears them, and has begun."""
    occasions = Occasions(
        rig.store,
        rig.definitions,
        rig.occurring,
        [source],
        files,
        rig.clock,
        submit=rig.submitted.extend,
        replace=rig.replaced.extend,
        nudge=rig.wake.nudge,
    )
    occasions.start()
    occasions.see_to()
    return occasions


def test_nobody_is_listened_to_for_nothing(rig, source, files, occasions) -> None:
    """Sources begin when the first job listens to them, and files are watched while it does."""
    assert (source.happened, files.happened) == (None, None)
    rig.add("Sync", NETWORK)
    job = rig.add("Mail", {"kind": "file", "path": "/tmp/in", "pattern": "*.txt", "settle_s": 1})
    occasions.look()
    assert source.happened is not None
    assert files.watched == [{Watched("/tmp/in", "*.txt", False, 1.0)}]
    rig.jobs.remove([job])
    occasions.look()
    assert files.watched[1:] == [set()]
    occasions.close()
    assert (source.happened, files.happened) == (None, None)


def test_a_file_runs_the_job_that_watches_it(rig, files, occasions) -> None:
    """The path is what the run came from; a job with other files rests."""
    job = rig.add("Mail", {"kind": "file", "path": "/tmp/in", "settle_s": 1})
    rig.add("Other", {"kind": "file", "path": "/tmp/out", "settle_s": 1})
    occasions.look()
    watched = Watched("/tmp/in", settle_s=1.0)
    files.happened(Happening(EventKind.FILE_CHANGED, {"path": "/tmp/in/a"}, watched))
    assert occasions.see_to()
    assert [(run.job_id, dict(run.origin)) for run in rig.rows()] == [(job, {"file": "/tmp/in/a"})]


def test_files_that_cannot_be_watched_are_told(rig, occasions, expected_logs) -> None:
    """The log says which, and why."""
    rig.add("Mail", {"kind": "file", "path": "/nowhere"})
    occasions.look()
    [record] = expected_logs
    assert record.getMessage() == "Changes of /nowhere are not heard of: There is no room."


class Refusal:
    """Makes a store refuse one of the next writes."""

    def __init__(self, store, nth: int, error: Exception) -> None:
        self._write, self._left, self._error = store.write, nth, error
        store.write = self.write

    def write(self, change):
        """Write, or raise when it is time to."""
        self._left -= 1
        if self._left == 0:
            raise self._error
        return self._write(change)


def test_what_happens_while_the_store_is_busy_is_seen_to_later(rig, source, occasions) -> None:
    """What was written before starts at once; what was not is not forgotten, a wake-up neither."""
    rig.add("Net", NETWORK)
    rig.add("Wake", {**NETWORK, "event": "resumed"})
    occasions.look()
    source.happened(Happening(EventKind.NETWORK_UP))
    source.happened(Happening(EventKind.RESUMED))
    Refusal(rig.store, 2, StoreUnavailable(title="The disk is full"))
    with pytest.raises(StoreUnavailable):
        occasions.see_to()
    assert [ready.job.name for ready in rig.submitted] == ["Net"]
    occasions.see_to()
    assert [ready.job.name for ready in rig.submitted] == ["Net", "Wake"]


def test_a_happening_that_cannot_be_seen_to_is_in_nobodys_way(
    rig, source, occasions, expected_logs
) -> None:
    """It is logged, and the next one is heard."""
    rig.add("Net", NETWORK)
    occasions.look()
    source.happened(Happening(EventKind.LOGIN))  # of no session
    source.happened(Happening(EventKind.NETWORK_UP))
    occasions.see_to()
    assert [ready.job.name for ready in rig.submitted] == ["Net"]
    assert "had an error" in expected_logs[0].getMessage()


def test_a_login_counts_once(rig, source, occasions) -> None:
    """A session that an earlier process has heard of is none any more."""
    rig.add("Hello", {**NETWORK, "event": "login"}, overlap="parallel", overlap_limit=9)
    occasions.look()
    for session in ("one", "one", "two"):
        source.happened(Happening(EventKind.LOGIN, {"session": session}))
    occasions.see_to()
    assert rig.fates() == ["queued", "queued"]


@pytest.mark.parametrize(
    ("told", "wake_ups"),
    [
        (["system", "clock"], 1),
        (["clock", "system"], 1),
        (["system", "clock", "system", "clock"], 2),
        (["system", "clock", "clock", "system"], 2),
        (["system", "system"], 2),
        (["clock", "clock"], 2),
        (["system", "clock", "clock"], 2),
        (["system", "an hour", "clock"], 2),
    ],
)
def test_a_wake_up_counts_once(rig, source, occasions, told, wake_ups) -> None:
    """The system and the clock each tell of it; a moment later the computer may sleep again."""
    rig.add("Hello", {**NETWORK, "event": "resumed"}, overlap="parallel", overlap_limit=9)
    occasions.look()
    for teller in told:
        rig.clock.advance(seconds=3600 if teller == "an hour" else 5)
        if teller == "system":
            source.happened(Happening(EventKind.RESUMED))
        elif teller == "clock":
            occasions.slept()
        occasions.see_to()
    assert rig.fates() == ["queued"] * wake_ups


def test_the_start_of_the_engine_is_an_event(rig, source, files) -> None:
    """A job that wants to run then does so once."""
    rig.add("Hello", {**NETWORK, "event": "started"})
    occasions = Occasions(
        rig.store,
        rig.definitions,
        rig.occurring,
        [source],
        files,
        rig.clock,
        submit=rig.submitted.extend,
        replace=rig.replaced.extend,
        nudge=rig.wake.nudge,
    )
    occasions.start()
    assert occasions.see_to()
    assert rig.fates() == ["queued"]
    assert source.happened is None


def test_a_job_whose_forerunner_is_gone_can_be_switched_off(rig) -> None:
    """Only a new chain is held against the jobs that are there."""
    first = rig.add("First")
    second = rig.add("Second", {"kind": "after", "job": first})
    rig.jobs.remove([first])
    rig.jobs.set_enabled([second], enabled=False)
    assert not rig.job(second).enabled


def test_a_chain_that_was_refused_can_be_mended(rig) -> None:
    """What was refused is not taken for the job when it is saved again."""
    first = rig.add("First")
    second = rig.add("Second", {"kind": "after", "job": first})
    draft = rig.catalogue.draft(first)
    circle = {**draft.document, "triggers": [{"kind": "after", "job": second}]}
    with pytest.raises(InvalidDraft):
        rig.jobs.save(first, circle, draft.revision)
    rig.jobs.save(first, {**draft.document, "triggers": [rig.every(300)]}, draft.revision)
    rig.clock.advance(seconds=300)
    rig.claim()
    assert rig.fates(first)[-1] == "queued"
