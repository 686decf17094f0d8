"""What is pressed on a banner is done, and what cannot be done is told by another banner."""

from __future__ import annotations

from datetime import timedelta
from queue import SimpleQueue
from threading import Event

import pytest

from deskcron.domain.action import Urgency
from deskcron.domain.banner import About, BannerAction, Press
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import Hold, InboxItem, InboxKind, NewRun, RequestState, RunEnd
from deskcron.domain.run import Cause, Status


@pytest.fixture
def announcer(rig, notifier):
    """Return an announcer in a process without a window."""
    announcer = rig.announcer(notifier)
    announcer.start()
    yield announcer
    announcer.close()


def put(rig, kind=InboxKind.REMINDER, status=Status.SUCCEEDED, cause=Cause.SCHEDULE, **more):
    """Put something about a run of the job Tea into the inbox, and return the run's number."""
    job, now = rig.add("Tea"), rig.clock.now()

    def write(tables) -> int:
        run_id = tables.runs.insert(NewRun(job, 1, cause, Status.RUNNING, now))
        tables.runs.ended(RunEnd(run_id, status, now, now))
        fields = {
            "id": 0,
            "kind": kind,
            "run_id": run_id,
            "job_id": job,
            "title": "Tea",
            "text": "",
            "urgency": "normal",
            "created_at": now,
        }
        tables.inbox.add(InboxItem(**{**fields, **more}))
        return run_id

    return rig.change(write)


def fail(rig) -> int:
    """Put a failure of the job Tea into the inbox, and return its run."""
    return put(rig, InboxKind.TROUBLE, Status.FAILED)


def banner_of(notifier, announcer):
    """Have the inbox looked at, and return the banner that comes."""
    announcer.look()
    return notifier.next()


def press(notifier, announcer, deed) -> None:
    """Press something on the next banner, and wait until that is seen to."""
    notifier.press(deed, banner_of(notifier, announcer))
    announcer.test("nobody")


def deeds(banner) -> list[BannerAction]:
    """Return what can be pressed on a banner."""
    return [button.deed for button in banner.buttons]


@pytest.mark.parametrize(
    ("entry", "buttons"),
    [
        ({}, [BannerAction.DONE, BannerAction.SNOOZE, BannerAction.MUTE]),
        ({"cause": Cause.TEST}, [BannerAction.DONE, BannerAction.SNOOZE]),
        ({"job_id": None}, [BannerAction.DONE, BannerAction.SNOOZE]),
        (
            {"kind": InboxKind.TROUBLE, "status": Status.FAILED},
            [BannerAction.OPEN_LOG, BannerAction.RUN_AGAIN, BannerAction.MUTE],
        ),
        ({"kind": InboxKind.TROUBLE, "run_id": None, "job_id": None}, [BannerAction.DONE]),
        ({"kind": InboxKind.MISSED, "run_id": None, "job_id": None}, [BannerAction.DONE]),
        (
            {"kind": InboxKind.HELD, "run_id": None},
            [BannerAction.RESUME, BannerAction.DONE, BannerAction.MUTE],
        ),
        (
            {"kind": InboxKind.QUESTION},
            [BannerAction.PROCEED, BannerAction.PUT_OFF, BannerAction.DECLINE],
        ),
    ],
)
def test_each_entry_has_the_buttons_that_fit(rig, notifier, announcer, entry, buttons) -> None:
    """Reminders, failures, what was missed, and notices of the engine differ in their buttons."""
    put(rig, **entry)
    assert deeds(banner_of(notifier, announcer)) == buttons


def test_the_words_of_buttons(rig, notifier, announcer) -> None:
    """Buttons say what they do, the snooze for how long."""
    put(rig)
    banner = banner_of(notifier, announcer)
    assert [button.label for button in banner.buttons] == ["Done", "Snooze 10 min", "Mute"]


def test_done(rig, notifier, announcer) -> None:
    """Done marks the entry as dealt with; pressed too late it says nothing."""
    put(rig)
    banner = banner_of(notifier, announcer)
    for _ in range(2):
        notifier.press(BannerAction.DONE, banner)
    announcer.test("nobody")
    assert rig.inbox.waiting() == []
    assert notifier.rest() == []


