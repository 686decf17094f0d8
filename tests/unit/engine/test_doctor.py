"""The doctor looks at everything and says what is wrong and what to do."""

from __future__ import annotations

import os
from datetime import timedelta
from types import SimpleNamespace

import pytest

from deskcron.domain.answers import Health
from deskcron.domain.environment import ShellReport
from deskcron.domain.ports import AutostartState
from deskcron.domain.records import Change, Hold, WakeKind
from deskcron.engine import doctor
from deskcron.engine.charge import FOREGROUND, in_charge
from deskcron.engine.checkup import Checkup
from deskcron.engine.doctor import Doctor
from deskcron.engine.looseends import LooseEnds
from deskcron.engine.mending import Mending

PLENTY = 10 * 1024**3


class FakeAutostart:
    """A login that starts what the test says."""

    def __init__(self) -> None:
        self.is_on, self.is_stale = True, False

    def state(self) -> AutostartState:
        """Tell so."""
        return AutostartState(self.is_on, "autostart", "/gone/deskcron", self.is_stale)

    def enable(self) -> None:
        """Start what is there."""
        self.is_on, self.is_stale = True, False

    def disable(self) -> None:
        """Start nothing."""
        self.is_on = False


@pytest.fixture
def autostart() -> FakeAutostart:
    """Return what starts deskcron at login."""
    return FakeAutostart()


@pytest.fixture
def keyring() -> list[str]:
    """Return why there is no keyring."""
    return ["There is no keyring."]


@pytest.fixture
def examine(rig, notifier, autostart, keyring, monkeypatch):
    """Return a function that examines and answers by topic."""
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _path: SimpleNamespace(free=PLENTY))

    def examine(warning: str | None = None):
        loose_ends = LooseEnds(rig.definitions, rig.planner)
        doctor = Doctor(
            rig.store,
            rig.lock,
            rig.zones,
            lambda: [notifier],
            lambda: rig.environments,
            rig.clock,
            rig.home,
            warning,
            Checkup(
                rig.store,
                rig.definitions,
                loose_ends,
                autostart,
                lambda: "".join(keyring),
                rig.clock,
                rig.home,
            ),
            Mending(rig.store, rig.lock, rig.wake, autostart, loose_ends, rig.clock, rig.home),
        )
        examine.mend = doctor.mend
        return {finding.topic: finding for finding in doctor.examine()}

    return examine


def test_all_is_well(rig, examine, keyring) -> None:
    """Where all is well every finding says so, and none tells what to do."""
    rig.environments.told = ShellReport("/bin/sh", ("/etc/profile", "/me/.profile"), 0.034, "")
    with in_charge(rig.lock, "daemon"):
        rig.lock.beat(rig.clock.now())
        (rig.home / "backups").mkdir()
        copy = rig.home / "backups" / "daily-1.db"
        copy.touch()
        os.utime(copy, (rig.clock.now().timestamp(), rig.clock.now().timestamp()))
        keyring.clear()
        found = examine()
    topics = {"engine", "store", "place", "space", "clock", "notifications", "shell"}
    assert set(found) == topics | {"backups", "autostart", "keyring"}
    assert "/bin/sh gave its environment in 0.03 s, by /etc/profile, " in found["shell"].text
    assert {finding.health for finding in found.values()} == {Health.GOOD}
    assert {finding.hint for finding in found.values()} == {""}
    assert str(rig.home) in found["place"].text
    assert "Europe/Berlin" in found["clock"].text
    assert "fake" in found["notifications"].text


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
    assert "deskcron resume" in finding.hint
    rig.clock.advance(seconds=3600)
    assert "pause" not in examine()
    rig.control.pause(None)
    assert examine()["pause"].text.startswith("All jobs are paused; ")


def test_whose_banners_are_judged(rig, examine, monkeypatch) -> None:
    """Beside an engine in another process the doctor says that it judged its own session."""
    with in_charge(rig.lock, "daemon"):
        assert "this program's" not in examine()["notifications"].text
        monkeypatch.setattr(doctor.os, "getpid", lambda: 1)
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
    free = SimpleNamespace(free=7 * 1024**2)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _path: free)
    finding = examine()["space"]
    assert finding.health is Health.BAD
    assert finding.text.startswith("7 MB")


def test_a_clock_behind_the_history(rig, examine) -> None:
    """A clock that is behind the newest run is told of."""
    rig.add()
    rig.clock.advance(seconds=60)
    rig.claim()
    assert examine()["clock"].health is Health.GOOD
    rig.clock.set(rig.clock.now() - timedelta(minutes=2))
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
    assert "2 wakeups were set anew." in examine.mend()
    assert "wakeups" not in examine()
    rig.claim()
    assert rig.fates(job) == ["succeeded", "queued"]
    assert rig.due_at(job) > rig.clock.now()
    assert examine.mend() == []
    assert second.id == rig.submitted[-1].run_id


def test_a_hold_that_would_never_end_is_mended(rig, examine) -> None:
    """It ends when it was to."""
    job, until = rig.add("Tea"), rig.clock.now() + timedelta(seconds=30)
    rig.change(lambda tables: tables.holds.set(Hold(job, 1, rig.clock.now(), until)))
    examine()
    assert examine.mend() == ["1 wakeup was set anew."]
    rig.clock.advance(seconds=30)
    rig.claim()
    assert rig.store.read(lambda tables: tables.holds.get(job)) is None


@pytest.mark.skipif(os.name != "posix", reason="other systems have no modes")
def test_what_others_can_read_is_closed_to_them(rig, examine) -> None:
    """The folder and the database are the owner's alone."""
    (rig.home / "deskcron.db").chmod(0o644)
    rig.home.chmod(0o755)
    assert examine()["access"].health is Health.BAD
    assert len(examine.mend()) == 2
    assert "access" not in examine()


def test_a_login_that_starts_what_is_gone_is_mended(examine, autostart) -> None:
    """It starts the present program then; one that is off stays off."""
    autostart.is_stale = True
    assert examine()["autostart"].health is Health.BAD
    assert examine.mend() == ["deskcron is started at login from where it is now."]
    assert examine()["autostart"].health is Health.GOOD
    autostart.is_on = False
    assert examine()["autostart"].health is Health.NOTE
    assert examine.mend() == []


def test_what_an_engine_listened_at_is_taken_away(rig, examine) -> None:
    """Only where none listens."""
    (rig.home / "wake").touch()
    examine()
    with in_charge(rig.lock, "daemon"):
        assert examine.mend() == []
    assert len(examine.mend()) == 1
    assert not (rig.home / "wake").exists()


def test_the_age_of_backups_is_told(rig, examine) -> None:
    """None yet, one of today, and one that is old."""
    assert examine()["backups"].health is Health.NOTE
    (rig.home / "backups").mkdir()
    copy = rig.home / "backups" / "daily-1.db"
    copy.touch()
    now_s = rig.clock.now().timestamp()
    for age_s, health in ((3600, Health.GOOD), (7 * 86_400, Health.NOTE)):
        os.utime(copy, (now_s - age_s, now_s - age_s))
        assert examine()["backups"].health is health


def test_a_keyring_that_keeps_nothing(examine) -> None:
    """The reason is told as a remark."""
    assert examine()["keyring"].text == "There is no keyring."
