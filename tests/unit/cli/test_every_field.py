"""Every field of every action, trigger and rule has an option, or a reason to have none."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Union, get_args, get_origin

import msgspec
import pytest

from deskcron.actions.kinds import ACTION_KINDS
from deskcron.domain.policy import Policy
from deskcron.engine.whens import Whens
from deskcron.triggers.kinds import TRIGGER_KINDS

WITHOUT = {
    "trigger.*.id": "numbers the triggers of a job; nobody chooses it",
    "trigger.once.fold": "the one hour a year that there is twice; the form asks for it",
    "trigger.interval.zone": "--tz; an interval has it for its limits alone",
    "trigger.after.job_name": "follows from the job that is named",
    "policy.conditions.all.check.timeout_s": "check: ends with a command, which may be anything",
}
"""What has no option of its own, and why."""

PROGRAM = ("--", "tool", "arg")
SCRIPT = ("--script", "/x.sh")
WEB = ("--web", "https://example.org/x")
PYTHON = ("--python", "m:f")
TIDY = ("--tidy", "/x")
REMIND = ("--remind", "x")
RULE = "*.jpg images older 30d larger 2M smaller 9M below sub -> copy Pictures"
FIELDS: dict[str, tuple[str, ...]] = {
    "action.command.program": PROGRAM,
    "action.command.arguments": PROGRAM,
    "action.command.directory": ("--cwd", "/x", *PROGRAM),
    "action.command.environment": ("--env", "A=1", *PROGRAM),
    "action.script.text": ("--shell", "true"),
    "action.script.file": SCRIPT,
    "action.script.interpreter": (*SCRIPT, "--interpreter", "bash"),
    "action.script.arguments": (*SCRIPT, "--arg", "a b", "--arg", "-c"),
    "action.script.directory": (*SCRIPT, "--cwd", "/x"),
    "action.script.environment": (*SCRIPT, "--env", "A=1"),
    "action.reminder.title": (*REMIND, "--title", "Tea"),
    "action.reminder.text": REMIND,
    "action.reminder.urgency": (*REMIND, "--urgency", "critical"),
    "action.open.target": ("--open", "https://example.org"),
    "action.web.url": WEB,
    "action.web.method": (*WEB, "--method", "HEAD"),
    "action.web.headers": (*WEB, "--header", "A: b"),
    "action.web.body": (*WEB, "--body", "x"),
    "action.web.body_type": (*WEB, "--body-type", "json"),
    "action.web.expect_status": (*WEB, "--expect", "201"),
    "action.web.expect_text": (*WEB, "--expect-text", "x"),
    "action.web.refuse_text": (*WEB, "--refuse-text", "x"),
    "action.web.timeout_s": (*WEB, "--answer-within", "2m"),
    "action.python.target": PYTHON,
    "action.python.text": ("--python-text", "pass"),
    "action.python.interpreter": (*PYTHON, "--interpreter", "/x/python"),
    "action.python.arguments": (*PYTHON, "--call-args", "[1]"),
    "action.python.directory": (*PYTHON, "--cwd", "/x"),
    "action.python.environment": (*PYTHON, "--env", "A=1"),
    "action.tidy.folder": TIDY,
    "action.tidy.rules": (*TIDY, "--rule", RULE),
    **{
        f"action.tidy.rules.{field}": (*TIDY, "--rule", RULE)
        for field in ("name", "types", "older_than_s", "larger_than", "smaller_than", "below",
                      "deed", "target")
    },
    "action.tidy.is_recursive": (*TIDY, "--recursive"),
    "action.tidy.conflict": (*TIDY, "--conflict", "skip"),
    "action.tidy.error_folder": (*TIDY, "--error-folder", "/y"),
    "action.tidy.rehearse": (*TIDY, "--apply"),
    "trigger.once.at": ("--at", "2027-01-01 09:00"),
    "trigger.once.zone": ("--at", "2027-01-01 09:00", "--tz", "Asia/Tokyo"),
    "trigger.interval.every_s": ("--every", "1h"),
    "trigger.interval.anchor": ("--every", "1h", "--count-from", "end"),
    "trigger.interval.start": ("--every", "1h", "--count-from", "2026-11-20 09:30"),
    "trigger.cron.expression": ("--cron", "0 9 * * *"),
    "trigger.cron.zone": ("--cron", "0 9 * * *", "--tz", "Asia/Tokyo"),
    "trigger.calendar.rule": ("--rrule", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1@09:00"),
    "trigger.calendar.at": ("--daily", "09:00"),
    "trigger.calendar.start_date": ("--every", "2w", "--count-from", "2026-11-01 00:00"),
    "trigger.calendar.zone": ("--daily", "09:00", "--tz", "Asia/Tokyo"),
    **{
        f"trigger.{kind}.limits{field}": (*when, *limit)
        for kind, when in (("interval", ("--every", "1h")), ("cron", ("--cron", "0 9 * * *")),
                           ("calendar", ("--daily", "09:00")))
        for field, limit in (("", ("--not-before", "2027-01-01")),
                             (".not_before", ("--not-before", "2027-01-01")),
                             (".not_after", ("--not-after", "2027-01-01 10:00")),
                             (".between", ("--between", "9-18")),
                             (".weekdays", ("--days", "mon-fri")))
    },
    "trigger.event.event": ("--on", "login"),
    "trigger.file.path": ("--watch", "/x"),
    "trigger.file.pattern": ("--watch", "/x:*.pdf"),
    "trigger.file.is_recursive": ("--watch", "/x", "--recursive"),
    "trigger.file.settle_s": ("--watch", "/x", "--settle", "9s"),
    "trigger.after.job": ("--after", "Backup"),
    "trigger.after.ending": ("--after", "Backup:any"),
    "trigger.signal.name": ("--signal", "go"),
    **{
        f"trigger.{kind}.{field}": (*when, *how)
        for kind, when in (("event", ("--on", "login")), ("file", ("--watch", "/x")),
                           ("after", ("--after", "Backup")), ("signal", ("--signal", "go")))
        for field, how in (("delay_s", ("--delay", "1m")),
                           ("random_delay_s", ("--random-delay", "1m")),
                           ("at_most_every_s", ("--at-most-every", "1h")))
    },
    "policy.catch_up": ("--catch-up", "all:7"),
    "policy.catch_up_limit": ("--catch-up", "all:7"),
    "policy.max_age_s": ("--max-age", "2d"),
    "policy.overlap": ("--overlap", "queue:4"),
    "policy.overlap_limit": ("--overlap", "queue:4"),
    "policy.timeout_s": ("--timeout", "1m"),
    "policy.grace_s": ("--grace", "1m"),
    "policy.notify": ("--notify", "never"),
    "policy.priority": ("--priority", "high"),
    "policy.exact": ("--exact",),
    "policy.retry": ("--retry", "3:5m"),
    "policy.retry.count": ("--retry", "3:5m"),
    "policy.retry.delay_s": ("--retry", "3:5m"),
    "policy.retry.growth": ("--retry-growth", "1"),
    "policy.retry.ceiling_s": ("--retry-ceiling", "2h"),
    "policy.retry.jitter": ("--retry-jitter", "0.5"),
    "policy.retry.on": ("--retry-on", "unknown"),
    "policy.exit_codes": ("--success-codes", "0,2"),
    "policy.exit_codes.success": ("--success-codes", "0,2"),
    "policy.exit_codes.warning": ("--warning-codes", "1"),
    "policy.brake": ("--brake", "3:1h"),
    "policy.brake.failures": ("--brake", "3:1h"),
    "policy.brake.resume_s": ("--brake", "3:1h"),
    "policy.brake.runs_per_day": ("--runs-per-day", "5"),
    "policy.hours": ("--holidays", "DE"),
    "policy.hours.windows": ("--only", "mon-fri 09:00-18:00"),
    "policy.hours.windows.days": ("--only", "mon-fri 09:00-18:00"),
    "policy.hours.windows.begin": ("--only", "mon-fri 09:00-18:00"),
    "policy.hours.windows.end": ("--only", "mon-fri 09:00-18:00"),
    "policy.hours.blackout": ("--not-on", "2026-12-24"),
    "policy.hours.holidays": ("--holidays", "DE"),
    "policy.conditions": ("--need", "online"),
    "policy.conditions.all": ("--need", "online"),
    "policy.conditions.all.battery-above.percent": ("--need", "battery:30"),
    "policy.conditions.all.idle.for_s": ("--need", "idle:10m"),
    "policy.conditions.all.load-below.percent": ("--need", "load:50"),
    "policy.conditions.all.present.path": ("--need", "present:/x"),
    "policy.conditions.all.free-space.path": ("--need", "free:/x:5GB"),
    "policy.conditions.all.free-space.megabytes": ("--need", "free:/x:5GB"),
    "policy.conditions.all.process.name": ("--need", "no-process:x"),
    "policy.conditions.all.process.is_wanted": ("--need", "no-process:x"),
    "policy.conditions.all.check.command": ("--need", "check:true"),
    "policy.conditions.all.success-older.than_s": ("--need", "success-older:12h"),
    "policy.conditions.otherwise": ("--unmet", "wait:2h"),
    "policy.conditions.wait_s": ("--unmet", "wait:2h"),
    "policy.ask_s": ("--ask", "1m"),
    "policy.lane": ("--lane", "disk"),
    "policy.environment": ("--environment", "minimal"),
    "policy.environment.base": ("--environment", "minimal"),
    "policy.environment.path_prefix": ("--path-prefix", "/x"),
    "policy.nice": ("--nice", "5"),
    "policy.io": ("--io", "idle"),
    "policy.keep_awake": ("--keep-awake",),
    "policy.soft_timeout_s": ("--soft-timeout", "1m"),
    "policy.output_limit_mb": ("--output-limit", "5"),
    "policy.output_over": ("--output-over", "stop"),
    "policy.watchdogs": ("--watch-errors",),
    "policy.watchdogs.no_success_s": ("--watch-success", "2d"),
    "policy.watchdogs.not_started_s": ("--watch-start", "10m"),
    "policy.watchdogs.slower_than": ("--watch-slower", "3"),
    "policy.watchdogs.smaller_than": ("--watch-smaller", "0.5"),
    "policy.watchdogs.errors": ("--watch-errors",),
    "policy.pings": ("--ping-start", "https://x"),
    "policy.pings.start": ("--ping-start", "https://x"),
    "policy.pings.success": ("--ping-success", "https://x"),
    "policy.pings.failure": ("--ping-failure", "https://x"),
}  # fmt: skip
"""What is typed to set a field to something that it is not by default."""


def _structs(kind: Any) -> Iterator[tuple[str, type[msgspec.Struct]]]:
    """Yield the structs that a field may hold, each with its tag where it has one of several."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        tag = kind.__struct_config__.tag
        yield (f".{tag}" if tag else ""), kind
    elif get_origin(kind) in {tuple, Union, types.UnionType}:
        for part in get_args(kind):
            yield from _structs(part)


