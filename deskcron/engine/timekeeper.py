"""Notice what time does: sleep, clocks set forwards and back, zones and zone rules changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from deskcron.domain.ports import Clock, Zones
from deskcron.domain.records import StoredJob
from deskcron.domain.storage import Store, Tables
from deskcron.engine import elapsing
from deskcron.engine.absences import close_absence
from deskcron.engine.clockjumps import ClockJump, remember
from deskcron.engine.lastseen import forget_last_seen, last_seen
from deskcron.engine.planner import Planner
from deskcron.engine.rulestamp import RuleStamp

logger = logging.getLogger(__name__)

JUMP_S = 2.0
"""Differences between wall and monotonic clock up to this size are no jump."""
SLEEP_S = 10.0
"""A jump ahead of this size counts as sleep where the system does not know of sleep."""
SYNC_WAIT_S = 120.0
ZONE_LOOK_S = 60.0
ZONE_LOOK_SOON_S = 2.0
"""After a jump: what a machine says of its zone may be a second old, or follow the clock. And after
a look that failed."""
CHUNK = 500


class Timekeeper:
    """Keep due times right when the clock or the zone is not what it was. Thread: tick."""

    def __init__(
        self,
        store: Store,
        planner: Planner,
        zones: Zones,
        clock: Clock,
        claim_soon: Callable[[], None],
        slept: Callable[[], None],
    ) -> None:
        self._store = store
        self._planner = planner
        self._zones = zones
        self._clock = clock
        self._claim_soon = claim_soon
        self._slept = slept
        self._offset_s = self._offset()
        self._asleep_s = clock.asleep_s()
        self._rules_due_s = clock.monotonic() + ZONE_LOOK_S

    def await_sync(self, wait: Callable[[float], object]) -> None:
        """At start: give a clock that is behind the history a while to be set, then accept it.

        An answer of `wait` that is true ends the waiting at once: nobody needs the time any more.
        """
        seen_at = self._store.read(last_seen)
        if seen_at is None:
            return
        limit_s = self._clock.monotonic() + SYNC_WAIT_S
        if self._clock.now() >= seen_at - timedelta(seconds=JUMP_S):
            return
        logger.warning("The clock is behind the history; waiting for it to be set")
        while self._clock.monotonic() < limit_s:
            if self._clock.now() >= seen_at - timedelta(seconds=JUMP_S):
                break
            if wait(1.0):
                return
        else:
            self._set_back(self._clock.now(), self._clock.now() - seen_at)
        self._offset_s = self._offset()

    def check_rules(self) -> None:
        """Compute due times anew where zone or zone rules differ, or the clock was set back.

        The next hour's first. What fails is owed until it succeeds, by this engine or the next.
        """
        stamp = RuleStamp.present(self._zones)
        self._zones.renew()
        stored = self._store.read(RuleStamp.stored)
        if stored == stamp:
            return
        if stored is not None:
            logger.info(
                "Planning anew: zone rules %s in %s, before %s in %s",
                *(stamp.rules, stamp.zone, stored.rules, stored.zone),
            )
            now = self._clock.now()
            soon = now + timedelta(hours=1)
            due = self._store.read(lambda tables: tables.jobs.due(soon, -1))
            self._replan([one.job for one in due if one.job is not None], now)
            self._replan(self._store.read(lambda tables: list(tables.jobs.live())), now)
            self._claim_soon()
        self._store.write(stamp.store)

    def tick(self) -> None:
        """Compare the clocks; to be called about once a second."""
        offset_s = self._offset()
        jump_s = offset_s - self._offset_s
        if jump_s < -JUMP_S:
            logger.warning("The clock was set back by %.0f s", -jump_s)
            self._set_back(self._clock.now(), timedelta(seconds=jump_s))
        self._offset_s = offset_s
        if jump_s > JUMP_S:
            logger.info("The clock went ahead by %.0f s, in sleep or set", jump_s)
            self._claim_soon()
        if self._was_asleep(jump_s):
            self._slept()
        now_s = self._clock.monotonic()
        has_jumped = abs(jump_s) > JUMP_S
        if has_jumped:
            self._rules_due_s = now_s
        if jump_s > JUMP_S:
            self._remember_ahead(jump_s)
        if now_s >= self._rules_due_s:
            self._rules_due_s = now_s + ZONE_LOOK_SOON_S
            self.check_rules()
            if not has_jumped:
                self._rules_due_s = now_s + ZONE_LOOK_S

    def _was_asleep(self, jump_s: float) -> bool:
        """Tell whether the machine was asleep since the last look."""
        before_s, self._asleep_s = self._asleep_s, self._clock.asleep_s()
        if before_s is None or self._asleep_s is None:
            return jump_s > SLEEP_S
        return self._asleep_s - before_s > JUMP_S

    def _remember_ahead(self, seconds: float) -> None:
        jump = ClockJump(self._clock.now(), seconds)
        self._store.write(lambda tables: remember(tables, jump))

    def is_steady(self) -> bool:
        """Tell whether the clock is as it was, or what waits is moved along. Thread: any."""
        return abs(self._offset() - self._offset_s) <= JUMP_S

    def _offset(self) -> float:
        return self._clock.now().timestamp() - self._clock.monotonic()

    def _set_back(self, now: datetime, shift: timedelta) -> None:
        """Move what counts from the clock, and let all due times be computed anew."""
        shift_us = shift // timedelta(microseconds=1)
        outdated = RuleStamp.present(self._zones).outdated()

        def set_back(tables: Tables) -> None:
            tables.jobs.set_back(now, shift_us)
            elapsing.set_back(tables, now, shift)
            close_absence(tables)
            forget_last_seen(tables)
            remember(tables, ClockJump(now, shift.total_seconds()))
            outdated.store(tables)

        self._store.write(set_back)

    def _replan(self, jobs: list[StoredJob], now: datetime) -> None:
        for start in range(0, len(jobs), CHUNK):
            chunk = jobs[start : start + CHUNK]

            def plan(tables: Tables, chunk: list[StoredJob] = chunk) -> None:
                for known in chunk:
                    stored = tables.jobs.get(known.id)
                    if stored is not None:
                        self._planner.plan(tables, stored, now)

            self._store.write(plan)
