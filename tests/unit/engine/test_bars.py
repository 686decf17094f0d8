"""How many runs of a day are let through: the whole decision."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from deskcron.domain.braking import Brake
from deskcron.domain.hours import Hours, Window
from deskcron.domain.job import Job
from deskcron.domain.policy import Policy
from deskcron.domain.reason import Reason
from deskcron.domain.trigger import DueTime
from deskcron.engine.bars import Bars

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


class Ran:
    """Tables in which a job has run so often; they note since when that was asked."""

    def __init__(self, count: int) -> None:
        self.since: list[datetime] = []
        self._count = count
        self.runs = SimpleNamespace(executed_since=self._executed_since)

    def _executed_since(self, _job_id, since: datetime) -> int:
        self.since.append(since)
        return self._count


def let_through(rig, tables, policy: Policy, dues: int) -> list[Reason | None]:
    """Return what bars due times of one claim, a minute apart."""
    job = Job(id="j", revision=1, name="Tea", enabled=True, action=None, policy=policy)
    bar = Bars(rig.zones).of(tables, job, None)
    found = [bar(DueTime(NOON + timedelta(minutes=n), None, ())) for n in range(dues)]
    return [why.code if why else None for why in found]


@pytest.mark.parametrize(
    ("limit", "ran", "dues", "run"),
    [
        (0, 0, 3, 3),
        (0, 99, 3, 3),
        (1, 0, 1, 1),
        (1, 0, 3, 1),
        (1, 1, 3, 0),
        (3, 0, 2, 2),
        (3, 1, 3, 2),
        (3, 2, 3, 1),
        (3, 3, 3, 0),
        (3, 4, 3, 0),
    ],
)
def test_a_day_has_so_many_runs(rig, limit, ran, dues, run):
    """What has run today and what this claim lets through count together."""
    policy = Policy(brake=Brake(runs_per_day=limit))
    found = let_through(rig, Ran(ran), policy, dues)
    assert found == [None] * run + [Reason.DAILY_CAP] * (dues - run)


def test_what_its_hours_keep_from_running_is_not_counted(rig):
    """A due time outside the hours takes no run of the day away."""
    rig.zones.zone = "UTC"
    hours = Hours(windows=(Window(begin="12:02", end="18:00"),))
    policy = Policy(brake=Brake(runs_per_day=1), hours=hours)
    found = let_through(rig, Ran(0), policy, 4)
    assert found == [Reason.OUTSIDE_HOURS, Reason.OUTSIDE_HOURS, None, Reason.DAILY_CAP]


def test_a_day_begins_at_midnight_of_the_computer(rig):
    """The day is that of the clock on the wall, not of UTC."""
    rig.zones.zone = "Asia/Tokyo"
    tables = Ran(0)
    let_through(rig, tables, Policy(brake=Brake(runs_per_day=1)), 1)
    assert tables.since == [datetime(2026, 6, 30, 15, tzinfo=UTC)]
