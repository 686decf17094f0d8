"""Undoing a run over the facade."""

from __future__ import annotations

import os

import pytest

from deskcron.bootstrap.core import Core
from deskcron.domain.errors import NotFound, RequestFailed
from deskcron.domain.run import Status
from deskcron.system.paths import Paths


@pytest.fixture
def core(tmp_path):
    """Return a core of the test's own."""
    made = Core(Paths.below(tmp_path / "home"))
    yield made
    made.close()


@pytest.fixture
def old(tmp_path):
    """Return a file in a folder to tidy."""
    file = tmp_path / "inbox" / "a.txt"
    file.parent.mkdir()
    file.write_bytes(b"1")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    return file


def document(folder, **fields) -> dict:
    """Return a job that tidies a folder."""
    rules = [{"name": "*.txt", "deed": "move", "target": "X"}]
    action = {"kind": "tidy", "folder": str(folder), "rules": rules, **fields}
    return {"name": "Tidy", "action": action, "policy": {"notify": "never"}}


def ended(core, begin):
    """Return a run when it is over."""
    with core.foreground():
        run_id = begin(core.facade())
        return core.facade().control.wait(run_id)


def test_a_run_is_undone_once(core, old):
    """Its files are back, and then there is nothing more to undo."""
    core.facade().jobs.add(document(old.parent, rehearse=False))
    run = ended(core, lambda facade: facade.control.run("Tidy"))
    assert run.status is Status.SUCCEEDED
    assert not old.exists()
    tidying = core.facade().tidying
    assert tidying.may_undo(run.id)
    assert tidying.undo(run.id).back == [str(old)]
    assert old.read_bytes() == b"1"
    assert not tidying.may_undo(run.id)
    with pytest.raises(RequestFailed):
        tidying.undo(run.id)


def test_a_test_run_only_rehearses(core, old):
    """Even where the tidying is meant to be done."""
    draft = document(old.parent, rehearse=False)
    run = ended(core, lambda facade: facade.control.test(draft))
    assert run.status is Status.SUCCEEDED
    assert "would move" in core.facade().history.last_output(run.id)
    assert old.exists()


def test_a_folder_that_is_gone_fails_in_words(core, old):
    """The run's output says which."""
    core.facade().jobs.add(document(old.parent, rehearse=False))
    old.unlink()
    old.parent.rmdir()
    run = ended(core, lambda facade: facade.control.run("Tidy"))
    assert run.status is Status.FAILED
    assert "cannot be tidied" in core.facade().history.last_output(run.id)


def test_a_run_that_is_not_there_is_told(core):
    """There is no run 99."""
    with pytest.raises(NotFound):
        core.facade().tidying.undo(99)
