"""The commands that change or run something."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from threading import Event

import pytest

from deskcron.domain.errors import RequestFailed
from deskcron.domain.ports import LockHolder
from deskcron.domain.run import Status


def full_disk(_fd: int) -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    ("command", "word"),
    [("enable", "Enabled"), ("disable", "Disabled"), ("remove", "Removed")],
)
def test_changes_of_several_jobs(typed, fake, build, command, word):
    """Several jobs are one change, and each is named."""
    fake.catalogue.all.append(build.job("Stretch", id="b2"))
    answer = typed(command, "Backup", "b2")
    assert answer.out == f"{word} 'Backup'.\n{word} 'Stretch'.\n"
    assert fake.jobs.calls == [(command, ("Backup", "b2"))]


def test_enabling_a_finished_job_says_that_it_stays_finished(typed, fake, build):
    """A job without times ahead does not get some by being enabled; what gives it some is said."""
    fake.catalogue.all = [build.job("Old", finished_at=build.now), build.job("New", id="b2")]
    answer = typed("enable", "Old", "b2")
    assert answer.out == "Enabled 'Old'.\nEnabled 'New'.\n"
    [line] = answer.err.splitlines()
    assert line.startswith("'Old' stays finished: its times are all in the past.")
    assert "deskcron edit a1b2c3d4e5f6 --at" in line


def test_duplicate_names_the_copy(typed):
    """The copy is named with its id."""
    assert "Added 'Backup (copy)' (id a1b2c3d4e5f6)." in typed("duplicate", "Backup").out


def test_undo(typed, fake):
    """What was taken back is told; nothing to undo is a failure."""
    assert typed("undo").out == "Deleting Backup was undone.\n"
    fake.jobs.error = RequestFailed(title="There is nothing to undo")
    assert typed("undo").code == 1


def test_run_asks_the_engine(typed, fake, application):
    """With an engine a run is asked for and not waited for."""
    answer = typed("run", "Backup")
    assert (answer.code, answer.out) == (0, "Run 20 of 'Backup' started.\n")
    assert fake.control.calls == [("run", "Backup")]
    assert application.foregrounds == 0


@pytest.mark.parametrize("status", [status for status in Status if not status.is_open])
def test_run_wait_returns_1_for_any_end_but_success(typed, fake, build, status):
    """--wait tells the end and returns it."""
    fake.control.end = build.run(id=20, status=status, output_bytes=5)
    answer = typed("run", "Backup", "--wait")
    assert answer.code == (0 if status is Status.SUCCEEDED else 1)
    assert answer.out.startswith("Run 20 of 'Backup' started.\nRun 20 of 'Backup': ")
    assert "deskcron log 20" in answer.out


def test_run_without_an_engine_is_done_here(typed, fake, application):
    """Without an engine the run is waited for under the engine lock."""
    fake.control.is_running = False
    answer = typed("run", "Backup")
    assert answer.code == 0
    assert application.foregrounds == 1
    assert fake.control.calls == [("run", "Backup"), ("wait", 20)]


def test_run_when_an_engine_starts_meanwhile(typed, fake, application):
    """Whoever wins the lock runs the job."""
    fake.control.is_running = False
    application.is_engine_elsewhere = True
    assert typed("run", "Backup").code == 0
    assert fake.control.calls == [("run", "Backup")]


def test_an_interrupted_run_in_the_foreground_is_stopped(typed, fake):
    """Ctrl+C stops what this command has started, and its end is recorded."""
    fake.control.is_running = False
    fake.control.interrupts = 1
    assert typed("run", "Backup").code == 130
    assert fake.control.calls == [("run", "Backup"), ("wait", 20), ("stop", "20"), ("wait", 20)]


def test_run_behind_an_earlier_one(typed, fake, build, monkeypatch):
    """A run that has to wait is not called started."""
    waiting = build.run(id=20, status=Status.WAITING)
    monkeypatch.setattr(fake.history, "get", lambda _id: waiting)
    assert typed("run", "Backup").out == "Run 20 of 'Backup' waits for its turn.\n"


def test_stop(typed, fake):
    """Runs are stopped by number or by job; nothing to stop is a failure."""
    assert typed("stop", "12").out == "Stopping runs 12, 13.\n"
    assert fake.control.calls == [("stop", "12")]
    assert typed("stop", "idle").code == 1


def test_pause_and_resume(typed, fake):
    """A pause may end by itself; its end tells what was left out."""
    assert "deskcron resume" in typed("pause").out
    assert "(in 1 h)" in typed("pause", "--for", "1h").out
    assert "2 due times were skipped meanwhile." in typed("resume").out
    assert fake.control.calls == [("pause", None), ("pause", 3600), ("resume",)]
    assert typed("pause", "--for", "soon").code == 2


def test_resume_lets_held_jobs_go_on(typed, fake, build):
    """Each job is named; where none was held nothing has come about."""
    fake.catalogue.all.append(build.job("Tea", is_held=True))
    answer = typed("resume", "Tea", "Backup")
    assert (answer.code, answer.out) == (0, "'Tea' runs at its times again.\n")
    assert answer.err == "'Backup' was not held.\n"
    assert fake.jobs.calls == [("resume", ("Tea", "Backup"))]
    assert fake.control.calls == []
    assert typed("resume", "Backup").code == 1


def test_fire_tells_how_many_jobs_listen(typed, fake):
    """A signal that nobody listens to is no failure."""
    assert typed("fire", "go").out == "2 jobs listen to 'go'.\n"
    fake.control.listeners = 0
    answer = typed("fire", "go")
    assert (answer.code, answer.out) == (0, "No job listens to 'go'.\n")
    assert fake.control.calls == [("fire", "go"), ("fire", "go")]


def test_a_run_that_waits_is_answered(typed, fake):
    """It is let start, skipped, or put off by ten minutes or by as much as is said."""
    assert typed("proceed", "12").out == "Run 12 goes on.\n"
    assert typed("decline", "12").out == "Run 12 is skipped.\n"
    assert "Run 12 is put off until 20" in typed("later", "12").out
    assert "(in 1 h)" in typed("later", "12", "1h").out
    assert fake.control.calls == [
        ("proceed", 12),
        ("decline", 12),
        ("put off", 12, 600),
        ("put off", 12, 3600),
    ]
    assert typed("proceed", "99").code == 3
    assert typed("later", "12", "soon").code == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_daemon_is_ready_and_ends_at_a_signal(typed, application, number):
    """One line tells that it is ready; SIGTERM and Ctrl+C end it cleanly."""
    before = signal.getsignal(number)
    application.serving = lambda _stop, _told: os.kill(os.getpid(), number)
    answer = typed("daemon")
    assert answer.code == 0
    ready, ended = answer.out.splitlines()
    assert ready.startswith("deskcron engine is ready: 1 job, next 'Backup' at 20")
    assert ready.endswith(f"(PID {os.getpid()})")
    assert ended == "deskcron engine has ended."
    assert signal.getsignal(number) is before


def test_daemon_says_for_whom_it_waits(typed, application):
    """A daemon that has to wait for a run by hand says so on stderr."""
    application.holder = LockHolder(4711, "run", None)
    application.serving = lambda _stop, _told: os.kill(os.getpid(), signal.SIGTERM)
    answer = typed("daemon")
    assert answer.code == 0
    assert answer.err == "Waiting for process 4711 to end, which runs a job by hand.\n"


def test_daemon_without_jobs(typed, application):
    """An empty list is no trouble."""
    application.fake.catalogue.all = []
    application.serving = lambda stop, _told: stop.set()
    assert "0 jobs, nothing ahead" in typed("daemon").out


def test_a_second_daemon_fails_in_words(typed, application):
    """Two engines do not share a data directory."""
    application.is_engine_elsewhere = True
    answer = typed("daemon")
    assert (answer.code, answer.out) == (1, "")
    assert "An engine is running already" in answer.err


def test_export_to_a_file_and_to_standard_output(typed, fake, tmp_path):
    """The bytes are the facade's, unchanged."""
    target = tmp_path / "jobs.json"
    assert typed("export", str(target)).code == 0
    assert target.read_bytes() == b'{"jobs": []}\n'
    assert typed("export", "-", "--job", "Backup").out == '{"jobs": []}\n'
    assert fake.transfer.exported == [(), ("Backup",)]


