"""What a form is told about its draft, and what it can begin with."""

from __future__ import annotations

import os

import msgspec
import pytest

from deskcron.domain.reason import Reason
from deskcron.domain.tidying import FileType, Tidying
from deskcron.engine.drafting import Drafting
from deskcron.engine.preferences import PreferencesService
from deskcron.system.resources import resource

REMIND = {"kind": "reminder"}
NOON = "0 12 * * *"
PLACES = {"DE": {"BY": "Bavaria"}}


@pytest.fixture
def drafting(rig) -> Drafting:
    """Return the help for forms over the rig's store."""
    return Drafting(
        rig.store,
        rig.definitions,
        rig.drafts,
        resource,
        rig.zones,
        rig.clock,
        lambda: PLACES,
        rig.bars,
    )


def cron(number: int, expression: str) -> dict[str, str]:
    """Return a trigger."""
    return {"id": f"t{number}", "kind": "cron", "expression": expression}


def fields(look) -> list[str]:
    """Return the fields with problems."""
    return [problem.field for problem in look.problems]


def test_a_good_draft_shows_words_and_times(drafting: Drafting) -> None:
    """A draft without problems shows each rule in words and the next five times."""
    look = drafting.look({"name": "Tea", "triggers": [cron(1, NOON)], "action": REMIND})
    assert look.rules == ("Every day at 12:00",)
    assert [f"{one.wall:%d %H:%M}" for one in look.upcoming] == [
        "02 12:00", "03 12:00", "04 12:00", "05 12:00", "06 12:00",
    ]  # fmt: skip
    assert not look.problems


def test_the_good_rules_are_shown_while_another_one_is_wrong(drafting: Drafting) -> None:
    """Usable rules keep their words and times; the problem names the other by its place."""
    triggers = [cron(1, "x"), cron(2, NOON)]
    look = drafting.look({"name": "Tea", "triggers": triggers, "action": REMIND})
    assert look.rules == ("", "Every day at 12:00")
    assert len(look.upcoming) == 5
    assert {one.triggers for one in look.upcoming} == {("t2",)}
    assert fields(look) == ["triggers.0.expression"]


@pytest.mark.parametrize("name", ["Tea", ""])
def test_times_that_will_be_skipped_say_why(drafting: Drafting, name: str) -> None:
    """Hours and days count for the times that are shown, even before the draft is complete."""
    policy = {"hours": {"windows": [{"days": ["mon"]}]}}
    draft = {"name": name, "triggers": [cron(1, NOON)], "action": REMIND, "policy": policy}
    shown = {f"{one.wall:%a}": one.barred for one in drafting.look(draft).upcoming}
    assert [day for day, barred in shown.items() if barred is None] == ["Mon"]
    assert {barred.reason for barred in shown.values() if barred} == {Reason.OUTSIDE_HOURS}


def test_hours_that_are_none_leave_the_times_alone(drafting: Drafting) -> None:
    """Hours that cannot be read are a problem of their own, and the times are shown without."""
    policy = {"hours": {"windows": [{"begin": "x"}]}}
    draft = {"name": "Tea", "triggers": [cron(1, NOON)], "action": REMIND, "policy": policy}
    look = drafting.look(draft)
    assert [one.barred for one in look.upcoming] == [None] * 5
    assert fields(look)


def test_every_part_with_a_problem_is_named_at_once(drafting: Drafting) -> None:
    """Every part with a problem is named at once."""
    look = drafting.look(
        {
            "name": "",
            "triggers": [cron(1, "")],
            "action": {"kind": "command", "program": ""},
            "policy": {"grace_s": -1},
        }
    )
    assert set(fields(look)) == {
        "name", "triggers.0.expression", "action.program", "policy.grace_s",
    }  # fmt: skip


def test_a_name_that_is_taken_is_told_before_saving(rig, drafting: Drafting) -> None:
    """A name that another job has is a problem, its own name is none."""
    job_id = rig.add("Tea")
    document = {"name": "TEA", "action": REMIND}
    assert fields(drafting.look(document)) == ["name"]
    assert fields(drafting.look(document, job_id)) == []


def test_a_rule_that_was_accepted_is_not_held_against_the_present(rig, drafting) -> None:
    """A one-off that has passed since it was saved does not keep its job from being edited."""
    once = {"id": "t1", "kind": "once", "at": "2026-07-01T15:00"}
    job_id = rig.add("Tea", once)
    rig.clock.advance(days=2)
    document = {"name": "Tea", "triggers": [once], "action": REMIND}
    assert fields(drafting.look(document, job_id)) == []
    assert fields(drafting.look({**document, "name": "New"})) == ["triggers.0.at"]


def test_a_kind_from_elsewhere_is_told_and_kept(drafting: Drafting) -> None:
    """A trigger of an unknown kind has words and no times."""
    look = drafting.look(
        {"name": "Tea", "triggers": [{"id": "t1", "kind": "sun"}], "action": REMIND}
    )
    assert "sun" in look.rules[0]
    assert look.upcoming == ()
    assert not look.problems


