"""The doctor looks at everything and says what is wrong and what to do."""

from __future__ import annotations

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from enginefixtures import store  # noqa: F401 - with a file, which is looked at here

from deskcron.domain.answers import Health, Mended
from deskcron.domain.environment import ShellReport
from deskcron.domain.errors import RequestFailed, StoreUnavailable
from deskcron.domain.healthwords import topic_word
from deskcron.domain.machine import Wakefulness
from deskcron.domain.ports import AutostartState
from deskcron.domain.records import Change, Hold, WakeKind
from deskcron.domain.secret import KeyringClosed
from deskcron.domain.sizewords import MB
from deskcron.domain.vitals import SessionVitals, StoreFigures
from deskcron.engine.charge import FOREGROUND, in_charge
from deskcron.engine.checks import session
from deskcron.engine.checks.awake import AwakeCheck
from deskcron.engine.checks.charge import ChargeCheck
from deskcron.engine.checks.data import DataCheck
from deskcron.engine.checks.jobs import JobCheck
from deskcron.engine.checks.login import LoginCheck
from deskcron.engine.checks.session import SessionCheck
from deskcron.engine.checks.time import TimeCheck
from deskcron.engine.clockjumps import jumps_in
from deskcron.engine.doctor import Doctor
from deskcron.engine.looseends import LooseEnds
from deskcron.engine.mending import Mending
from deskcron.system.datafolder import FileDataFolder
from deskcron.system.lock import FileEngineLock

PLENTY = 10_000 * MB
HEALTHY = SessionVitals(
    desktop="XFCE", has_bus=True, has_panel=True, tells_of_sleep=True, is_keyring_locked=False
)


class FakeAutostart:
    """A login that starts what the test says."""

    def __init__(self, *, is_on: bool) -> None:
        self.is_on, self.is_stale, self.remark, self.error = is_on, False, "", ""

    def state(self) -> AutostartState:
        """Tell so."""
        if self.error:
            raise RequestFailed(title=self.error)
        return AutostartState(
            self.is_on, "/etc/autostart", "/gone/deskcron", self.is_stale, self.remark
        )

    def enable(self) -> None:
        """Start what is there."""
        self.is_on, self.is_stale = True, False

    def disable(self) -> None:
        """Start nothing."""
        self.is_on = False


class Surroundings:
    """What the doctor is told of the session, the clock and the keyring."""

    def __init__(self) -> None:
        self.vitals, self.is_clock_kept, self.no_keyring = HEALTHY, True, ""
        self.wakefulness = Wakefulness.WHATEVER_HAPPENS

    def keyring(self) -> str:
        """Return the name of the keyring."""
        if self.no_keyring:
            raise KeyringClosed(title="No secrets", detail=self.no_keyring, hint="Unlock it.")
        return "Keyring of the test"


@pytest.fixture
def around() -> Surroundings:
    """Return what the doctor is told."""
    return Surroundings()


@pytest.fixture
def autostart() -> FakeAutostart:
    """Return what starts the window at login."""
    return FakeAutostart(is_on=True)


@pytest.fixture
def headless() -> FakeAutostart:
    """Return what starts the engine alone at login."""
    return FakeAutostart(is_on=False)


@pytest.fixture
def window_lock(rig) -> FileEngineLock:
    """Return the lock of the window."""
    return FileEngineLock(rig.home / "window.lock")


@pytest.fixture
def practice(rig, notifier, around, autostart, headless, window_lock, monkeypatch):
    """Return what makes a doctor; there is room on the disk."""
    monkeypatch.setattr(FileDataFolder, "free_bytes", lambda _folder: PLENTY)

    def open_practice(warning: str | None = None) -> Doctor:
        ends = LooseEnds(rig.definitions, rig.planner)
        logins = {"The window": autostart, "The engine alone": headless}
        checks = (
            ChargeCheck(rig.store, rig.lock, window_lock, rig.clock, rig.folder),
            TimeCheck(rig.store, rig.lock, rig.zones, rig.clock, lambda: around.is_clock_kept),
            DataCheck(rig.store, rig.logs, rig.clock, rig.folder, warning),
            JobCheck(rig.store, rig.definitions, ends, rig.clock),
            SessionCheck(rig.lock, lambda: [notifier], lambda: around.vitals, around.keyring),
            AwakeCheck(rig.store, rig.definitions, lambda: around.wakefulness),
            LoginCheck(logins, lambda: rig.environments, rig.clock),
        )
        mending = Mending(
            rig.store,
            FileEngineLock(rig.home / "engine.lock"),
            FileEngineLock(rig.home / "window.lock"),
            rig.wake,
            tuple(logins.values()),
            ends,
            rig.clock,
            rig.folder,
        )
        return Doctor(checks, mending)

    return open_practice


