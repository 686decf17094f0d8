"""Banners of a daemon on a real desktop: shown, pressed, replaced and taken away."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from bannerhome import Home, serving
from harness.bus import Bus
from harness.desktop import Desktop
from harness.life import NOTIFIERS
from harness.processes import is_alive
from waiting import PATIENCE_S, until

pytestmark = pytest.mark.parametrize("desktop", NOTIFIERS, indirect=True)

SERVICE = "org.freedesktop.Notifications"


@pytest.fixture
def home(desktop, tmp_path, monkeypatch) -> Iterator[Home]:
    """Return a data directory with a daemon on the desktop; this process has no session."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    with serving(desktop, tmp_path / "home", "daemon") as home:
        yield home


def test_a_reminder_is_snoozed_and_done(home) -> None:
    """A reminder has its buttons; Snooze puts it off for ten minutes, Done deals with it."""
    home.remind("Tea & milk", "a < b")
    banner = home.press("Tea", "Snooze 10 min")
    assert [label for label in banner.actions.values() if label] == [
        "Done",
        "Snooze 10 min",
        "Mute",
    ]
    until(lambda: home.facade.inbox.waiting()[0].snoozed_until, "it is put off", PATIENCE_S)
    home.remind("Coffee")
    home.press("Coffee", "Done")
    until(lambda: home.waiting() == ["Tea & milk"], "it is dealt with", PATIENCE_S)


def test_a_failure_is_run_again(home) -> None:
    """A failure insists and says what happened; run again, it is dealt with and comes anew."""
    home.shell("Backup", "exit 3")
    banner = home.press("Backup", "Run again")
    assert (banner.body, banner.urgency) == ("Failed: exit code 3", "critical")
    second = home.desktop.notifications.await_one(
        "Backup", after=banner.number, within_s=PATIENCE_S
    )
    assert second.body == "Failed: exit code 3"
    assert home.facade.inbox.waiting()[0].count == 1


def test_a_log_is_opened_without_a_window(desktop, tmp_path) -> None:
    """Open log gives the file to the program that the desktop has for it."""
    program, opened = tmp_path / "bin" / "xdg-open", tmp_path / "opened"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\ncat "$1" > {opened}.part && mv {opened}.part {opened}\n')
    program.chmod(0o700)
    path = f"{program.parent}:{os.environ['PATH']}"
    with serving(desktop, tmp_path / "home", "daemon", PATH=path) as home:
        home.shell("Backup", "echo no space left; exit 1")
        home.press("Backup", "Open log")
        until(opened.exists, "the log is opened", PATIENCE_S)
    assert opened.read_text() == "no space left\n"


def test_successes_are_quiet_and_told_together(home) -> None:
    """What goes well is told quietly, and by one banner that takes its own place."""
    jobs = [home.shell("One", "true")]
    first = home.banner("Succeeded")
    jobs += [home.shell(name, "true") for name in ("Two", "Three")]
    assert (first.summary, first.body, first.urgency) == ("One", "Succeeded", "low")
    together = home.banner("3 runs succeeded")
    assert together.body == "One, Two, Three"
    until(lambda: home.banners()[0].closed == "closed by the program", "it is replaced")
    home.desktop.notifications.invoke(together, "Mute 3 jobs")
    until(lambda: all(job.muted for job in home.facade.catalogue.list()), "all are muted")
    home.run(jobs[0])
    home.remind("Anything else")
    home.banner("Anything else")
    assert len(home.banners()) == 4  # with the one that says what was muted


def test_mute_keeps_a_reminder_in_the_inbox(home) -> None:
    """A muted reminder shows no banner any more, and waits in the inbox."""
    job = home.remind("Stretch")
    home.press("Stretch", "Mute")
    until(lambda: home.facade.catalogue.list()[0].muted, "it is muted", PATIENCE_S)
    home.run(job)
    home.remind("Anything else")
    home.banner("Anything else")
    told = [banner.summary for banner in home.banners()]
    assert told == ["Stretch", "Stretch is muted", "Anything else"]
    assert home.waiting() == ["Anything else", "Stretch", "Stretch"]


def test_what_is_done_elsewhere_leaves_the_screen(home) -> None:
    """A banner is closed when its reminder is dealt with on the command line or in a window."""
    home.remind("Tea")
    banner = home.banner("Tea")
    home.facade.inbox.done(home.facade.inbox.waiting()[0].id)
    until(
        lambda: home.desktop.notifications.by_number(banner.number).closed,
        "the banner is closed",
        PATIENCE_S,
    )
    assert home.banners()[0].closed == "closed by the program"


def test_plyer_shows_what_it_can(home) -> None:
    """The back end that is preferred is used; plyer's banners have no buttons but do end."""
    home.facade.preferences.change(notifier="plyer")
    home.remind("--help", "-x <b>a & b</b>")
    banner = home.banner("help")
    assert banner.actions == {}
    assert banner.body.lstrip("\u200b") == "-x &lt;b&gt;a &amp; b&lt;/b&gt;"
    assert (banner.fields["app_name"], banner.fields["timeout_ms"]) == ("deskcron", 5000)


def test_a_notification_daemon_that_ends(desktop, home) -> None:
    """When the notification daemon was ended, the next banner is shown by its successor."""
    home.remind("Before")
    home.banner("Before")
    end_notifier(desktop)
    home.remind("After")
    assert home.banner("After").id


def end_notifier(desktop: Desktop) -> None:
    """Kill the notification daemon of the desktop."""
    bus, name = Bus(desktop.session.bus_address), "org.freedesktop.DBus"
    [pid] = bus.call(
        name, "/org/freedesktop/DBus", name, "GetConnectionUnixProcessID", "s", [SERVICE]
    )
    bus.close()
    os.kill(pid, signal.SIGKILL)
    until(lambda: not is_alive(pid, desktop.session.mark), "it has ended", PATIENCE_S)
