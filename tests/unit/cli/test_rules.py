"""The options for rules and events: which document comes of what is typed."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.cli.eventoptions import ENDINGS, OCCASIONS, SETTLE_S, parse_after, parse_watch
from deskcron.cli.hoursoptions import parse_blackout, parse_window
from deskcron.cli.needoptions import parse_need
from deskcron.domain.concealing import masked_text
from deskcron.domain.conditionwords import condition_words
from deskcron.domain.daywords import date_text
from deskcron.domain.errors import BadInput
from deskcron.domain.hours import Window, days_of
from deskcron.domain.pattern import WEEKDAYS
from deskcron.domain.policy import Policy
from deskcron.domain.policyproblems import policy_problems
from deskcron.domain.policywords import policy_words, window_words
from deskcron.domain.timewords import exact_duration, length_words
from deskcron.engine.whens import Whens
from deskcron.triggers.afterjob import Ending
from deskcron.triggers.filechange import FileChange
from deskcron.triggers.occasion import OccasionKind

TIMING = {"delay_s": 0, "random_delay_s": 0, "at_most_every_s": 0}


def length_s(text: str) -> int:
    """Read a length of time as the program does."""
    return Whens(None, None).duration_s(text)


@pytest.fixture
def policy(typed, fake):
    """Type an add with these options and return the policy of its document."""

    def typed_policy(*arguments: str):
        answer = typed("add", "x", "--remind", "y", *arguments)
        assert answer.code == 0, answer.err
        return fake.jobs.added[-1]["policy"]

    return typed_policy


@pytest.fixture
def edited(typed, fake):
    """Type an edit of a job with this policy and return the policy after it."""

    def typed_edit(before, *arguments: str):
        fake.catalogue.document["policy"] = before
        answer = typed("edit", "Backup", *arguments)
        assert answer.code == 0, answer.err
        return fake.jobs.saved[-1][1]["policy"]

    return typed_edit


@pytest.fixture
def triggers(typed, fake):
    """Type an add with these options and return its triggers."""

    def typed_triggers(*arguments: str):
        answer = typed("add", "x", "--remind", "y", *arguments)
        assert answer.code == 0, answer.err
        return fake.jobs.added[-1]["triggers"]

    return typed_triggers


# rules


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--retry", "3"], {"retry": {"count": 3}}),
        (["--retry", "3:5m"], {"retry": {"count": 3, "delay_s": 300, "ceiling_s": 3600}}),
        (["--retry", "3:0"], {"retry": {"count": 3, "delay_s": 0, "ceiling_s": 3600}}),
        (["--retry", "2:2h"], {"retry": {"count": 2, "delay_s": 7200, "ceiling_s": 7200}}),
        (
            ["--retry", "2:1m", "--retry-growth", "1.5", "--retry-ceiling", "10m"],
            {"retry": {"count": 2, "delay_s": 60, "growth": 1.5, "ceiling_s": 600}},
        ),
        (
            ["--retry", "1", "--retry-on", "failed, interrupted"],
            {"retry": {"count": 1, "on": ["failed", "interrupted"]}},
        ),
        (["--success-codes", "0,2,2"], {"exit_codes": {"success": [0, 2]}}),
        (["--warning-codes", "1"], {"exit_codes": {"warning": [1]}}),
        (["--environment", "minimal"], {"environment": {"base": "minimal"}}),
        (
            ["--path-prefix", "~/bin", "--path-prefix", "/opt"],
            {"environment": {"path_prefix": ["~/bin", "/opt"]}},
        ),
        (["--brake", "3"], {"brake": {"failures": 3, "resume_s": None}}),
        (["--brake", "3:1h"], {"brake": {"failures": 3, "resume_s": 3600}}),
        (["--runs-per-day", "4"], {"brake": {"runs_per_day": 4}}),
        (["--overlap", "replace"], {"overlap": "replace"}),
        (
            ["--only", "mon-fri 9:00-18:00", "--only", "sat"],
            {
                "hours": {
                    "windows": [
                        {
                            "days": ["mon", "tue", "wed", "thu", "fri"],
                            "begin": "09:00",
                            "end": "18:00",
                        },
                        {"days": ["sat"]},
                    ]
                }
            },
        ),
        (
            ["--not-on", "2026-12-24", "--not-on", "2026-12-24 .. 2027-01-02"],
            {"hours": {"blackout": ["2026-12-24", "2026-12-24/2027-01-02"]}},
        ),
        (["--holidays", "de-by"], {"hours": {"holidays": "DE-BY"}}),
        (
            ["--need", "online", "--unmet", "wait:2h"],
            {"conditions": {"all": [{"kind": "online"}], "otherwise": "wait", "wait_s": 7200}},
        ),
        (["--unmet", "run"], {"conditions": {"otherwise": "run"}}),
        (["--ask", "60s"], {"ask_s": 60}),
        (
            ["--lane", "disk", "--nice", "10", "--io", "idle"],
            {"lane": "disk", "nice": 10, "io": "idle"},
        ),
        (
            ["--keep-awake", "--soft-timeout", "5m", "--output-limit", "5"],
            {"keep_awake": True, "soft_timeout_s": 300, "output_limit_mb": 5},
        ),
        (["--output-over", "stop"], {"output_over": "stop"}),
        (
            ["--watch-success", "2d", "--watch-start", "10m", "--watch-errors"],
            {"watchdogs": {"no_success_s": 172_800, "not_started_s": 600, "errors": True}},
        ),
        (
            ["--watch-slower", "2.5", "--watch-smaller", "0.5"],
            {"watchdogs": {"slower_than": 2.5, "smaller_than": 0.5}},
        ),
        (
            ["--ping-start", "https://x/1", "--ping-failure", "https://x/2"],
            {"pings": {"start": "https://x/1", "failure": "https://x/2"}},
        ),
    ],
)
def test_a_rule_is_typed(policy, arguments, part):
    """Each option has its field, and what comes of it can be read and saved."""
    found = policy(*arguments)
    assert found == part
    assert policy_problems(msgspec.convert(found, Policy)) == []


@pytest.mark.parametrize(
    ("before", "arguments", "after"),
    [
        (
            {"retry": {"count": 3, "delay_s": 9, "growth": 4.0}},
            ["--retry", "5"],
            {"retry": {"count": 5, "delay_s": 9, "growth": 4.0}},
        ),
        ({"retry": {"count": 3}}, ["--retry", "none"], {"retry": {"count": 0}}),
        (
            {"retry": {"on": ["interrupted"]}},
            ["--retry-on", "none"],
            {"retry": {"on": ["failed", "timed-out"]}},
        ),
        (
            {"exit_codes": {"success": [2], "warning": [3]}},
            ["--success-codes", "none", "--warning-codes", "none"],
            {"exit_codes": {"success": [0], "warning": []}},
        ),
        (
            {"environment": {"base": "session", "path_prefix": ["/opt"]}},
            ["--path-prefix", "none"],
            {"environment": {"base": "session", "path_prefix": []}},
        ),
        (
            {"brake": {"failures": 3, "resume_s": 60, "runs_per_day": 2}},
            ["--brake", "none"],
            {"brake": {"failures": 0, "resume_s": None, "runs_per_day": 2}},
        ),
        (
            {"brake": {"failures": 3, "runs_per_day": 2}},
            ["--runs-per-day", "none"],
            {"brake": {"failures": 3, "runs_per_day": 0}},
        ),
        (
            {"hours": {"windows": [{}], "blackout": ["2026-01-01"], "holidays": "DE"}},
            ["--only", "none", "--not-on", "none", "--holidays", "none"],
            {"hours": {"windows": [], "blackout": [], "holidays": ""}},
        ),
        (
            {"hours": {"blackout": ["2026-01-01"], "holidays": "DE"}},
            ["--not-on", "2027-01-01"],
            {"hours": {"blackout": ["2027-01-01"], "holidays": "DE"}},
        ),
        (
            {"conditions": {"all": [{"kind": "online"}], "otherwise": "wait"}},
            ["--need", "none"],
            {"conditions": {"all": [], "otherwise": "wait"}},
        ),
        ({"lane": "disk", "nice": 5}, ["--lane", "none"], {"lane": "", "nice": 5}),
        ({"nice": 5}, ["--nice", "none"], {"nice": 0}),
        ({"ask_s": 60, "exact": True}, ["--ask", "none"], {"ask_s": 0, "exact": True}),
    ],
)
def test_an_edit_keeps_the_rest_of_a_rule(edited, before, arguments, after):
    """What is not given stays, none takes away, and a repeatable option replaces what there was."""
    assert edited(before, *arguments) == after


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--retry", "often"], "'often' is no whole number"),
        (["--retry", "-1"], "no whole number"),
        (["--retry", "3:soon"], "not a length of time"),
        (["--retry-growth", "x"], "'x' is no number"),
        (["--retry-on", "failed,odd"], "'odd' is not one of failed, timed-out"),
        (["--success-codes", "0,x"], "'x' is no whole number"),
        (["--brake", "3:"], "not a length of time"),
        (["--only", "someday"], "'someday' is no day of the week"),
        (["--only", "mon tue"], "no hours of some days"),
        (["--only", "09:00-10:00 11:00-12:00"], "no hours of some days"),
        (["--only", " "], "no hours of some days"),
        (["--not-on", "2026-02-30"], "'2026-02-30' is no day"),
        (["--not-on", "2026-12-24..2026-12-23"], "is no day"),
        (["--need", "sunshine"], "'sunshine' is no condition"),
        (["--need", "online:x"], "is no condition"),
        (["--need", "idle"], "is no condition"),
        (["--need", "idle:"], "is no condition"),
        (["--need", "battery:many"], "'many' is no percentage"),
        (["--need", "free:/home"], "lacks a place or a size"),
        (["--need", "free:/home:big"], "lacks a place or a size"),
        (["--need", "free::5GB"], "lacks a place or a size"),
        (["--need", "free: :5GB"], "lacks a place or a size"),
        (["--watch", ""], "A path is missing"),
        (["--watch", " "], "A path is missing"),
        (["--unmet", "hope"], "'hope' is none of its words"),
        (["--unmet", "skip:2h"], "is none of its words"),
        (["--ask", "soon"], "not a length of time"),
        (["--nice", "very"], "'very' is no whole number"),
    ],
)
def test_what_is_typed_wrong_is_named(typed, fake, arguments, word):
    """It is exit 2 in words, and nothing is saved."""
    answer = typed("add", "x", "--remind", "y", *arguments)
    assert answer.code == 2
    assert word in answer.err
    assert fake.jobs.added == []


lengths = st.integers(min_value=1, max_value=30 * 86_400)
names = st.text(st.characters(categories=["L", "N"], include_characters=" -_"), min_size=1).map(
    lambda text: f"x{text.strip()}"
)
needs = st.one_of(
    st.sampled_from(
        [
            ("on-mains", "plugged in"),
            ("online", "a network"),
            ("undisturbed", "notifications are on"),
        ]
    ),
    st.integers(0, 99).map(lambda number: (f"battery:{number}", f"more than {number} %")),
    st.integers(1, 100).map(lambda number: (f"load:{number}%", f"less than {number} %")),
    st.integers(1, 99).map(lambda number: (f"free:/a:b:{number}GB", f"{number}000 MB are free")),
    lengths.map(lambda s: (f"idle:{exact_duration(s)}", f"for {length_words(s)}")),
    lengths.map(lambda s: (f"success-older:{exact_duration(s)}", f"for {length_words(s)}")),
    names.map(lambda name: (f"present:/{name}", f"/{name} is there")),
    names.map(lambda name: (f"process:{name}", f"{name} is running")),
    names.map(lambda name: (f"no-process:{name}", f"{name} is not running")),
    names.map(lambda name: (f"check:{name}: x", f"“{masked_text(f'{name}: x')}”")),
)


@given(needs)
def test_words_name_each_condition_that_was_typed(need):
    """What `show` says has the number, length, path or name that was typed."""
    text, fragment = need
    assert fragment in condition_words(parse_need(text, length_s))


times = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda t: f"{t[0]:02}:{t[1]:02}")


@given(st.lists(st.sampled_from(WEEKDAYS), unique=True), times, times)
def test_words_name_the_hours_that_were_typed(days, begin, end):
    """Days and times come back, whatever their order."""
    window = msgspec.convert(parse_window(f"{','.join(days)} {begin}-{end}"), Window)
    assert set(window.days) == set(days)
    assert (window.begin, window.end) == (begin, end)
    words = window_words(window)
    assert begin == end == "00:00" or words.endswith(f"{begin}-{end}")


@given(st.dates(), st.dates())
def test_days_that_were_typed_are_named(one, other):
    """First and last day are kept, and told."""
    first, last = sorted([one, other])
    blackout = parse_blackout(f"{first}..{last}")
    assert days_of(blackout) == (first, last)
    policy = msgspec.convert({"hours": {"blackout": [blackout]}}, Policy)
    assert policy_words(policy) == [f"Not from {date_text(first)} to {date_text(last)}"]


def test_a_day_ends_at_24_hours():
    """24:00 is the end of a day, and hours need no minutes."""
    assert parse_window("sat 18-24:00") == {"days": ["sat"], "begin": "18:00", "end": "00:00"}


# events


def test_the_words_of_the_command_line_are_those_of_the_core():
    """Each occasion, ending and default is offered as the core has it."""
    assert set(OCCASIONS) == {kind.value for kind in OccasionKind}
    assert set(ENDINGS) == {ending.value for ending in Ending}
    assert FileChange(id="t1", path="/").settle_s == SETTLE_S


def test_events_are_typed(triggers, tmp_path, monkeypatch):
    """Each has its trigger with all its fields, and the delays are for all of them."""
    monkeypatch.chdir(tmp_path)
    found = triggers(
        *("--daily", "09:00", "--on", "network-up", "--watch", "scans:*.pdf", "--recursive"),
        *("--settle", "5s", "--after", "Backup:any", "--signal", "go"),
        *("--delay", "1m", "--random-delay", "2m", "--at-most-every", "1h"),
    )
    timing = {"delay_s": 60, "random_delay_s": 120, "at_most_every_s": 3600}
    assert found == [
        {"kind": "daily", "id": "t1", "text": "09:00", "zone": "local"},
        {"kind": "event", "event": "network-up", "id": "t2", **timing},
        {
            "kind": "file",
            "path": str(tmp_path / "scans"),
            "pattern": "*.pdf",
            "is_recursive": True,
            "settle_s": 5,
            "id": "t3",
            **timing,
        },
        {
            "kind": "after",
            "job": "a1b2c3d4e5f6",
            "job_name": "Backup",
            "ending": "any",
            "id": "t4",
            **timing,
        },
        {"kind": "signal", "name": "go", "id": "t5", **timing},
    ]


def test_an_event_that_is_there_already_counts_once(typed, fake):
    """Adding it again to a stored job is noted."""
    stored = {"kind": "signal", "name": "go", "id": "t1", **TIMING}
    fake.catalogue.document["triggers"] = [stored]
    answer = typed("edit", "Backup", "--add-when", "--signal", "go", "--signal", "stop")
    assert answer.code == 0
    assert "Note: --signal go is there already; it counts once." in answer.err
    assert [raw["name"] for raw in fake.jobs.saved[-1][1]["triggers"]] == ["go", "stop"]


def test_a_job_to_follow_has_to_be_there(typed, fake):
    """An unknown one is exit 3, and nothing is saved."""
    assert typed("add", "x", "--remind", "y", "--after", "nobody").code == 3
    assert fake.jobs.added == []


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("Tea", ("Tea", "success")),
        ("Tea:failure", ("Tea", "failure")),
        ("Tea: at five", ("Tea: at five", "success")),
        (":any", ("", "any")),
    ],
)
def test_a_name_with_a_colon_is_a_name(text, parsed):
    """Only the words for ends are cut off."""
    assert parse_after(text) == parsed


def test_a_path_with_a_colon_is_a_path(tmp_path, monkeypatch):
    """What is there is taken as it is; else what follows the last colon is a pattern of names."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a:b").touch()
    assert parse_watch("a:b") == (str(tmp_path / "a:b"), "")
    assert parse_watch("c:*.pdf") == (str(tmp_path / "c"), "*.pdf")
    assert parse_watch("c:d/e") == (str(tmp_path / "c:d/e"), "")
    assert parse_watch("c:") == (str(tmp_path / "c:"), "")


