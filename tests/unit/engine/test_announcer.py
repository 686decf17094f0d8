"""Banners: each run by its job's rule, bursts folded, reminders once."""

from __future__ import annotations

import pytest

from deskcron.domain.action import Presentation, Urgency
from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.policy import Notify, Policy
from deskcron.domain.ports import Notification
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import InboxItem, InboxKind, NewRun, RunEnd
from deskcron.domain.run import Cause, RunId, Status
from deskcron.engine import announcer as announcing
from deskcron.engine.announcer import BURST, BURST_S, Announcer, is_wanted
from deskcron.engine.ready import Ready
from deskcron.engine.settlement import Settlement
from deskcron.system.clock import SystemClock


@pytest.fixture
def announcer(rig, notifier):
    """Return an announcer that has begun."""
    announcer = Announcer(rig.store, [notifier], rig.clock)
    announcer.start()
    yield announcer
    announcer.close()


def ended(
    rig,
    announcer,
    name="Tea",
    status=Status.SUCCEEDED,
    notify="always",
    presentation=None,
    why=None,
) -> None:
    """Tell the end of a run of a new job."""
    job = rig.definitions.present(rig.job(rig.add(name, notify=notify)))
    end = RunEnd(RunId(1), status, None, rig.clock.now(), why)
    announcer.run_ended(Ready(RunId(1), job, Cause.SCHEDULE, None), end, presentation)


def remind(rig, title: str = "Tea", **fields) -> int:
    """Put a reminder in the inbox."""
    item = InboxItem(
        **{
            "id": 0,
            "kind": InboxKind.REMINDER,
            "run_id": None,
            "job_id": None,
            "title": title,
            "text": "Now",
            "urgency": "normal",
            "created_at": rig.clock.now(),
            **fields,
        }
    )
    return rig.change(lambda tables: tables.inbox.add(item))


def shown(rig, notifier, announcer) -> list[str]:
    """Wait until everything ordered before is seen to; return the titles shown meanwhile."""
    remind(rig, "the end")
    announcer.look()
    titles = []
    while (banner := notifier.next()).title != "the end":
        titles.append(banner.title if banner.key != "summary" else banner.text)
    return titles


@pytest.mark.parametrize(
    ("rule", "success", "trouble"),
    [
        ("never", False, False),
        ("failure", False, True),
        ("success", True, False),
        ("always", True, True),
    ],
)
def test_the_rule_of_the_job_decides(rule: str, success, trouble) -> None:
    """Each rule tells the ends it names; what a person has cancelled is not told."""
    notify = Notify(rule)
    assert is_wanted(notify, Status.SUCCEEDED) is success
    for status in (Status.FAILED, Status.TIMED_OUT, Status.INTERRUPTED, Status.UNKNOWN):
        assert is_wanted(notify, status) is trouble
    assert not is_wanted(notify, Status.CANCELLED)


def test_default_is_to_tell_each_run() -> None:
    """A job that says nothing about it is told always."""
    assert Policy().notify is Notify.ALWAYS


@pytest.mark.parametrize(
    ("status", "why", "text", "urgency"),
    [
        (Status.SUCCEEDED, None, "Done", Urgency.NORMAL),
        (
            Status.FAILED,
            Why(Reason.EXIT_CODE, {"code": 3}),
            "Failed: exit code 3",
            Urgency.CRITICAL,
        ),
        (
            Status.TIMED_OUT,
            Why(Reason.TIME_LIMIT, {"timeout_s": 600}),
            "Timed out after 10 min",
            Urgency.CRITICAL,
        ),
    ],
)
def test_ends_in_words(rig, notifier, announcer, status, why, text: str, urgency) -> None:
    """An end is told under the job's name, with its reason; trouble insists."""
    ended(rig, announcer, status=status, why=why)
    banner = notifier.next()
    assert (banner.title, banner.text, banner.urgency) == ("Tea", text, urgency)


def test_bursts_are_folded(rig, notifier, announcer) -> None:
    """After five banners in ten seconds the others are counted, and told in one."""
    for n in range(BURST + 3):
        ended(rig, announcer, f"Tea {n}")
    assert shown(rig, notifier, announcer) == [f"Tea {n}" for n in range(BURST)]
    rig.clock.advance(seconds=BURST_S)
    announcer.look()
    assert notifier.next().text == "3 more runs ended."
    ended(rig, announcer, "Later")
    assert shown(rig, notifier, announcer) == ["Later"]


