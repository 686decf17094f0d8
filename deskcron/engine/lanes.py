"""Say which lanes there are, who runs in them now, and give them room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from deskcron.domain.codec import UNDECODABLE
from deskcron.domain.lane import LaneUse
from deskcron.domain.preferences import ONE_AT_ONCE
from deskcron.domain.run import Running, Status
from deskcron.domain.storage import Tables


class _Rules(msgspec.Struct, frozen=True):
    lane: str = ""


class _Document(msgspec.Struct, frozen=True):
    """The part of a document that names a lane: to decode the whole of all jobs takes long."""

    policy: _Rules = _Rules()


_document_in = msgspec.json.Decoder(_Document).decode


def lanes_in(tables: Tables, limits: Mapping[str, int]) -> Sequence[LaneUse]:
    """Return the lanes that have a limit of their own or a job, by name."""
    jobs: dict[str, list[str]] = defaultdict(list)
    for line in tables.jobs.lines(finished=True, tag=None):
        if lane := _lane_in(line.job.body):
            jobs[lane].append(line.job.name)
    going = _going(tables) if jobs or limits else {}
    return [
        LaneUse(
            name=name,
            limit=limits.get(name, ONE_AT_ONCE),
            runs=tuple(going.get(name, ())),
            jobs=tuple(jobs.get(name, ())),
        )
        for name in sorted({*jobs, *limits})
    ]


def runs_in(tables: Tables, lane: str) -> Sequence[Running]:
    """Return the runs that go on in a lane, oldest first."""
    return _going(tables).get(lane, ())


def with_rooms(limits: Mapping[str, int], rooms: Mapping[str, int | None]) -> dict[str, int]:
    """Return limits with some of them set anew; None leaves a lane with room for one."""
    wanted = {**limits, **rooms}
    return {name: limit for name, limit in wanted.items() if limit is not None}


def _going(tables: Tables) -> Mapping[str, list[Running]]:
    """Return the runs that go on, by their lanes, by the revisions that run."""
    found: dict[str, list[Running]] = defaultdict(list)
    for run in (one.run for one in tables.runs.open_runs()):
        body = tables.jobs.body(run.job_id, run.revision) if run.status is Status.RUNNING else None
        if body is not None and (lane := _lane_in(body)):
            found[lane].append(run.as_running())
    return found


def _lane_in(body: bytes) -> str:
    try:
        return _document_in(body).policy.lane
    except UNDECODABLE:
        return ""