def _paths(struct: type[msgspec.Struct], prefix: str) -> Iterator[str]:
    for field in msgspec.structs.fields(struct):
        path = f"{prefix}.{field.encode_name}"
        yield path
        for tag, held in _structs(field.type):
            yield from _paths(held, path + tag)


ALL = [
    *(path for kind, found in ACTION_KINDS.items() for path in _paths(found, f"action.{kind}")),
    *(path for kind, found in TRIGGER_KINDS.items() for path in _paths(found, f"trigger.{kind}")),
    *_paths(Policy, "policy"),
]


def test_every_field_is_named_here():
    """A new field needs an option, or a reason; a reason goes with its field."""
    excused = {path for path in ALL if path in WITHOUT or _starred(path) in WITHOUT}
    assert set(ALL) - excused == FIELDS.keys()
    assert {name for path in excused for name in (path, _starred(path))} >= WITHOUT.keys()


def _starred(path: str) -> str:
    """Return a path with a star in place of the kind."""
    kind, *_kind, field = path.split(".")
    return f"{kind}.*.{field}"


class _Berlin:
    def local_zone(self) -> str:
        return "Europe/Berlin"


class _Noon:
    def now(self) -> datetime:
        return datetime(2026, 11, 20, 12, tzinfo=UTC)


def _found(value: Any, path: list[str]) -> list[Any]:
    """Return what stands at the end of a path in a document, of each that a list has."""
    if isinstance(value, list):
        return [found for one in value for found in _found(one, path)]
    if not path:
        return [value]
    if path[0] == value.get("kind") and len(path) > 1:
        return _found(value, path[1:])
    if path[0] not in value:
        return []
    return [value[path[0]]] if len(path) == 1 else _found(value[path[0]], path[1:])


