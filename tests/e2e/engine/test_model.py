"""The whole engine against a simple model: whatever happens, each due time has its one row."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from duemodel import A_MOMENT, AfterEnd, Daily, Grid, ModelJob, Never, Once, instant_of
from handengine import HandEngine, Outside
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from deskcron.domain.reasonwords import reason_words
from deskcron.domain.records import InboxKind, RequestKind, WakeKind
from deskcron.domain.run import Cause, Run, Status

BEGINNINGS = (
    datetime(2026, 7, 1, 12, tzinfo=UTC),
    datetime(2026, 10, 24, 22, 15, tzinfo=UTC),  # hours before clocks go back in Europe
    datetime(2027, 3, 27, 22, 15, tzinfo=UTC),  # and forward
)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
NOT_EXECUTED = {Status.SKIPPED, Status.MISSED}
ON_TIME = {Cause.SCHEDULE, Cause.CATCH_UP, Cause.EVENT, Cause.CHAIN}
MOST_JOBS = 4
FEW = 30
EXAMPLES = int(os.environ.get("DESKCRON_MODEL_EXAMPLES", FEW))
"""More are tried by "make torture ARGS=--model"."""
LONGEST_WAIT = timedelta(minutes=10) + A_MOMENT
"""A run that waits is looked at again at least this often; nothing here is put off for longer.

