"""What bars a job from running at a due time or event, whatever else is going on."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from deskcron.domain.deciding import Bar
from deskcron.domain.hours import HolidayName, Hours
from deskcron.domain.job import Job
from deskcron.domain.ports import Zones
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import Hold
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import DueTime


def no_bar(_due: DueTime) -> Why | None:
    """Let everything run."""
    return None


class Bars:
    """Hours, holidays, a hold and the number of runs in a day. Thread: any."""

    def __init__(self, zones: Zones, holiday_name: HolidayName = lambda _place, _day: None) -> None:
        self._zones = zones
        self._holiday_name = holiday_name

    def of(self, tables: Tables, job: Job, hold: Hold | None) -> Bar:
        """Return what says of each due time of a job why it may not run."""
        policy = job.policy
        if hold is not None:
            return lambda _due: hold.why
        has_hours = policy.hours.is_set
        if not has_hours and not policy.brake.runs_per_day:
            return no_bar
        zone, admitted = ZoneInfo(self._zones.local_zone()), 0

        def bar(due: DueTime) -> Why | None:
            nonlocal admitted
            local = due.at.astimezone(zone)
            why = self._hours_bar(policy.hours, local) if has_hours else None
            limit = policy.brake.runs_per_day
            if why is None and limit:
                ran = tables.runs.executed_since(job.id, _midnight(local, zone))
                if ran + admitted >= limit:
                    return Why(Reason.DAILY_CAP, {"limit": limit})
                admitted += 1
            return why

        return bar

    def opens(self, tables: Tables, job: Job, at: datetime) -> datetime | None:
        """Return from when on, `at` or later, nothing bars the job; None for never.

        A hold is left aside. With the runs of a day used up that is the next day at the earliest.
        """
        zone, bar = ZoneInfo(self._zones.local_zone()), self.of(tables, job, None)
        local = at.astimezone(zone)
        for _ in range(2):  # today and, with the runs of the day used up, from tomorrow on
            opens = self._hours_open(job.policy.hours, local)
            if opens is None or bar(DueTime(opens.astimezone(UTC), None, ())) is None:
                return None if opens is None else opens.astimezone(UTC)
            local = _midnight(opens + timedelta(days=1), zone).astimezone(zone)
        return None

    def closed(self, job: Job, at: datetime) -> Why | None:
        """Return what hours or day of an instant keep a job from running, None for nothing."""
        if not job.policy.hours.is_set:
            return None
        return self._hours_bar(job.policy.hours, at.astimezone(ZoneInfo(self._zones.local_zone())))

    def reopens(self, job: Job, at: datetime) -> datetime | None:
        """Return when, `at` or later, hours and days let a job run; None for never."""
        local = at.astimezone(ZoneInfo(self._zones.local_zone()))
        opens = self._hours_open(job.policy.hours, local)
        return None if opens is None else opens.astimezone(UTC)

    def ran_today(self, tables: Tables, job: Job, now: datetime) -> int:
        """Count the runs of the day that has begun, as a limit of runs a day does."""
        zone = ZoneInfo(self._zones.local_zone())
        return tables.runs.executed_since(job.id, _midnight(now.astimezone(zone), zone))

    def _hours_bar(self, hours: Hours, local: datetime) -> Why | None:
        """Return what keeps a job from running; hours that are none do, too, and nothing else."""
        try:
            return hours.bar(local, self._holiday_name)
        except ValueError as error:
            return Why(Reason.UNREADABLE, {"error": str(error)})

    def _hours_open(self, hours: Hours, local: datetime) -> datetime | None:
        try:
            return hours.opens(local, self._holiday_name)
        except ValueError:
            return None


def _midnight(local: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(local.date(), time(), zone).astimezone(UTC)