def test_an_export_is_private_and_whole(typed, tmp_path, monkeypatch):
    """The file may hold secrets, so that only its owner reads it; a failure leaves the old one."""
    target = tmp_path / "jobs.json"
    target.write_text("before")
    target.chmod(0o644)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_disk)
        answer = typed("export", str(target))
    assert (answer.code, target.read_text()) == (1, "before")
    assert "was not written: No space left on device. Choose another place." in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["jobs.json"]
    assert typed("export", str(target)).code == 0
    assert target.read_bytes() == b'{"jobs": []}\n'
    assert target.stat().st_mode & 0o777 == 0o600


def test_export_that_cannot_be_written(typed, tmp_path):
    """A directory that is not there is exit 1 in words."""
    answer = typed("export", str(tmp_path / "no" / "jobs.json"))
    assert answer.code == 1
    assert "was not written: No such file" in answer.err


def test_import(typed, fake, tmp_path, monkeypatch):
    """Names are listed, new names and remarks told."""
    source = tmp_path / "jobs.json"
    source.write_bytes(b"{}")
    answer = typed("import", str(source))
    assert answer.out == "2 jobs added, disabled:\n  Backup (2)\n  Stretch\n"
    assert "'Backup' is taken: 'Backup (2)'" in answer.err
    assert "Stretch: odd" in answer.err
    assert typed("import", str(source), "--dry-run").out.startswith("2 jobs would be added:")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{piped}")))
    assert typed("import", "-").code == 0
    assert fake.transfer.imported == [(b"{}", False), (b"{}", True), (b"{piped}", False)]


