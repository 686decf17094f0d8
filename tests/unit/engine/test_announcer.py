"""Banners: what is in the inbox once, successes by their number, presses obeyed."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Event

import pytest

from deskcron.domain.action import Presentation, Urgency
from deskcron.domain.banner import About, BannerAction, Notification
from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import InboxItem, InboxKind, NewRun, RunEnd
from deskcron.domain.run import Cause, RunId, Status
from deskcron.engine import announcer as announcing
from deskcron.engine import inboxbanners
from deskcron.engine.absences import kept_absences
from deskcron.engine.fold import GATHER_S
from deskcron.engine.inboxbanners import BURST, BURST_S, InboxBanners
from deskcron.engine.ready import Ready
from deskcron.engine.settlement import Settlement
from deskcron.system.clock import SystemClock


@pytest.fixture
def announcer(rig, notifier):
    """Return the announcer of an engine, which has begun."""
    announcer = rig.announcer(notifier)
    announcer.serve()
    shown(notifier, announcer)
    yield announcer
    announcer.close()


def succeed(
    rig, announcer, name="Tea", notify="always", presentation=None, status=Status.SUCCEEDED
) -> str:
    """Tell that a run of a new job went well, or ended as told, and return the job."""
    job = rig.definitions.present(rig.job(rig.add(name, notify=notify)))
    end = RunEnd(RunId(1), status, None, rig.clock.now())
    announcer.run_ended(Ready(RunId(1), job, Cause.SCHEDULE, None), end, presentation)
    return job.id


def fail(rig, name="Tea", status=Status.FAILED, why=None, job=None) -> int:
    """Put a failure of a new job in the inbox, and return its run."""
    job, now = job or rig.add(name), rig.clock.now()

    def record(tables) -> int:
        run_id = tables.runs.insert(NewRun(job, 1, Cause.MANUAL, Status.RUNNING, now))
        tables.runs.ended(RunEnd(run_id, status, now, now, why))
        return run_id

    run_id = rig.change(record)
    remind(rig, name, kind=InboxKind.TROUBLE, run_id=run_id, job_id=job, text="")
    return run_id


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


def shown(notifier, announcer) -> list[str]:
    """Wait until everything ordered before is seen to; return the titles shown meanwhile."""
    announcer.look()
    announcer.test("nobody")
    return [banner.title for banner in notifier.rest()]


def labels(banner: Notification) -> list[str]:
    """Return what can be pressed on a banner."""
    return [button.label for button in banner.buttons]


@pytest.mark.parametrize(
    ("status", "why", "text"),
    [
        (Status.FAILED, Why(Reason.EXIT_CODE, {"code": 3}), "Failed: exit code 3"),
        (Status.TIMED_OUT, Why(Reason.TIME_LIMIT, {"timeout_s": 600}), "Timed out after 10 min"),
        (Status.INTERRUPTED, None, "Interrupted"),
    ],
)
def test_failures(rig, notifier, announcer, status, why, text: str) -> None:
    """A failure insists, says how the run ended, and can be looked at, repeated and muted."""
    job = rig.add("Tea")
    run_id = fail(rig, status=status, why=why, job=job)
    announcer.look()
    banner = notifier.next()
    assert (banner.title, banner.text, banner.urgency) == ("Tea", text, Urgency.CRITICAL)
    assert labels(banner) == ["Open log", "Run again", "Mute"]
    [entry] = rig.inbox.waiting()
    assert banner.about == About(entry.id, run_id, (job,))


def test_the_failures_of_a_job_take_each_others_place(rig, notifier, announcer) -> None:
    """A further failure of a job replaces the banner of the first, and counts them."""
    job = rig.add("Tea")
    fail(rig, job=job)
    announcer.look()
    first = notifier.next()
    fail(rig, job=job, why=Why(Reason.EXIT_CODE, {"code": 3}))
    announcer.look()
    second = notifier.next()
    assert second.key == first.key
    assert second.text == "Failed: exit code 3; 2 failures in all"
    assert second.about.entry_id == first.about.entry_id


def test_a_burst_of_failures_is_folded(rig, notifier, announcer) -> None:
    """After five failures in ten seconds the others are told in one, with what went well."""
    for n in range(BURST + 3):
        fail(rig, f"Bad {n}")
    assert shown(notifier, announcer) == [f"Bad {n}" for n in range(BURST)]
    succeed(rig, announcer, "Good")
    assert shown(notifier, announcer) == []
    rig.clock.advance(seconds=BURST_S)
    announcer.look()
    banner = notifier.next()
    assert (banner.title, banner.text) == (
        "3 runs failed, 1 run succeeded",
        "Bad 5, Bad 6, Bad 7 and 1 more job",
    )
    assert labels(banner) == ["Mute 4 jobs"]
    assert shown(notifier, announcer) == []
    fail(rig, "Later")
    assert shown(notifier, announcer) == ["Later"]
    assert all(entry.presented_at for entry in rig.inbox.waiting())


def test_a_steady_stream_of_failures_is_summed_up_again_and_again(rig, notifier, announcer) -> None:
    """Where failures never stop, the summary does not wait until they do."""
    for n in range(BURST + 1):
        fail(rig, f"Bad {n}")
    assert len(shown(notifier, announcer)) == BURST
    rig.clock.advance(seconds=BURST_S / 2)
    fail(rig, "Folded")
    assert shown(notifier, announcer) == []
    rig.clock.advance(seconds=BURST_S / 2)
    fail(rig, "Folded, too")
    assert shown(notifier, announcer) == ["3 runs failed"]


def test_failures_far_apart_are_told_each(rig, notifier, announcer) -> None:
    """Failures that come now and then are never folded."""
    for n in range(2 * BURST):
        fail(rig, f"Bad {n}")
        assert shown(notifier, announcer) == [f"Bad {n}"]
        rig.clock.advance(seconds=BURST_S / BURST)


def test_a_summary_that_somebody_else_has_told(rig, notifier, announcer) -> None:
    """What another process shows during a burst is not told again."""
    for n in range(BURST + 2):
        fail(rig, f"Bad {n}")
    shown(notifier, announcer)
    rig.change(lambda tables: [tables.inbox.presented(n, rig.clock.now()) for n in range(1, 20)])
    rig.clock.advance(seconds=BURST_S)
    assert shown(notifier, announcer) == []


def test_a_summary_nobody_takes_is_tried_again(rig, notifier, announcer, expected_logs) -> None:
    """Failures of a burst stay unpresented where no back end takes their summary."""
    for n in range(BURST + 2):
        fail(rig, f"Bad {n}")
    shown(notifier, announcer)
    notifier.takes = False
    rig.clock.advance(seconds=BURST_S)
    assert offers(notifier, announcer)[-1] == "2 runs failed"
    assert [entry.presented_at for entry in rig.inbox.waiting()[:2]] == [None, None]
    notifier.takes = True
    rig.clock.advance(seconds=inboxbanners.BACK_OFF_S)
    assert shown(notifier, announcer) == ["Bad 5", "Bad 6"]


def test_a_success_is_told_quietly(rig, notifier, announcer) -> None:
    """A run that went well is told under its job's name, with low urgency, and can be muted."""
    job = succeed(rig, announcer)
    banner = notifier.next()
    assert (banner.title, banner.text, banner.urgency) == ("Tea", "Succeeded", Urgency.LOW)
    assert labels(banner) == ["Mute"]
    assert banner.about == About(job_ids=(job,))