def test_snooze(rig, notifier, announcer) -> None:
    """A snoozed reminder comes back after ten minutes."""
    put(rig)
    press(notifier, announcer, BannerAction.SNOOZE)
    assert rig.inbox.waiting()[0].snoozed_until is not None
    rig.clock.advance(seconds=599)
    announcer.look()
    announcer.test("nobody")
    assert notifier.rest() == []
    rig.clock.advance(seconds=1)
    assert banner_of(notifier, announcer).title == "Tea"


def test_a_snooze_that_comes_too_late_is_told(rig, notifier, announcer) -> None:
    """What cannot be done any more is said by a banner, and nothing else happens."""
    put(rig)
    banner = banner_of(notifier, announcer)
    rig.inbox.done(banner.about.entry_id)
    notifier.press(BannerAction.SNOOZE, banner)
    assert notifier.next().title == f"Inbox item {banner.about.entry_id} is done already"


def test_mute(rig, notifier, announcer) -> None:
    """Mute silences the job and says for how long, and its reminder still waits."""
    put(rig)
    press(notifier, announcer, BannerAction.MUTE)
    told = notifier.next()
    assert told.title == "Tea is muted"
    assert "Unmute" in told.text
    assert [job.muted for job in rig.catalogue.list()] == [True]
    assert len(rig.inbox.waiting()) == 1


def test_several_jobs_are_muted_at_once(rig, notifier, announcer) -> None:
    """Jobs that are gone are passed over, and one undo brings all banners back."""
    jobs = tuple(rig.add(f"Tea {n}") for n in range(4))
    rig.jobs.remove([jobs[1]])
    announcer.pressed(Press(BannerAction.MUTE, About(job_ids=jobs)))
    announcer.test("nobody")
    assert [job.muted for job in rig.catalogue.list()] == [True, True, True]
    assert [banner.title for banner in notifier.rest()] == ["Tea 0, Tea 2, Tea 3 are muted"]
    rig.jobs.undo()
    assert [job.muted for job in rig.catalogue.list()] == [False, False, False]


def test_a_job_that_is_gone_cannot_be_muted(rig, notifier, announcer) -> None:
    """Where nothing is left to be muted, that is told."""
    job = rig.add()
    rig.jobs.remove([job])
    announcer.pressed(Press(BannerAction.MUTE, About(job_ids=(job,))))
    assert notifier.next().title == f"There is no job '{job}'"


def ask(rig) -> int:
    """Ask in the inbox about a run of the job Tea that waits, and return the run."""
    job, now = rig.add("Tea", ask_s=300), rig.clock.now()
    until = (now + timedelta(minutes=5)).isoformat()

    def write(tables) -> int:
        why = Why(Reason.ASKED, {"until": until})
        run_id = tables.runs.insert(NewRun(job, 1, Cause.SCHEDULE, Status.WAITING, now, why=why))
        tables.inbox.add(
            InboxItem(
                id=0,
                kind=InboxKind.QUESTION,
                run_id=run_id,
                job_id=job,
                title="Tea",
                text="It is about to start.",
                urgency="normal",
                created_at=now,
            )
        )
        return run_id

    return rig.change(write)


def test_a_question_says_when_the_run_starts(rig, notifier, announcer) -> None:
    """The banner names the time without an answer, and stays until there is one."""
    ask(rig)
    banner = banner_of(notifier, announcer)
    starts = (rig.clock.now() + timedelta(minutes=5)).astimezone()
    assert (banner.title, banner.text) == ("Tea", f"Starts at {starts:%H:%M}")
    assert [button.label for button in banner.buttons] == ["Run now", "Snooze 10 min", "Skip"]
    assert banner.urgency is Urgency.CRITICAL


@pytest.mark.parametrize(
    ("deed", "fate"),
    [
        (BannerAction.PROCEED, "queued"),
        (BannerAction.PUT_OFF, "waiting put-off"),
        (BannerAction.DECLINE, "skipped declined"),
    ],
)
def test_a_question_is_answered_by_a_press(
    rig, machine, notifier, announcer, monkeypatch, deed, fate
) -> None:
    """The run starts, waits on or is skipped, and the banner goes."""
    monkeypatch.setattr(machine.runner, "submit", lambda _ready: None)
    rig.lock.acquire("daemon")
    rig.on_wait = machine.requests.answer_all
    ask(rig)
    banner = banner_of(notifier, announcer)
    notifier.press(deed, banner)
    announcer.test("nobody")
    announcer.look()
    announcer.test("nobody")
    assert rig.fates() == [fate]
    assert rig.inbox.waiting() == []
    assert notifier.withdrawn.get() == banner.key


