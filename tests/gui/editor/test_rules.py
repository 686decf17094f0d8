"""The rules of a job come out of the form as they went in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskcron.domain.errors import Problem
from deskcron.domain.policy import Policy
from deskcron.gui.editor.conditionkinds import condition_words
from deskcron.gui.editor.morerules import MoreRules
from deskcron.gui.editor.offers import Offers
from deskcron.gui.editor.rulegroups import rule_groups
from deskcron.gui.editor.rulessection import RulesSection
from deskcron.gui.editor.usualrules import UsualRules
from deskcron.gui.theme.labels import ElidedLabel
from tests.gui.editor.conftest import StandingClock

LENGTHS = st.integers(1, 30 * 86_400)
RETRY = st.fixed_dictionaries(
    {
        "count": st.integers(0, 100),
        "delay_s": LENGTHS,
        "growth": st.sampled_from([1.0, 1.5, 2.0, 100.0]),
        "ceiling_s": LENGTHS,
        "jitter": st.sampled_from([0.0, 0.07, 0.1, 0.29, 1.0]),
        "on": st.sampled_from([["failed"], ["failed", "timed-out"], ["interrupted", "unknown"]]),
    }
)
EXIT_CODES = st.fixed_dictionaries(
    {
        "success": st.lists(st.integers(0, 255)),
        "warning": st.lists(st.integers(0, 255)),
    }
)
BRAKE = st.fixed_dictionaries(
    {
        "failures": st.integers(0, 1000),
        "resume_s": st.none() | LENGTHS,
        "runs_per_day": st.integers(0, 100_000),
    }
)
TIMES = st.times().map(lambda time: f"{time:%H:%M}")
HOURS = st.fixed_dictionaries(
    {
        "windows": st.lists(
            st.fixed_dictionaries(
                {
                    "begin": TIMES,
                    "end": TIMES,
                    "days": st.sampled_from([[], ["mon"], ["sat", "sun"]]),
                }
            ),
            max_size=3,
        ),
        "blackout": st.lists(st.sampled_from(["2026-12-24", "2026-12-24/2027-01-02"]), max_size=2),
        "holidays": st.sampled_from(["", "DE", "DE-BY", "XX"]),
    }
)
CONDITION = st.sampled_from(
    [
        {"kind": "on-mains"},
        {"kind": "battery-above", "percent": 30},
        {"kind": "online"},
        {"kind": "idle", "for_s": 90},
        {"kind": "load-below", "percent": 400},
        {"kind": "present", "path": "/media/backup"},
        {"kind": "free-space", "path": "~", "megabytes": 500_000},
        {"kind": "process", "name": "steam", "is_wanted": False},
        {"kind": "undisturbed"},
        {"kind": "check", "command": "ping -c1 example.org", "timeout_s": 5},
        {"kind": "success-older", "than_s": 86_400},
    ]
)
CONDITIONS = st.fixed_dictionaries(
    {
        "all": st.lists(CONDITION, max_size=4),
        "otherwise": st.sampled_from(["skip", "wait", "run"]),
        "wait_s": LENGTHS,
    }
)
POLICIES = st.fixed_dictionaries(
    {
        "retry": RETRY,
        "exit_codes": EXIT_CODES,
        "brake": BRAKE,
        "hours": HOURS,
        "conditions": CONDITIONS,
        "ask_s": st.just(0) | LENGTHS,
        "lane": st.sampled_from(["", "disk"]),
        "nice": st.integers(0, 19),
        "io": st.sampled_from(["normal", "idle"]),
        "keep_awake": st.booleans(),
        "output_limit_mb": st.none() | st.integers(1, 10_000),
        "output_over": st.sampled_from(["keep-newest", "stop"]),
        "soft_timeout_s": st.none() | LENGTHS,
        "watchdogs": st.fixed_dictionaries(
            {
                "no_success_s": st.none() | LENGTHS,
                "not_started_s": st.none() | LENGTHS,
                "slower_than": st.sampled_from([None, 1.5, 10.0]),
                "smaller_than": st.sampled_from([None, 0.1, 0.5, 0.255]),
                "errors": st.booleans(),
            }
        ),
        "pings": st.fixed_dictionaries(
            {
                "start": st.sampled_from(["", "https://example.org/${secret:A}"]),
                "success": st.just(""),
                "failure": st.sampled_from(["", "https://example.org/fail"]),
            }
        ),
        "environment": st.fixed_dictionaries(
            {
                "base": st.sampled_from(["login", "session", "minimal"]),
                "path_prefix": st.lists(st.sampled_from(["~/bin", "/opt/bin"]), max_size=2),
            }
        ),
        "exact": st.booleans(),
        "grace_s": LENGTHS,
    }
)


def section(offers: Offers | None = None) -> RulesSection:
    """Return the rules of a new form."""
    groups = rule_groups(StandingClock(), offers or Offers())
    return RulesSection(UsualRules(), MoreRules(groups))


def unfolded(policy: dict[str, Any]) -> RulesSection:
    """Return the rules with the fields of all groups."""
    rules = section()
    rules.load(policy)
    for group in rules.more.groups.values():
        group.set_open(is_open=True)
    return rules


@pytest.mark.parametrize("name", ["timeout_s", "grace_s", "max_age_s"])
def test_lengths_are_kept_to_the_second(qtbot: QtBot, name: str) -> None:
    """A length that no larger unit holds evenly is not rounded."""
    rules = section()
    qtbot.addWidget(rules)
    rules.load({name: 90})
    assert rules.values()[name] == 90


def test_every_rule_of_a_policy_has_its_place_in_the_form(qtbot: QtBot) -> None:
    """Rules that are new in the core are not forgotten."""
    rules = unfolded({})
    qtbot.addWidget(rules)
    shown = {path.partition(".")[0] for path in rules.fields()}
    with_another = {"overlap", "catch_up"}  # stand in one field with their limit
    assert shown | with_another | {"notify"} == {one.name for one in fields(Policy)}


@given(POLICIES)
def test_what_is_shown_of_the_rules_is_what_was_stored(qapp: QApplication, policy: Any) -> None:
    """Built anew from its fields, each group is as it was; touched or not."""
    rules = unfolded(policy)
    values = rules.values()
    assert {name: values[name] for name in policy} == policy
    for name, group in rules.more.groups.items():
        part = group.part
        assert part is not None
        built = part.values()
        wanted = policy.get(name, policy)
        assert {key: built[key] for key in built if key in wanted} == {
            key: wanted[key] for key in built if key in wanted
        }


def test_rules_that_nobody_set_stay_away_from_the_document(qtbot: QtBot) -> None:
    """Looking at the groups sets nothing."""
    rules = unfolded({})
    qtbot.addWidget(rules)
    assert set(rules.more.values()) == set()
    assert not any(group.words() for group in rules.more.groups.values())


def test_the_rules_are_unfolded_where_something_is_set(qtbot: QtBot) -> None:
    """A line in words says what, and the fields are not made before they are looked at."""
    rules = section()
    qtbot.addWidget(rules)
    rules.load({"retry": {}, "grace_s": 10})
    assert not rules.more.is_open()
    rules.load({"retry": {"count": 3}, "brake": {"runs_per_day": 5}})
    assert rules.more.is_open()
    retry = rules.more.groups["retry"]
    assert not retry.is_open()
    assert retry.part is None
    assert "up to 3 times" in retry.words()
    assert rules.more.groups["brake"].words() == "At most 5 runs a day"
    assert rules.more.groups["hours"].words() == ""


def test_unknown_values_survive_a_change_beside_them(qtbot: QtBot) -> None:
    """What a newer version stored in a group, a window or a condition is kept."""
    policy = {
        "retry": {"count": 1, "mood": "calm"},
        "watchdogs": {"errors": True, "bark": "loud"},
        "hours": {"windows": [{"begin": "09:00", "end": "10:00", "colour": "red"}]},
        "conditions": {"all": [{"kind": "idle", "for_s": 60, "room": "den"}]},
    }
    rules = unfolded(policy)
    qtbot.addWidget(rules)
    assert {name: rules.values()[name] for name in policy} == policy
    control(rules, "retry.count").setValue(2)
    control(rules, "hours.holidays").setText("FR")
    control(rules, "watchdogs.no_success_s").set_seconds(60)
    control(rules, "conditions.all.0.for_s").set_seconds(120)
    values = rules.values()
    assert values["retry"]["mood"] == "calm"
    assert values["retry"]["count"] == 2
    assert values["watchdogs"]["bark"] == "loud"
    assert values["watchdogs"]["no_success_s"] == 60
    assert values["hours"]["windows"][0]["colour"] == "red"
    assert values["conditions"]["all"] == [{"kind": "idle", "for_s": 120, "room": "den"}]


@pytest.mark.parametrize(
    "policy",
    [
        {"conditions": {"all": [{"kind": "full-moon"}]}},
        {"hours": {"windows": [{"begin": "noon"}]}},
        {"retry": {"count": "often"}},
        {"brake": []},
    ],
)
def test_rules_that_cannot_be_shown_are_kept_word_for_word(qtbot: QtBot, policy: Any) -> None:
    """A group beyond the form is shown to be read and comes back as it was."""
    rules = unfolded(policy)
    qtbot.addWidget(rules)
    (name,) = policy
    assert rules.more.groups[name].words() == "Kept as it is"
    assert rules.values()[name] == policy[name]
    assert not any(path.startswith(name) for path in rules.fields())


def test_conditions_are_added_changed_and_removed(qtbot: QtBot) -> None:
    """Each kind has its own fields, which problems name by the place of the condition."""
    rules = unfolded({})
    qtbot.addWidget(rules)
    rows = control(rules, "conditions.all")
    for _kind in condition_words():
        rows.add()
    for index, kind in enumerate(condition_words()):
        control(rules, f"conditions.all.{index}.kind").set_value(kind)
    conditions = rules.values()["conditions"]["all"]
    assert [one["kind"] for one in conditions] == list(condition_words())
    for index, one in enumerate(conditions):
        for name in one:
            assert f"conditions.all.{index}.{name}" in rules.fields()
    assert not rules.fields()["conditions.otherwise"].isHidden()
    for row in list(rows.rows())[1:]:
        rows.remove(row)
    assert rules.values()["conditions"]["all"] == [{"kind": "on-mains"}]


def test_a_place_is_shown_and_found_by_its_name(qtbot: QtBot) -> None:
    """Codes are for documents; they may be typed as well, and nothing typed is lost."""
    offers = Offers()
    rules = section(offers)
    qtbot.addWidget(rules)
    rules.load({"hours": {"holidays": "DE-BY"}})
    with qtbot.waitSignal(offers.places_wanted):
        rules.more.groups["hours"].set_open(is_open=True)
    field = control(rules, "hours.holidays")
    assert field.text() == "DE-BY"
    offers.take_places({"DE": {"BY": "Bayern"}, "FR": {}})
    assert field.text() == "Germany: Bayern"
    assert rules.values()["hours"] == {"holidays": "DE-BY"}
    for typed, code in (("france", "FR"), ("de", "DE"), ("Atlantis", "Atlantis"), ("", "")):
        field.setText(typed)
        assert field.code() == code


def test_a_day_without_runs_becomes_a_span_once_it_ends_later(qtbot: QtBot) -> None:
    """The last day goes along with the first until it is chosen."""
    rules = unfolded({})
    qtbot.addWidget(rules)
    control(rules, "hours.blackout").add()
    days = control(rules, "hours.blackout.0")
    days.first.set_iso("2026-12-24")
    assert rules.values()["hours"]["blackout"] == ["2026-12-24"]
    days.last.set_iso("2026-12-26")
    days.first.set_iso("2026-12-25")
    assert rules.values()["hours"]["blackout"] == ["2026-12-25/2026-12-26"]


def test_what_is_no_number_is_told_and_stays(qtbot: QtBot) -> None:
    """An exit code that is none keeps the job from being saved."""
    rules = unfolded({})
    qtbot.addWidget(rules)
    field = control(rules, "exit_codes.warning")
    field.setText("3; 4")
    (problem,) = rules.own_problems()
    assert problem.field == "policy.exit_codes.warning"
    assert "“3;”" in problem.message
    field.setText("3 4")
    assert rules.values()["exit_codes"]["warning"] == [3, 4]
    assert not rules.own_problems()


def test_a_problem_makes_the_field_that_it_is_about(qtbot: QtBot) -> None:
    """A folded group has no fields until a problem needs one."""
    rules = section()
    qtbot.addWidget(rules)
    rules.load({"retry": {"count": 1, "delay_s": -5}})
    rules.make_fields([Problem("policy.retry.delay_s", "wrong"), Problem("name", "none")])
    rules.reveal(rules.fields()["retry.delay_s"])
    assert rules.more.groups["retry"].is_open()


def test_a_reminder_has_the_rules_that_matter_to_it(qtbot: QtBot) -> None:
    """It starts nothing that could fail."""
    rules = section()
    qtbot.addWidget(rules)
    rules.show_for("reminder")
    shown = [name for name, one in rules.more.groups.items() if not one.isHidden()]
    assert shown == ["hours", "conditions"]


def test_the_folded_rules_name_what_is_in_them(qtbot: QtBot) -> None:
    """Nothing is promised to a reminder, or said to be set, that it has no field for."""
    rules = section()
    qtbot.addWidget(rules)
    rules.load({"retry": {"count": 3}})
    summary = rules.more.findChild(ElidedLabel)
    assert "3" in summary.text()
    rules.show_for("reminder")
    assert summary.text() == "hours and days, conditions"
    rules.show_for("command")
    assert "3" in summary.text()


def control(rules: RulesSection, path: str) -> Any:
    """Return the control of a field; Any: each has a class of its own."""
    return rules.fields()[path].control
