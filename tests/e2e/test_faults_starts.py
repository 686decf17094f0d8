"""Runs that cannot start: each reason has its own code and its own words."""

from __future__ import annotations

import pytest
from desk import command

from deskcron.domain.reason import Reason


def _missing_program(place):
    return command(place / "nothing-here"), place / "nothing-here"


def _missing_on_path(place):
    return command("no-such-program-anywhere"), "no-such-program-anywhere"


def _not_executable(place):
    file = place / "plain.sh"
    file.write_text("#!/bin/sh\n")
    return command(file), file


def _no_shebang(place):
    file = place / "bare.sh"
    file.write_text("echo bare\n")
    file.chmod(0o755)
    return command(file), file


def _missing_interpreter(place):
    file = place / "exotic.sh"
    file.write_text(f"#!{place}/interpreter\n")
    file.chmod(0o755)
    return command(file), place / "interpreter"


def _missing_directory(place):
    return command("/bin/true", directory=str(place / "nowhere")), place / "nowhere"


def _file_as_directory(place):
    file = place / "file"
    file.touch()
    return command("/bin/true", directory=str(file)), file


def _missing_script(place):
    return {"kind": "script", "file": str(place / "gone.sh")}, place / "gone.sh"


STARTS = {
    Reason.PROGRAM_MISSING: _missing_program,
    Reason.PROGRAM_NOT_EXECUTABLE: _not_executable,
    Reason.NOT_A_PROGRAM: _no_shebang,
    Reason.INTERPRETER_MISSING: _missing_interpreter,
    Reason.DIRECTORY_MISSING: _missing_directory,
    Reason.NOT_A_DIRECTORY: _file_as_directory,
    Reason.SCRIPT_MISSING: _missing_script,
}


@pytest.mark.parametrize("exact", [False, True])
def test_each_failed_start_says_its_own_reason(desk, exact):
    """Every obstacle to a start has its reason in `runs --json` and words of its own in `why`."""
    culprits = {}
    for reason, make in STARTS.items():
        action, culprits[reason] = make(desk.aside)
        desk.add(reason, action, exact=exact)
    desk.daemon()
    words = set()
    for run_id in [desk.start(reason) for reason in STARTS]:
        desk.await_end(run_id)
    for row in desk.json("runs"):
        reason = Reason(row["job_name"])
        assert (row["status"], row["reason"]) == ("failed", reason)
        assert row["started_at"] is None
        assert row["reason_args"]["path"] == str(culprits[reason])
        why = desk.told("why", reason)
        assert str(culprits[reason]) in why
        line = next(line for line in why.splitlines() if "Last run" in line)
        words.add(line.rpartition("failed")[2].replace(str(culprits[reason]), ""))
    assert len(words) == len(STARTS)


def test_program_that_is_nowhere_on_the_path_is_named(desk):
    """A program given by name alone that PATH does not have is told by that name."""
    action, culprit = _missing_on_path(desk.aside)
    desk.add("Lost", action)
    desk.daemon()
    run = desk.await_end(desk.start("Lost"))
    assert (run.reason, run.reason_args) == (Reason.PROGRAM_MISSING, {"path": culprit})


def test_failed_start_needs_a_person_and_leaves_no_output(desk):
    """A start that failed is in the inbox, and its `log` says that there is no output."""
    action, _culprit = _missing_program(desk.aside)
    desk.add("Broken", action)
    desk.daemon()
    run = desk.await_end(desk.start("Broken"))
    items = desk.json("inbox")
    assert [(item["kind"], item["run_id"]) for item in items] == [("trouble", run.id)]
    ended = desk.cli("log", run.id)
    assert (ended.returncode, ended.stdout) == (0, "")
    assert desk.facade.history.read_log(run.id, 0).text == ""
