"""Look at the clock and the zone: whether they can be believed, and what they did lately."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from deskcron.domain.answers import Finding
from deskcron.domain.ports import Clock, EngineLock, Zones
from deskcron.domain.storage import Store
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import local_and_relative, measured
from deskcron.engine.checks.finding import bad, good, note
from deskcron.engine.clockjumps import ClockJump, jumps_in
from deskcron.engine.lastseen import last_seen
from deskcron.engine.rulestamp import RuleStamp

LATELY = timedelta(days=7)
BEHIND = timedelta(minutes=1)


class TimeCheck:
    """Look at what due times are worked out from.

    `is_clock_kept` tells whether a time service keeps the clock right, None where nobody knows.
    """

    def __init__(
        self,
        store: Store,
        lock: EngineLock,
        zones: Zones,
        clock: Clock,
        is_clock_kept: Callable[[], bool | None],
    ) -> None:
        self._store = store
        self._lock = lock
        self._zones = zones
        self._clock = clock
        self._is_clock_kept = is_clock_kept

    def findings(self) -> Iterator[Finding]:
        """Go through what there is to say."""
        now = self._clock.now()
        yield self._present(now)
        yield from self._past(now)
        yield self._zone()

    def _present(self, now: datetime) -> Finding:
        seen_at = self._store.read(last_seen)
        if seen_at is not None and seen_at > now + BEHIND:
            text = _("The clock is behind the newest run in the history.")
            why = _("What it shows now it has shown before, so due times may be wrong.")
            return bad("clock", text, why, _("Set the clock of the computer."))
        is_kept = self._is_clock_kept()
        if is_kept is None:
            return good("clock", _("The clock agrees with the history."))
        if is_kept:
            return good("clock", _("A time service keeps the clock right."))
        text = _("No time service keeps the clock right.")
        why = _("A clock that drifts starts jobs early or late.")
        hint = _("Have the system set date and time by itself, such as by: timedatectl set-ntp on")
        return note("clock", text, why, hint)

    def _past(self, now: datetime) -> Iterator[Finding]:
        """Tell of jumps that an engine has seen; ahead they are mostly sleep."""
        jumps = [jump for jump in self._store.read(jumps_in) if now - jump.at < LATELY]
        ahead = [jump for jump in jumps if jump.seconds > 0]
        back = [jump for jump in jumps if jump.seconds < 0]
        if back:
            text = ngettext(
                "The clock was set back {count} time in the last days, {last}.",
                "The clock was set back {count} times in the last days, the last time {last}.",
                len(back),
            )
            why = _("What had run already does not run again when its time comes again.")
            hint = _("If nobody set it, look at the time service and the battery of the clock.")
            yield note("jumps", text.format(count=len(back), last=_told(back[-1], now)), why, hint)
        if ahead:
            text = ngettext(
                "The clock went ahead {count} time in the last days, in sleep or set, {last}.",
                "The clock went ahead {count} times in the last days, in sleep or set, "
                "the last time {last}.",
                len(ahead),
            )
            yield good("jumps", text.format(count=len(ahead), last=_told(ahead[-1], now)))

    def _zone(self) -> Finding:
        here, fault = RuleStamp.present(self._zones), self._zones.fault()
        why = _("Jobs that follow the computer's time zone run at another time.")
        if fault:
            text = _("The computer's time zone is not known, so it counts as UTC: {fault}")
            hint = _("Set the time zone in the settings of the system, and TZ to nothing.")
            return note("zone", text.format(fault=fault), why, hint)
        planned = self._store.read(RuleStamp.stored)
        text = _("The computer's time zone is {zone}, by zone rules of version {rules}.")
        text = text.format(zone=here.zone, rules=here.rules.removeprefix("+"))
        if planned is None or planned == here or self._lock.holder() is None:
            return good("zone", text)
        theirs = _("The engine still goes by {zone} and version {rules}.")
        text = f"{text} {theirs.format(zone=planned.zone, rules=planned.rules)}"
        hint = _("It looks once a minute. If that does not help, restart it.")
        return note("zone", text, why, hint)


def _told(jump: ClockJump, now: datetime) -> str:
    text = _("by {length}, {time}")
    return text.format(length=measured(abs(jump.seconds)), time=local_and_relative(jump.at, now))