def _default(path: str) -> Any:
    """Return what a field has where nobody says anything, None where it has to be said."""
    kind, *rest = path.split(".")
    struct: Any = Policy
    if kind != "policy":
        struct = (ACTION_KINDS if kind == "action" else TRIGGER_KINDS)[rest.pop(0)]
    default: Any = None
    while rest:
        if isinstance(struct, dict):
            struct = struct[f".{rest.pop(0)}"]
        name = rest.pop(0)
        field = next(one for one in msgspec.structs.fields(struct) if one.encode_name == name)
        default = None if field.default is msgspec.NODEFAULT else field.default
        held = dict(_structs(field.type))
        struct = held.get("", held)
    return msgspec.to_builtins(default)


def _part(path: str) -> str:
    """Return the part of a document that has a field."""
    return path.rpartition(".")[0]


@pytest.mark.parametrize("part", sorted({_part(path) for path in FIELDS}))
def test_an_option_sets_each_field(typed, fake, part):
    """What is typed stands in the document, and is not what would be there anyway."""
    fake.whens = Whens(_Berlin(), _Noon())
    for path in (path for path in FIELDS if _part(path) == part):
        begin = () if path.startswith("action.") else REMIND
        answer = typed("add", "X", *begin, *FIELDS[path])
        assert answer.code == 0, (path, answer.err)
        document = fake.jobs.added[-1]
        kind, *rest = path.split(".")
        value = document["triggers"] if kind == "trigger" else document[kind]
        found = _found(value, rest)
        assert found, (path, document)
        assert found[0] != _default(path), path


