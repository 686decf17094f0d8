"""Triggers come back from the form as they were, and one kind helps the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from deskcron.domain.pattern import LAST, WEEKDAYS, Pattern, rule_text
from deskcron.gui.editor.datespart import DatesPart
from deskcron.gui.editor.offers import Offers
from deskcron.gui.editor.triggercard import TriggerCard
from deskcron.gui.editor.triggerkinds import shown_as
from deskcron.gui.editor.whensection import WhenSection
from tests.gui.editor.conftest import NOW, StandingClock, cards

DAILY = {"id": "t1", "kind": "calendar", "rule": "FREQ=DAILY", "start_date": "2026-01-05"}
TIMES = st.times().map(lambda time: f"{time:%H:%M:%S}" if time.second else f"{time:%H:%M}")
DATES = st.dates(date(1900, 1, 1), date(2999, 12, 31)).map(str)
MOMENTS = st.tuples(DATES, TIMES).map("T".join)
DAYS = st.sets(st.sampled_from(WEEKDAYS)).map(lambda days: [day for day in WEEKDAYS if day in days])
SOME_DAYS = DAYS.filter(bool).map(tuple)
ZONES = st.sampled_from(["local", "Europe/Berlin", "America/New_York", "UTC"])
LIMITS = st.fixed_dictionaries(
    {
        "not_before": st.just("") | MOMENTS,
        "not_after": st.just("") | MOMENTS,
        "between": st.just("") | st.tuples(TIMES, TIMES).map("-".join),
        "weekdays": DAYS,
    }
)
PATTERNS = st.integers(1, 1000).flatmap(
    lambda every: st.one_of(
        st.just(Pattern("daily", every)),
        SOME_DAYS.map(lambda days: Pattern("weekly", every, days)),
        st.sampled_from([LAST, *range(1, 32)]).map(lambda day: Pattern("monthly", every, day=day)),
        st.tuples(st.sampled_from(WEEKDAYS), st.sampled_from([1, 2, 3, 4, 5, LAST])).map(
            lambda at: Pattern("monthly", every, (at[0],), nth=at[1])
        ),
    )
)


def trigger(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return triggers of a kind."""
    return st.fixed_dictionaries({"id": st.just("t1"), "kind": st.just(kind), **fields})


TRIGGERS = st.one_of(
    trigger("once", at=MOMENTS, zone=ZONES, fold=st.sampled_from([0, 1])),
    trigger(
        "interval",
        every_s=st.integers(0, 10 * 366 * 86_400),
        anchor=st.sampled_from(["grid", "start", "end"]),
        start=st.integers(86_400, 4_000_000_000).map(
            lambda seconds: datetime.fromtimestamp(seconds, UTC).isoformat()
        ),
        zone=ZONES,
        limits=LIMITS,
    ),
    trigger("cron", expression=st.just("0 9 * * 1-5"), zone=ZONES, limits=LIMITS),
    trigger(
        "calendar",
        rule=PATTERNS.map(rule_text),
        at=TIMES,
        start_date=DATES,
        zone=ZONES,
        limits=LIMITS,
    ),
    trigger(
        "calendar",
        rule=st.sampled_from(["FREQ=YEARLY;BYMONTH=2", "FREQ=MONTHLY;BYMONTHDAY=1,15", "x"]),
        at=TIMES,
        start_date=DATES,
        zone=ZONES,
        limits=LIMITS,
    ),
)

LENGTHS = st.integers(0, 30 * 86_400)
DELAYS = {"delay_s": LENGTHS, "random_delay_s": LENGTHS, "at_most_every_s": LENGTHS}
EVENTS = st.one_of(
    trigger(
        "event",
        event=st.sampled_from(
            ["started", "login", "resumed", "network-up", "plugged-in", "unplugged"]
        ),
        **DELAYS,
    ),
    trigger(
        "file",
        path=st.sampled_from(["~/Downloads", "/tmp/a file"]),
        pattern=st.sampled_from(["", "*.pdf"]),
        is_recursive=st.booleans(),
        settle_s=LENGTHS,
        **DELAYS,
    ),
    trigger(
        "after",
        job=st.just("a1"),
        job_name=st.just("First"),
        ending=st.sampled_from(["success", "failure", "any"]),
        **DELAYS,
    ),
    trigger("signal", name=st.text(st.characters(min_codepoint=33)), **DELAYS),
)