A clock that is set back by so little that nothing is moved along makes it a moment more.
"""

OPENS, CLOSES = time(9), time(23)

POLICIES = st.fixed_dictionaries(
    {},
    optional={
        "catch_up": st.sampled_from(["skip", "once", "all"]),
        "catch_up_limit": st.sampled_from([1, 3]),
        "max_age_s": st.sampled_from([600, 86_400]),
        "overlap": st.sampled_from(["skip", "queue", "parallel", "replace"]),
        "overlap_limit": st.sampled_from([1, 2]),
        "retry": st.fixed_dictionaries(
            {"count": st.sampled_from([1, 2]), "delay_s": st.sampled_from([1, 60])}
        ),
        "brake": st.fixed_dictionaries(
            {"failures": st.sampled_from([0, 1, 2])},
            optional={"resume_s": st.just(300), "runs_per_day": st.sampled_from([2, 5])},
        ),
        "hours": st.just({"windows": [{"begin": f"{OPENS:%H:%M}", "end": f"{CLOSES:%H:%M}"}]}),
        "conditions": st.fixed_dictionaries(
            {
                "all": st.just([{"kind": "on-mains"}]),
                "otherwise": st.sampled_from(["skip", "wait", "run"]),
                "wait_s": st.sampled_from([30, 300]),
            }
        ),
        "ask_s": st.just(60),
    },
)
LENGTHS = st.sampled_from([1, 10, 60, 61, 600, 3_600, 7_201, 86_400, 200_000])
TIMES = st.sampled_from([time(2, 30), time(9), time(14, 1), time(23, 59)])
KINDS = st.sampled_from(["grid", "grid", "daily", "once", "event", "chain", "after-end"])


class EngineModel(RuleBasedStateMachine):
    """Jobs come and go, time goes its ways, runs end, engines crash."""

    make: Callable[[Path], Any]
    place: Path
    logs: Sequence[logging.LogRecord]

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(dir=self.place))
        self.rig = self.make(self.home)
        self.outside = Outside()
        self.engine = HandEngine(self.rig, self.outside)
        self.jobs: dict[str, ModelJob] = {}
        self.policies: dict[str, dict[str, Any]] = {}
        self.changes: list[dict[str, ModelJob | None]] = []
        self.happened: Counter[str] = Counter()
        self.follows: dict[str, str] = {}
        self.let_start: set[int] = set()
        self.paused = False
        self.paused_until: datetime | None = None
        self.seen = 0

    @property
    def now(self) -> datetime:
        """Return the wall clock."""
        return self.rig.clock.now()

    @initialize(begin=st.sampled_from(BEGINNINGS))
    def begin_at(self, begin: datetime) -> None:
        """Start an engine at some time of the year."""
        self.rig.clock.set(begin)
        self.engine.close()
        self.engine = HandEngine(self.rig, self.outside)
        self.engine.start()

    # what a person does

    @precondition(lambda self: len(self.jobs) < MOST_JOBS)
    @rule(kind=KINDS, every_s=st.sampled_from([60, 300, 3_600]), at=TIMES, policy=POLICIES)
    def add(self, kind: str, every_s: int, at: time, policy: dict[str, Any]) -> None:
        """Add a job."""
        document, due_rule = self._trigger(kind, every_s, at)
        name = f"job {len(self.jobs)}"
        action = {"kind": "command", "program": "/bin/true"}
        job_id = self.rig.add(name, document, action=action, **policy)
        self.jobs[job_id] = ModelJob(due_rule, self.now)
        self.jobs[job_id].decided = self.jobs[job_id].reaching_back(self.now, self.rig.zones.zone)
        self.policies[job_id] = policy
        if document["kind"] == "after":
            self.follows[job_id] = document["job"]
        self.changes.append({job_id: None})
        self._settle()

    @precondition(lambda self: self._present())
    @rule(pick=st.integers(0, 99), every_s=st.sampled_from([120, 1_800]), at=TIMES)
    def edit(self, pick: int, every_s: int, at: time) -> None:
        """Give a job another rule of its kind."""
        job_id = self._pick(self._present(), pick)
        job = self.jobs[job_id]
        kind = {Grid: "grid", Daily: "daily", Once: "once"}.get(type(job.rule))
        if kind is None:
            return
        document, due_rule = self._trigger(kind, every_s, at)
        draft = self.rig.catalogue.draft(job_id)
        before = job.copy()
        self._revise(job_id, lambda: None)
        job.rule = due_rule
        job.decided = job.reaching_back(self.now, self.rig.zones.zone)
        self.rig.jobs.save(job_id, {**draft.document, "triggers": [document]}, draft.revision)
        job.finished = False
        self.changes.append({job_id: before})
        self._settle()

    @precondition(lambda self: self._present())
    @rule(pick=st.integers(0, 99), enabled=st.booleans())
    def switch(self, pick: int, *, enabled: bool) -> None:
        """Switch a job on or off."""
        job_id = self._pick(self._present(), pick)
        if self.jobs[job_id].enabled is not enabled:
            self._switch(job_id, enabled=enabled)
            self._settle()

    def _switch(self, job_id: str, *, enabled: bool) -> None:
        job = self.jobs[job_id]
        before = job.copy()
        self._revise(job_id, lambda: self.rig.jobs.set_enabled([job_id], enabled))
        job.enabled, job.finished = enabled, False
        self.changes.append({job_id: before})

    @precondition(lambda self: self._present())
    @rule(pick=st.integers(0, 99))
    def remove(self, pick: int) -> None:
        """Remove a job."""
        self._remove(self._pick(self._present(), pick))
        self._settle()

    def _remove(self, job_id: str) -> None:
        before = self.jobs[job_id].copy()
        self._revise(job_id, lambda: self.rig.jobs.remove([job_id]))
        self.jobs[job_id].removed = True
        self.changes.append({job_id: before})

    @precondition(lambda self: self.changes)
    @rule()
    def undo(self) -> None:
        """Take the last change back."""
        self._undo()
        self._settle()

    def _undo(self) -> None:
        [(job_id, before)] = self.changes.pop().items()
        job = self.jobs[job_id]
        self._revise(job_id, self.rig.jobs.undo)
        if before is None:
            job.removed = True
        else:
            job.rule, job.enabled, job.removed = before.rule, before.enabled, before.removed
            job.finished = False
            job.decided = job.reaching_back(self.now, self.rig.zones.zone)

    @rule(seconds=st.sampled_from([None, 30, 600, 86_400]))
    def pause(self, seconds: int | None) -> None:
        """Pause everything, for a time or for good."""
        self._pause(seconds)
        self._settle()

    def _pause(self, seconds: int | None) -> None:
        if not self.paused:
            self._decide_all(self.now)
        self.paused_until = self.rig.control.pause(seconds)
        self.paused = True

    @precondition(lambda self: self.paused)
    @rule()
    def resume(self) -> None:
        """End the pause."""
        self.paused, self.paused_until = False, None
        self._decide_all(self.now)
        self.rig.control.resume()
        self._settle()

    @precondition(lambda self: self._present())
    @rule(pick=st.integers(0, 99))
    def run_by_hand(self, pick: int) -> None:
        """Run a job now."""
        self.engine.ask(RequestKind.RUN, job_id=self._pick(self._present(), pick))
        self._settle()

    @precondition(lambda self: self._open())
    @rule(pick=st.integers(0, 99))
    def stop(self, pick: int) -> None:
        """Stop a run, whatever it does or waits for."""
        self.engine.ask(RequestKind.STOP, run_ids=[self._pick(self._open(), pick).id])
        self._settle()

    @precondition(lambda self: self._waiting())
    @rule(
        pick=st.integers(0, 99),
        kind=st.sampled_from([RequestKind.PROCEED, RequestKind.DECLINE, RequestKind.PUT_OFF]),
    )
    def answer(self, pick: int, kind: RequestKind) -> None:
        """Answer for a run that waits."""
        run = self._pick(self._waiting(), pick)
        more = {"seconds": 120} if kind is RequestKind.PUT_OFF else {}
        self.engine.ask(kind, run_id=run.id, **more)
        if kind is RequestKind.PROCEED:
            self.let_start.add(run.id)
        self._settle()

    # what the world does

    @rule(seconds=LENGTHS)
    def let_pass(self, seconds: int) -> None:
        """Let time pass while the engine serves, or the machine sleeps."""
        self.rig.clock.advance(seconds=seconds)
        self._settle()

    @rule(seconds=st.sampled_from([-7_200, -3_600, -1_801, -300, -30, -1, 5, 3_600]))
    def set_clock(self, seconds: int) -> None:
        """Set the clock back or ahead."""
        shift = timedelta(seconds=seconds)
        now = self.rig.clock.set(self.now + shift)
        if seconds < -2:
            for job in self.jobs.values():
                job.decided, job.shift = min(job.decided, now), job.shift + shift
        self._settle()

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, zone: str) -> None:
        """Change the zone of the computer."""
        self.rig.zones.zone = zone
        self.engine.timekeeper.check_rules()
        self._settle()

    @rule(mains=st.booleans())
    def plug(self, *, mains: bool) -> None:
        """Plug the power in or out; the jobs that listen hear of it."""
        self.rig.machine.mains = mains
        found = self.engine.happen("plugged-in" if mains else "unplugged")
        for job_id in self._listening(mains=mains):
            self.happened[job_id] += 1
            found -= 1
        assert found == 0
        self._settle()

    @precondition(lambda self: self.engine.runner.queued)
    @rule(pick=st.integers(0, 99))
    def begin(self, pick: int) -> None:
        """Start a run that is handed over."""
        queued = list(self.engine.runner.queued.values())
        self._begin(self._pick(queued, pick))
        self._check()

    @precondition(lambda self: self.engine.runner.queued)
    @rule()
    def begin_all(self) -> None:
        """Start all that is handed over."""
        for ready in list(self.engine.runner.queued.values()):
            self._begin(ready)
        self._check()

    def _begin(self, ready: Any) -> None:
        """Start a run; by itself none begins of a job that is off or held, or outside its hours.

        A moment after them it does.
        """
        self.engine.begin(ready)
        if ready.cause not in ON_TIME or ready.run_id not in self.engine.runner.going:
            return
        job = self.jobs[ready.job.id]
        assert job.enabled
        assert not job.removed
        assert self.rig.store.read(lambda tables: tables.holds.get(ready.job.id)) is None
        if ready.run_id not in self.let_start:
            zone = ZoneInfo(self.rig.zones.zone)
            moments = [self.now, self.now - A_MOMENT]
            times = [moment.astimezone(zone).time() for moment in moments]
            has_hours = "hours" in self.policies[ready.job.id]
            assert not has_hours or any(OPENS <= at < CLOSES for at in times)

    @precondition(lambda self: self.engine.runner.going)
    @rule(
        pick=st.integers(0, 99),
        status=st.sampled_from([Status.SUCCEEDED, Status.FAILED, Status.FAILED]),
    )
    def end(self, pick: int, status: Status) -> None:
        """End a run that goes on."""
        going = list(self.engine.runner.going.values())
        self.engine.end(self._pick(going, pick), status)
        self._settle()

    @precondition(lambda self: self.engine.runner.going)
    @rule()
    def end_all(self) -> None:
        """Let everything succeed that goes on."""
        for ready in list(self.engine.runner.going.values()):
            self.engine.end(ready, Status.SUCCEEDED)
        self._settle()

    @rule(
        seconds=st.sampled_from([0, 30, 3_600, 90_000]),
        survive=st.booleans(),
        meanwhile=st.sampled_from([None, None, "remove", "switch", "undo", "pause"]),
    )
    def crash(self, seconds: int, *, survive: bool, meanwhile: str | None) -> None:
        """Kill the engine, and start another one after a while in which jobs may change."""
        self.engine.close()
        if not survive:
            self.outside.alive.clear()
        self.rig.clock.advance(seconds=seconds)
        if meanwhile == "pause" and not self.paused:
            self._pause(None)
        elif meanwhile == "undo" and self.changes:
            self._undo()
        elif meanwhile == "remove" and self._present():
            self._remove(self._present()[0])
        elif meanwhile == "switch" and self._present():
            self._switch(self._present()[-1], enabled=not self.jobs[self._present()[-1]].enabled)
        self.seen = max((row.id for row in self.rig.rows()), default=0)
        self.engine = HandEngine(self.rig, self.outside)
        self.engine.start()
        self._settle()

    # what the model knows

    def _trigger(self, kind: str, every_s: int, at: time) -> tuple[dict[str, Any], Any]:
        local = self.now.astimezone(ZoneInfo(self.rig.zones.zone)).replace(tzinfo=None)
        if kind == "event":
            return {"kind": "event", "event": "plugged-in", "delay_s": every_s // 60}, Never()
        if kind == "chain" and self._present():
            other = self._present()[0]
            return {"kind": "after", "job": other, "ending": "any"}, Never()
        if kind == "after-end":
            return self.rig.every(every_s, "end"), AfterEnd()
        if kind == "daily":
            document = self.rig.whens.when("daily", at.strftime("%H:%M"))
            return document, Daily(at, local.date())
        if kind == "once":
            moment = (local + timedelta(seconds=2 * every_s)).replace(microsecond=0)
            if instant_of(moment, self.rig.zones.zone) <= self.now:
                moment += timedelta(hours=2)  # beyond the second of two like it
            return {"kind": "once", "id": "t1", "at": moment.isoformat()}, Once(moment)
        return self.rig.every(every_s), Grid(self.now, every_s)

    def _present(self) -> list[str]:
        return [job_id for job_id, job in self.jobs.items() if not job.removed]

    def _listening(self, *, mains: bool) -> list[str]:
        return [
            job_id
            for job_id in self._present()
            if mains
            and self.jobs[job_id].enabled
            and type(self.jobs[job_id].rule) is Never
            and job_id not in self.follows
        ]

    def _open(self) -> list[Run]:
        return [run for run in self.rig.rows() if run.status.is_open]

    def _waiting(self) -> list[Run]:
        return [run for run in self._open() if run.status is Status.WAITING]

    def _pick(self, choices: Sequence[Any], pick: int) -> Any:
        return choices[pick % len(choices)]

    def _revise(self, job_id: str, change: Callable[[], object]) -> None:
        """Change a job; what was due is decided by the rule that held."""
        self._end_pause()
        job = self.jobs[job_id]
        if job.is_live:
            self._decide(job_id, self.now)
        job.decided = self.now
        change()

    def _decide(self, job_id: str, now: datetime) -> None:
        """Note what was due until now, but for what has its row from before a set back."""
        job = self.jobs[job_id]
        pending = job.pending(now, self.rig.zones.zone)
        if not pending:
            return
        spans = [
            (run.due_at, run.due_until or run.due_at)
            for run in self.rig.rows(job_id)
            if run.due_at is not None
        ]
        job.due += [
            due for due in pending if not any(first <= due <= last for first, last in spans)
        ]
        job.decided = now
        job.finished = isinstance(job.rule, Once)

    def _end_pause(self) -> None:
        """End a pause whose time is over; what was due in it is decided by that."""
        if self.paused_until is not None and self.paused_until <= self.now:
            self._decide_all(self.paused_until)
            self.paused, self.paused_until = False, None

    def _decide_all(self, now: datetime) -> None:
        for job_id in self.jobs:
            self._decide(job_id, now)

    def _settle(self) -> None:
        """Let model and engine decide what is due, and compare them."""
        was_paused = self.paused
        self._end_pause()
        if not self.paused:
            self._decide_all(self.now)
        self.engine.settle()
        self._check(quiet=was_paused and self.paused)

    # what has to hold

    def _check(self, *, quiet: bool = False) -> None:
        rows = self.rig.rows()
        assert not [record for record in self.logs if record.levelno >= logging.ERROR]
        assert all(times == 1 for times in self.outside.begun.values()), "an attempt began twice"
        for job_id, job in self.jobs.items():
            own = [row for row in rows if row.job_id == job_id]
            self._check_due_times(job, own)
            self._check_rows(job_id, own)
            self._check_happenings(job_id, own)
            explained = self.rig.history.why(job_id)
            assert explained.decisions == tuple(reversed(own))[: len(explained.decisions)]
            if job.is_live and isinstance(job.rule, AfterEnd):
                is_open = any(row.status.is_open for row in own)
                assert is_open or self.rig.due_at(job_id) is not None, "it is never due again"
            elif job.is_live and not isinstance(job.rule, Once):
                upcoming = job.upcoming(self.rig.zones.zone)
                assert self.rig.due_at(job_id) == upcoming
        self._check_waiting(rows)
        self._check_questions(rows)
        if quiet:
            fresh = [row for row in rows if row.id > self.seen and row.cause in ON_TIME]
            assert all(row.status in NOT_EXECUTED for row in fresh), "it is paused"
        self.seen = max((row.id for row in rows), default=0)

    def _check_due_times(self, job: ModelJob, rows: Sequence[Run]) -> None:
        if isinstance(job.rule, AfterEnd):
            return
        timed = [row for row in rows if row.due_at is not None]
        for due in job.due:
            found = [row for row in timed if row.due_at <= due <= (row.due_until or row.due_at)]
            if job.shift:  # a range goes on over what has its row from before a set back
                found = [row for row in found if not row.is_range] or found[:1]
            assert len(found) == 1, f"{due} has {len(found)} rows"
        assert sum(row.count for row in timed) == len(job.due)

    def _check_rows(self, job_id: str, rows: Sequence[Run]) -> None:
        policy = self.policies[job_id]
        attempts = policy.get("retry", {}).get("count", 0) + 1
        parallel = policy.get("overlap") == "parallel"
        places = policy.get("overlap_limit", 1) if parallel else 1
        at_work = {Status.QUEUED, Status.RUNNING}
        going = [
            row
            for row in rows
            if row.status in at_work and row.cause in ON_TIME and row.id not in self.let_start
        ]
        assert len(going) <= places, f"{len(going)} runs where {places} may go"
        for row in rows:
            assert row.attempt <= attempts
            if row.status in NOT_EXECUTED or row.status is Status.WAITING:
                assert row.reason is not None
                words = reason_words(row.reason, row.reason_args)
                assert words
                assert not words.startswith(str(row.reason)), words
            begun = any(run_id == row.id for run_id, _attempt in self.outside.begun)
            assert not (begun and row.status in NOT_EXECUTED and row.attempt == 1)
            here = row.id in self.engine.runner.queued or row.id in self.engine.runner.going
            assert here is (row.status in at_work), f"run {row.id} is {row.status} in the store"

    def _check_waiting(self, rows: Sequence[Run]) -> None:
        """See that each run that waits has a wakeup soon, or a run before it that lets it on."""
        wakeups = {
            int(wakeup.ref): wakeup.at
            for wakeup in self.rig.wakeups()
            if wakeup.kind in {WakeKind.START, WakeKind.GATE}
        }
        for row in rows:
            if row.status is not Status.WAITING:
                continue
            job = self.jobs[row.job_id]
            if job.removed or (not job.enabled and row.cause in ON_TIME):
                assert row.called_off is not None, f"run {row.id} waits though its job is off"
            if row.id in wakeups:
                assert wakeups[row.id] <= self.now + LONGEST_WAIT
            else:
                before = [one for one in rows if one.job_id == row.job_id and one.status.is_open]
                assert row.reason == "behind-previous"
                assert any(one.id != row.id for one in before), f"run {row.id} waits for nothing"

    def _check_questions(self, rows: Sequence[Run]) -> None:
        items = self.rig.store.read(lambda tables: tables.inbox.waiting())
        asked = sorted(item.run_id for item in items if item.kind is InboxKind.QUESTION)
        assert asked == sorted(row.id for row in rows if row.reason == "asked")

    def _check_happenings(self, job_id: str, rows: Sequence[Run]) -> None:
        heard = sum(row.count for row in rows if row.cause is Cause.EVENT)
        assert heard == self.happened[job_id]

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.engine.close()
        self.rig.close()
        shutil.rmtree(self.home)


def test_the_engine_agrees_with_a_simple_model(rig, new_store, tmp_path, expected_logs) -> None:
    """Each due time has one row, runs once at most, and whatever waits can go on."""

    def make(home: Path) -> Any:
        return type(rig)(home, new_store(home))

    parts = {"make": staticmethod(make), "place": tmp_path, "logs": expected_logs}
    model = type("Model", (EngineModel,), parts)
    rules = settings(
        max_examples=EXAMPLES,
        derandomize=EXAMPLES == FEW,  # the long form looks for what nobody has seen
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(model, settings=rules)