def test_successes_are_told_by_one_banner(rig, notifier, announcer) -> None:
    """What goes well within seconds is told in one banner, which counts on; then anew."""
    succeed(rig, announcer, "Tea")
    first = notifier.next()
    for name in ("Milk", "Water", "Sugar", "Sugar 2"):
        succeed(rig, announcer, name)
    assert shown(notifier, announcer) == []
    rig.clock.advance(seconds=GATHER_S)
    announcer.look()
    second = notifier.next()
    assert second.key == first.key
    assert (second.title, second.text) == (
        "5 runs succeeded",
        "Tea, Milk, Water and 2 more jobs",
    )
    succeed(rig, announcer, "Salt")
    rig.clock.advance(seconds=GATHER_S)
    assert shown(notifier, announcer) == ["6 runs succeeded"]
    rig.clock.advance(seconds=GATHER_S)
    succeed(rig, announcer, "Later")
    assert shown(notifier, announcer) == ["Later"]


def test_many_successes_of_one_job(rig, notifier, announcer) -> None:
    """Successes of one job stand under its name."""
    job = rig.definitions.present(rig.job(rig.add("Tea")))
    end = RunEnd(RunId(1), Status.SUCCEEDED, None, rig.clock.now())
    for _ in range(3):
        announcer.run_ended(Ready(RunId(1), job, Cause.SCHEDULE, None), end, None)
        shown(notifier, announcer)
    rig.clock.advance(seconds=GATHER_S)
    announcer.look()
    banner = notifier.next()
    assert (banner.title, banner.text, labels(banner)) == ("Tea", "3 runs succeeded", ["Mute"])