def test_a_pattern_for_a_file_is_refused(typed, fake, tmp_path):
    """A file has no files whose names could match."""
    file = tmp_path / "notes.txt"
    file.touch()
    answer = typed("add", "x", "--remind", "y", "--watch", f"{file}:*.pdf")
    assert answer.code == 2
    assert "is a file, not a folder" in answer.err
    assert fake.jobs.added == []


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--delay", "1m"], "--delay has nothing to apply to"),
        (["--at-most-every", "1m", "--daily", "09:00"], "--at-most-every has nothing"),
        (["--settle", "1m", "--on", "login"], "--settle has nothing"),
        (["--recursive"], "--recursive does not fit this job"),
        (["--never", "--on", "login"], "--never stands alone"),
        (["--never", "--daily", "09:00"], "--never stands alone"),
        (["--tz", "UTC", "--on", "login"], "--tz has nothing to apply to"),
        (["--on", "login", "--delay", "soon"], "not a length of time"),
    ],
)
def test_what_belongs_to_nothing_is_refused(typed, fake, arguments, word):
    """An option without effect is bad input, not silence."""
    answer = typed("add", "x", "--remind", "y", *arguments)
    assert answer.code == 2
    assert word in answer.err
    assert fake.jobs.added == []


def test_never_takes_all_times_away(typed, fake):
    """A job that had times runs by hand only; a new one needs no word for that."""
    assert typed("edit", "Backup", "--never").code == 0
    assert fake.jobs.saved[-1][1]["triggers"] == []
    assert typed("add", "x", "--remind", "y", "--never").code == 0
    assert fake.jobs.added[-1]["triggers"] == []


