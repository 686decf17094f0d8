"""Unite the triggers of a job: next due time, and what was due in a span of time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice, takewhile

from deskcron.domain.trigger import (
    Backlog,
    Due,
    DueTime,
    RuleContext,
    Trigger,
    UnknownTrigger,
)

_MOST_WALKED = 10_000
"""Due times counted one by one before "at least that many" has to do."""
_FIRST_WINDOW = timedelta(minutes=1)
_SMALLEST_STEP = timedelta(seconds=1)


class Schedule:
    """The due times of a job: those of all its triggers, each instant once."""

    def __init__(self, triggers: Sequence[Trigger | UnknownTrigger], context: RuleContext) -> None:
        self._triggers = tuple(
            trigger for trigger in triggers if not isinstance(trigger, UnknownTrigger)
        )
        self._context = context

    @property
    def follows_runs(self) -> bool:
        """Say whether a due time moves with the start or end of runs."""
        return any(trigger.relative_to is not None for trigger in self._triggers)

    def next_after(self, after: datetime) -> DueTime | None:
        """Return the first due time later than `after`; raises BadInput for an unusable rule."""
        return next(self.walk(after), None)

    def walk(self, after: datetime) -> Iterator[DueTime]:
        """Yield the due times later than `after` in order.

        A trigger that counts from the last run yields once: the rest depends on that run.
        """
        return self._walk(after, after)

    def _walk(self, after: datetime, origin: datetime) -> Iterator[DueTime]:
        """Yield the due times later than `after`, of a span that begins at `origin`."""
        heads = [self._head(trigger, after, origin) for trigger in self._triggers]
        while (at := min((head.at for head in heads if head), default=None)) is not None:
            due = {index: head for index, head in enumerate(heads) if head and head.at == at}
            wall = next((head.wall for head in due.values() if head.wall), None)
            yield DueTime(at, wall, tuple(self._triggers[index].id for index in due))
            for index in due:
                heads[index] = self._following(self._triggers[index], at)

    def backlog(self, after: datetime, until: datetime, keep: int) -> Backlog | None:
        """Return what was due in (after, until], at most `keep` of the newest; None for none."""
        first = self.next_after(after)
        if first is None or first.at > until:
            return None
        keep = max(1, keep)
        count = self._tally(after, until)
        if count is None or count <= keep:
            latest: deque[DueTime] = deque(maxlen=keep)
            walked = 0
            most = max(_MOST_WALKED, keep)
            for due in islice(self._span(after, until, after), most + 1):
                latest.append(due)
                walked += 1
            if walked <= most:
                return Backlog(walked, True, first, tuple(latest))
            at_least = max(most, count or 0)
            return Backlog(at_least, False, first, self._newest(after, until, keep))
        return Backlog(count, True, first, self._newest(after, until, keep))

    def _head(self, trigger: Trigger, after: datetime, origin: datetime) -> Due | None:
        """Return the trigger's first due time later than `after`.

        An overdue time that counts from the last run is due when the span begins, only then.
        """
        if trigger.relative_to is None:
            return trigger.next_after(after, self._context)
        due = trigger.next_after(origin, self._context)
        return due if due is not None and due.at > after else None

    def _following(self, trigger: Trigger, at: datetime) -> Due | None:
        return None if trigger.relative_to else trigger.next_after(at, self._context)

    def _span(self, after: datetime, until: datetime, origin: datetime) -> Iterator[DueTime]:
        return takewhile(lambda due: due.at <= until, self._walk(after, origin))

    def _tally(self, after: datetime, until: datetime) -> int | None:
        """Count by arithmetic where a single trigger can; more may share an instant."""
        if len(self._triggers) != 1:
            return None
        return self._triggers[0].tally(after, until, self._context)

    def _newest(self, after: datetime, until: datetime, keep: int) -> tuple[DueTime, ...]:
        """Return the last `keep` due times of a span that has more, from windows at its end.

        The window grows until it holds enough, then shrinks until it does not hold far too
        many, so that little is walked for any mixture of rules.
        """
        most = 8 * keep + 64
        span = until - after
        too_short, width, too_long = timedelta(0), min(_FIRST_WINDOW, span), span
        is_growing = True
        while True:
            found = tuple(islice(self._span(until - width, until, after), most))
            if len(found) == most and width - too_short > _SMALLEST_STEP:
                is_growing, too_long = False, width
            elif len(found) < keep and width < span:
                too_short = width
            elif len(found) == most:
                return tuple(deque(self._span(until - width, until, after), maxlen=keep))
            else:
                return found[-keep:]
            width = min(width * 4, span) if is_growing else (too_short + too_long) / 2