def card() -> TriggerCard:
    """Return a card for a new trigger."""
    return TriggerCard("t1", StandingClock(), Offers())


@contextmanager
def two_cards() -> Iterator[tuple[TriggerCard, TriggerCard]]:
    """Return cards for one example, which do not pile up."""
    pair = card(), card()
    yield pair
    for one in pair:
        delete(one)


@given(EVENTS)
def test_what_happens_comes_back_from_the_form_unchanged(qapp: QApplication, raw: Any) -> None:
    """A trigger without times is rebuilt from what is shown exactly as it was stored."""
    with two_cards() as (shown, other):
        shown.load(raw)
        assert shown.kind() == raw["kind"]
        assert shown.document() == raw
        fields = {name for name in raw if name not in {"id", "kind", "job_name"}}
        assert set(shown.fields()) == fields
        other.load({**raw, "delay_s": raw["delay_s"] + 1})
        other.load(raw)
        assert {**raw, **other.part().values()} == raw


@given(TRIGGERS)
def test_what_the_form_can_show_comes_back_unchanged(qapp: QApplication, raw: Any) -> None:
    """A trigger is rebuilt from what is shown exactly as it was stored."""
    with two_cards() as (shown, other):
        shown.load(raw)
        assert shown.kind() != "kept"
        assert shown.document() == raw
        # What is shown is enough: built anew from the fields, it is the same.
        built = {**shown.part().values(), "limits": raw.get("limits")}
        assert {**raw, **built} == {**raw, "limits": raw.get("limits")}
        other.load({**raw, "zone": "Asia/Tokyo"})
        other.more.zone.set_zone(raw["zone"])
        assert other.document() == raw


@pytest.mark.parametrize(
    "raw",
    [
        {"id": "t1", "kind": "sun", "offset_s": 60},
        {"id": "t1", "kind": "calendar", "rule": "FREQ=DAILY", "at": "noon", "start_date": "x"},
        {"id": "t1", "kind": "once", "at": "tomorrow"},
        {"id": "t1", "kind": "interval", "every_s": "60", "start": "2026-01-01T00:00:00+00:00"},
        {"id": "t1", "kind": "interval", "every_s": 60, "start": "yesterday"},
        {"id": "t1", "kind": "cron", "expression": "0 9 * * *", "limits": {"between": "day"}},
        {"id": "t1", "kind": "cron", "expression": "0 9 * * *", "limits": []},
        {"id": "t1"},
        {"id": "t1", "kind": "event", "event": "eclipse"},
        {"id": "t1", "kind": "file", "path": ["/tmp"]},
        {"id": "t1", "kind": "file", "path": "/tmp", "settle_s": -1},
        {"id": "t1", "kind": "after", "job": "a1", "ending": "crash"},
        {"id": "t1", "kind": "signal", "name": 5},
        {"id": "t1", "kind": "signal", "name": "go", "delay_s": "soon"},
    ],
)
def test_what_the_form_cannot_show_is_kept_word_for_word(qtbot: QtBot, raw: Any) -> None:
    """A trigger beyond the form is shown to be read and comes back as it was."""
    shown = card()
    qtbot.addWidget(shown)
    shown.load(raw)
    assert shown.kind() == shown_as(raw) == "kept"
    assert shown.document() == raw