def test_a_steady_stream_is_summed_up_again_and_again(rig, notifier, announcer) -> None:
    """Where runs never stop ending, the summary does not wait until they do."""
    for n in range(BURST + 1):
        ended(rig, announcer, f"Tea {n}")
    assert len(shown(rig, notifier, announcer)) == BURST
    rig.clock.advance(seconds=BURST_S / 2)
    ended(rig, announcer, "Folded")
    assert shown(rig, notifier, announcer) == []
    rig.clock.advance(seconds=BURST_S / 2)
    ended(rig, announcer, "Folded, too")
    assert notifier.next().text == "3 more runs ended."
    ended(rig, announcer, "Told")
    assert shown(rig, notifier, announcer) == ["Told"]


def test_runs_far_apart_are_told_each(rig, notifier, announcer) -> None:
    """Runs that end now and then are never folded."""
    for n in range(2 * BURST):
        ended(rig, announcer, f"Tea {n}")
        assert notifier.next().title == f"Tea {n}"
        rig.clock.advance(seconds=BURST_S / BURST)


def test_one_more_is_told_as_one(rig, notifier, announcer) -> None:
    """A summary of one run is in the singular."""
    for n in range(BURST + 1):
        ended(rig, announcer, f"Tea {n}")
    shown(rig, notifier, announcer)
    rig.clock.advance(seconds=BURST_S)
    announcer.look()
    assert notifier.next().text == "1 more run ended."


def test_reminders_are_shown_once(rig, notifier, announcer) -> None:
    """A reminder is shown with its urgency by whoever claims it first, and by nobody again."""
    item_id = remind(rig, urgency="critical")
    announcer.look()
    announcer.look()
    other = Announcer(rig.store, [notifier], rig.clock)
    other.start()
    banner = notifier.next()
    assert (banner.key, banner.title, banner.text) == (f"inbox-{item_id}", "Tea", "Now")
    assert banner.urgency is Urgency.CRITICAL
    assert shown(rig, notifier, announcer) == []
    other.close()
    assert notifier.rest() == []
    [_end, item] = rig.inbox.waiting()
    assert item.presented_at == rig.clock.now()


def test_reminders_are_shown_at_the_start(rig, notifier) -> None:
    """What came while nobody was there is shown when somebody is."""
    remind(rig)
    announcer = Announcer(rig.store, [notifier], rig.clock)
    announcer.start()
    assert notifier.next().title == "Tea"
    announcer.close()


def test_a_run_that_is_a_reminder_is_told_by_the_inbox(rig, notifier, announcer) -> None:
    """The end of a reminder is the reminder itself, whatever the rule says."""
    remind(rig)
    ended(rig, announcer, "Run", notify="never", presentation=Presentation("Tea", "", Urgency.LOW))
    assert notifier.next().title == "Tea"


def test_snoozed_reminders_wait(rig, notifier, announcer) -> None:
    """A snoozed reminder is shown again when its time has come, not before."""
    item_id = remind(rig)
    announcer.look()
    notifier.next()
    rig.inbox.snooze(item_id, 600)
    assert shown(rig, notifier, announcer) == []
    rig.clock.advance(seconds=600)
    settlement = Settlement()
    settlement.inbox_woken = True
    announcer.settled(settlement)
    assert notifier.next().title == "Tea"


def test_without_a_screen_reminders_wait_in_the_inbox(rig, notifier, announcer) -> None:
    """Where no banner can be shown, reminders stay for a process that can."""
    notifier.available = False
    remind(rig)
    announcer.look()
    announcer.close()
    assert [item.presented_at for item in rig.inbox.waiting()] == [None]
    assert notifier.rest() == []


def test_the_next_back_end_takes_what_the_first_does_not(rig, notifier) -> None:
    """Back ends are tried in order until one takes the banner."""
    deaf, absent = type(notifier)(), type(notifier)()
    deaf.takes, absent.available = False, False
    announcer = Announcer(rig.store, [absent, deaf, notifier], rig.clock)
    announcer.start()
    ended(rig, announcer)
    assert notifier.next().title == "Tea"
    announcer.close()
    assert all(backend.closed.is_set() for backend in (absent, deaf, notifier))


def look(notifier, announcer) -> list[str]:
    """Have the announcer look, and return what it offered once it has."""
    announcer.look()
    announcer._orders.put(Notification("probe", "probe", "", Urgency.LOW))
    return list(iter(notifier.next_offer, "probe"))