@pytest.fixture
def examine(practice):
    """Return a function that examines and answers by topic.

    What is not good is explained, and every topic has its word.
    """

    def examine(warning: str | None = None):
        doctor = practice(warning)
        examine.mend = doctor.mend
        found = doctor.examine()
        assert [one for one in found if one.health is not Health.GOOD and not one.why] == []
        assert [one for one in found if one.health is not Health.GOOD and not one.hint] == []
        assert [one for one in found if topic_word(one.topic) == one.topic] == []
        return {finding.topic: finding for finding in found}

    return examine


@pytest.fixture
def backup(rig):
    """Return a function that makes a backup of some age."""

    def backup(age_s: float = 0) -> None:
        copy = rig.home / "backups" / "daily-1.db"
        rig.store.backup(copy, whole=False)
        made_s = rig.clock.now().timestamp() - age_s
        os.utime(copy, (made_s, made_s))

    return backup


def test_all_is_well(rig, examine, backup) -> None:
    """Where all is well every finding says so, and none tells what to do."""
    rig.environments.told = ShellReport(
        "/bin/sh", ("/etc/profile", "/me/.profile"), 0.34, "", age_s=120
    )
    with in_charge(rig.lock, "daemon"):
        rig.lock.beat(rig.clock.now())
        rig.clock.advance(seconds=3)
        backup()
        found = examine()
    assert set(found) == {
        *("engine", "clock", "zone", "store", "backups", "logs", "place", "space"),
        *("session", "notifications", "tray", "keyring", "sleep", "autostart", "shell"),
    }
    assert {finding.health for finding in found.values()} == {Health.GOOD}
    assert {finding.hint for finding in found.values()} == {""}
    assert f"The daemon is the engine, process {os.getpid()}, since " in found["engine"].text
    assert "its last tick was 3.0 s ago" in found["engine"].text
    assert "/bin/sh gave its environment in 0.3 s, " in found["shell"].text
    assert "by /etc/profile, /me/.profile" in found["shell"].text
    assert str(rig.home) in found["place"].text
    assert "Europe/Berlin, by zone rules of version 2026a" in found["zone"].text
    assert found["clock"].text == "A time service keeps the clock right."
    assert found["store"].text.startswith("The database is sound and takes ")
    assert found["logs"].text == "0 logs with the output of runs take 0 bytes."
    assert "The window is started at login, by /etc/autostart." in found["autostart"].text
    assert "Keyring of the test" in found["keyring"].text
    assert "Fake banners" in found["notifications"].text


def test_jobs_that_are_due_without_an_engine(rig, examine) -> None:
    """Without an engine the doctor says how many jobs wait for one."""
    rig.add("Tea")
    rig.add("Milk", rig.every(3600))
    assert examine()["engine"].text == "No engine is running."
    rig.clock.advance(seconds=60)
    assert examine()["engine"].text == "No engine is running, and 1 job is due."


def test_a_run_by_hand_is_no_engine(rig, examine) -> None:
    """Who only runs a job by hand keeps no schedule."""
    with in_charge(rig.lock, FOREGROUND):
        assert examine()["engine"].health is Health.BAD


def test_a_pause_is_told(rig, examine) -> None:
    """A pause is a remark that says until when, and how to end it; one that is over is none."""
    assert "pause" not in examine()
    until = rig.control.pause(3600)
    finding = examine()["pause"]
    assert finding.health is Health.NOTE
    assert finding.text.startswith(f"All jobs are paused until {until.astimezone():%Y-%m-%d %H:%M}")
    assert finding.why == "What becomes due meanwhile is skipped."
    assert "deskcron resume" in finding.hint
    rig.clock.advance(seconds=3600)
    assert "pause" not in examine()
    rig.control.pause(None)
    assert examine()["pause"].text == "All jobs are paused."