def test_import_of_what_is_no_export(typed, tmp_path):
    """A missing file and a foreign one are exit 2."""
    assert typed("import", str(tmp_path / "none")).code == 2
    assert typed("import", str(tmp_path)).code == 2
    foreign = tmp_path / "foreign"
    foreign.write_bytes(b"\xff\x00")
    assert typed("import", str(foreign)).code == 2


def test_log(typed, fake):
    """The output is printed as it is, control characters included when piped."""
    fake.history.output = b"a\x1b[31mb\x07\xff\n"
    answer = typed("log", "12")
    assert answer.out == "a\x1b[31mb\x07\ufffd\n"
    assert answer.err == ""
    assert typed("log", "99").code == 3


def test_log_of_a_long_output_is_whole(typed, fake):
    """Output longer than a chunk is read to its end."""
    fake.history.output = b"x" * 200_000
    assert typed("log", "12").out == "x" * 200_000


def test_log_without_output_says_what_became_of_the_run(typed, fake, build):
    """Silence is explained on stderr."""
    fake.history.output = b""
    fake.history.runs = [build.run(status=Status.MISSED)]
    answer = typed("log", "12")
    assert answer.out == ""
    assert "Run 12 of 'Backup': missed." in answer.err


def test_log_tells_what_was_dropped(typed, fake, build):
    """A log that was cut says so."""
    fake.history.runs = [build.run(dropped_bytes=1000)]
    assert "1000 bytes were dropped" in typed("log", "12").err


def test_log_of_an_earlier_attempt(typed, fake, build):
    """Its own output is printed with how it ended; of the last one it is said that it is not all.

    One there never was is for the facade to refuse.
    """
    fake.history.runs = [build.run(attempt=2)]
    fake.history.earlier = [build.attempt()]
    fake.history.earlier_output = ["one\n"]
    answer = typed("log", "12", "--attempt", "1")
    assert answer.out == "one\n"
    assert answer.err == "Attempt 1 of run 12: Failed: exit code 3.\n"
    fake.history.earlier_output = []
    assert "It has no output." in typed("log", "12", "--attempt", "1").err
    last = typed("log", "12")
    assert last.out == "hello\n"
    assert last.err == "This is attempt 2; an earlier one: deskcron log 12 --attempt 1\n"


def test_log_follow_goes_on_until_the_run_ends(typed, fake, build, monkeypatch):
    """What is written meanwhile appears, the last piece included."""
    monkeypatch.setattr("deskcron.cli.log.LOOK_AGAIN_S", 0.001)
    fake.history.runs = [build.run(status=Status.RUNNING)]
    fake.history.grows = [b"one\n", b"two\n", b"three\n"]
    answer = typed("log", "12", "--follow")
    assert answer.out == "hello\none\ntwo\nthree\n"
    assert "succeeded" in answer.err


def test_demo(typed, application, fake, build, tmp_path):
    """Runs are printed with their output as they end, then the sum of it all."""

    def engine(_stop: Event, told) -> None:
        for number in (31, 32):
            run = build.run(id=number, job_name="Greeting", output_bytes=6)
            fake.history.runs.insert(0, run)
            told(run)

    fake.history.runs = []
    fake.catalogue.all = []
    application.serving = engine
    answer = typed("demo", "--for", "3s")
    assert answer.code == 0, answer.err
    assert answer.out.count("of 'Greeting': succeeded after 3.1 s.\n    hello\n") == 2
    assert "2 runs: 2 succeeded." in answer.out
    assert [document["name"] for document in fake.jobs.added] == (
        ["Stretch", "Greeting", "Tidy Downloads"]
    )
    tidy = fake.jobs.added[2]["action"]
    assert tidy["arguments"][0] == str(tmp_path / "scripts" / "tidy_downloads.py")
    assert "--apply" not in tidy["arguments"]
    assert application.is_closed


def test_demo_whose_engine_fails(typed, application):
    """What ends the engine ends the demonstration, in words."""
    application.is_engine_elsewhere = True
    answer = typed("demo", "--for", "3s")
    assert answer.code == 1
    assert "An engine is running already" in answer.err
    assert application.is_closed


def test_demo_in_which_nothing_runs(typed, application, fake):
    """No run at all is a failure."""
    fake.history.runs = []
    application.serving = lambda _stop, _told: None
    assert typed("demo", "--for", "1s").code == 1
    assert typed("demo", "--for", "soon").code == 2