def test_recursive_is_about_what_is_given_with_it(typed, fake, tmp_path):
    """Beside --watch it leaves the folder that is tidied alone, unless that is given as well."""
    fake.catalogue.document["action"] = {"kind": "tidy", "folder": "/a", "rules": []}
    assert typed("edit", "Backup", "--watch", "/b", "--recursive").code == 0
    saved = fake.jobs.saved[-1][1]
    assert saved["triggers"][0]["is_recursive"] is True
    assert "is_recursive" not in saved["action"]
    assert typed("edit", "Backup", "--tidy", "/c", "--watch", "/b", "--recursive").code == 0
    assert fake.jobs.saved[-1][1]["action"]["is_recursive"] is True


def test_next_explains_an_event(typed, fake):
    """A rule that follows events has no times ahead, and is told all the same."""
    fake.catalogue.describe = lambda triggers, start=None: "When you log in"
    fake.catalogue.preview = lambda triggers, n, start: []
    assert typed("next", "--on", "login").out == "When you log in\nNo times ahead.\n"


def test_a_job_that_waits_for_its_event_is_told_as_such(typed, fake, build, monkeypatch):
    """After saving it is said that it runs at its event, and that nobody listens yet."""
    summary = build.job("x", next_due_at=None, listens=True)
    original = fake.jobs.add
    monkeypatch.setattr(
        fake.jobs,
        "add",
        lambda document: msgspec.structs.replace(original(document), job=summary),
    )
    fake.control.is_running = False
    answer = typed("add", "x", "--remind", "y", "--on", "login")
    assert "  Next: at its event\n" in answer.out
    assert "No engine is running" in answer.err


