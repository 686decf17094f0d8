"""What every kind of trigger keeps; a new kind adds a row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice

import msgspec
import pytest

from deskcron.actions.kinds import ACTION_KINDS
from deskcron.actions.reminder import Reminder
from deskcron.domain.codec import Codec, encode
from deskcron.domain.errors import BadInput
from deskcron.domain.listening import EventTrigger
from deskcron.domain.policy import Policy
from deskcron.domain.run import JobId
from deskcron.domain.trigger import LOCAL_ZONE, RuleContext
from deskcron.triggers.afterjob import AfterJob
from deskcron.triggers.calendar import Calendar
from deskcron.triggers.cron import Cron
from deskcron.triggers.filechange import FileChange
from deskcron.triggers.interval import Interval
from deskcron.triggers.kinds import TRIGGER_KINDS
from deskcron.triggers.occasion import Occasion, OccasionKind
from deskcron.triggers.once import Once
from deskcron.triggers.schedule import Schedule
from deskcron.triggers.signal import Signal

NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
BERLIN = RuleContext("Europe/Berlin")

EXAMPLES = {
    "once": Once(id="t1", at="2026-03-29T02:30"),
    "interval": Interval(id="t1", every_s=5400, start=NOW.isoformat()),
    "cron": Cron(id="t1", expression="30 2 * * *"),
    "calendar": Calendar(
        id="t1", rule="FREQ=DAILY;INTERVAL=2", at="02:30", start_date="2026-03-27"
    ),
    "event": Occasion(id="t1", event=OccasionKind.NETWORK_UP, delay_s=60),
    "file": FileChange(id="t1", path="~/Downloads", pattern="*.pdf", is_recursive=True),
    "after": AfterJob(id="t1", job="0123456789ab", job_name="Backup", random_delay_s=5),
    "signal": Signal(id="t1", name="go", at_most_every_s=600),
}
ROWS = pytest.mark.parametrize("trigger", EXAMPLES.values(), ids=EXAMPLES.keys())


def test_every_kind_has_a_row():
    """No kind is left out of this contract."""
    assert EXAMPLES.keys() == TRIGGER_KINDS.keys()


@ROWS
def test_due_times_only_go_forward(trigger):
    """Each due time is aware UTC and strictly later than what was asked after."""
    after = NOW
    for _step in range(20):
        due = trigger.next_after(after, BERLIN)
        if due is None:
            break
        assert due.at > after
        assert due.at.utcoffset() == timedelta(0)
        after = due.at


@ROWS
def test_a_tally_agrees_with_walking(trigger):
    """Where due times are counted by arithmetic, it is the number that walking finds."""
    until = NOW + timedelta(days=10)
    walked = [due for due in islice(Schedule([trigger], BERLIN).walk(NOW), 1000) if due.at <= until]
    assert trigger.tally(NOW, until, BERLIN) in {None, len(walked)}


@ROWS
def test_a_stored_rule_comes_back_equal(trigger):
    """Storing and reading a rule changes nothing."""
    document = encode(
        name="Tea",
        enabled=True,
        tags=(),
        triggers=(trigger,),
        action=Reminder(text="Tea"),
        policy=Policy(),
    )
    codec = Codec(TRIGGER_KINDS, ACTION_KINDS)
    assert codec.decode(JobId("j"), 1, msgspec.json.encode(document)).triggers == (trigger,)


@ROWS
def test_a_good_rule_has_words_and_no_problems(trigger):
    """A rule that can be saved says so, and what it means."""
    assert not trigger.problems(NOW, BERLIN)
    assert trigger.describe()
    assert trigger.zone == LOCAL_ZONE


@ROWS
def test_an_unknown_zone_is_refused_in_words(trigger):
    """A zone that does not exist is a problem of its field; asking for due times raises."""
    if isinstance(trigger, Interval | EventTrigger):
        return  # its due times are elapsed time or none; a zone matters to limits only
    lost = msgspec.structs.replace(trigger, zone="Mars/Base")
    assert "Mars/Base" in "".join(problem.message for problem in lost.problems(NOW, BERLIN))
    with pytest.raises(BadInput):
        lost.next_after(NOW, BERLIN)
