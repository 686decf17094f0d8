"""A facade without an engine or store, and a way to type commands at it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import pytest

from deskcron.cli.main import main
from deskcron.domain.answers import (
    Ahead,
    Changed,
    Draft,
    EngineState,
    Finding,
    Health,
    Imported,
    InboxEntry,
    Mended,
    Overview,
    Resumed,
    RunDetail,
    Saved,
    Undone,
    Upcoming,
)
from deskcron.domain.errors import BadInput, EngineRunning, NotFound, RequestFailed
from deskcron.domain.explanation import Explanation, Obstacle
from deskcron.domain.job import JobDetail, JobSummary
from deskcron.domain.lane import LaneUse
from deskcron.domain.opening import Opening
from deskcron.domain.outlook import Unmet
from deskcron.domain.parity import Comparison, JobEnvironment
from deskcron.domain.ports import AutostartState, LockHolder, LogChunk
from deskcron.domain.reason import Reason
from deskcron.domain.records import InboxKind
from deskcron.domain.review import Absence, ReviewLine
from deskcron.domain.run import Attempt, Cause, JobId, Run, RunId, Running, Status
from deskcron.domain.statistics import JobStatistics, Spread, Streaks

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def a_job(name: str = "Backup", **fields: Any) -> JobSummary:
    """Return a job with these fields."""
    values: dict[str, Any] = {
        "id": "a1b2c3d4e5f6",
        "name": name,
        "enabled": True,
        "tags": ("home",),
        "schedule": "Every day at 18:00",
        "kind": "command",
        "action": "rsync -a docs usb",
        "muted": False,
        "next_due_at": NOW + timedelta(hours=6),
        "last_status": "succeeded",
        "last_run_at": NOW - timedelta(hours=18),
        "finished_at": None,
        "fault": None,
    }
    return JobSummary(**{**values, **fields})


def a_run(**fields: Any) -> Run:
    """Return a run with these fields."""
    values: dict[str, Any] = {
        "id": 12,
        "job_id": "a1b2c3d4e5f6",
        "job_name": "Backup",
        "revision": 1,
        "cause": Cause.SCHEDULE,
        "status": Status.SUCCEEDED,
        "due_at": NOW,
        "recorded_at": NOW,
        "started_at": NOW,
        "ended_at": NOW + timedelta(seconds=3),
        "duration_s": 3.1,
        "exit_code": 0,
    }
    return Run(**{**values, **fields})


def an_item(**fields: Any) -> InboxEntry:
    """Return an entry of the inbox with these fields."""
    values: dict[str, Any] = {
        "id": 3,
        "kind": InboxKind.REMINDER,
        "job_id": "a1b2c3d4e5f6",
        "title": "Stretch",
        "text": "Stand up",
        "urgency": "normal",
        "created_at": NOW,
        "latest_at": NOW,
        "presented_at": None,
        "snoozed_until": None,
        "count": 1,
        "run_id": 12,
        "run_ids": (12,),
        "run": a_run(),
        "muted": False,
    }
    return InboxEntry(**{**values, **fields})


def an_attempt(**fields: Any) -> Attempt:
    """Return an attempt that others followed."""
    values: dict[str, Any] = {
        "number": 1,
        "status": Status.FAILED,
        "reason": Reason.EXIT_CODE,
        "reason_args": {"code": 3},
        "started_at": NOW,
        "ended_at": NOW,
        "duration_s": 1.0,
        "exit_code": 3,
        "signal": None,
        "output_bytes": 4,
        "dropped_bytes": 0,
    }
    return Attempt(**{**values, **fields})


class FakeWhens:
    """Understands what the real one does, as far as the tests type it."""

    def when(
        self,
        option: str,
        text: str,
        zone: str = "local",
        start: datetime | None = None,
        anchor: datetime | None = None,
    ) -> dict[str, Any]:
        if text == "nonsense":
            raise BadInput(title="'nonsense' is no rule", hint="Write another.")
        return {"kind": option, "id": "t1", "text": text, "zone": zone}

    def duration_s(self, text: str) -> int:
        units = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
        if not text[:-1].isdecimal() or text[-1] not in units:
            raise BadInput(title=f"'{text}' is not a length of time", hint="Write it as 15m.")
        return int(text[:-1]) * units[text[-1]]

    def instant(self, text: str, zone: str = "local") -> datetime:
        if text == "2h":
            return NOW - timedelta(hours=2)
        return datetime.fromisoformat(text).replace(tzinfo=UTC)


class FakeCatalogue:
    """A fixed set of jobs."""

    def __init__(self) -> None:
        self.all = [a_job()]
        self.document: dict[str, Any] = {
            "name": "Backup",
            "enabled": True,
            "tags": ["home"],
            "triggers": [{"kind": "daily", "id": "t1", "text": "18:00"}],
            "action": {
                "kind": "command",
                "program": "rsync",
                "arguments": ["-a"],
                "directory": "/srv",
                "environment": {"A": "1"},
            },
            "policy": {"timeout_s": 600, "unknown": "kept"},
        }
        self.marks: tuple[str, ...] = ()
        self.barred: Unmet | None = None
        self.asked: list[Any] = []

    def list(self, *, finished: bool = False, tag: str | None = None) -> Sequence[JobSummary]:
        self.asked.append((finished, tag))
        return [
            job
            for job in self.all
            if (finished or job.finished_at is None) and (tag is None or tag in job.tags)
        ]

    def names(self) -> dict[str, str]:
        return {job.id: job.name for job in self.all}

    def named(self, ref: str) -> JobSummary:
        for job in self.all:
            if ref in {job.name, job.id}:
                return job
        raise NotFound(title=f"There is no job '{ref}'", hint="See 'deskcron list'.")

    def show(self, ref: str) -> JobDetail:
        recent = (a_run(), a_run(id=11, status=Status.FAILED, reason=Reason.EXIT_CODE))
        return JobDetail(self.named(ref), 2, NOW, NOW, self.document, "rsync -a docs usb", recent)

    def draft(self, ref: str) -> Draft:
        return Draft(job_id=self.named(ref).id, revision=2, document=self.document)

    def describe(self, triggers: Sequence[Mapping[str, Any]], start: datetime | None = None) -> str:
        return "; ".join(f"{raw['kind']} {raw['text']} {raw['zone']}" for raw in triggers)

    def preview(
        self, triggers: Sequence[Mapping[str, Any]], n: int, start: datetime | None
    ) -> Sequence[Upcoming]:
        self.asked.append((list(triggers), n, start))
        return self._ahead(n)

    def upcoming(self, ref: str, n: int, start: datetime | None) -> Sequence[Upcoming]:
        self.asked.append((self.named(ref).name, n, start))
        return self._ahead(n)

    def _ahead(self, n: int) -> list[Upcoming]:
        times = [NOW + timedelta(days=number) for number in range(1, n + 1)]
        return [
            Upcoming(
                at=time,
                wall=time.astimezone(),
                triggers=("t1",),
                marks=self.marks,
                barred=self.barred,
            )
            for time in times
        ]


class FakeJobs:
    """Keeps what it is given."""

    def __init__(self, catalogue: FakeCatalogue) -> None:
        self._catalogue = catalogue
        self.added: list[Mapping[str, Any]] = []
        self.saved: list[tuple[str, Mapping[str, Any], int]] = []
        self.calls: list[tuple[str, tuple[str, ...]]] = []
        self.error: Exception | None = None
        self.warnings: tuple[str, ...] = ()

    def _answer(self, document: Mapping[str, Any], revision: int) -> Saved:
        if self.error is not None:
            raise self.error
        has_times = bool(document["triggers"]) and document["enabled"]
        job = a_job(
            document["name"],
            enabled=document["enabled"],
            schedule="Every day" if document["triggers"] else "",
            next_due_at=NOW + timedelta(hours=1) if has_times else None,
        )
        return Saved(job=job, revision=revision, warnings=self.warnings)

    def add(self, document: Mapping[str, Any]) -> Saved:
        self.added.append(document)
        return self._answer(document, 1)

    def save(self, job_id: str, document: Mapping[str, Any], revision: int) -> Saved:
        self.saved.append((job_id, document, revision))
        return self._answer(document, revision + 1)

    def set_enabled(self, refs: Sequence[str], enabled: bool) -> Changed:  # noqa: FBT001
        return self._each("enable" if enabled else "disable", refs)

    def remove(self, refs: Sequence[str]) -> Changed:
        return self._each("remove", refs)

    def duplicate(self, refs: Sequence[str]) -> Changed:
        originals = self._each("duplicate", refs).jobs
        copies = [a_job(f"{job.name} (copy)", enabled=False) for job in originals]
        return Changed(jobs=tuple(copies), operation=7)

    def resume(self, refs: Sequence[str]) -> Resumed:
        jobs = self._each("resume", refs).jobs
        return Resumed(
            jobs=tuple(job for job in jobs if job.is_held),
            others=tuple(job for job in jobs if not job.is_held),
        )

    def undo(self, wanted: int | None = None) -> Undone:
        assert wanted is None, "the command takes back whatever is the newest"
        if self.error is not None:
            raise self.error
        return Undone(change="remove", label="Backup")

    def _each(self, change: str, refs: Sequence[str]) -> Changed:
        self.calls.append((change, tuple(refs)))
        return Changed(jobs=tuple(self._catalogue.named(ref) for ref in refs), operation=7)


class FakeTransfer:
    """One bundle."""

    def __init__(self) -> None:
        self.exported: list[tuple[str, ...]] = []
        self.imported: list[tuple[bytes, bool]] = []

    def export(self, refs: Sequence[str] = ()) -> bytes:
        self.exported.append(tuple(refs))
        return b'{"jobs": []}\n'

    def import_(self, data: bytes, *, dry_run: bool) -> Imported:
        if not data.startswith(b"{"):
            raise BadInput(title="This is no export of deskcron")
        self.imported.append((data, dry_run))
        return Imported(
            names=("Backup (2)", "Stretch"),
            renamed=(("Backup", "Backup (2)"),),
            warnings=("Stretch: odd",),
        )


class FakeHistory:
    """A few runs; `grows` is output that appears while somebody follows."""

    def __init__(self, catalogue: FakeCatalogue) -> None:
        self._catalogue = catalogue
        self.runs = [a_run()]
        self.output = b"hello\n"
        self.grows: list[bytes] = []
        self.earlier: list[Attempt] = []
        self.known: dict[str, Any] = {}
        self.earlier_output: list[str] = []
        self.asked: list[Any] = []
        self.explanation = Explanation(
            job=a_job(),
            last_execution=a_run(),
            decisions=(
                a_run(
                    id=14,
                    status=Status.SKIPPED,
                    reason=Reason.STILL_RUNNING,
                    started_at=None,
                    duration_s=None,
                ),
                a_run(),
            ),
            next_due_at=NOW + timedelta(hours=2),
            obstacles=(Obstacle.NO_ENGINE,),
        )

    def page(self, wanted: Any) -> Sequence[Run]:
        self.asked.append(wanted)
        return self.runs[: wanted.limit]

    def count(self, wanted: Any, at_most: int) -> int:
        return min(len(self.runs), at_most)

    def get(self, run_id: int) -> Run:
        for run in self.runs:
            if run.id == run_id:
                return run
        raise NotFound(title=f"There is no run {run_id}", hint="See 'deskcron runs'.")

    def detail(self, run_id: int) -> RunDetail:
        fields: dict[str, Any] = {
            "run": self.get(run_id),
            "kind": "command",
            "command": "rsync -a docs usb",
            "directory": "",
            "environment_names": ("A",),
            "log_path": self.log_path(run_id),
            "is_log_there": True,
            "attempts": tuple(self.earlier),
        }
        return RunDetail(**{**fields, **self.known})

    def job_id(self, ref: str) -> str:
        return self._catalogue.named(ref).id

    def log_path(self, run_id: int, attempt: int | None = None) -> Path:
        return Path("/logs") / f"{run_id}.{attempt or self.get(run_id).attempt}"

    def attempts(self, run_id: int) -> Sequence[Attempt]:
        self.get(run_id)
        return self.earlier

    def read_log(
        self, run_id: int, offset: int, limit_bytes: int = 65_536, attempt: int | None = None
    ) -> LogChunk:
        self.get(run_id)
        if attempt is not None:
            text = self.earlier_output[attempt - 1 :][:1]
            return LogChunk("".join(text)[offset:], len("".join(text)))
        piece = self.output[offset : offset + limit_bytes]
        if not piece and self.grows:
            self.output += self.grows.pop(0)
            if not self.grows:
                self.runs = [a_run()]
        return LogChunk(piece.decode("utf-8", "replace"), offset + len(piece))

    def why(self, ref: str) -> Explanation:
        self._catalogue.named(ref)
        return self.explanation


class FakeStatistics:
    """The same figures for every job, with the `changes` of a test."""

    def __init__(self, catalogue: FakeCatalogue) -> None:
        self._catalogue = catalogue
        self.changes: dict[str, Any] = {}
        self.asked: list[tuple[str, datetime | None]] = []

    def of(self, ref: str, since: datetime | None = None) -> JobStatistics:
        self.asked.append((ref, since))
        job = self._catalogue.named(ref)
        values: dict[str, Any] = {
            "counted_from": NOW,
            "executed": 2001,
            "succeeded": 1999,
            "failed": 1,
            "cancelled": 1,
            "success_rate": 0.9995,
            "duration": Spread(median_s=3.1, p95_s=75.0),
            "lateness": Spread(median_s=0.2, p95_s=1.5),
            "missed": 3,
            "skipped": 4,
            "is_exact": True,
            "streaks": Streaks(successes=12, most_successes=1987, most_failures=1),
        }
        return JobStatistics(job_id=JobId(job.id), job_name=job.name, **{**values, **self.changes})


class FakeReview:
    """One absence: a job that was missed 24 times, one that waits, and one that ran."""

    def __init__(self) -> None:
        since, until = NOW - timedelta(hours=8), NOW
        self.found = [Absence(since=since, until=until, settled_at=until)]
        missed = a_run(
            id=7,
            status=Status.MISSED,
            reason=Reason.CATCH_UP_OFF,
            due_at=since,
            due_until=NOW - timedelta(hours=1),
            count=24,
        )
        waiting = a_run(id=8, status=Status.WAITING, reason=Reason.STAGGERED, due_at=since)
        self.all = [
            self._line("Tea", missed, may_run=True, may_skip=True),
            self._line("Sync", waiting, starts_at=NOW, may_run=True, may_skip=True),
            self._line("Backup", a_run()),
        ]
        self.asked: list[datetime | None] = []
        self.calls: list[tuple[str, int]] = []

    def absences(self, since: datetime | None = None) -> Sequence[Absence]:
        self.asked.append(since)
        return self.found

    def lines(self, absence: Absence) -> Sequence[ReviewLine]:
        assert absence in self.found
        return self.all

    def run(self, run_id: int) -> int:
        self.calls.append(("run", run_id))
        return 20 if run_id == 7 else run_id

    def skip(self, run_id: int) -> None:
        self.calls.append(("skip", run_id))
        if run_id not in {7, 8, 9}:
            raise RequestFailed(
                title=f"Run {run_id} stays as it is", detail="it has its run or its answer"
            )

    def leave(self, absence: Absence) -> int:
        assert absence in self.found
        self.calls.append(("leave", 0))
        return 1

    def _line(self, name: str, *runs: Run, **fields: Any) -> ReviewLine:
        return ReviewLine(job_id=JobId(name), job_name=name, runs=runs, **fields)


class FakeInbox:
    """One item."""

    def __init__(self) -> None:
        self.items = [an_item()]
        self.calls: list[tuple[Any, ...]] = []

    def waiting(self) -> Sequence[InboxEntry]:
        return self.items

    def done(self, item_id: int) -> InboxEntry:
        self.calls.append(("done", item_id))
        return self._item(item_id)

    def done_all(self) -> int:
        self.calls.append(("done all",))
        return len(self.items)

    def snooze(self, item_id: int, seconds: int) -> datetime:
        self.calls.append(("snooze", item_id, seconds))
        self._item(item_id)
        return NOW + timedelta(seconds=seconds)

    def _item(self, item_id: int) -> InboxEntry:
        for item in self.items:
            if item.id == item_id:
                return item
        raise NotFound(title=f"There is no inbox item {item_id}")


class FakeControl:
    """An engine in another process, or none."""

    def __init__(self, history: FakeHistory, catalogue: FakeCatalogue) -> None:
        self._history = history
        self._catalogue = catalogue
        self.is_running = True
        self.end = a_run(id=20, cause=Cause.MANUAL)
        self.calls: list[tuple[Any, ...]] = []
        self.interrupts = 0
        self.pause_end: datetime | None = None
        self.listeners = 2

    def run(self, ref: str) -> int:
        self._catalogue.named(ref)
        self.calls.append(("run", ref))
        self._history.runs.append(a_run(id=20, status=Status.RUNNING, cause=Cause.MANUAL))
        return 20

    def stop(self, ref: str) -> Sequence[int]:
        self.calls.append(("stop", ref))
        if ref == "idle":
            raise RequestFailed(title="'idle' was not stopped", detail="nothing of it is running")
        return [12, 13]

    def stop_run(self, run_id: int) -> None:
        self.calls.append(("stop", str(run_id)))

    def fire(self, name: str) -> int:
        self.calls.append(("fire", name))
        return self.listeners

    def proceed(self, run_id: int) -> None:
        self.calls.append(("proceed", self._history.get(run_id).id))

    def decline(self, run_id: int) -> None:
        self.calls.append(("decline", self._history.get(run_id).id))

    def put_off(self, run_id: int, seconds: int) -> datetime:
        self.calls.append(("put off", self._history.get(run_id).id, seconds))
        return NOW + timedelta(seconds=seconds)

    def wait(self, run_id: int, timeout_s: float | None = None) -> Run:
        self.calls.append(("wait", run_id))
        if self.interrupts:
            self.interrupts -= 1
            raise KeyboardInterrupt
        return self.end

    def pause(self, seconds: int | None) -> datetime | None:
        self.calls.append(("pause", seconds))
        return None if seconds is None else NOW + timedelta(seconds=seconds)

    def resume(self) -> int:
        self.calls.append(("resume",))
        return 2

    def state(self) -> EngineState:
        return EngineState(
            running=self.is_running,
            pid=4711 if self.is_running else None,
            paused=self.pause_end is not None,
            paused_until=self.pause_end,
        )


class FakePreferences:
    """The rules that new jobs start from."""

    def __init__(self) -> None:
        self.rules: dict[str, Any] = {}
        self.rooms: dict[str, int] = {}

    def defaults(self) -> Mapping[str, Any]:
        return self.rules

    def set_defaults(self, rules: Mapping[str, Any]) -> None:
        self.rules = dict(rules)

    def lanes(self) -> Sequence[LaneUse]:
        run = Running(run_id=RunId(12), job_id=JobId("a1"), job_name="Backup", started_at=NOW)
        return [
            LaneUse(name=name, limit=limit, runs=(run,), jobs=("Backup",))
            for name, limit in self.rooms.items()
        ]

    def set_lanes(self, rooms: Mapping[str, int | None]) -> None:
        self.rooms = {
            name: limit for name, limit in {**self.rooms, **rooms}.items() if limit is not None
        }


class FakeDoctor:
    """Two findings."""

    def __init__(self) -> None:
        self.findings = [Finding(topic="store", health=Health.GOOD, text="All is well.")]
        self.mended = Mended()

    def examine(self) -> Sequence[Finding]:
        return self.findings

    def mend(self) -> Mended:
        return self.mended


class FakeEnvironments:
    """Environments that are as told."""

    def __init__(self) -> None:
        self.of: JobEnvironment | None = None
        self.found: Comparison | None = None
        self.asked: list[tuple[object, ...]] = []

    def of_job(self, ref: str) -> JobEnvironment:
        assert self.of is not None
        self.asked.append((ref,))
        return self.of

    def of_run(self, ref: str, run_id: int) -> JobEnvironment:
        assert self.of is not None
        self.asked.append((ref, run_id))
        return self.of

    def differences(
        self, ref: str, terminal: Mapping[str, str], run_id: int | None = None
    ) -> Comparison:
        assert self.found is not None
        self.asked.append((ref, terminal["PATH"], run_id))
        return self.found


class FakeOverview:
    """What the catalogue shows, at a glance."""

    def __init__(self, catalogue: FakeCatalogue, control: FakeControl) -> None:
        self._catalogue = catalogue
        self._control = control

    def look(self, ahead: int) -> Overview:
        jobs = self._catalogue.all
        due = sorted((job.next_due_at, job.id, job.name) for job in jobs if job.next_due_at)
        return Overview(
            engine=self._control.state(),
            jobs=len(jobs),
            running=(),
            needs_you=0,
            upcoming=tuple(
                Ahead(job_id=job, job_name=name, at=at) for at, job, name in due[:ahead]
            ),
        )


class FakeFacade:
    """All subjects together."""

    def __init__(self) -> None:
        self.whens = FakeWhens()
        self.catalogue = FakeCatalogue()
        self.jobs = FakeJobs(self.catalogue)
        self.transfer = FakeTransfer()
        self.history = FakeHistory(self.catalogue)
        self.statistics = FakeStatistics(self.catalogue)
        self.review = FakeReview()
        self.inbox = FakeInbox()
        self.control = FakeControl(self.history, self.catalogue)
        self.overview = FakeOverview(self.catalogue, self.control)
        self.doctor = FakeDoctor()
        self.environment = FakeEnvironments()
        self.preferences = FakePreferences()


class FakeClock:
    """A clock that stands still on the wall and runs otherwise."""

    def __init__(self) -> None:
        self._ticks = 0.0

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        self._ticks += 1.0
        return self._ticks


class FakeAutostart:
    """A system that remembers whether deskcron starts at login."""

    def __init__(self) -> None:
        self.now = AutostartState(is_on=False, place="/autostart/deskcron")

    def state(self) -> AutostartState:
        return self.now

    def enable(self) -> None:
        self.now = AutostartState(is_on=True, place=self.now.place, starts="deskcron --hidden")

    def disable(self) -> None:
        self.now = AutostartState(is_on=False, place=self.now.place)


class FakeApplication:
    """The composition root of the tests."""

    def __init__(self, resources: Path) -> None:
        self.fake = FakeFacade()
        self.opening_error: Exception | None = None
        self.is_engine_elsewhere = False
        self.holder: LockHolder | None = None
        self.foregrounds = 0
        self.serving: Callable[[Event, Callable[[Run], None] | None], None] | None = None
        self.is_closed = False
        self.openings: list[Opening] = []
        self.autostarts = {headless: FakeAutostart() for headless in (True, False)}
        self._clock = FakeClock()
        self._resources = resources

    def facade(self) -> Any:
        if self.opening_error is not None:
            raise self.opening_error
        return self.fake

    def clock(self) -> FakeClock:
        return self._clock

    def serve(
        self,
        stop: Event,
        told: Callable[[Run], None] | None = None,
        ready: Callable[[], None] | None = None,
        *,
        waits: Callable[[LockHolder], None] | None = None,
    ) -> None:
        if self.holder is not None and waits is not None:
            waits(self.holder)
        if self.is_engine_elsewhere:
            raise EngineRunning(title="An engine is running already", detail="process 4711")
        if ready is not None:
            ready()
        if self.serving is not None:
            self.serving(stop, told)
        assert stop.wait(10)

    @contextmanager
    def foreground(self) -> Iterator[None]:
        if self.is_engine_elsewhere:
            raise EngineRunning(title="An engine is running already", detail="process 4711")
        self.foregrounds += 1
        yield

    def open_window(self, opening: Opening) -> int:
        self.openings.append(opening)
        return 0

    def autostart(self, *, headless: bool) -> FakeAutostart:
        return self.autostarts[headless]

    def at_home(self, path: Path) -> FakeApplication:
        return self

    def resource(self, *parts: str) -> Path:
        return self._resources.joinpath(*parts)

    def close(self) -> None:
        self.is_closed = True


class Answer(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def application(tmp_path: Path) -> FakeApplication:
    """Return the composition root of the tests."""
    return FakeApplication(tmp_path)


@pytest.fixture
def fake(application: FakeApplication) -> FakeFacade:
    """Return its facade."""
    return application.fake


@pytest.fixture
def typed(application: FakeApplication, capfd: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Type a command and get exit code and texts."""

    def run(*arguments: str) -> Answer:
        capfd.readouterr()
        code = main(application, arguments)
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Answer(code, out, err)

    return run


@pytest.fixture
def build() -> Any:
    """Make values: build.job(name), build.run(status=...), build.item(), build.attempt()."""

    class Build:
        now = NOW
        job = staticmethod(a_job)
        run = staticmethod(a_run)
        item = staticmethod(an_item)
        attempt = staticmethod(an_attempt)
        facade = FakeFacade

    return Build


@pytest.fixture
def benchmark_clock() -> Callable[[], float]:
    """Return the processor time of this process: other work on the machine does not count."""
    return time.process_time
