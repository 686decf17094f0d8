"""Jobs with retries, chains, conditions, waits, questions and brakes for the torture.

People answer, while the engine is killed; of some jobs a twin without `exact` runs beside.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from answering import Person
from desk import command, every, wall_now
from ledger import coverage_faults, interval_dues
from torture import NOT_EXECUTED, PLAIN_ENDS, PROMPT, SETTLE_S, SWITCHED_OFF, Torture
from waiting import until

from deskcron.domain.records import InboxKind
from deskcron.domain.run import Status

SCRIPT = """\
printf '%s %s %s\\n' "$DESKCRON_RUN_ID" "$DESKCRON_ATTEMPT" "$DESKCRON_JOB" >> "$1"
[ "$2" = fail ] && exit 3
[ "$2" = retry ] && [ "$DESKCRON_ATTEMPT" -lt 3 ] && exit 3
exit 0
"""

_QUEUE = {"catch_up": "all", "catch_up_limit": 1_000, "overlap": "queue", "overlap_limit": 1_000}
_ASIDE = {**_QUEUE, "overlap": "parallel"}
_RETRY = {"retry": {"count": 2, "delay_s": 1, "growth": 1.0, "jitter": 0.0}}
_DONE = (Status.SUCCEEDED, None)
_DECLINED = (Status.SKIPPED, "declined")


PLAIN = ", plain"
UNCLEAR_ENDS = PLAIN_ENDS - {_DONE}


class Scenario(NamedTuple):
    """One job: how often, what its script does, its rules, and how its runs may end.

    `every_s` 0 stands for a job that follows the one named "retry, queue", its plain twin for one
    that follows the twin of that.
    """

    name: str
    every_s: int
    does: str
    rules: dict
    ends: frozenset
    exact: bool = True

    def twin(self):
        """Return the same job without `exact`: a kill may leave its start or end unclear."""
        name = f"{self.name}{PLAIN}"
        return self._replace(name=name, ends=self.ends | UNCLEAR_ENDS, exact=False)


EXACT = (
    Scenario("retry, queue", 8, "retry", {**_QUEUE, **_RETRY}, frozenset({_DONE})),
    Scenario("retry, parallel", 2, "retry", {**_ASIDE, **_RETRY}, frozenset({_DONE})),
    Scenario("chain", 0, "succeed", _ASIDE, frozenset({_DONE})),
    Scenario("ask", 8, "succeed", {**_QUEUE, "ask_s": 2}, frozenset({_DONE})),
    Scenario("ask, parallel", 3, "succeed", {**_ASIDE, "ask_s": 1}, frozenset({_DONE})),
    *(
        Scenario(
            f"condition, {otherwise}",
            every_s,
            "succeed",
            {**_ASIDE, "conditions": {"otherwise": otherwise, "wait_s": 4}},
            frozenset({_DONE, (Status.SKIPPED, "not-present")}),
        )
        for otherwise, every_s in (("skip", 1), ("wait", 2))
    ),
    Scenario(
        "brake",
        1,
        "fail",
        {**_QUEUE, "brake": {"failures": 3, "resume_s": 3}},
        frozenset({(Status.FAILED, "exit-code"), (Status.SKIPPED, "held")}),
    ),
)
TWINS = ("retry, queue", "chain", "ask, parallel", "condition, wait", "brake")
SCENARIOS = (*EXACT, *(one.twin() for one in EXACT if one.name in TWINS))
ANSWERED = ("ask", "ask, parallel", "condition, wait")
"""Jobs whose runs wait for what a person may answer."""
ATTEMPTS = 3
PEOPLE = 3


class RulesTorture(Torture):
    """The torture on jobs whose runs wait, are tried again and follow each other."""

    def __init__(self, desk, seed, *, is_gentle=False):
        super().__init__(desk, seed, is_gentle=is_gentle)
        self._people = []

    def prepare(self):
        """Store the jobs, and let people begin to answer."""
        script, self._switch = self._desk.note("job.sh"), self._desk.note("switch")
        script.write_text(SCRIPT, encoding="ascii")
        self._notes.touch()
        for one in SCENARIOS:
            start = wall_now() + timedelta(microseconds=self._random.randrange(1_000_000))
            rules = {**one.rules, **PROMPT}
            if "conditions" in rules:
                present = {"kind": "present", "path": str(self._switch)}
                rules["conditions"] = {**rules["conditions"], "all": [present]}
            trigger = every(one.every_s, start) if one.every_s else self._after(_before(one))
            action = command("/bin/sh", str(script), str(self._notes), one.does)
            job_id = self._desk.add(one.name, action, trigger, exact=one.exact, **rules)
            self._ids[one.name] = job_id
            self._starts[one.name] = start
        answered = [self._ids[one.name] for one in SCENARIOS if one.name.startswith(ANSWERED)]
        seeds = [self._random.random() for _person in range(PEOPLE)]
        self._people = [Person(self._desk.facade, answered, seed) for seed in seeds]

    def _after(self, name):
        return {"kind": "after", "id": "t1", "job": self._ids[name], "ending": "any"}

    def kill_one(self, number):
        """Change what the conditions look at, and kill."""
        if self._random.random() < 0.5:
            self._switch.unlink(missing_ok=True)
        else:
            self._switch.touch()
        super().kill_one(number)

    def settle(self):
        """Let the last engine catch up, switch the jobs off, and wait for what is open."""
        daemon = self._desk.daemon()
        for person in self._people:
            person.leave()
        last_row = max((run.id for run in self._desk.runs()), default=0)
        until(lambda: self._has_row_after("condition, skip", last_row), "due times are decided")
        followers = [self._ids[one.name] for one in SCENARIOS if not one.every_s]
        first = [job_id for job_id in self._ids.values() if job_id not in followers]
        self._desk.facade.jobs.set_enabled(first, enabled=False)
        until(lambda: not self._desk.open_runs(), "every run is over", SETTLE_S)
        self._desk.facade.jobs.set_enabled(followers, enabled=False)
        if daemon.stop() != 0:
            self._faults.append("the last engine ended with an error")

    def close(self):
        """End what runs, and send the people home."""
        try:
            for person in self._people:
                person.leave()
        finally:
            super().close()

    def check(self):
        """Hold rows, attempts, followers, questions and due times against each other."""
        begun = Counter(tuple(map(int, line.split(" ", 2)[:2])) for line in self._lines())
        rows = {one.name: self._desk.runs(self._ids[one.name]) for one in SCENARIOS}
        for one in SCENARIOS:
            own = rows[one.name]
            if one.every_s:
                self._fault(one.name, coverage_faults(self._dues_of(one, own), own))
            self._fault(one.name, self._fates(one, own, begun))
        for one in SCENARIOS:
            if not one.every_s:
                self._fault(one.name, _chain_faults(rows[_before(one)], rows[one.name]))
        every_row = [row for own in rows.values() for row in own]
        for person in self._people:
            self._fault("answers", person.faults(every_row))
        self._fault("answers", self._declined_by_nobody(every_row))
        self._fault("inbox", self._inbox_faults(every_row))
        self._fault(
            "inbox",
            [
                f"a question about run {entry.run_id} is left"
                for entry in self._desk.facade.inbox.waiting()
                if entry.kind is InboxKind.QUESTION
            ],
        )
        self._fault("engine.log", self._log_faults())
        self._fault("database", self._database_faults())
        self._tell(rows, begun)
        return self._faults

    def _going(self):
        return set()

    def _await_due(self):
        """Wait for the next due time of some job, and at most 30 ms longer."""
        one = self._random.choice([one for one in SCENARIOS if one.every_s])
        self._await_next(one.name, one.every_s)

    def _lines(self):
        return self._notes.read_text(encoding="utf-8").splitlines()

    def _dues_of(self, one, rows):
        return interval_dues(self._desk.facade.catalogue.show(self._ids[one.name]), rows)

    def _fates(self, one, rows, begun):
        for row in rows:
            is_cut_short = row.reason == SWITCHED_OFF or self._has_failed_off(one, row)
            fate = (row.status, row.reason)
            may_be_declined = fate == _DECLINED and one.name.startswith(ANSWERED)
            if fate not in one.ends and not is_cut_short and not may_be_declined:
                yield f"row {row.id} ended as {row.status}, {row.reason} {dict(row.reason_args)}"
            wanted = 0 if row.status in NOT_EXECUTED else ATTEMPTS if one.does == "retry" else 1
            if is_cut_short:
                wanted = row.attempt - (row.reason == SWITCHED_OFF)
            elif fate in UNCLEAR_ENDS:
                wanted = row.attempt
            times = [begun[row.id, attempt] for attempt in range(1, ATTEMPTS + 1)]
            if row.status is Status.INTERRUPTED and not times[row.attempt - 1]:
                times[row.attempt - 1] = 1  # it may have started, and has not
            if times != [1] * wanted + [0] * (ATTEMPTS - wanted):
                yield f"the attempts of run {row.id} ({row.status}) began {times} times"
            kept = len(self._desk.facade.history.attempts(row.id))
            if kept != row.attempt - 1:
                yield f"run {row.id} has kept {kept} attempts"

    def _declined_by_nobody(self, rows):
        """Say which runs are skipped as declined although no answer was taken that said so."""
        declined = set().union(*(person.declined for person in self._people))
        found = {row.id for row in rows if (row.status, row.reason) == _DECLINED}
        return [f"run {run_id} was declined by nobody" for run_id in sorted(found - declined)]

    def _has_failed_off(self, one, row):
        """Tell whether an attempt has failed that no other follows as its job was off by then."""
        if one.does != "retry" or row.status is not Status.FAILED:
            return False
        return row.ended_at >= self._desk.facade.catalogue.show(self._ids[one.name]).changed_at

    def _tell(self, rows, begun):
        told = [
            ("kills", ", ".join(f"{count} {moment}" for moment, count in self.kills.items())),
            ("rows", sum(map(len, rows.values()))),
            ("executions", begun.total()),
            ("answers taken", sum(person.count for person in self._people)),
        ]
        for label, value in told:
            print(f"{label:<28}{value}")
        for name, own in rows.items():
            fates = Counter((row.status.value, row.reason or "-") for row in own)
            for (status, reason), count in sorted(fates.items()):
                print(f"{name:<24}{status:<14}{reason:<22}{count:>7}")
        print(f"\nviolations                  {len(self._faults)}")


def _before(follower):
    """Return the name of the job that another one follows."""
    return "retry, queue" if follower.exact else f"retry, queue{PLAIN}"


def _chain_faults(before, followers):
    """Say which ends have not exactly one follower."""
    times = Counter(int(row.origin["previous_run_id"]) for row in followers)
    executed = {row.id for row in before if row.status not in NOT_EXECUTED}
    return [
        f"run {run_id} has {times[run_id]} followers"
        for run_id in sorted(executed | set(times))
        if times[run_id] != (run_id in executed)
    ]
