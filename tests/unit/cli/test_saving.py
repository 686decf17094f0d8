"""The commands add and edit: which document comes of what is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

DASH = "--"


def added(typed, fake, *arguments: str):
    """Type an add that succeeds and return the document."""
    answer = typed("add", *arguments)
    assert answer.code == 0, answer.err
    return fake.jobs.added[-1]


def edited(typed, fake, *arguments: str):
    """Type an edit that succeeds and return the document."""
    answer = typed("edit", "Backup", *arguments)
    assert answer.code == 0, answer.err
    _job_id, document, revision = fake.jobs.saved[-1]
    assert revision == 2
    return document


def test_a_program_with_its_own_options(typed, fake):
    """What is behind -- belongs to the program, dashes included."""
    document = added(
        typed, fake, "Backup", "--daily", "18:00", DASH, "rsync", "-a", "--daily", DASH, "x"
    )
    assert document == {
        "name": "Backup",
        "enabled": True,
        "tags": [],
        "triggers": [{"kind": "daily", "id": "t1", "text": "18:00", "zone": "local"}],
        "action": {
            "kind": "command",
            "program": "rsync",
            "arguments": ["-a", "--daily", "--", "x"],
        },
        "policy": {},
    }


@pytest.mark.parametrize(
    ("option", "text", "action"),
    [
        (
            "--shell",
            "echo hi | wc",
            {"kind": "script", "text": "echo hi | wc", "interpreter": "sh"},
        ),
        ("--open", "https://example.org", {"kind": "open", "target": "https://example.org"}),
        (
            "--remind",
            "-5 degrees",
            {"kind": "reminder", "title": "", "text": "-5 degrees", "urgency": "normal"},
        ),
    ],
)
def test_actions(typed, fake, option, text, action):
    """Each action has its document."""
    assert added(typed, fake, "x", option, text)["action"] == action


def test_a_script_file_gets_its_whole_path(typed, fake, tmp_path, monkeypatch):
    """A script is found wherever the engine runs."""
    monkeypatch.chdir(tmp_path)
    document = added(typed, fake, "x", "--script", "a/b.ps1", "--interpreter", "powershell")
    assert document["action"] == {
        "kind": "script",
        "file": str(tmp_path / "a/b.ps1"),
        "interpreter": "powershell",
    }
    assert "interpreter" not in added(typed, fake, "y", "--script", "b.py")["action"]


def test_what_is_here_is_found_from_elsewhere(typed, fake, tmp_path, monkeypatch):
    """A relative program or target that exists here is stored with its whole path."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tool").touch()
    (tmp_path / "letter.pdf").touch()
    assert added(typed, fake, "a", DASH, "./tool")["action"]["program"] == str(tmp_path / "tool")
    # Without a directory it is a name on the PATH, whatever lies here.
    assert added(typed, fake, "b", DASH, "tool")["action"]["program"] == "tool"
    target = added(typed, fake, "c", "--open", "letter.pdf")["action"]["target"]
    assert target == str(tmp_path / "letter.pdf")


def test_whens_are_repeatable_and_share_the_zone(typed, fake):
    """Every WHEN becomes a trigger with an id of its own."""
    document = added(
        typed,
        fake,
        "x",
        "--remind",
        "y",
        *("--every", "15m", "--every", "2d", "--cron", "0 9 * * 1-5", "--at", "2026-12-24 17:30"),
        *("--daily", "09:00", "--weekly", "mon,fri@17:00", "--monthly", "last-fri@16:00"),
        *("--tz", "Europe/Berlin"),
    )
    triggers = document["triggers"]
    assert [raw["id"] for raw in triggers] == ["t1", "t2", "t3", "t4", "t5", "t6", "t7"]
    assert [raw["kind"] for raw in triggers] == (
        ["every", "every", "cron", "daily", "weekly", "monthly", "at"]
    )
    assert {raw["zone"] for raw in triggers} == {"Europe/Berlin"}


def test_every_setting(typed, fake, tmp_path, monkeypatch):
    """All options of the contract reach the document."""
    monkeypatch.chdir(tmp_path)
    document = added(
        typed,
        fake,
        "x",
        *("--timeout", "10m", "--overlap", "queue:3", "--catch-up", "all:7", "--max-age", "24h"),
        *("--notify", "failure", "--priority", "high", "--exact", "--cwd", "work"),
        *("--env", "A=1", "--env", "B=x=y", "--env", "C=", "--tag", "t", "--tag", "u"),
        *("--tag", "t", "--disabled", DASH, "true"),
    )
    assert document["policy"] == {
        "timeout_s": 600,
        "overlap": "queue",
        "overlap_limit": 3,
        "catch_up": "all",
        "catch_up_limit": 7,
        "max_age_s": 86_400,
        "notify": "failure",
        "priority": "high",
        "exact": True,
    }
    assert document["action"]["directory"] == str(tmp_path / "work")
    assert document["action"]["environment"] == {"A": "1", "B": "x=y", "C": ""}
    assert document["tags"] == ["t", "u"]
    assert document["enabled"] is False


