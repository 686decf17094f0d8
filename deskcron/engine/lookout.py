"""Look at the machine as it is now, for a person who asks: conditions, and watched paths."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from threading import Thread

from deskcron.domain.conditions import Check, Condition, Holds, Present, Situation
from deskcron.domain.conditionwords import condition_words
from deskcron.domain.job import Job
from deskcron.domain.machine import Machine
from deskcron.domain.outlook import ConditionsNow, Unmet
from deskcron.domain.ports import Clock
from deskcron.domain.reason import Why
from deskcron.domain.run import JobId

LOOK_S = 2.0
"""A person waits no longer than that; a disk that has to spin up answers the next time."""
FRESH_S = 5.0
"""So long a look counts as present: who follows an answer asks again with every change."""


class Lookout:
    """Ask the machine, for all conditions side by side. Thread: any, not the GUI's.

    `machine` gives it when the first job with conditions is asked about.
    """

    def __init__(self, machine: Callable[[], Machine], clock: Clock) -> None:
        self._machine = machine
        self._clock = clock
        self._last: tuple[tuple[JobId, int], float, ConditionsNow] | None = None

    def look(self, job: Job, last_success_at: datetime | None) -> ConditionsNow | None:
        """Return which conditions of a job hold now, None where it has none."""
        rule, about = job.policy.conditions, (job.id, job.revision)
        if not rule.all:
            return None
        last, now_s = self._last, self._clock.monotonic()
        if last is not None and last[0] == about and now_s - last[1] < FRESH_S:
            return last[2]
        asked = [one for one in rule.all if not isinstance(one, Check)]
        here = Situation(self._machine(), self._clock.now(), last_success_at)
        answers = self._answers(asked, here)
        found = [(one, answers.get(index)) for index, one in enumerate(asked)]
        present = ConditionsNow(
            unmet=tuple(
                Unmet(reason=why.code, reason_args=why.args)
                for _one, why in found
                if isinstance(why, Why)
            ),
            unknown=tuple(condition_words(one) for one, why in found if why is Holds.UNKNOWN),
            unanswered=tuple(condition_words(one) for one, why in found if why is None),
            checks=tuple(one.command for one in rule.all if isinstance(one, Check)),
            otherwise=rule.otherwise,
            wait_s=rule.wait_s,
        )
        self._last = about, self._clock.monotonic(), present
        return present

    def missing(self, paths: Sequence[str]) -> Collection[str]:
        """Return those of some paths at which nothing is now; one that is silent is none of them.

        Each is looked at once, and counts as conditions count it: a disk that is not mounted is
        not there.
        """
        if not paths:
            return ()
        paths = tuple(dict.fromkeys(paths))
        asked = [Present(path=path) for path in paths]
        answers = self._answers(asked, Situation(self._machine(), self._clock.now(), None))
        return [paths[index] for index, why in answers.items() if isinstance(why, Why)]

    def _answers(self, asked: Sequence[Condition], here: Situation) -> Mapping[int, Why | Holds]:
        """Return what those conditions say, by their place, that answer in time."""
        answers: dict[int, Why | Holds] = {}

        def ask(index: int, condition: Condition) -> None:
            answers[index] = condition.look(here)

        threads = [
            Thread(target=ask, args=each, name=f"asks-condition-{each[0]}", daemon=True)
            for each in enumerate(asked)
        ]
        for thread in threads:
            thread.start()
        until_s = self._clock.monotonic() + LOOK_S
        for thread in threads:
            thread.join(max(0.0, until_s - self._clock.monotonic()))
        return dict(answers)