def test_a_held_job_is_resumed_by_a_press(rig, notifier, announcer) -> None:
    """Resume job lets it run on."""
    put(rig, InboxKind.HELD)
    job = rig.rows()[0].job_id
    rig.change(lambda tables: tables.holds.set(Hold(job, 3, rig.clock.now(), None)))
    press(notifier, announcer, BannerAction.RESUME)
    assert [job.is_held for job in rig.catalogue.list()] == [False]
    assert rig.inbox.waiting() == []


def test_run_again(rig, notifier, announcer) -> None:
    """The job is run by the engine, wherever that is, and the failure is dealt with by then."""
    fail(rig)
    waiting: SimpleQueue[int] = SimpleQueue()
    rig.lock.acquire("daemon")
    asked: SimpleQueue[str] = SimpleQueue()

    def answer() -> None:
        def write(tables) -> None:
            for request in tables.requests.pending(rig.clock.now()):
                tables.requests.answer(request.id, RequestState.DONE, {"run_id": 7})
                asked.put(request.kind)
                waiting.put(len(tables.inbox.waiting()))

        rig.change(write)

    rig.on_wait = answer
    press(notifier, announcer, BannerAction.RUN_AGAIN)
    assert (asked.get(), waiting.get()) == ("run", 0)
    assert rig.inbox.waiting() == []


def test_run_again_without_an_engine(rig, notifier, announcer) -> None:
    """Where no engine runs, that is told, and the failure stays."""
    fail(rig)
    press(notifier, announcer, BannerAction.RUN_AGAIN)
    assert notifier.next().title == "No engine is running"
    assert len(rig.inbox.waiting()) == 1


def test_the_log_is_opened_without_a_window(rig, notifier, announcer) -> None:
    """Open log opens the file; the failure stays until it is dealt with."""
    run_id = fail(rig)
    log = rig.logs.path(run_id, 1)
    log.parent.mkdir(parents=True)
    log.write_text("no")
    press(notifier, announcer, BannerAction.OPEN_LOG)
    assert rig.opened == [log]
    assert len(rig.inbox.waiting()) == 1


def test_a_run_without_a_log(rig, notifier, announcer) -> None:
    """Where there is nothing to be opened, that is told."""
    run_id = fail(rig)
    press(notifier, announcer, BannerAction.OPEN_LOG)
    assert notifier.next().title == f"Run {run_id} has no log"
    assert rig.opened == []


@pytest.mark.parametrize("deed", [BannerAction.OPEN_LOG, BannerAction.SHOW])
def test_with_a_window_the_run_is_shown(rig, notifier, deed) -> None:
    """Open log, and a press on the banner, lead to the run in the window."""
    run_id = fail(rig)
    shown: SimpleQueue[About] = SimpleQueue()
    announcer = rig.announcer(notifier, show=shown.put)
    announcer.start()
    notifier.press(deed, notifier.next())
    assert shown.get(timeout=20).run_id == run_id
    assert rig.opened == []
    announcer.close()


def test_a_press_on_a_reminder_leads_to_the_inbox(rig, notifier) -> None:
    """What is about no failure names no run, only its entry."""
    put(rig)
    shown: SimpleQueue[About] = SimpleQueue()
    announcer = rig.announcer(notifier, show=shown.put)
    announcer.start()
    notifier.press(BannerAction.SHOW, notifier.next())
    about = shown.get(timeout=20)
    assert (about.run_id, about.entry_id) == (None, rig.inbox.waiting()[0].id)
    announcer.close()


def test_a_press_on_a_banner_without_a_window(rig, notifier, announcer) -> None:
    """A press on the banner itself has nowhere to lead, and does nothing."""
    put(rig)
    press(notifier, announcer, BannerAction.SHOW)
    assert notifier.rest() == []


def test_presses_return_at_once(rig, notifier, announcer, monkeypatch) -> None:
    """The back end does not wait until a press is obeyed, however long that takes."""
    put(rig)
    goes_on = Event()
    deal_with = rig.inbox.deal_with
    monkeypatch.setattr(rig.inbox, "deal_with", lambda ids: goes_on.wait(20) and deal_with(ids))
    notifier.press(BannerAction.DONE, banner_of(notifier, announcer))
    assert len(rig.inbox.waiting()) == 1
    goes_on.set()
    announcer.test("nobody")
    assert rig.inbox.waiting() == []