@pytest.mark.parametrize("notify", ["failure", "always"])
def test_a_run_that_was_skipped_is_no_success(rig, notifier, announcer, notify: str) -> None:
    """The end of a run that waited in vain is told by no banner."""
    succeed(rig, announcer, notify=notify, status=Status.SKIPPED)
    rig.clock.advance(seconds=GATHER_S)
    assert shown(notifier, announcer) == []


@pytest.mark.parametrize("notify", ["never", "failure"])
def test_a_success_nobody_asked_for(rig, notifier, announcer, notify: str) -> None:
    """The rule of the job decides whether a success is told."""
    succeed(rig, announcer, notify=notify)
    assert shown(notifier, announcer) == []


def test_reminders_are_shown_once(rig, notifier, announcer) -> None:
    """A reminder is shown with its urgency by whoever claims it first, and by nobody again."""
    item_id = remind(rig, urgency="critical")
    announcer.look()
    announcer.look()
    other = rig.announcer(notifier)
    other.start()
    banner = notifier.next()
    assert (banner.key, banner.title, banner.text) == (f"inbox-{item_id}", "Tea", "Now")
    assert banner.urgency is Urgency.CRITICAL
    assert shown(notifier, announcer) == []
    other.close()
    assert notifier.rest() == []
    [item] = rig.inbox.waiting()
    assert item.presented_at == rig.clock.now()


def test_reminders_are_shown_at_the_start(rig, notifier) -> None:
    """What came while nobody was there is shown when somebody is."""
    remind(rig)
    announcer = rig.announcer(notifier)
    announcer.start()
    assert notifier.next().title == "Tea"
    announcer.close()


def test_a_run_that_is_a_reminder_is_told_by_the_inbox(rig, notifier, announcer) -> None:
    """The end of a reminder is the reminder itself, whatever the rule says."""
    remind(rig)
    succeed(rig, announcer, "Run", "never", Presentation("Tea", "", Urgency.LOW))
    assert notifier.next().title == "Tea"


def test_snoozed_reminders_wait(rig, notifier, announcer) -> None:
    """A snoozed reminder is shown again when its time has come, not before."""
    item_id = remind(rig)
    announcer.look()
    notifier.next()
    rig.inbox.snooze(item_id, 600)
    assert shown(notifier, announcer) == []
    rig.clock.advance(seconds=600)
    settlement = Settlement()
    settlement.inbox_woken = True
    announcer.settled(settlement)
    assert notifier.next().title == "Tea"


