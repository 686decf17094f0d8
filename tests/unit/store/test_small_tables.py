"""Wakeups, requests, the inbox and settings as they are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest

from deskcron.domain.records import InboxItem, InboxKind, RequestState, WakeKind, Wakeup
from deskcron.domain.trigger import DueTime


@pytest.fixture
def item(now):
    """Return something for the inbox."""
    return InboxItem(
        id=0,
        kind=InboxKind.REMINDER,
        run_id=None,
        job_id=None,
        title="Tea",
        text="is ready",
        urgency="normal",
        created_at=now,
    )


def test_wakeups_come_earliest_first(tables, now):
    """What is reached is told in order and bounded, a due time by itself."""
    wall = datetime(2026, 3, 1, 13, 0)  # noqa: DTZ001 - a wall time
    due = Wakeup(now, WakeKind.DUE, "a", DueTime(now - timedelta(seconds=1), wall, ("t1", "t2")))
    late = Wakeup(now, WakeKind.SNOOZE, "8")
    early = Wakeup(now - timedelta(hours=1), WakeKind.START, "7")
    future = Wakeup(now + timedelta(microseconds=1), WakeKind.DUE, "b", DueTime(now, None, ()))
    for wakeup in (late, due, early, future):
        tables.wakeups.set(wakeup)
    assert tables.wakeups.others(now, 10) == [early, late]
    assert tables.wakeups.others(now, 1) == [early]
    assert tables.wakeups.earliest(paused=False) == early
    assert tables.wakeups.due_at("b") == future.at
    assert tables.wakeups.due_at("c") is None
    tables.wakeups.clear(early.kind, early.ref)
    assert tables.wakeups.earliest(paused=False) == due


def test_due_times_do_not_count_while_paused(tables, now):
    """A pause is woken by its end and by what is not a due time."""
    end = Wakeup(now, WakeKind.PAUSE_END, "")
    tables.wakeups.set(Wakeup(now - timedelta(hours=1), WakeKind.DUE, "a"))
    tables.wakeups.set(end)
    assert tables.wakeups.earliest(paused=True) == end
    tables.wakeups.clear(WakeKind.PAUSE_END, "")
    assert tables.wakeups.earliest(paused=True) is None


def test_a_wakeup_is_replaced_by_kind_and_ref(tables, now):
    """Each kind and ref has one wakeup."""
    for hours in (1, 2):
        tables.wakeups.set(Wakeup(now + timedelta(hours=hours), WakeKind.DUE, "a"))
    assert tables.wakeups.due_at("a") == now + timedelta(hours=2)
    tables.wakeups.clear(WakeKind.DUE, "a")
    assert tables.wakeups.earliest(paused=False) is None


def test_a_run_that_waits_for_an_instant_says_when_it_starts(tables, now):
    """Other wakeups of the same run are none of its start."""
    tables.wakeups.set(Wakeup(now, WakeKind.START, "7"))
    tables.wakeups.set(Wakeup(now, WakeKind.GATE, "8"))
    assert tables.wakeups.starts_at(7) == now
    assert tables.wakeups.starts_at(8) is None


def test_a_request_is_answered(tables, now):
    """A request is pending until it has an answer."""
    number = tables.requests.add("run", {"job": "x"}, now, now + timedelta(seconds=5))
    (request,) = tables.requests.pending(now)
    assert (request.id, request.kind, request.args) == (number, "run", {"job": "x"})
    tables.requests.answer(number, RequestState.DONE, {"run": 7})
    assert tables.requests.pending(now) == []
    answered = tables.requests.get(number)
    assert (answered.state, answered.result) == (RequestState.DONE, {"run": 7})
    assert not tables.requests.withdraw(number)


def test_a_request_expires_or_is_withdrawn(tables, now):
    """Nobody is served late or against their will, and old requests go."""
    soon = now + timedelta(seconds=5)
    first = tables.requests.add("stop", {}, now, soon)
    second = tables.requests.add("stop", {}, now, soon)
    assert tables.requests.withdraw(second)
    assert tables.requests.get(second) is None
    assert tables.requests.pending(soon) == []
    tables.requests.add("run", {}, soon + timedelta(days=2), soon + timedelta(days=3))
    assert tables.requests.get(first) is None


def test_an_item_is_presented_by_one_and_stays_until_done(tables, item, now):
    """Only the first to claim an item shows it; it waits until it is dealt with."""
    number = tables.inbox.add(item)
    assert tables.inbox.get(number) == msgspec.structs.replace(item, id=number)
    assert tables.inbox.presented(number, now)
    assert not tables.inbox.presented(number, now)
    assert tables.inbox.unpresented(now) == []
    assert [found.id for found in tables.inbox.waiting()] == [number]
    assert tables.inbox.done(number, now)
    assert not tables.inbox.done(number, now)
    assert not tables.inbox.snooze(number, now)
    assert tables.inbox.waiting() == []
    assert tables.inbox.get(number + 1) is None


def test_an_item_nobody_could_show_is_given_back(tables, item, now):
    """Who has claimed an item may give it back, nobody else; then it can be claimed anew."""
    number = tables.inbox.add(item)
    assert tables.inbox.presented(number, now)
    tables.inbox.release(number, now - timedelta(seconds=1))
    assert tables.inbox.unpresented(now) == []
    tables.inbox.release(number, now)
    assert [found.id for found in tables.inbox.unpresented(now)] == [number]
    assert tables.inbox.presented(number, now)


def test_a_snoozed_item_is_presented_again(tables, item, now):
    """Put off, an item is quiet until then and shown anew."""
    number = tables.inbox.add(item)
    tables.inbox.presented(number, now)
    later = now + timedelta(minutes=10)
    assert tables.inbox.snooze(number, later)
    assert tables.inbox.unpresented(now) == []
    assert not tables.inbox.presented(number, later - timedelta(microseconds=1))
    assert [found.id for found in tables.inbox.unpresented(later)] == [number]
    assert tables.inbox.presented(number, later)


def test_waiting_items_come_newest_first(tables, item):
    """What came last is on top."""
    numbers = [tables.inbox.add(item) for _ in range(3)]
    assert [found.id for found in tables.inbox.waiting()] == numbers[::-1]


@pytest.mark.parametrize("value", [1, "x", [1, {"a": None}], False, {"ü": 1.5}])
def test_settings_are_json(tables, value):
    """A setting is got back as it was set, and is gone when set to None."""
    assert tables.settings.get("k") is None
    tables.settings.set("k", 0)
    tables.settings.set("k", value)
    assert tables.settings.get("k") == value
    tables.settings.set("k", None)
    assert tables.settings.get("k") is None
