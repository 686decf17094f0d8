"""A home as somebody might have it: jobs, two weeks of runs with output, an inbox."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from deskcron.bootstrap.core import Core
from deskcron.domain.concealing import MASK
from deskcron.domain.reason import Reason, Why
from deskcron.domain.records import Hold, InboxItem, InboxKind, NewRun, RunEnd
from deskcron.domain.run import Cause, JobId, RunId, Status
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import DueTime
from deskcron.engine.absences import kept_absences, mark_told, note_absence
from deskcron.store.opening import open_store
from deskcron.system.paths import Paths
from deskcron.system.runlog import FileRunLogs

DAYS = 14
OFF = (9, 8)
"""So many days ago the computer was off."""
DISK = "/media/holiday-disk"
COPY = "Copy the pictures to the disk"
"""A job whose run waits for something that does not come."""
UPDATES = "Install updates"
"""A job about whose run a person is asked."""
FILM = "Render the holiday film"
"""A job whose script goes on for as long as it is looked at."""

_FILM_SCRIPT = r"""
printf 'Reading \033[1m214 clips\033[0m from ~/Videos/Lofoten\n'
for clip in fjord harbour cabin northern-lights; do
  printf '\033[32mok\033[0m    %s.mp4\n' "$clip"
done
printf '\033[33mwarn\033[0m  drone-07.mp4: the sound is missing\n'
printf 'frame 1 of 8100\rframe 512 of 8100  eta 00:14:20\n'
sleep 600
"""
_BACKUP_OUTPUT = """\
Documents/
Documents/Letters/2026-03-landlord.odt
Documents/Taxes/2025/summary.ods
Documents/Taxes/2025/receipts/train-tickets.pdf
Pictures/2026/03/IMG_4182.jpg
Pictures/2026/03/IMG_4183.jpg
Total bytes written: 48113902 (46MiB, 61MiB/s)
"""
_SITE_FAILED = """\
GET https://example.org/
curl: (28) Connection timed out after 10001 milliseconds
"""

ENVIRONMENT = {
    "BACKUP_PASSPHRASE": MASK,
    "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus",
    "DISPLAY": ":0",
    "HOME": "/home/ada",
    "LANG": "en_GB.UTF-8",
    "LOGNAME": "ada",
    "MAILCHECK": "",
    "PATH": "/home/ada/bin:/usr/local/bin:/usr/bin:/bin:/usr/games",
    "RESTIC_REPOSITORY": "rest:https://ada:" + MASK + "@backup.example.org/home",
    "SHELL": "/bin/bash",
    "SSH_AUTH_SOCK": "/run/user/1000/keyring/ssh",
    "USER": "ada",
    "XDG_DATA_DIRS": "/usr/share/gnome:/usr/local/share:/usr/share:/var/lib/flatpak/exports/share",
    "XDG_RUNTIME_DIR": "/run/user/1000",
}
"""What the runs of the past were started with."""


class Sample(NamedTuple):
    """A job, the hour at which it ran on past days, and how that went."""

    name: str
    when: tuple[str, str] | None
    action: Mapping[str, Any]
    tags: tuple[str, ...] = ()
    hour: int | None = None
    output: str = ""
    is_enabled: bool = True
    policy: Mapping[str, Any] = {}


def samples(tomorrow: str) -> Iterator[Sample]:
    """Yield the jobs; `tomorrow` is a date."""
    yield Sample(
        "Backup of documents and pictures",
        ("daily", "02:00"),
        {
            "kind": "command",
            "program": "tar",
            "arguments": ["-cvaf", "/mnt/backup/home.tar.gz", "Documents", "Pictures"],
        },
        ("backup",),
        2,
        _BACKUP_OUTPUT,
    )
    yield Sample(
        "Is the web site there?",
        ("cron", "*/30 8-22 * * *"),
        {"kind": "script", "text": "curl -fsS -m 10 https://example.org/ >/dev/null"},
        ("web", "watch"),
        11,
        "GET https://example.org/\n200 OK in 0.31 s\n",
    )
    yield Sample(
        "Tidy Downloads",
        ("weekly", "sat@10:00"),
        {"kind": "command", "program": "python3", "arguments": ["tidy_downloads.py"]},
        ("home",),
        10,
        "Moved 14 files into 4 folders.\n",
    )
    yield Sample(
        "Refresh the index of photos",
        ("daily", "04:30"),
        {"kind": "script", "text": "photo-index --update ~/Pictures"},
        ("photos", "backup"),
        4,
        "Indexed 182 new pictures.\n",
    )
    yield Sample(
        "Stand up and stretch",
        ("every", "50m"),
        {"kind": "reminder", "title": "Stand up and stretch", "text": "Look out of the window."},
        ("health",),
    )
    yield Sample(
        "Water the plants",
        ("weekly", "mon,thu@18:00"),
        {"kind": "reminder", "title": "Water the plants", "text": "The fern needs most."},
        ("home",),
    )
    yield Sample(
        "The rent is due",
        ("monthly", "last@09:00"),
        {"kind": "reminder", "title": "The rent is due", "text": "Account ends in 4711."},
        ("money",),
    )
    yield Sample(
        "Call the dentist",
        ("at", f"{tomorrow} 10:00"),
        {"kind": "reminder", "title": "Call the dentist", "text": "Ask for a Tuesday."},
    )
    yield Sample(
        "Open the timesheet",
        ("weekly", "fri@16:30"),
        {"kind": "open", "target": "https://timesheet.example.org/"},
        ("work",),
    )
    yield Sample(
        COPY,
        ("daily", "06:00"),
        {"kind": "command", "program": "rsync", "arguments": ["-a", "Pictures", DISK]},
        ("photos",),
        policy={
            "conditions": {
                "all": [{"kind": "present", "path": DISK}],
                "otherwise": "wait",
                "wait_s": 36_000,
            }
        },
    )
    yield Sample(
        UPDATES,
        ("weekly", "wed@12:00"),
        {"kind": "command", "program": "pkcon", "arguments": ["update", "-y"]},
        policy={"ask_s": 1200},
    )
    yield Sample(FILM, None, {"kind": "script", "text": _FILM_SCRIPT}, ("video",))
    yield Sample(
        "Mirror the mailbox before the provider changes its terms in the summer <again>",
        ("daily", "03:15"),
        {"kind": "command", "program": "mbsync", "arguments": ["-a"]},
        ("backup", "mail"),
        3,
        is_enabled=False,
    )


def furnish(home: Path) -> None:
    """Fill an empty data directory."""
    core = Core(Paths.below(home))
    try:
        now = core.clock().now()
        ids = _add_jobs(core, now)
    finally:
        core.close()
    paths = Paths.below(home)
    logs = FileRunLogs(paths.logs)
    with closing(open_store(paths.database, may_migrate=False)) as store:
        written = store.write(lambda tables: _put_past(tables, ids, now))
    for run_id, output in written.items():
        log = logs.path(run_id, 1)
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        log.write_text(output, encoding="utf-8")
        logs.keep_environment(run_id, 1, ENVIRONMENT)


def _add_jobs(core: Core, now: datetime) -> dict[str, JobId]:
    facade = core.facade()
    ids: dict[str, JobId] = {}
    tomorrow = (now.astimezone() + timedelta(days=1)).date().isoformat()
    for sample in samples(tomorrow):
        triggers = [facade.whens.when(*sample.when)] if sample.when else []
        document = {
            "name": sample.name,
            "enabled": sample.is_enabled,
            "tags": list(sample.tags),
            "triggers": triggers,
            "action": dict(sample.action),
            "policy": dict(sample.policy),
        }
        ids[sample.name] = facade.jobs.add(document).job.id
    return ids


def _put_past(tables: Tables, ids: Mapping[str, JobId], now: datetime) -> dict[RunId, str]:
    """Store two weeks of runs, oldest first; return the output of each."""
    chance = random.Random(7)
    outputs: dict[RunId, str] = {}
    ran = [sample for sample in samples("2026-01-01") if sample.hour is not None]
    for days_ago in range(DAYS, 0, -1):
        for sample in sorted(ran, key=lambda one: one.hour or 0):
            wall = (now.astimezone() - timedelta(days=days_ago)).replace(
                hour=sample.hour or 0, minute=0, second=0, microsecond=0
            )
            if days_ago in OFF:
                _put_missed(tables, ids[sample.name], wall, days_ago, _on_again(now))
                continue
            run_id = _put_run(tables, ids[sample.name], wall, days_ago, chance)
            if run_id is not None:
                is_bad = sample.name.startswith("Is the web") and days_ago in {1, 5}
                outputs[run_id] = _SITE_FAILED if is_bad else sample.output
    _put_absence(tables, now)
    _put_inbox(tables, ids, now)
    _put_waiting(tables, ids, now)
    return outputs


def _put_absence(tables: Tables, now: datetime) -> None:
    """Store that a person was told of the time in which the computer was off."""
    begin = (now.astimezone() - timedelta(days=OFF[0])).replace(hour=0, minute=0, second=0)
    note_absence(tables, begin.astimezone(UTC), _on_again(now))
    mark_told(tables, kept_absences(tables)[-1], was_shown=True)


def _on_again(now: datetime) -> datetime:
    """Return when the computer was on again, before the first job of that day."""
    wall = now.astimezone() - timedelta(days=OFF[-1] - 1)
    return wall.replace(hour=0, minute=10, second=0, microsecond=0).astimezone(UTC)


def _put_waiting(tables: Tables, ids: Mapping[str, JobId], now: datetime) -> None:
    """Store a run that waits for a disk, one that a person is asked about, and a held job."""
    since = now - timedelta(minutes=4)
    until = now + timedelta(minutes=16)
    for name, why in (
        (COPY, Why(Reason.NOT_PRESENT, {"path": DISK})),
        (UPDATES, Why(Reason.ASKED, {"until": until.isoformat()})),
    ):
        row = NewRun(ids[name], 1, Cause.EVENT, Status.WAITING, since, why=why)
        run_id = tables.runs.insert(row)
        if name == UPDATES:
            _put_item(
                tables, InboxKind.QUESTION, ids[name], run_id, name, "It is about to start.", since
            )
    site = "Is the web site there?"
    tables.holds.set(Hold(ids[site], 3, since, None))
    text = "Held after 3 failures in a row; it does not run on until you resume it."
    _put_item(tables, InboxKind.HELD, ids[site], None, site, text, since)


def _put_missed(
    tables: Tables, job_id: JobId, wall: datetime, days_ago: int, decided_at: datetime
) -> None:
    """Store what was missed while the computer was off."""
    due = DueTime(wall.astimezone(UTC), wall.replace(tzinfo=None), ("t1",))
    is_first = days_ago == OFF[0]
    why = Why(Reason.COALESCED) if is_first else Why(Reason.TOO_OLD, {"max_age_s": 86400})
    row = _row(job_id, Status.MISSED, due, why=why, ended_at=decided_at)
    tables.runs.insert(row._replace(recorded_at=decided_at))


def _put_run(
    tables: Tables, job_id: JobId, wall: datetime, days_ago: int, chance: random.Random
) -> RunId | None:
    """Store one past run; None where nothing was executed."""
    at = wall.astimezone(UTC)
    due = DueTime(at, wall.replace(tzinfo=None), ("t1",))
    if wall.hour == 3 or (days_ago == 6 and wall.hour == 10):
        why = Why(Reason.STILL_RUNNING)
        tables.runs.insert(_row(job_id, Status.SKIPPED, due, why=why, ended_at=at))
        return None
    run_id = tables.runs.insert(_row(job_id, Status.QUEUED, due))
    if run_id is None:
        return None
    length_s = chance.uniform(0.4, 90.0)
    status, why, code = Status.SUCCEEDED, None, 0
    if wall.hour == 11 and days_ago in {1, 5}:
        status, why, code = Status.FAILED, Why(Reason.EXIT_CODE, {"code": 28}), 28
    elif wall.hour == 4 and days_ago == 2:
        status, why, length_s = Status.TIMED_OUT, Why(Reason.TIME_LIMIT, {"timeout_s": 3600}), 3600
    elif wall.hour == 2 and days_ago == 3:
        status, why = Status.INTERRUPTED, Why(Reason.MAY_HAVE_STARTED)
    tables.runs.ended(
        RunEnd(
            run_id=run_id,
            status=status,
            started_at=at + timedelta(milliseconds=40),
            ended_at=at + timedelta(seconds=length_s),
            why=why,
            duration_s=length_s,
            exit_code=code if status in {Status.SUCCEEDED, Status.FAILED} else None,
            output_bytes=400,
        )
    )
    return run_id


def _row(
    job_id: JobId,
    status: Status,
    due: DueTime,
    *,
    why: Why | None = None,
    ended_at: datetime | None = None,
) -> NewRun:
    return NewRun(
        job_id=job_id,
        revision=1,
        cause=Cause.SCHEDULE,
        status=status,
        recorded_at=due.at,
        due=due,
        why=why,
        ended_at=ended_at,
    )


def _put_inbox(tables: Tables, ids: Mapping[str, JobId], now: datetime) -> None:
    site, backup = ids["Is the web site there?"], ids["Backup of documents and pictures"]
    last = tables.runs.newest_due(site)
    for kind, job_id, run_id, title, text, hours_ago in (
        (InboxKind.MISSED, backup, None, "2 due times were missed", "The computer was off.", 190),
        (
            InboxKind.TROUBLE,
            site,
            last.id if last else None,
            "Is the web site there?",
            "Failed: exit code 28",
            20,
        ),
        (
            InboxKind.REMINDER,
            ids["Water the plants"],
            None,
            "Water the plants",
            "The fern needs most.",
            1,
        ),
    ):
        _put_item(tables, kind, job_id, run_id, title, text, now - timedelta(hours=hours_ago))


def _put_item(
    tables: Tables,
    kind: InboxKind,
    job_id: JobId,
    run_id: RunId | None,
    title: str,
    text: str,
    at: datetime,
) -> None:
    tables.inbox.add(
        InboxItem(
            id=0,
            kind=kind,
            run_id=run_id,
            job_id=job_id,
            title=title,
            text=text,
            urgency="normal",
            created_at=at,
            presented_at=at,
        )
    )