def test_a_reminder_put_off_while_another_is_shown(rig, notifier, announcer, monkeypatch) -> None:
    """What is put off after the look, before its turn, is shown when its time has come."""
    remind(rig, "First")
    second = remind(rig, "Second")
    show = notifier.notify

    def show_slowly(banner: Notification) -> bool:
        if banner.title == "First":
            rig.inbox.snooze(second, 600)
        return show(banner)

    monkeypatch.setattr(notifier, "notify", show_slowly)
    assert shown(notifier, announcer) == ["First"]
    rig.clock.advance(seconds=600)
    assert shown(notifier, announcer) == ["Second"]


def test_failures_put_off_while_another_is_shown(rig, notifier, announcer, monkeypatch) -> None:
    """A further failure of an entry that is put off just before its turn waits with it."""
    job = rig.add("Tea")
    fail(rig, job=job)
    announcer.look()
    entry_id = notifier.next().about.entry_id
    remind(rig, "First")
    fail(rig, job=job)
    show = notifier.notify

    def show_slowly(banner: Notification) -> bool:
        if banner.title == "First":
            rig.inbox.snooze(entry_id, 600)
        return show(banner)

    monkeypatch.setattr(notifier, "notify", show_slowly)
    assert shown(notifier, announcer) == ["First"]
    rig.clock.advance(seconds=600)
    assert shown(notifier, announcer) == ["Tea"]


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
    deaf, absent = type(notifier)("deaf"), type(notifier)("absent")
    deaf.takes, absent.available = False, False
    announcer = rig.announcer(absent, deaf, notifier)
    announcer.start()
    remind(rig)
    announcer.look()
    assert notifier.next().title == "Tea"
    announcer.close()
    assert all(backend.closed.is_set() for backend in (absent, deaf, notifier))


def offers(notifier, announcer) -> list[str]:
    """Have the announcer look, and return what it offered once it has."""
    announcer.look()
    announcer.test("nobody")
    return [notifier.offered.get() for _ in range(notifier.offered.qsize())]


def test_a_reminder_nobody_takes_is_not_lost(rig, notifier, announcer, expected_logs) -> None:
    """Where no back end takes a reminder it stays unpresented; the next look comes after a pause.

    Nothing is offered in the pause, one line is logged, and when a service takes it, it is shown.
    """
    notifier.takes = False
    remind(rig, "Tea")
    remind(rig, "Milk")
    assert offers(notifier, announcer) == ["Tea"]
    assert offers(notifier, announcer) == []
    rig.clock.advance(seconds=inboxbanners.BACK_OFF_S)
    assert offers(notifier, announcer) == ["Tea"]
    rig.clock.advance(seconds=inboxbanners.BACK_OFF_S)  # the second pause is longer
    assert offers(notifier, announcer) == []
    assert [entry.presented_at for entry in rig.inbox.waiting()] == [None, None]
    notifier.takes = True
    rig.clock.advance(seconds=inboxbanners.BACK_OFF_S)
    assert offers(notifier, announcer) == ["Tea", "Milk"]
    assert offers(notifier, announcer) == []
    assert ["are tried again" in record.getMessage() for record in expected_logs] == [True]


def test_what_nobody_took_is_offered_again_unasked(
    rig, notifier, monkeypatch, expected_logs
) -> None:
    """Nobody has to look: after the pause the reminder is offered by itself."""
    monkeypatch.setattr(inboxbanners, "BACK_OFF_S", 0.01)
    notifier.takes = False
    rig.clock = SystemClock()
    announcer = rig.announcer(notifier)
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
    assert offers(notifier, announcer) == ["Tea"]
    notifier.available = False
    rig.clock.advance(seconds=inboxbanners.BACK_OFF_S)
    announcer.look()
    announcer.close()
    assert notifier.offered.empty()
    assert len(expected_logs) == 1


def test_a_failure_that_was_put_off(rig, notifier, announcer) -> None:
    """Failures of a job that is put off are kept back, and told together when its time comes."""
    job = rig.add("Tea")
    fail(rig, job=job)
    announcer.look()
    rig.inbox.snooze(notifier.next().about.entry_id, 600)
    fail(rig, job=job)
    assert shown(notifier, announcer) == []
    rig.clock.advance(seconds=600)
    announcer.look()
    assert notifier.next().text == "Failed; 2 failures in all"