def test_whose_banners_are_judged(rig, examine, monkeypatch) -> None:
    """Beside an engine in another process the doctor says that it judged its own session."""
    with in_charge(rig.lock, "daemon"):
        assert "this program" not in examine()["notifications"].text
        monkeypatch.setattr(session.os, "getpid", lambda: 1)
        assert f"the engine, process {rig.lock.holder().pid}" in examine()["notifications"].text


def test_no_engine(examine) -> None:
    """Without an engine nothing runs; the doctor says how to start one."""
    assert examine()["engine"].health is Health.BAD
    assert "deskcron daemon" in examine()["engine"].hint


@pytest.mark.parametrize("beat_s", [None, 31])
def test_an_engine_that_is_stuck(rig, examine, beat_s) -> None:
    """An engine that holds the lock but does not tick is told of by its process."""
    with in_charge(rig.lock, "daemon"):
        if beat_s is not None:
            rig.lock.beat(rig.clock.now())
            rig.clock.advance(seconds=beat_s)
        finding = examine()["engine"]
    assert finding.health is Health.BAD
    assert "has not ticked" in finding.text


def test_a_damaged_store(rig, examine, monkeypatch) -> None:
    """Damage is told as the database says it."""
    monkeypatch.setattr(rig.store, "check", lambda: "row 3 missing from index")
    finding = examine()["store"]
    assert finding.health is Health.BAD
    assert "row 3 missing" in finding.text


def test_a_bad_place(examine) -> None:
    """A synced or network folder is told in the words it was found with."""
    finding = examine("The data directory is on a network drive.")["place"]
    assert (finding.health, finding.text) == (
        Health.BAD,
        "The data directory is on a network drive.",
    )


def test_little_space(examine, monkeypatch) -> None:
    """Little free space is told with its size."""
    monkeypatch.setattr(FileDataFolder, "free_bytes", lambda _folder: 7 * MB)
    finding = examine()["space"]
    assert finding.health is Health.BAD
    assert finding.text.startswith("7 MB are free")


def test_a_clock_behind_the_history(rig, examine) -> None:
    """A clock that is behind the newest run is told of."""
    rig.add()
    rig.clock.advance(seconds=60)
    rig.claim()
    assert examine()["clock"].health is Health.GOOD
    rig.clock.set(rig.clock.now() - timedelta(minutes=2))
    assert examine()["clock"].health is Health.BAD


def test_a_set_back_that_the_engine_has_accepted(rig, examine, expected_logs) -> None:
    """Runs from before it say nothing about the clock; those since do again."""
    rig.add()
    rig.clock.advance(hours=2)
    rig.claim()
    rig.clock.set(rig.clock.now() - timedelta(hours=1))
    rig.timekeeper.tick()
    assert examine()["clock"].health is Health.GOOD
    rig.add("Later")
    rig.clock.advance(seconds=60)
    rig.claim()
    rig.clock.set(rig.clock.now() - timedelta(minutes=5))
    assert examine()["clock"].health is Health.BAD


def test_no_banners(notifier, examine) -> None:
    """Where no banner can be shown, that is a remark: reminders wait in the inbox."""
    notifier.available = False
    assert examine()["notifications"].health is Health.NOTE


def test_the_login_shell(rig, examine) -> None:
    """A shell that gave nothing or is slow is told with its files; where there is none, nothing."""
    assert "shell" not in examine()
    rig.environments.told = ShellReport("/bin/sh", ("/me/.profile",), 5.0, "it took too long")
    found = examine()["shell"]
    assert found.health is Health.NOTE
    assert "/bin/sh gave no environment: it took too long" in found.text
    assert "/me/.profile" in found.hint
    rig.environments.told = ShellReport("/bin/sh", ("/me/.profile",), 3.0, "")
    assert "quicker" in examine()["shell"].hint