@pytest.mark.parametrize(
    ("typed_as", "trigger"),
    [
        (("--every", "12h", "--count-from", "start"), {"anchor": "start"}),
        (("--every", "12h", "--count-from", "2026-11-20 09:30"),
         {"start": "2026-11-20T09:30:00+01:00", "anchor": "grid"}),
        (("--every", "12h", "--tz", "Asia/Tokyo", "--count-from", "2026-11-20 09:30"),
         {"start": "2026-11-20T09:30:00+09:00"}),
        (("--every", "2w", "--count-from", "2026-11-02"),
         {"start_date": "2026-11-02", "at": "00:00", "rule": "FREQ=WEEKLY;BYDAY=MO;INTERVAL=2"}),
        (("--every", "2d", "--count-from", "2026-12-01 09:00"),
         {"start_date": "2026-12-01", "at": "09:00"}),
        (("--every", "2d", "--count-from", "7d"), {"start_date": "2026-11-13", "at": "13:00"}),
        (("--rrule", "FREQ=DAILY;INTERVAL=3@07:00", "--count-from", "2026-11-05"),
         {"start_date": "2026-11-05", "at": "07:00"}),
        (("--daily", "9:00", "--not-before", "2027-01-01", "--not-after", "2027-01-31"),
         {"limits": {"not_before": "2027-01-01T00:00", "not_after": "2027-01-31T23:59:59"}}),
        (("--cron", "* * * * *", "--between", "9-18:30", "--days", "sat,sun"),
         {"limits": {"between": "09:00-18:30", "weekdays": ["sat", "sun"]}}),
        (("--rrule", "freq=daily;interval=3@7:00"),
         {"rule": "FREQ=DAILY;INTERVAL=3", "at": "07:00"}),
    ],
)  # fmt: skip
def test_recurring_times_are_bounded(typed, fake, typed_as, trigger):
    """A day alone has the whole of it; what is not said of a rule stays as it is by default.

    Whole days count from a time at that time of day, in the zone that was given.
    """
    fake.whens = Whens(_Berlin(), _Noon())
    answer = typed("add", "X", *REMIND, *typed_as)
    assert answer.code == 0, answer.err
    [made] = fake.jobs.added[0]["triggers"]
    assert {**made, **trigger} == made


def test_what_is_counted_from_is_about_the_rules_that_count(typed, fake):
    """A rule of fixed times beside them stays as it is."""
    fake.whens = Whens(_Berlin(), _Noon())
    beside = ("--daily", "09:00", "--cron", "0 9 * * *")
    for counted_from in ("end", "2026-11-02 10:00"):
        answer = typed("add", "X", *REMIND, "--every", "12h", *beside, "--count-from", counted_from)
        assert answer.code == 0, answer.err
    by_run, by_time = (made["triggers"] for made in fake.jobs.added)
    assert [part.get("anchor") for part in by_run] == ["end", None, None]
    assert by_time[0]["start"] == "2026-11-02T10:00:00+01:00"
    assert by_time[1:] == by_run[1:]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((*REMIND, "--between", "9-18"), "--between has nothing to apply to"),
        ((*REMIND, "--at", "2027-01-01 09:00", "--count-from", "end"), "--count-from has nothing"),
        ((*REMIND, "--daily", "09:00", "--count-from", "end"), "--count-from does not fit"),
        ((*REMIND, "--rrule", "FREQ=DAILY@09:00", "--count-from", "end"), "--count-from does not"),
        ((*REMIND, "--every", "2d", "--count-from", "end"), "--count-from does not fit"),
        ((*REMIND, "--cron", "0 9 * * *", "--count-from", "2026-12-01"), "--not-before"),
        ((*REMIND, "--daily", "09:00", "--count-from", "2026-12-01"), "--count-from does not fit"),
        (
            (*REMIND, "--daily", "09:00", "--between", "mon-fri 9-18"),
            "--between was not understood",
        ),
        ((*REMIND, "--arg", "x"), "--arg does not fit"),
        ((*SCRIPT, "--title", "x"), "--title does not fit"),
        ((*SCRIPT, "--answer-within", "1m"), "--answer-within does not fit"),
    ],
)
def test_options_out_of_place_are_refused(typed, fake, arguments, words):
    """An option that would have no effect is an error, not a surprise."""
    fake.whens = Whens(_Berlin(), _Noon())
    answer = typed("add", "X", *arguments)
    assert answer.code == 2
    assert words in answer.err
    assert not fake.jobs.added


def test_arguments_of_a_script_are_taken_away(typed, fake):
    """An empty one stands for none, as with tags."""
    fake.catalogue.document["action"] = {"kind": "script", "file": "/x.sh", "arguments": ["a"]}
    assert typed("edit", "Backup", "--arg", "").code == 0
    assert fake.jobs.saved[-1][1]["action"]["arguments"] == []