def test_catching_up_is_told_once(rig, notifier, announcer) -> None:
    """Several caught-up runs are told in one banner; a single one is told by its end."""
    settlement = Settlement()
    settlement.note_late(rig.clock.now())
    settlement.caught_up = 1
    announcer.settled(settlement)
    settlement.caught_up = 4
    announcer.settled(settlement)
    banner = notifier.next()
    assert (banner.title, banner.text) == ("While deskcron was away", "4 runs are caught up.")
    assert banner.about.review_at == rig.clock.now()


def test_missed_due_times_are_shown_from_the_inbox(rig, notifier, announcer) -> None:
    """What was missed is in the inbox, and shown from there."""
    rig.add("Tea", rig.every(600), catch_up="skip")
    rig.clock.advance(minutes=25)
    rig.claim()
    announcer.settled(rig.settled[0])
    banner = notifier.next()
    assert banner.text == "2 due times were missed."
    assert banner.about.review_at == rig.clock.now()
    assert labels(banner) == ["Done"]


def test_a_window_is_led_to_the_review(rig, notifier) -> None:
    """In a window's process banners about an absence have a button for it."""
    shown_in_window = SimpleQueue()
    announcer = rig.announcer(notifier, show=shown_in_window.put)
    announcer.start()
    rig.add("Tea", rig.every(600), catch_up="skip")
    rig.clock.advance(minutes=25)
    rig.claim()
    settlement = rig.settled[0]
    settlement.caught_up = 2
    announcer.settled(settlement)
    banners = [notifier.next(), notifier.next()]
    assert sorted(labels(banner) for banner in banners) == [["Review"], ["Review", "Done"]]
    [absence] = rig.store.read(kept_absences)
    for banner in banners:
        notifier.press(BannerAction.REVIEW, banner)
        assert absence.since <= shown_in_window.get(timeout=20).review_at <= absence.settled_at
    announcer.close()


def test_an_urgency_nobody_understands(rig, notifier, announcer) -> None:
    """An item of another version is shown as usual."""
    remind(rig, urgency="apocalyptic")
    announcer.look()
    assert notifier.next().urgency is Urgency.NORMAL


def test_an_error_stops_nothing(rig, notifier, announcer, monkeypatch, expected_logs) -> None:
    """A back end that raises after all is logged, and the next banner is shown."""
    with monkeypatch.context() as patch:
        patch.setattr(notifier, "is_available", lambda: 1 / 0)
        announcer.look()
        shown(notifier, announcer)
    succeed(rig, announcer)
    assert notifier.next().title == "Tea"
    assert "had an error" in expected_logs[0].getMessage()


def test_a_store_that_is_busy_leaves_reminders_for_later(
    rig, notifier, announcer, monkeypatch, expected_logs
) -> None:
    """Where the store cannot be asked, reminders wait for the next look."""
    remind(rig)

    def busy(_query):
        raise StoreUnavailable(title="The store is busy")

    with monkeypatch.context() as patch:
        patch.setattr(rig.store, "read", busy)
        assert shown(notifier, announcer) == []
    rig.clock.advance(seconds=inboxbanners.BACK_OFF_S)
    assert shown(notifier, announcer) == ["Tea"]
    assert "waits to be shown" in expected_logs[0].getMessage()


def test_the_summary_of_a_burst_outlasts_a_busy_store(
    rig, notifier, announcer, monkeypatch, expected_logs
) -> None:
    """Failures of a burst whose summary is due while the store is busy are told after a pause."""
    for n in range(BURST + 2):
        fail(rig, f"Bad {n}")
    shown(notifier, announcer)
    rig.clock.advance(seconds=BURST_S)

    def busy(_query):
        raise StoreUnavailable(title="The store is busy")

    with monkeypatch.context() as patch:
        patch.setattr(rig.store, "read", busy)
        announcer.test("nobody")  # no look is ordered, only the summary is due
        announcer.test("nobody")
    assert "waits to be shown" in expected_logs[0].getMessage()
    rig.clock.advance(seconds=inboxbanners.BACK_OFF_S)
    announcer.test("nobody")
    assert [notifier.next().title for _ in range(2)] == ["Bad 5", "Bad 6"]