def test_warnings_are_told_once_nothing_keeps_the_draft_from_being_saved(drafting) -> None:
    """Warnings are told once nothing keeps the draft from being saved."""
    document = {"name": "Tea", "triggers": [cron(1, "0 9 1 * 1")], "action": REMIND}
    assert any("either" in words for words in drafting.look(document).warnings)


def test_every_template_lacks_exactly_what_it_says(rig, drafting: Drafting) -> None:
    """Every template can be saved once the one field that it names is filled in."""
    filled = {
        "name": {"name": "Tea"},
        "action.text": {"action": {"kind": "script", "text": "echo hello"}},
        "action.target": {"action": {"kind": "open", "target": "https://example.org"}},
        "": {},
    }
    for template in drafting.templates():
        missing = [template.missing] if template.missing else []
        assert fields(drafting.look(template.document)) == missing, template.name
        document = {**template.document, **filled[template.missing]}
        assert fields(drafting.look(document)) == [], template.name
        rig.jobs.remove([rig.jobs.add(document).job.id])


def test_a_reminder_leaves_time_to_be_typed(rig, drafting: Drafting) -> None:
    """A reminder begins at the first full hour that is at least a quarter of an hour ahead."""

    def begins() -> str:
        [template] = [one for one in drafting.templates() if one.name == "reminder"]
        return template.document["triggers"][0]["at"]

    rig.clock.advance(minutes=45)
    assert begins() == "2026-07-01T15:00"
    rig.clock.advance(seconds=1)
    assert begins() == "2026-07-01T16:00"


@pytest.mark.skipif(os.name == "nt", reason="Windows names its folders in the registry")
def test_templates_use_the_folders_of_the_desktop(drafting: Drafting, monkeypatch, tmp_path):
    """Downloads and documents are where the desktop has them, whatever their names."""
    (tmp_path / "user-dirs.dirs").write_text(
        f'XDG_DOWNLOAD_DIR="{tmp_path}/Téléchargements"\nXDG_DOCUMENTS_DIR="{tmp_path}/Dokumente"\n'
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    actions = {one.name: one.document["action"] for one in drafting.templates()}
    assert actions["tidy-downloads"]["folder"] == f"{tmp_path}/Téléchargements"
    assert f"{tmp_path}/Dokumente" in actions["backup"]["arguments"]


def test_what_is_filled_in_becomes_the_arguments(drafting: Drafting) -> None:
    """What a template proposes for its blanks is what its draft begins with."""
    [backup] = [one for one in drafting.templates() if one.blanks]
    assert [blank.kind for blank in backup.blanks] == ["folder", "place", "number"]
    proposed = [blank.value for blank in backup.blanks]
    assert backup.filled(proposed) == backup.document
    filled = backup.filled(["/pictures", "/disk", "30"])
    assert filled["action"]["arguments"] == ["/pictures", "/disk", "30"]
    assert filled["action"]["text"] == backup.document["action"]["text"]


def test_templates_come_under_free_names(rig, drafting: Drafting) -> None:
    """A template whose job is there already comes under another name."""

    def names() -> list[str]:
        return [one.document["name"] for one in drafting.templates() if one.document["name"]]

    first = names()
    for name in first:
        rig.add(name)
    assert names() == [f"{name} (2)" for name in first]


def test_tidying_begins_as_a_rehearsal(drafting: Drafting) -> None:
    """The draft that tidies moves nothing before a person says so, and knows every type of file."""
    [tidy] = [one for one in drafting.templates() if one.name == "tidy-downloads"]
    tidying = msgspec.convert(tidy.document["action"], Tidying)
    assert tidying.rehearse
    assert {rule.types for rule in tidying.rules} == {(one,) for one in FileType}
    assert "rehearsal" in tidy.advice


def test_what_runs_often_is_only_told_when_it_fails(drafting: Drafting) -> None:
    """Templates of scripts show a banner for failures; reminders do what they are for."""
    for template in drafting.templates():
        is_quiet = template.document["policy"].get("notify") == "failure"
        assert is_quiet == (template.document["action"]["kind"] in {"script", "tidy"})


def test_forms_begin_with_the_defaults_that_were_chosen(rig, drafting: Drafting) -> None:
    """What a template says of its rules goes first; the rest is what the person has chosen."""
    PreferencesService(rig.store, rig.wake).set_defaults({"notify": "never", "exact": True})
    policies = {one.name: one.document["policy"] for one in drafting.templates()}
    assert policies["reminder"] == {"notify": "never", "exact": True}
    assert policies["script"] == {"notify": "failure", "exact": True}


def test_places_with_public_holidays_are_offered(drafting: Drafting) -> None:
    """A form offers the countries and regions that are known."""
    assert drafting.holiday_places() == PLACES


def test_a_draft_of_a_job_that_is_off_says_so(drafting: Drafting) -> None:
    """What a job would do counts only once it is on."""
    draft = {"name": "Tea", "triggers": [cron(1, NOON)], "action": REMIND}
    assert not drafting.look(draft).is_off
    assert drafting.look({**draft, "enabled": False}).is_off
