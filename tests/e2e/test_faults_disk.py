"""Disks that are full where something else than the database is written, and output without end."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import command, every, shell
from disks import small_disk
from ledger import coverage_faults, interval_dues
from waiting import until

from deskcron.domain.reason import Reason
from deskcron.domain.run import Status

LOG_LIMIT_BYTES = 20 * 1024**2
MOST_MEMORY_KB = 150_000
ALL = {"catch_up": "all", "overlap": "parallel", "overlap_limit": 100}
LINES = 34_000_000
"""Written by seq they are about 300 MB."""


@pytest.fixture
def part_on_disk(desk):
    """Return what puts a folder of the data directory on a small disk of its own."""
    disks = []

    def put(folder, size):
        context = small_disk(folder, size)
        disk = context.__enter__()
        disks.append(context)
        return disk

    yield put
    desk.close()
    for context in disks:
        context.__exit__(None, None, None)


def _health(desk, topic):
    """Return the finding of the doctor on a topic, whatever else is wrong."""
    ended = desk.cli("doctor")
    return next(line for line in ended.stdout.splitlines() if f"] {topic}: " in line)


def _succeeded(desk, job_id):
    return len([row for row in desk.runs(job_id) if row.status is Status.SUCCEEDED])


def _await_more(desk, job_id, count):
    """Wait until so many more runs of a job have succeeded."""
    met = _succeeded(desk, job_id)
    until(lambda: _succeeded(desk, job_id) >= met + count, f"{count} more successes")


def _backups(desk):
    return sorted(path.name.split("-")[0] for path in desk.paths.backups.iterdir())


def _assert_all_due_times_have_their_row(desk, job_id):
    desk.facade.jobs.set_enabled([job_id], enabled=False)
    until(lambda: not desk.open_runs(), "every run is over")
    detail = desk.facade.catalogue.show(job_id)
    rows = desk.runs(job_id)
    assert coverage_faults(interval_dues(detail, rows), rows) == []


def test_a_backup_without_room_is_told_and_leaves_nothing(desk, part_on_disk):
    """Jobs go on, the inbox and the doctor say why, and half a copy is not taken for a backup."""
    disk = part_on_disk(desk.paths.backups, "64k")
    job_id = desk.add("Second", command("/bin/true"), every(1), **ALL)
    daemon = desk.daemon()
    until(lambda: "No backup could be made" in desk.told("inbox"), "the person is told")
    assert "no space left" in desk.told("inbox")
    _await_more(desk, job_id, 2)
    assert _backups(desk) == []
    finding = _health(desk, "Backups")
    assert finding.startswith("[bad]")
    assert "no space left" in finding
    assert daemon.stop() == 0
    disk.remount("size=16m")
    desk.daemon()
    until(lambda: _backups(desk) == ["daily", "weekly"], "both backups are made")
    until(lambda: _health(desk, "Backups").startswith("[good]"), "the doctor has seen them")
    assert desk.told("inbox").count("No backup could be made") == 1
    _assert_all_due_times_have_their_row(desk, job_id)


def test_a_disk_that_fills_up_under_the_output_fails_that_run_only(desk, part_on_disk):
    """The row says that the disk was full; others run on, and it goes well when there is room."""
    disk = part_on_disk(desk.paths.logs, "1m")
    quiet = desk.add("Second", command("/bin/true"), every(1), **ALL)
    desk.add("Chatter", shell("head -c 3000000 /dev/zero | tr '\\0' x || exit 7; exit $?"))
    daemon = desk.daemon()
    run = desk.await_end(desk.start("Chatter"))
    assert (run.status, run.reason) == (Status.FAILED, Reason.EXIT_CODE)
    assert "with the disk full" in desk.told("why", "Chatter")
    assert 0 < run.output_bytes <= 1024**2
    _await_more(desk, quiet, 2)
    disk.remount("size=16m")
    again = desk.await_end(desk.start("Chatter"))
    assert (again.status, again.output_bytes) == (Status.SUCCEEDED, 3_000_000)
    assert not daemon.has_ended
    _assert_all_due_times_have_their_row(desk, quiet)
    assert {row.status for row in desk.runs(quiet)} == {Status.SUCCEEDED}


def test_an_export_without_room_leaves_the_old_file(desk, tmp_path):
    """It is refused in words; what was exported before stays whole, and nothing is left beside."""
    desk.add("Any", command("/bin/true", *(f"word {n}" for n in range(2000))))
    desk.leave()
    with small_disk(tmp_path / "stick", "256k") as disk:
        file = disk.place / "jobs.json"
        desk.told("export", file)
        before = file.read_bytes()
        filler = disk.fill_up(keep_blocks=1)
        refused = desk.cli("export", file)
        assert refused.returncode == 1
        assert "was not written: No space left on device" in refused.stderr
        assert file.read_bytes() == before
        assert set(disk.place.iterdir()) == {file, filler}
        filler.unlink()
        desk.told("export", file)


def test_300_mb_of_output_are_bounded_on_disk_and_in_memory(desk):
    """The newest part is kept, to the last line; what was dropped is counted to the byte."""
    desk.add("Counter", shell(f"seq {LINES}"))
    daemon = desk.daemon()
    run = desk.await_end(desk.start("Counter"), within_s=60)
    if run.status is Status.FAILED:  # a file system that cannot cut a file's beginning
        assert run.reason is Reason.OUTPUT_LIMIT
        return
    assert run.status is Status.SUCCEEDED
    path = desk.facade.history.log_path(run.id)
    assert run.output_bytes == path.stat().st_size <= LOG_LIMIT_BYTES
    assert run.output_bytes + run.dropped_bytes == _bytes_of_seq(LINES)
    _broken, *lines = path.read_text().split()
    assert [int(line) for line in lines] == list(range(LINES - len(lines) + 1, LINES + 1))
    peak = Path(f"/proc/{daemon.pid}/status").read_text().split("VmHWM:")[1].split()[0]
    assert int(peak) < MOST_MEMORY_KB


def _bytes_of_seq(last):
    """Return how much `seq` writes: the digits of each number, and the ends of the lines."""
    starts = [10**power for power in range(len(str(last)))]
    return sum(last - start + 1 for start in starts) + last