@pytest.mark.parametrize(
    "name", ["Täglich 🧘‍♀️", "two\nlines", "x" * 10_000, "\"quotes\" 'and' `more`", "$(rm)", " "]
)
def test_odd_names_pass_unchanged(typed, fake, name):
    """A name goes to the facade as it was typed; the answer stays on its line."""
    answer = typed("add", name, "--remind", "x", "--every", "1h")
    assert answer.code == 0
    assert fake.jobs.added[-1]["name"] == name
    assert max(map(len, answer.out.splitlines())) < 200


@pytest.mark.parametrize(
    ("arguments", "program"),
    [
        ((DASH, "-name"), None),
        ((DASH, "-name", "prog", "-a"), ["prog", "-a"]),
        ((DASH, "-name", DASH, "prog", "-a"), ["prog", "-a"]),
    ],
)
def test_a_name_that_begins_with_a_dash(typed, fake, arguments, program):
    """Behind --, a name may begin with a dash, and a program may follow it."""
    action = () if program else ("--remind", "x")
    document = added(typed, fake, *action, *arguments)
    assert document["name"] == "-name"
    if program:
        assert [document["action"]["program"], *document["action"]["arguments"]] == program


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x"], "nothing to do"),
        ([], "NAME is missing"),
        (["x", "--remind", ""], "--remind is empty. Write what"),
        (["x", "--remind", " "], "--remind is empty"),
        (["x", "--script", ""], "--script is empty. Name"),
        (["x", DASH], "nothing to do"),
        (["x", "--remind", "a", "--shell", "b"], "--shell and --remind were given"),
        (["x", "--shell", "a", DASH, "prog"], "-- PROGRAM"),
        (["x", "prog", "--every", "1h"], "'prog' is too much"),
        (["x", "y", DASH, "prog"], "'y' is too much"),
        (["x", "--remind", "a", "--every", "nonsense"], "no rule"),
        (["x", "--remind", "a", "--tz", "Europe/Berlin"], "--tz"),
        (["x", "--remind", "a", "--timeout", "soon"], "not a length of time"),
        (["x", "--remind", "a", "--max-age", "soon"], "not a length of time"),
        (["x", "--remind", "a", "--overlap", "wait"], "'wait' is not one of"),
        (["x", "--remind", "a", "--overlap", "queue:0"], "number"),
        (["x", "--remind", "a", "--overlap", "queue:"], "number"),
        (["x", "--remind", "a", "--overlap", "queue:²"], "number"),
        (["x", "--remind", "a", "--overlap", "skip:2"], "takes no number"),
        (["x", "--remind", "a", "--catch-up", "once:2"], "takes no number"),
        (["x", "--remind", "a", "--notify", "loud"], "--notify was not understood: it is one of"),
        (["x", "--remind", "a", "--priority", "top"], "--priority was not understood"),
        (["x", "--remind", "a", "--cwd", "/"], "--cwd"),
        (["x", "--remind", "a", "--env", "A=1"], "--env"),
        (["x", "--env", "A", DASH, "true"], "addition to the environment"),
        (["x", "--env", "=1", DASH, "true"], "addition to the environment"),
        (["x", "--interpreter", "sh", DASH, "true"], "--interpreter"),
    ],
)
def test_what_cannot_be_added(typed, fake, arguments, words):
    """Mistakes are exit 2 in words, and nothing is stored."""
    answer = typed("add", *arguments)
    assert answer.code == 2
    assert words in answer.err
    assert fake.jobs.added == []


def test_a_directory_that_is_gone(typed, tmp_path, monkeypatch):
    """A relative path without a present directory is explained."""

    def gone(_path: Path) -> Path:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "absolute", gone)
    answer = typed("add", "x", "--script", "a.sh")
    assert answer.code == 2
    assert "a.sh" in answer.err


def test_the_answer_to_add(typed, fake):
    """Name, id, words and next time are told; notes go to stderr."""
    fake.jobs.warnings = ("The program is not there yet.",)
    fake.control.is_running = False
    answer = typed("add", "Backup", "--daily", "18:00", DASH, "x")
    assert answer.out.startswith("Added 'Backup' (id a1b2c3d4e5f6).\n")
    assert "(in 1 h)" in answer.out
    assert "The program is not there yet." in answer.err
    assert "No engine is running" in answer.err


def test_add_says_when_a_job_runs_by_hand_only(typed):
    """Without WHEN a job has no times, and is told so."""
    assert "Run it by hand: deskcron run a1b2c3d4e5f6" in typed("add", "x", "--remind", "y").out


def test_add_as_json(typed):
    """--json prints the saved job by the model's names and nothing else."""
    answer = typed("add", "x", "--remind", "y", "--every", "1h", "--json")
    assert set(answer.json) == {"job", "revision", "warnings"}
    assert answer.json["job"]["next_due_at"] == "2026-11-20T13:00:00+00:00"
    assert answer.err == ""


def test_edit_keeps_what_is_not_given(typed, fake):
    """A field that is not named stays, unknown ones too."""
    document = edited(typed, fake, "--timeout", "20m")
    assert document["policy"] == {"timeout_s": 1200, "unknown": "kept"}
    for field in ("name", "tags", "triggers", "action", "enabled"):
        assert document[field] == fake.catalogue.document[field]