def test_jobs_that_do_not_run_are_named(rig, examine) -> None:
    """Those that are held, and those of a kind nobody knows."""
    job = rig.add("Tea")
    rig.change(lambda tables: tables.holds.set(Hold(job, 3, rig.clock.now(), None)))
    broken = rig.revising.stored_body(b'{"name": "Odd", "action": {"kind": "dance"}}')
    rig.change(
        lambda tables: tables.jobs.put(
            broken, tables.jobs.begin(Change.ADD, "Odd", rig.clock.now())
        )
    )
    found = examine()
    assert (found["held"].health, "Tea" in found["held"].text) == (Health.NOTE, True)
    assert (found["jobs"].health, "Odd" in found["jobs"].text) == (Health.BAD, True)


def test_what_would_never_be_woken_is_mended(rig, examine) -> None:
    """A job without its next due time and a run without its wakeup go on afterwards."""
    job = rig.add("Tea", overlap="queue")
    rig.clock.advance(seconds=60)
    rig.claim()
    rig.clock.advance(seconds=60)
    rig.claim()
    first, second = rig.rows(job)
    rig.end(first.id)
    rig.change(lambda tables: tables.wakeups.clear(WakeKind.DUE, job))
    assert examine()["wakeups"].health is Health.BAD
    assert examine.mend().done == ("2 wakeups were set anew.",)
    assert "wakeups" not in examine()
    rig.claim()
    assert rig.fates(job) == ["succeeded", "queued"]
    assert rig.due_at(job) > rig.clock.now()
    assert examine.mend() == Mended()
    assert second.id == rig.submitted[-1].run_id


def test_a_hold_that_would_never_end_is_mended(rig, examine) -> None:
    """It ends when it was to."""
    job, until = rig.add("Tea"), rig.clock.now() + timedelta(seconds=30)
    rig.change(lambda tables: tables.holds.set(Hold(job, 1, rig.clock.now(), until)))
    examine()
    assert examine.mend() == Mended(done=("1 wakeup was set anew.",))
    rig.clock.advance(seconds=30)
    rig.claim()
    assert rig.store.read(lambda tables: tables.holds.get(job)) is None


@pytest.mark.skipif(os.name != "posix", reason="other systems have no modes")
def test_what_others_can_read_is_closed_to_them(rig, examine) -> None:
    """The folder and the database are the owner's alone."""
    (rig.home / "deskcron.db").chmod(0o644)
    rig.home.chmod(0o755)
    assert examine()["access"].health is Health.BAD
    assert len(examine.mend().done) == 2
    assert "access" not in examine()


@pytest.mark.skipif(os.name != "posix", reason="other systems have no modes")
def test_what_cannot_be_mended_keeps_nothing_else_from_it(rig, examine, monkeypatch) -> None:
    """A disk that knows no modes refuses them; why is told apart, and the rest is mended."""

    def refuse(path: Path, _mode: int) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))

    job = rig.add("Tea")
    rig.change(lambda tables: tables.wakeups.clear(WakeKind.DUE, job))
    rig.home.chmod(0o755)
    examine()
    monkeypatch.setattr(Path, "chmod", refuse)
    mended = examine.mend()
    assert mended.failed == (f"{rig.home}: Operation not permitted",)
    assert mended.done == ("1 wakeup was set anew.",)


def test_a_login_that_starts_what_is_gone_is_mended(examine, autostart, headless) -> None:
    """It starts the present program then, with and without a window; what is off stays off."""
    for one in (autostart, headless):
        one.is_on, one.is_stale = True, True
    found = examine()["autostart"]
    assert (found.health, found.mends) == (Health.BAD, True)
    assert examine.mend().done == ("deskcron is started at login from where it is now.",) * 2
    assert examine()["autostart"].health is Health.GOOD
    autostart.is_on = headless.is_on = False
    assert examine()["autostart"].health is Health.NOTE
    assert examine.mend() == Mended()


def test_a_login_that_starts_another_deskcron(examine, autostart) -> None:
    """Which one is meant is for the person to say, so it is not mended."""
    autostart.remark = "It starts another deskcron than this one."
    found = examine()["autostart"]
    assert (found.health, found.mends) == (Health.NOTE, False)
    assert "The window is started at login. It starts another" in found.text
    assert examine.mend() == Mended()


