"""A store that is locked, newer, read-only, full, or holds a row that cannot be decoded."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest
from desk import Desk, command, every, shell, wall_now
from disks import small_disk
from ledger import coverage_faults, interval_dues, to_be_run
from waiting import until

from deskcron.domain.run import Status
from deskcron.store.opening import open_store

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
REFUSED = "Nothing can be claimed"
ALL = {"catch_up": "all", "overlap": "parallel", "overlap_limit": 100}


@contextmanager
def locked(database):
    """Have another process hold the database against all writers."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        try:
            yield
        finally:
            holder.stdin.close()
            holder.wait()


@contextmanager
def edited(path):
    """Change the database behind the program's back."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            yield connection
    finally:
        connection.close()


@pytest.fixture
def small_desk(tmp_path):
    """Give a data directory on a file system of its own, of 8 MB."""
    with small_disk(tmp_path / "small", "8m") as disk:
        made = Desk(disk.place / "home", tmp_path / "aside")
        made.disk = disk
        yield made
        made.close()


def _await_runs(desk, job_id, count):
    """Wait until so many runs of a job have succeeded."""

    def succeeded():
        rows = desk.runs(job_id)
        return len([row for row in rows if row.status is Status.SUCCEEDED]) >= count

    until(succeeded, f"{count} runs have succeeded")


def _silence_s(desk, job_id):
    """Return for how long no due time of a job has got its row."""
    return (wall_now() - desk.runs(job_id)[-1].due_at).total_seconds()


def test_database_locked_by_another_process_costs_no_run(desk):
    """An engine outlasts a lock longer than its patience: all runs and ends are recorded."""
    job_id = desk.add(
        "Second", shell(f"echo $DESKCRON_SCHEDULED_AT >> {desk.note('due')}"), every(1), **ALL
    )
    desk.add("Ends meanwhile", shell(f"while [ ! -e {desk.note('go')} ]; do sleep 0.02; done"))
    daemon = desk.daemon()
    run_id = desk.start("Ends meanwhile")
    desk.await_status(run_id, Status.RUNNING)
    _await_runs(desk, job_id, 1)
    desk.leave()
    with locked(desk.paths.database):
        desk.note("go").touch()
        refused = desk.launch_cli("run", "Second")
        until(lambda: REFUSED in desk.engine_log(), "its patience is over")
        assert refused.wait() == 4
        assert "Another program holds" in refused.text
        assert desk.json("list")  # what only reads goes on
    assert not daemon.has_ended
    ended = desk.await_end(run_id)
    assert (ended.status, ended.exit_code) == (Status.SUCCEEDED, 0)
    _await_runs(desk, job_id, 5)
    desk.facade.jobs.set_enabled([job_id], enabled=False)
    until(lambda: not desk.open_runs(), "every run is over")
    detail = desk.facade.catalogue.show(job_id)
    rows = desk.runs(job_id)
    assert coverage_faults(interval_dues(detail, rows), rows) == []
    wanted = to_be_run(rows)
    assert {row.status for row in wanted} == {Status.SUCCEEDED}
    executed = desk.note("due").read_text().split()
    assert sorted(executed) == [row.due_at.isoformat() for row in wanted]


def test_newer_schema_is_refused_in_words(desk):
    """A database of a newer deskcron is not touched: exit 4, by commands and by the daemon."""
    desk.add("Any", command("/bin/true"))
    desk.leave()
    with edited(desk.paths.database) as connection:
        present = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {present + 1}")
    for arguments in (["list"], ["runs", "--json"], ["run", "Any"], ["daemon"]):
        ended = desk.cli(*arguments)
        assert ended.returncode == 4, arguments
        assert "newer" in ended.stderr
        assert "Traceback" not in ended.stderr
    with edited(desk.paths.database) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == present + 1


def test_engine_that_meets_a_newer_schema_stops_claiming(desk):
    """An engine under which the schema gets newer says so and starts nothing any more."""
    job_id = desk.add("Second", command("/bin/true"), every(1), **ALL)
    daemon = desk.daemon()
    _await_runs(desk, job_id, 1)
    desk.leave()
    with edited(desk.paths.database) as connection:
        present = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {present + 1}")
    until(lambda: "newer" in desk.engine_log(), "the engine has noticed")
    with edited(desk.paths.database) as connection:
        rows = connection.execute("SELECT count(*) FROM runs").fetchone()
    until(lambda: desk.cli("list").returncode == 4, "another look was taken")
    with edited(desk.paths.database) as connection:
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == rows
    assert daemon.stop() == 0


def test_row_that_cannot_be_decoded_harms_nobody_else(desk):
    """A job whose document is garbage is shown with its fault; the others run."""
    desk.add("Garbage", command("/bin/true"), every(1))
    other = desk.add("Sound", command("/bin/true"), every(1), **ALL)
    desk.leave()
    with edited(desk.paths.database) as connection:
        connection.execute("UPDATE jobs SET body = x'ff00fe' WHERE name = 'Garbage'")
    desk.daemon()
    _await_runs(desk, other, 2)
    found = {job["name"]: job for job in desk.json("list")}
    assert (found["Garbage"]["fault"], found["Sound"]["fault"]) == ("unreadable", None)
    assert "fault" in desk.json("why", "Garbage")["obstacles"]
    assert "not readable" in desk.told("list")
    assert desk.cli("show", "Garbage").returncode == 0
    assert desk.cli("why", "Garbage").returncode == 0
    desk.told("remove", "Garbage")
    assert [job["name"] for job in desk.json("list")] == ["Sound"]


def test_job_of_an_unknown_kind_is_kept_and_not_run(desk):
    """A job of a kind that this version does not know is shown as such and keeps its document."""
    job_id = desk.add("From tomorrow", command("/bin/true"), every(1))
    desk.leave()
    with edited(desk.paths.database) as connection:
        connection.execute(
            "UPDATE jobs SET body = replace(CAST(body AS TEXT), '\"command\"', '\"teleport\"')"
        )
    desk.daemon()
    assert desk.json("list")[0]["fault"] == "unknown-kind"
    run = desk.await_end(desk.start("From tomorrow"))
    assert (run.status, run.reason) == (Status.FAILED, "unknown-kind")
    assert desk.facade.catalogue.show(job_id).document["action"]["kind"] == "teleport"


@pytest.mark.parametrize("size", [0, 0.5])
def test_truncated_file_is_restored_and_told(desk, size):
    """After a crash that cut the file, an engine restores the backup and the inbox says so."""
    desk.add("Kept", command("/bin/true"))
    desk.leave()
    whole = desk.paths.database.stat().st_size
    with closing(open_store(desk.paths.database, may_migrate=True)) as store:
        store.backup(desk.paths.backups / "daily-1.db", whole=False)
    os.truncate(desk.paths.database, int(whole * size))
    refused = desk.cli("list")
    assert (refused.returncode, "Restart deskcron" in refused.stderr) == (4, True)
    desk.daemon()
    assert [job["name"] for job in desk.json("list")] == ["Kept"]
    told = desk.told("inbox")
    assert "daily-1.db" in told
    assert "damaged" in told
    run = desk.await_end(desk.start("Kept"))
    assert run.status is Status.SUCCEEDED


def test_full_disk_stops_nothing_for_good(small_desk):
    """An engine whose disk is full goes on once there is room, and all due times have a row."""
    desk = small_desk
    job_id = desk.add("Second", command("/bin/true"), every(1), **ALL)
    daemon = desk.daemon()
    _await_runs(desk, job_id, 1)
    filler = desk.disk.fill_up()
    until(lambda: _silence_s(desk, job_id) > 2.5, "the engine has met the full disk")
    refused = desk.cli("add", "Another", "--every", "1h", "--", "/bin/true")
    assert refused.returncode == 4
    assert "Traceback" not in refused.stderr
    filler.unlink()
    assert not daemon.has_ended
    _await_runs(desk, job_id, 5)
    desk.facade.jobs.set_enabled([job_id], enabled=False)
    until(lambda: not desk.open_runs(), "every run is over")
    detail = desk.facade.catalogue.show(job_id)
    rows = desk.runs(job_id)
    assert coverage_faults(interval_dues(detail, rows), rows) == []


def test_read_only_directory_is_refused_in_words(small_desk):
    """On a file system that became read-only, commands and daemon end with exit 4 in words."""
    desk = small_desk
    desk.add("Any", command("/bin/true"))
    desk.leave()
    desk.disk.remount("ro")
    for arguments in (["add", "More", "--", "/bin/true"], ["run", "Any"], ["daemon"]):
        ended = desk.cli(*arguments)
        assert ended.returncode == 4, (arguments, ended.stdout, ended.stderr)
        assert str(desk.home) in ended.stderr
        assert "Traceback" not in ended.stderr
    desk.disk.remount("rw")
    assert desk.told("run", "Any")
