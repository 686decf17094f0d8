"""Adding, changing, showing and undoing tidyings."""

from __future__ import annotations

import pytest

from deskcron.domain.tidyundo import NotPutBack, PutBack

RULE = {
    "name": "*.jpg",
    "types": (),
    "older_than_s": 86_400,
    "larger_than": 0,
    "smaller_than": 0,
    "below": "",
    "deed": "move",
    "target": "Pictures/{year}",
}
TYPED = ("--rule", "*.jpg older 1d -> move Pictures/{year}")


class FakeTidying:
    """Puts back what it is told."""

    def __init__(self, *left: NotPutBack) -> None:
        self.left = left
        self.asked: list[int] = []

    def undo(self, run_id: int) -> PutBack:
        self.asked.append(run_id)
        return PutBack(["/inbox/a\n.jpg"], self.left)


def test_a_tidying_is_added(typed, fake, tmp_path, monkeypatch):
    """The folder is meant from here; what is not given is left to its default."""
    monkeypatch.chdir(tmp_path)
    assert typed("add", "Tidy", "--tidy", "in", *TYPED, "--conflict", "skip", "--apply").code == 0
    assert fake.jobs.added[0]["action"] == {
        "kind": "tidy",
        "folder": str(tmp_path / "in"),
        "rules": [RULE],
        "conflict": "skip",
        "rehearse": False,
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("--remind", "x", "--apply"),
        ("--shell", "ls", *TYPED),
        ("--tidy", "in", "--rule", "nonsense"),
        ("--tidy", " "),
        ("--tidy", "in", "--shell", "ls"),
    ],
)
def test_what_is_no_tidying_is_refused(typed, fake, arguments):
    """Nothing is saved."""
    assert typed("add", "x", *arguments).code == 2
    assert fake.jobs.added == []


def test_another_folder_keeps_the_rules(typed, fake):
    """Only what is given changes."""
    before = {"kind": "tidy", "folder": "/old", "rules": [RULE], "rehearse": True}
    fake.catalogue.document["action"] = before
    typed("edit", "Backup", "--tidy", "/new", "--apply")
    assert fake.jobs.saved[0][1]["action"] == {**before, "folder": "/new", "rehearse": False}


def test_rules_are_shown_as_they_are_typed(typed, fake):
    """Each on a line; a rule that is not understood is left out."""
    fake.catalogue.document["action"] = {"kind": "tidy", "folder": "/in", "rules": [RULE]}
    assert "Files     *.jpg older 1d -> move Pictures/{year}\n" in typed("show", "Backup").out
    fake.catalogue.document["action"]["rules"] = [{"deed": "shred"}]
    assert "Files" not in typed("show", "Backup").out


def test_a_run_is_undone(typed, fake):
    """Each file is told on a line of its own."""
    fake.tidying = FakeTidying()
    answer = typed("undo", "--run", "7")
    assert (answer.code, fake.tidying.asked) == (0, [7])
    assert answer.out == "put back  /inbox/a\\n.jpg\n1 file was put back.\n"


def test_what_cannot_be_put_back_is_told(typed, fake):
    """It makes the command fail."""
    fake.tidying = FakeTidying(NotPutBack("/inbox/X/b.jpg", "it was changed since"))
    answer = typed("undo", "--run", "7")
    assert answer.code == 1
    assert "kept      /inbox/X/b.jpg: it was changed since" in answer.err