def test_a_login_that_cannot_be_read(examine, autostart, headless) -> None:
    """Why is told with what is known: that nothing is started, as far as can be seen."""
    autostart.error, headless.remark = "No answer", "The unit is not enabled."
    text = examine()["autostart"].text
    assert text == "deskcron is not started at login. No answer. The unit is not enabled."
    headless.is_on, headless.is_stale = True, True
    renewed = "deskcron is started at login from where it is now."
    assert examine.mend() == Mended(done=(renewed,), failed=("No answer.",))


def test_what_was_listened_at_is_taken_away(rig, examine, window_lock) -> None:
    """Only where neither an engine nor a window listens."""
    for name in ("wake", "window.socket"):
        (rig.home / name).touch()
    assert examine()["leftovers"].mends
    with in_charge(rig.lock, "daemon"), in_charge(window_lock, "window"):
        assert "leftovers" not in examine()
        assert examine.mend() == Mended()
    assert len(examine.mend().done) == 2
    assert not (rig.home / "wake").exists()
    assert "leftovers" not in examine()


def test_nobody_begins_to_listen_while_it_is_taken_away(rig, examine, monkeypatch) -> None:
    """An engine that starts just then makes its own after that, not before."""
    begun: list[bool] = []
    unlink = Path.unlink

    def starting(path: Path, **how: bool) -> None:
        begun.append(rig.lock.acquire("daemon"))
        unlink(path, **how)

    (rig.home / "wake").touch()
    examine()
    monkeypatch.setattr(Path, "unlink", starting)
    assert len(examine.mend().done) == 1
    assert begun == [False]
    assert rig.lock.acquire("daemon")
    rig.lock.release()


def test_the_age_of_backups_is_told(examine, backup) -> None:
    """None yet, one of today, and one that is old."""
    assert examine()["backups"].health is Health.NOTE
    for age_s, health in ((3600, Health.GOOD), (7 * 86_400, Health.NOTE)):
        backup(age_s)
        assert examine()["backups"].health is health


def test_a_backup_that_is_damaged(rig, examine, backup) -> None:
    """The newest one is looked into, as it is what a damaged database is restored from."""
    backup()
    copy = rig.home / "backups" / "daily-1.db"
    copy.write_bytes(copy.read_bytes()[:5000])
    found = examine()["backups"]
    assert found.health is Health.BAD
    assert "daily-1.db, is damaged: " in found.text


def test_space_that_the_database_does_not_need(rig, examine, monkeypatch) -> None:
    """It is told where it is much, and all of it is given back."""
    free = [30_000_000, 30_000_000, 20_000_000, 0]
    monkeypatch.setattr(
        rig.store, "figures", lambda: StoreFigures(40_000_000, free.pop(0) if free else 0, 0)
    )
    shrunk = []
    monkeypatch.setattr(rig.store, "shrink", lambda: shrunk.append(1))
    found = examine()["store"]
    assert found.text == "The database is sound; of its 40 MB, 30 MB are no longer needed."
    assert found.mends
    assert examine.mend() == Mended(done=("The database gave 30 MB back to the disk.",))
    assert len(shrunk) == 2


def test_a_keyring_that_keeps_nothing(examine, around) -> None:
    """The reason is told as a remark; one that is locked can be unlocked."""
    around.vitals = HEALTHY._replace(is_keyring_locked=True)
    assert "which is locked" in examine()["keyring"].text
    around.no_keyring = "it is gone"
    found = examine()["keyring"]
    assert (found.text, found.hint) == ("No secrets: it is gone.", "Unlock it.")


@pytest.mark.parametrize(
    ("wakefulness", "health", "words"),
    [
        (Wakefulness.WHATEVER_HAPPENS, Health.GOOD, "can be kept awake"),
        (Wakefulness.UNLESS_TOLD, Health.NOTE, "obeys who orders it"),
        (Wakefulness.NONE, Health.NOTE, "cannot be kept awake"),
    ],
)
def test_how_far_the_computer_can_be_kept_awake(
    rig, examine, around, wakefulness, health, words
) -> None:
    """It is told where a job wants it awake."""
    around.wakefulness = wakefulness
    rig.add("Tea", action=rig.shell("true"))
    assert "awake" not in examine()
    rig.add("Backup", action=rig.shell("true"), keep_awake=True)
    found = examine()["awake"]
    assert found.health is health
    assert words in found.text