def test_a_path_is_meant_here_and_now(tmp_path, monkeypatch):
    """Conditions on paths are found wherever the engine runs."""
    monkeypatch.chdir(tmp_path)
    assert parse_need("present:usb", length_s).path == str(tmp_path / "usb")
    assert parse_need("free:.:500", length_s).path == str(tmp_path)
    with pytest.raises(BadInput, match="cannot be found"):
        parse_need("present:~nobody-of-this-name/x", length_s)


# defaults


def test_defaults_are_set_shown_and_cleared(typed, fake):
    """Rules that are given join those there are, until all are cleared."""
    assert typed("defaults").out == "New jobs start from the usual rules.\n"
    answer = typed("defaults", "set", "--retry", "3:5m", "--notify", "failure")
    assert answer.out.splitlines()[0] == "New jobs start from these rules:"
    assert "  A banner for failures only\n" in answer.out
    assert typed("defaults", "set", "--retry-growth", "1").code == 0
    assert typed("defaults", "--json").json == {
        "retry": {"count": 3, "delay_s": 300, "ceiling_s": 3600, "growth": 1.0},
        "notify": "failure",
    }
    assert typed("defaults", "clear").out == "New jobs start from the usual rules.\n"
    assert fake.preferences.rules == {}
    assert typed("defaults", "set").code == 2