def test_edit_takes_settings_away(typed, fake):
    """Words and empty texts remove a limit, a directory, tags."""
    document = edited(typed, fake, "--timeout", "none", "--cwd", "", "--tag", "", "--no-exact")
    assert document["policy"] == {"timeout_s": None, "exact": False, "unknown": "kept"}
    assert document["action"]["directory"] == ""
    assert document["tags"] == []


def test_any_when_replaces_all_triggers_unless_added(typed, fake):
    """WHEN replaces; with --add-when it comes on top, under a free id."""
    assert [raw["text"] for raw in edited(typed, fake, "--every", "1h")["triggers"]] == ["1h"]
    both = edited(typed, fake, "--add-when", "--every", "1h", "--every", "2h")["triggers"]
    assert [(raw["id"], raw["text"]) for raw in both] == (
        [("t1", "18:00"), ("t2", "1h"), ("t3", "2h")]
    )
    fake.catalogue.document["triggers"] = [{"kind": "daily", "id": "t2", "text": "18:00"}]
    odd = edited(typed, fake, "--add-when", "--every", "1h")["triggers"]
    assert [raw["id"] for raw in odd] == ["t2", "t3"]


def test_the_same_when_counts_once(typed, fake):
    """A WHEN that is given twice is one trigger, and a note says so; --json stays JSON."""
    twice = ("--daily", "09:00", "--weekly", "fri@17:00", "--daily", "09:00")
    answer = typed("add", "Tea", *twice, "--remind", "x")
    assert answer.code == 0
    assert [raw["id"] for raw in fake.jobs.added[-1]["triggers"]] == ["t1", "t2"]
    assert answer.err == "Note: --daily 09:00 is there already; it counts once.\n"
    assert typed("add", "Tea", *twice, "--remind", "x", "--json").json["revision"] == 1


def dated(day: str, rule: str = "FREQ=DAILY") -> dict[str, str]:
    """Return a calendar trigger that begins on a day."""
    return {"kind": "calendar", "id": "t1", "rule": rule, "at": "09:00", "start_date": day}


@pytest.mark.parametrize(
    ("old", "new", "is_one"),
    [
        (dated("2026-11-01"), dated("2026-11-20"), True),
        (dated("2026-11-20"), dated("2026-11-01"), False),
        (dated("2026-11-01", "FREQ=DAILY;INTERVAL=2"), dated("2026-11-20"), False),
        (
            dated("2026-11-01", "FREQ=DAILY;INTERVAL=2"),
            dated("2026-11-20", "FREQ=DAILY;INTERVAL=2"),
            False,
        ),
        (
            dated("2026-11-01", "FREQ=DAILY;INTERVAL=2"),
            dated("2026-11-01", "FREQ=DAILY;INTERVAL=2"),
            True,
        ),
        ({**dated("2026-11-01"), "jitter": 5}, dated("2026-11-20"), False),
    ],
)
def test_a_when_that_a_job_has_already_is_not_added(typed, fake, monkeypatch, old, new, is_one):
    """What is added to the triggers there are must add a time to them."""
    fake.catalogue.document["triggers"] = [old]
    monkeypatch.setattr(fake.whens, "when", lambda *_args: dict(new))
    answer = typed("edit", "Backup", "--add-when", "--daily", "09:00")
    if is_one:
        assert answer.code == 2
        assert "is there already" in answer.err
        assert "There is no time to add" in answer.err
    else:
        document = fake.jobs.saved[-1][1]
        assert document["triggers"] == [old, {**new, "id": "t2"}]


def test_edit_changes_the_action(typed, fake):
    """A new program keeps directory and environment; --env adds to it."""
    document = edited(typed, fake, "--env", "B=2", DASH, "tar", "-c")
    assert document["action"] == {
        "kind": "command",
        "program": "tar",
        "arguments": ["-c"],
        "directory": "/srv",
        "environment": {"A": "1", "B": "2"},
    }
    assert edited(typed, fake, "--remind", "x")["action"]["kind"] == "reminder"


def test_edit_renames_and_disables(typed, fake):
    """The name and the switch can be changed."""
    document = edited(typed, fake, "--name", "Copy", "--disabled")
    assert (document["name"], document["enabled"]) == ("Copy", False)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["Backup"], 2),
        (["Backup", "--add-when"], 2),
        (["Backup", "--interpreter", "sh"], 2),
        (["Backup", "--remind", "x", "--cwd", "/"], 2),
        (["nobody", "--timeout", "1m"], 3),
    ],
)
def test_what_cannot_be_edited(typed, fake, arguments, code):
    """Mistakes leave the job alone."""
    assert typed("edit", *arguments).code == code
    assert fake.jobs.saved == []


def test_edit_of_a_name_with_a_dash(typed, fake, build):
    """A job may be named behind --, too."""
    fake.catalogue.all = [build.job("-x")]
    assert typed("edit", "--timeout", "1m", DASH, "-x").code == 0
