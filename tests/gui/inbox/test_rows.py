"""Entries are grouped by the day they came in; what they are is said in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskcron.domain.answers import InboxEntry
from deskcron.domain.records import InboxKind
from deskcron.domain.run import Cause, Run, Status
from deskcron.gui.inbox.putoff import choices
from deskcron.gui.inbox.rows import Group, rows_of
from deskcron.gui.inbox.words import in_full, sort_word, summary, when

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def entry(number: int, **fields) -> InboxEntry:
    """Return an entry that came in now."""
    at = fields.pop("at", NOW)
    return InboxEntry(
        **{
            "id": number,
            "kind": InboxKind.REMINDER,
            "job_id": None,
            "title": "Tea",
            "text": "",
            "urgency": "normal",
            "created_at": at,
            "latest_at": at,
            "presented_at": None,
            "snoozed_until": None,
            "count": 1,
            "run_id": None,
            "run_ids": (),
            "run": None,
            "muted": None,
            **fields,
        }
    )


def ended(status: Status) -> Run:
    """Return a run that ended this way."""
    return Run(
        id=7,
        job_id="j",
        job_name="Tea",
        revision=1,
        cause=Cause.SCHEDULE,
        status=status,
        recorded_at=NOW,
    )


def shape(entries: list[InboxEntry], zone=UTC) -> list[object]:
    """Return headings and numbers from top to bottom."""
    return [row.group if row.entry is None else row.entry.id for row in rows_of(entries, NOW, zone)]


def test_entries_stand_below_their_day_newest_first() -> None:
    """Today, yesterday, earlier; only days that have something have a heading."""
    entries = [
        entry(1, at=NOW - timedelta(days=9)),
        entry(2, at=NOW - timedelta(hours=30)),
        entry(3, at=NOW - timedelta(hours=11)),
        entry(4, at=NOW - timedelta(minutes=1)),
    ]
    assert shape(entries) == [Group.TODAY, 4, 3, Group.YESTERDAY, 2, Group.EARLIER, 1]
    assert shape(entries[:1]) == [Group.EARLIER, 1]


def test_days_are_those_of_the_zone_that_is_shown() -> None:
    """What came in at 23:00 UTC came in today in Tokyo."""
    late = entry(1, at=NOW - timedelta(hours=13))
    assert shape([late]) == [Group.YESTERDAY, 1]
    assert shape([late], ZoneInfo("Asia/Tokyo")) == [Group.TODAY, 1]


def test_clock_that_was_set_back_leaves_nothing_out() -> None:
    """What seems to come from tomorrow stands with today."""
    assert shape([entry(1, at=NOW + timedelta(days=2))]) == [Group.TODAY, 1]


def test_what_is_put_off_stands_last_and_comes_back() -> None:
    """The next to come back is the first; one whose time has come is among the others again."""
    entries = [
        entry(1, snoozed_until=NOW + timedelta(hours=2)),
        entry(2, snoozed_until=NOW + timedelta(hours=1)),
        entry(3, snoozed_until=NOW),
    ]
    assert shape(entries) == [Group.TODAY, 3, Group.PUT_OFF, 2, 1]
    assert when(entries[0], NOW, UTC) == "back today 14:00"


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, "Reminder"),
        ({"kind": InboxKind.MISSED}, "Missed"),
        ({"kind": InboxKind.TROUBLE}, "About deskcron"),
        ({"kind": InboxKind.TROUBLE, "job_id": "j"}, "Failure"),
        (
            {"kind": InboxKind.TROUBLE, "job_id": "j", "run": ended(Status.TIMED_OUT)},
            "Failure",
        ),
        (
            {"kind": InboxKind.TROUBLE, "job_id": "j", "run": ended(Status.INTERRUPTED)},
            "Interrupted",
        ),
        (
            {"kind": InboxKind.TROUBLE, "job_id": "j", "run": ended(Status.UNKNOWN)},
            "End unknown",
        ),
    ],
)
def test_each_entry_says_what_it_is(fields, word) -> None:
    """A person sees from a word what has happened."""
    assert sort_word(entry(1, **fields)) == word


def test_text_is_one_line_in_the_list_and_whole_beside_it() -> None:
    """Lines and blanks are kept where there is room for them."""
    noted = entry(1, text="two eggs\n\n  milk <b>fresh</b>")
    assert summary(noted, NOW, UTC) == "Two eggs milk <b>fresh</b>"
    assert in_full(noted, NOW, UTC).words == "two eggs\n\n  milk <b>fresh</b>"


def test_a_reminder_without_a_text_says_nothing_of_its_run() -> None:
    """That a banner was shown is no news; how a failure ended is what its entry says."""
    run = ended(Status.FAILED)
    assert in_full(entry(1, run=run, run_id=run.id), NOW, UTC) == ("", "", "")
    failure = entry(1, kind=InboxKind.TROUBLE, job_id="j", run=run, run_id=run.id)
    assert in_full(failure, NOW, UTC).words.startswith("Failed")


def test_run_in_doubt_says_what_to_do() -> None:
    """Whoever finds an interrupted run is told that it is not repeated by itself."""
    run = ended(Status.INTERRUPTED)
    doubt = entry(1, kind=InboxKind.TROUBLE, job_id="j", run=run, run_id=7)
    assert "not repeated by itself" in in_full(doubt, NOW, UTC).advice


def offered(now: datetime) -> list[str]:
    """Return the words of all choices."""
    return [choice.words.replace("&", "") for choice in choices(now)]


def test_snooze_offers_what_is_ahead() -> None:
    """The evening is offered until shortly before it; the morning is that of tomorrow."""
    noon = datetime(2026, 11, 20, 12).astimezone()
    words = ["5 minutes", "10 minutes", "1 hour", "This evening, 18:00", "Tomorrow, 09:00"]
    assert offered(noon) == words
    assert offered(noon + timedelta(hours=5)) == [*words[:3], words[4]]
    until = [choice.until.astimezone() for choice in choices(noon)]
    assert [moment.strftime("%d %H:%M") for moment in until] == [
        "20 12:05",
        "20 12:10",
        "20 13:00",
        "20 18:00",
        "21 09:00",
    ]