def test_an_error_in_a_look_that_was_due_is_not_repeated_at_once(
    rig, notifier, announcer, monkeypatch, expected_logs
) -> None:
    """A look that is tried again and has an unforeseen error comes after a pause once more."""
    notifier.takes = False
    remind(rig)
    offers(notifier, announcer)
    looks: list[None] = []
    look = "withdraw_outdated"
    monkeypatch.setattr(InboxBanners, look, lambda _self: looks.append(None) or 1 / 0)
    rig.clock.advance(seconds=inboxbanners.BACK_OFF_S)
    for _ in range(5):
        announcer.test("nobody")
    assert len(looks) == 1
    assert "had an error" in expected_logs[-1].getMessage()


def test_what_is_dealt_with_elsewhere_is_taken_away(rig, notifier, announcer) -> None:
    """A banner goes when its entry is done, put off or gone; others stay."""
    done, put_off, stays = (remind(rig, name) for name in ("Done", "Put off", "Stays"))
    assert len(shown(notifier, announcer)) == 3
    rig.inbox.done(done)
    rig.inbox.snooze(put_off, 600)
    assert shown(notifier, announcer) == []
    assert {notifier.withdrawn.get() for _ in range(2)} == {f"inbox-{done}", f"inbox-{put_off}"}
    assert notifier.withdrawn.empty()
    rig.inbox.done(stays)
    shown(notifier, announcer)
    assert notifier.withdrawn.get() == f"inbox-{stays}"


def test_two_processes_show_each_entry_once(rig, notifier) -> None:
    """A daemon without a session leaves everything to the window; nothing is shown twice."""
    daemon, window = type(notifier)("daemon"), notifier
    daemon.available = False
    announcers = [rig.announcer(daemon), rig.announcer(window)]
    for announcer in announcers:
        announcer.start()
    remind(rig, "Tea")
    fail(rig, "Backup")
    assert shown(daemon, announcers[0]) == []
    assert shown(window, announcers[1]) == ["Tea", "Backup"]
    daemon.available = True
    assert shown(daemon, announcers[0]) == []
    for announcer in announcers:
        announcer.close()


@pytest.fixture
def beside(rig, notifier):
    """Return the announcer of a window that is not the engine, and has looked already."""
    window = rig.announcer(notifier)
    window.start()
    shown(notifier, window)
    yield window
    window.close()


def served(rig, notifier, *, has_session: bool):
    """Let the announcer of a daemon say whether it has a session, and return it."""
    daemon = type(notifier)("daemon")
    daemon.available = has_session
    announcer = rig.announcer(daemon)
    announcer.serve()
    shown(daemon, announcer)
    return announcer


def ran(rig, name="Tea", cause=Cause.SCHEDULE, status=Status.SUCCEEDED, **job) -> None:
    """Record a run from its begin to its end."""
    end_of(rig, begun(rig, name, cause, **job), status)


def begun(rig, name="Tea", cause=Cause.SCHEDULE, action=None, **policy) -> RunId:
    """Record that a run of a new job is going on."""
    job = rig.add(name, action=action or rig.shell("true"), **policy)
    run = NewRun(job, 1, cause, Status.RUNNING, rig.clock.now())
    return rig.change(lambda tables: tables.runs.insert(run))


def end_of(rig, run_id: RunId, status=Status.SUCCEEDED) -> None:
    """Record the end of a run."""
    end = RunEnd(run_id, status, rig.clock.now(), rig.clock.now())
    rig.change(lambda tables: tables.runs.ended(end))


