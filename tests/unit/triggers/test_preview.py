"""The next due times as a person sees them, with marks at clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from deskcron.domain.trigger import RuleContext, UnknownTrigger
from deskcron.triggers.cron import Cron
from deskcron.triggers.interval import Interval
from deskcron.triggers.preview import Mark, preview

CONTEXT = RuleContext("Europe/Berlin")


def test_a_moved_time_is_marked() -> None:
    """A time that the clocks leave out is shown where it runs, with the change of offset."""
    items = preview(
        [Cron(id="t1", expression="30 2 * * *")], CONTEXT, datetime(2026, 3, 27, 12, tzinfo=UTC), 3
    )
    assert [item.wall.isoformat() for item in items] == [
        "2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00",
    ]  # fmt: skip
    assert [item.marks for item in items] == [(), (Mark.GAP_MOVED, Mark.OFFSET_CHANGES), ()]
    assert items[1].at == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert items[1].at.utcoffset() == timedelta(0)


def test_a_repeated_hour_is_marked() -> None:
    """Times that the clocks show twice are marked in both passes."""
    items = preview(
        [Cron(id="t1", expression="30 * * * *")],
        CONTEXT,
        datetime(2026, 10, 24, 23, tzinfo=UTC),
        4,
    )
    assert [item.marks for item in items] == [
        (), (Mark.REPEATED_HOUR,), (Mark.REPEATED_HOUR, Mark.OFFSET_CHANGES), (),
    ]  # fmt: skip


def test_each_trigger_is_shown_in_its_zone() -> None:
    """The local time is that of the zone of the first trigger of the due time."""
    items = preview(
        [
            Cron(id="a", expression="0 9 * * *", zone="Asia/Tokyo"),
            UnknownTrigger("u", "moon", {}),
            Interval(id="b", every_s=86_400, start="2026-07-01T12:00:00Z"),
        ],
        CONTEXT,
        datetime(2026, 7, 1, 10, tzinfo=UTC),
        2,
    )
    assert [item.trigger_ids for item in items] == [("b",), ("a",)]
    assert [item.wall.isoformat() for item in items] == [
        "2026-07-01T14:00:00+02:00", "2026-07-02T09:00:00+09:00",
    ]  # fmt: skip


def test_another_triggers_move_is_marked() -> None:
    """Where due times fall together, one moved by the clocks marks them all."""
    (item,) = preview(
        [Cron(id="a", expression="0 * * * *"), Cron(id="b", expression="30 2 * * *")],
        CONTEXT,
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
        1,
    )
    assert item.trigger_ids == ("a", "b")
    assert item.marks == (Mark.GAP_MOVED,)


def test_it_ends_with_the_rule() -> None:
    """Fewer due times than asked for give a shorter list."""
    assert preview([], CONTEXT, datetime(2026, 7, 1, tzinfo=UTC), 5) == []
    follower = Interval(id="f", every_s=60, start="2026-07-01T00:00:00Z", anchor="start")
    assert len(preview([follower], CONTEXT, datetime(2026, 7, 1, tzinfo=UTC), 5)) == 1