def test_a_new_job_starts_from_the_defaults(policy, fake):
    """What is typed goes first, within a rule as well."""
    fake.preferences.rules = {"notify": "never", "retry": {"count": 3, "growth": 1.0}}
    assert policy("--retry", "5", "--exact") == {
        "notify": "never",
        "retry": {"count": 5, "growth": 1.0},
        "exact": True,
    }


def test_lanes_are_given_room_and_shown(typed, fake):
    """Room is given to several at once, shown with jobs and runs, and taken back by none."""
    assert typed("lanes").out.startswith("No lanes.")
    answer = typed("lanes", "disk=2", "my net = 3")
    assert answer.code == 0, answer.err
    assert fake.preferences.rooms == {"disk": 2, "my net": 3}
    assert answer.out.splitlines() == [
        "LANE    ROOM  NOW  JOBS",
        "disk    2     1    Backup",
        "my net  3     1    Backup",
    ]
    [lane, _other] = typed("lanes", "--json").json
    assert (lane["name"], lane["limit"], lane["jobs"]) == ("disk", 2, ["Backup"])
    assert lane["runs"][0]["run_id"] == 12
    typed("lanes", "disk=none")
    assert fake.preferences.rooms == {"my net": 3}


@pytest.mark.parametrize("text", ["disk", "=2", "disk=", "disk=two", "disk=-1"])
def test_room_that_is_none_is_refused(typed, fake, text):
    """What is no name with a number changes nothing and says how it is written."""
    answer = typed("lanes", "net=2", text)
    assert answer.code == 2
    assert fake.preferences.rooms == {}


def test_an_edit_leaves_the_defaults_alone(edited, fake):
    """A job that is there keeps its own rules."""
    fake.preferences.rules = {"notify": "never"}
    assert edited({"retry": {"count": 1}}, "--exact") == {"retry": {"count": 1}, "exact": True}