def test_a_window_tells_the_successes_of_a_daemon_without_a_session(rig, notifier, beside) -> None:
    """What goes well in a daemon that no one sees is told by the window beside it, once."""
    daemon = served(rig, notifier, has_session=False)
    going_on = begun(rig, "Backup", notify="always")
    assert shown(notifier, beside) == []
    end_of(rig, going_on)
    assert shown(notifier, beside) == ["Backup"]
    rig.clock.advance(seconds=GATHER_S)
    ran(rig, "Tea", notify="success")
    assert shown(notifier, beside) == ["Tea"]
    rig.clock.advance(seconds=GATHER_S)
    assert shown(notifier, beside) == []
    daemon.close()


def test_a_window_is_silent_beside_a_daemon_with_a_session(rig, notifier, beside) -> None:
    """Where the engine's process can tell what goes well, no window does so as well."""
    daemon = served(rig, notifier, has_session=True)
    ran(rig, notify="always")
    assert shown(notifier, beside) == []
    daemon.close()
    daemon = served(rig, notifier, has_session=False)
    assert shown(notifier, beside) == []  # nor later, what was told before
    ran(rig, "Milk", notify="always")
    assert shown(notifier, beside) == ["Milk"]
    daemon.close()


def test_a_daemon_without_a_session_tells_nothing_itself(rig, notifier) -> None:
    """What cannot be shown is not gathered for later either."""
    notifier.available = False
    daemon = rig.announcer(notifier)
    daemon.serve()
    assert shown(notifier, daemon) == []
    succeed(rig, daemon)
    notifier.available = True
    assert shown(notifier, daemon) == []
    daemon.close()


@pytest.mark.parametrize(
    "run",
    [
        {"notify": "failure"},
        {"notify": "always", "cause": Cause.TEST},
        {"notify": "always", "status": Status.CANCELLED},
        {"notify": "always", "action": {"kind": "reminder", "text": "Tea"}},
    ],
)
def test_a_window_tells_only_successes_that_are_wanted(rig, notifier, beside, run) -> None:
    """Tests, cancelled runs, reminders and what the job does not want are left out."""
    daemon = served(rig, notifier, has_session=False)
    ran(rig, **run)
    assert shown(notifier, beside) == []
    daemon.close()


def test_what_went_well_before_a_window_came_is_no_news(rig, notifier) -> None:
    """A window that begins tells nothing that was over before."""
    served(rig, notifier, has_session=False).close()
    ran(rig, notify="always")
    window = rig.announcer(notifier)
    window.start()
    assert shown(notifier, window) == []
    window.close()


def test_nobody_waits_for_a_back_end_that_hangs(rig, notifier, announcer, monkeypatch) -> None:
    """While a back end hangs, ends and presses are taken at once; later all is told."""
    hangs, goes_on = Event(), Event()

    def hang(banner: Notification) -> bool:
        hangs.set()
        goes_on.wait()
        return True

    with monkeypatch.context() as patch:
        patch.setattr(notifier, "notify", hang)
        remind(rig, "Hangs")
        announcer.look()
        assert hangs.wait(20)
        for n in range(3):
            succeed(rig, announcer, f"Tea {n}")
            announcer.look()
            announcer.settled(Settlement())
    goes_on.set()
    assert notifier.next().title == "3 runs succeeded"


def test_a_back_end_that_hangs_is_left_behind(rig, notifier, monkeypatch) -> None:
    """The end of the program does not wait for it."""
    hangs, goes_on = Event(), Event()
    monkeypatch.setattr(announcing, "END_S", 0.01)
    monkeypatch.setattr(notifier, "notify", lambda _banner: hangs.set() or goes_on.wait())
    announcer = rig.announcer(notifier)
    announcer.start()
    remind(rig)
    announcer.look()
    assert hangs.wait(20)
    announcer.close()
    assert not notifier.closed.is_set()
    goes_on.set()
    assert notifier.closed.wait(20)


def test_closing_what_never_began(rig, notifier) -> None:
    """An announcer that was never started closes at once."""
    rig.announcer(notifier).close()
    assert not notifier.closed.is_set()