def test_an_untouched_trigger_keeps_its_spelling_and_unknown_fields(qtbot: QtBot) -> None:
    """What nobody touched is not spelled anew; unknown fields survive a change."""
    raw = {
        "id": "t7", "kind": "calendar", "rule": "INTERVAL=1;FREQ=WEEKLY;BYDAY=FR,MO",
        "at": "09:00:00", "start_date": "2026-01-05", "colour": "red",
        "limits": {"between": "18:00-24:00", "moon": "full"},
    }  # fmt: skip
    shown = card()
    qtbot.addWidget(shown)
    shown.load(raw)
    assert shown.document() == raw
    part = shown.part()
    assert isinstance(part, DatesPart)
    part.show_time("10:30")
    document = shown.document()
    assert document is not None
    assert document["colour"] == "red"
    assert document["limits"]["moon"] == "full"
    assert (document["id"], document["at"]) == ("t7", "10:30")


def test_switching_the_kind_and_back_loses_nothing(qtbot: QtBot) -> None:
    """Each kind keeps what was typed for it, limits and zone included."""
    shown = card()
    qtbot.addWidget(shown)
    raw = {
        "id": "t1", "kind": "calendar", "rule": "FREQ=WEEKLY;BYDAY=TU", "at": "10:15",
        "start_date": "2026-01-05", "zone": "UTC",
        "limits": {"not_before": "", "not_after": "", "between": "10:00-11:00", "weekdays": []},
    }  # fmt: skip
    shown.load(raw)
    for kind in ("daily", "once", "cron", "interval", "monthly", "by-hand", "weekly"):
        shown.set_kind(kind)
    assert shown.document() == raw


def test_a_picked_time_becomes_a_cron_expression_and_back(qtbot: QtBot) -> None:
    """Choosing cron spells what was picked; choosing weekly picks what was typed."""
    shown = card()
    qtbot.addWidget(shown)
    shown.set_kind("weekly")
    part = shown.part()
    assert isinstance(part, DatesPart)
    part.show_time("17:05")
    part.show_pattern(Pattern("weekly", 1, ("mon", "fri")))
    shown.set_kind("cron")
    assert shown.part().values()["expression"] == "5 17 * * 1,5"

    other = card()
    qtbot.addWidget(other)
    other.load({"id": "t1", "kind": "cron", "expression": "30 7 * * sat"})
    other.set_kind("weekly")
    assert other.part().values()["rule"] == "FREQ=WEEKLY;BYDAY=SA"
    other.set_kind("daily")
    assert other.part().values()["at"] == "07:30"


@pytest.mark.parametrize("minutes_ahead", [10, -10])
def test_a_time_of_day_goes_along(qtbot: QtBot, minutes_ahead: int) -> None:
    """What is to be only once is at the same time of day, when that comes next; and back."""
    now = NOW.astimezone().replace(tzinfo=None)
    at = now + timedelta(minutes=minutes_ahead)
    comes = at if at > now else at + timedelta(days=1)
    cron = {"id": "t1", "kind": "cron", "expression": f"{at.minute} {at.hour} * * *"}
    for before in (cron, {**DAILY, "at": f"{at:%H:%M}"}):
        shown = card()
        qtbot.addWidget(shown)
        shown.load(before)
        shown.set_kind("once")
        assert shown.part().values()["at"] == comes.isoformat(timespec="minutes")
    other = card()
    qtbot.addWidget(other)
    other.load({"id": "t1", "kind": "once", "at": "2026-08-01T15:45"})
    other.set_kind("monthly")
    assert other.part().values()["at"] == "15:45"


def test_a_lone_trigger_may_be_by_hand_and_others_may_be_removed(qtbot: QtBot) -> None:
    """No trigger is shown as by hand only; ids of added triggers are their own."""
    section = WhenSection(StandingClock(), Offers())
    qtbot.addWidget(section)
    list(section.loading([]))
    assert section.documents() == []
    cards(section)[0].set_kind("daily")
    list(section.loading([*section.documents(), {"id": "t2", "kind": "sun"}]))
    assert [one["id"] for one in section.documents()] == ["t1", "t2"]
    section.add_another()
    assert [one["id"] for one in section.documents()] == ["t1", "t2", "t3"]
    cards(section)[0].removed.emit()
    assert [one["id"] for one in section.documents()] == ["t2", "t3"]