@pytest.mark.parametrize(
    ("is_kept", "health"), [(True, Health.GOOD), (None, Health.GOOD), (False, Health.NOTE)]
)
def test_a_clock_that_nobody_keeps(examine, around, is_kept, health) -> None:
    """A clock without a time service drifts; where nobody knows, nothing is made of it."""
    around.is_clock_kept = is_kept
    assert examine()["clock"].health is health


def test_a_jump_ahead_is_told_by_the_clock_that_was_set_right_again(
    rig, examine, expected_logs
) -> None:
    """What happened minutes ago is not told to come in a year."""
    rig.clock.set(rig.clock.now() + timedelta(days=365))
    rig.timekeeper.tick()
    rig.clock.advance(minutes=5)
    rig.timekeeper.tick()
    rig.clock.set(rig.clock.now() - timedelta(days=365))
    rig.timekeeper.tick()
    jumps = rig.store.read(jumps_in)
    assert [jump.at for jump in jumps] == [
        rig.clock.now() - timedelta(minutes=5),
        rig.clock.now(),
    ]
    assert "(5 min ago)" in examine()["jumps"].text


def test_jumps_of_the_clock_are_told(rig, examine, expected_logs) -> None:
    """Those of the last days: back is a remark, ahead is what sleep does."""
    for _ in range(2):
        rig.clock.set(rig.clock.now() - timedelta(minutes=10))
        rig.timekeeper.tick()
    found = examine()["jumps"]
    assert found.health is Health.NOTE
    assert found.text.startswith("The clock was set back 2 times in the last days, the last time")
    assert "by 10 min, " in found.text
    rig.clock.advance(days=8)
    assert "jumps" not in examine()
    rig.clock.set(rig.clock.now() + timedelta(hours=1))
    rig.timekeeper.tick()
    found = examine()["jumps"]
    assert found.health is Health.GOOD
    assert "ahead 1 time in the last days, in sleep or set, by 1 h, " in found.text
    assert len(expected_logs) == 2


def test_a_zone_that_is_not_known(rig, examine) -> None:
    """Why is told, and that it counts as UTC."""
    rig.zones.told_fault = "no such zone: Mars"
    found = examine()["zone"]
    assert found.health is Health.NOTE
    assert "no such zone: Mars" in found.text


def test_an_engine_that_goes_by_other_rules(rig, examine) -> None:
    """What an engine that runs has planned with is held against what this computer says."""
    rig.timekeeper.check_rules()
    rig.zones.zone, rig.zones.rules = "Asia/Tokyo", "2026b"
    assert examine()["zone"].health is Health.GOOD
    with in_charge(rig.lock, "daemon"):
        found = examine()["zone"]
        assert found.health is Health.NOTE
        assert "Asia/Tokyo" in found.text
        assert "still goes by Europe/Berlin and version 2026a" in found.text
        rig.timekeeper.check_rules()
        assert examine()["zone"].health is Health.GOOD


@pytest.mark.parametrize(
    ("desktop", "words"), [("ubuntu:GNOME", "AppIndicator"), ("sway", "panel with a place")]
)
def test_a_panel_without_icons(examine, around, desktop, words) -> None:
    """What to do goes by the desktop."""
    around.vitals = HEALTHY._replace(desktop=desktop, has_panel=False)
    found = examine()["tray"]
    assert found.health is Health.NOTE
    assert words in found.hint


def test_a_program_outside_of_a_session(examine, around) -> None:
    """Without a bus that is told; of a panel nothing is, and sleep is seen by the clock."""
    around.vitals = SessionVitals(has_bus=False)
    found = examine()
    assert found["session"].health is Health.NOTE
    assert "tray" not in found
    assert "a gap of the clock" in found["sleep"].text


def test_a_check_that_fails_keeps_no_other_from_looking(rig, examine, monkeypatch) -> None:
    """What could not be looked at is told like any finding."""

    def refuse() -> str:
        raise StoreUnavailable(title="The disk is gone")

    monkeypatch.setattr(rig.store, "check", refuse)
    found = examine()
    assert found["doctor"].text == "Not everything could be looked at: The disk is gone."
    assert {"engine", "zone", "keyring"} <= set(found)