def test_a_reminder_nobody_takes_is_not_lost(rig, notifier, announcer, expected_logs) -> None:
    """Where no back end takes a reminder it stays unpresented; the next look comes after a pause.

    Nothing is offered in the pause, one line is logged, and when a service takes it, it is shown.
    """
    notifier.takes = False
    remind(rig, "Tea")
    remind(rig, "Milk")
    assert look(notifier, announcer) == ["Tea"]
    assert look(notifier, announcer) == []
    rig.clock.advance(seconds=announcing.BACK_OFF_S)
    assert look(notifier, announcer) == ["Tea"]
    rig.clock.advance(seconds=announcing.BACK_OFF_S)  # the second pause is longer
    assert look(notifier, announcer) == []
    assert [entry.presented_at for entry in rig.inbox.waiting()] == [None, None]
    notifier.takes = True
    rig.clock.advance(seconds=announcing.BACK_OFF_S)
    assert look(notifier, announcer) == ["Tea", "Milk"]
    assert look(notifier, announcer) == []
    assert ["are tried again" in record.getMessage() for record in expected_logs] == [True]


def test_what_nobody_took_is_offered_again_unasked(
    rig, notifier, monkeypatch, expected_logs
) -> None:
    """Nobody has to look: after the pause the reminder is offered by itself."""
    monkeypatch.setattr(announcing, "BACK_OFF_S", 0.01)
    notifier.takes = False
    announcer = Announcer(rig.store, [notifier], SystemClock())
    remind(rig)
    announcer.start()
    for _ in range(2):
        assert notifier.next_offer() == "Tea"
    notifier.takes = True
    assert notifier.next().title == "Tea"
    announcer.close()
    assert len(expected_logs) == 1


def test_a_session_that_ends_in_the_pause(rig, notifier, announcer, expected_logs) -> None:
    """Where no banner can be shown any more, reminders wait for the next session."""
    notifier.takes = False
    remind(rig)
    assert look(notifier, announcer) == ["Tea"]
    notifier.available = False
    rig.clock.advance(seconds=announcing.BACK_OFF_S)
    announcer.look()
    announcer.close()
    assert notifier.offered.empty()
    assert announcer._back_off_s == 0
    assert len(expected_logs) == 1


def test_a_failure_that_was_put_off_comes_back_with_its_reason(rig, notifier, announcer) -> None:
    """The banner of a snoozed failure says how the run ended."""
    job, now = rig.add("Tea"), rig.clock.now()

    def fail(tables) -> int:
        run_id = tables.runs.insert(NewRun(job, 1, Cause.MANUAL, Status.RUNNING, now))
        why = Why(Reason.EXIT_CODE, {"code": 3})
        tables.runs.ended(RunEnd(run_id, Status.FAILED, now, now, why))
        return run_id

    run_id = rig.change(fail)
    item_id = remind(
        rig, kind=InboxKind.TROUBLE, run_id=run_id, job_id=job, text="", presented_at=now
    )
    rig.inbox.snooze(item_id, 600)
    rig.clock.advance(seconds=600)
    announcer.look()
    assert notifier.next().text == "failed: exit code 3"


def test_catching_up_is_told_once(rig, notifier, announcer) -> None:
    """Several caught-up runs are told in one banner; a single one is told by its end."""
    settlement = Settlement()
    settlement.caught_up = 1
    announcer.settled(settlement)
    settlement.caught_up = 4
    announcer.settled(settlement)
    banner = notifier.next()
    assert (banner.title, banner.text) == ("While deskcron was away", "4 runs are caught up.")


def test_missed_due_times_are_shown_from_the_inbox(rig, notifier, announcer) -> None:
    """What was missed is in the inbox, and shown from there."""
    rig.add("Tea", rig.every(600), catch_up="skip")
    rig.clock.advance(minutes=25)
    rig.claim()
    announcer.settled(rig.settled[0])
    assert notifier.next().text == "2 due times were missed."


def test_an_item_nobody_understands_stops_nothing(rig, notifier, announcer, expected_logs) -> None:
    """An item that cannot be shown is logged, and the next banner is shown."""
    remind(rig, urgency="apocalyptic")
    announcer.look()
    ended(rig, announcer)
    assert notifier.next().title == "Tea"
    assert len(expected_logs) == 1


def test_a_store_that_is_busy_leaves_reminders_for_later(
    rig, notifier, announcer, monkeypatch, expected_logs
) -> None:
    """Where the store cannot be asked, reminders wait for the next look."""
    remind(rig)

    def busy(_query):
        raise StoreUnavailable(title="The store is busy")

    with monkeypatch.context() as patch:
        patch.setattr(rig.store, "read", busy)
        announcer.look()
        announcer._orders.put(Notification("probe", "probe", "", Urgency.LOW))
        assert notifier.next().title == "probe"
    announcer.look()
    assert notifier.next().title == "Tea"
    assert "wait to be shown" in expected_logs[0].getMessage()


def test_closing_what_never_began(rig, notifier) -> None:
    """An announcer that was never started closes at once."""
    Announcer(rig.store, [notifier], rig.clock).close()
    assert not notifier.closed.is_set()
