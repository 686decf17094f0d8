"""What a shell is told: scripts, commands, options and the names of jobs."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from deskcron.cli.main import main
from deskcron.domain.errors import StoreUnavailable


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell(typed, shell):
    """The script names the program and is accepted by the shell, where it is installed."""
    answer = typed("completion", shell)
    assert answer.code == 0
    assert "_DESKCRON_COMPLETE" in answer.out
    path = shutil.which(shell)
    if path is not None:
        checked = subprocess.run([path, "-n"], input=answer.out, text=True, check=False)
        assert checked.returncode == 0


@pytest.fixture
def candidates(application, capfd, monkeypatch):
    """Complete a command line as bash does and return the candidates."""

    def complete(*words: str) -> list[str]:
        monkeypatch.setenv("_DESKCRON_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(["deskcron", *words]))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        assert main(application, []) == 0
        return [line.split(",", 1)[1] for line in capfd.readouterr().out.splitlines() if line]

    return complete


def test_commands_and_jobs_are_completed(candidates, fake, build):
    """Job names are offered whatever their case; those that break a line are not."""
    names = ("Backup", "Stretch", "odd\nname")
    fake.catalogue.all = [build.job(name, id=f"a{number}") for number, name in enumerate(names)]
    assert candidates("dup") == ["duplicate"]
    assert candidates("show", "b") == ["Backup"]
    assert candidates("remove", "Backup", "S") == ["Stretch"]
    assert candidates("edit", "B") == ["Backup"]
    assert candidates("stats", "Backup", "S") == ["Stretch"]
    assert "odd" not in "".join(candidates("why", ""))


def test_options_and_choices_are_completed(candidates):
    """Options and their words are offered, also before NAME."""
    assert candidates("add", "--rem") == ["--remind"]
    assert candidates("add", "--notify", "f") == ["failure"]
    assert candidates("add", "x", "y", "--rem") == ["--remind"]


def test_the_words_of_rules_and_events_are_completed(candidates, fake):
    """Words are offered, in lists the last one, and behind the name of a job its ends."""
    assert candidates("add", "--overlap", "re") == ["replace"]
    assert candidates("add", "--retry-on", "failed,t") == ["failed,timed-out"]
    assert candidates("add", "--need", "on") == ["on-mains", "online"]
    assert candidates("edit", "Backup", "--unmet", "w") == ["wait"]
    assert candidates("next", "--on", "log") == ["login"]
    assert candidates("add", "--after", "b") == ["Backup"]
    assert candidates("add", "--after", "Backup:f") == ["Backup:failure"]
    assert candidates("resume", "B") == ["Backup"]
    fake.preferences.rooms = {"disk": 2, "net": 1}
    assert candidates("lanes", "d") == ["disk="]


def test_completion_never_fails(candidates, application):
    """Without a store there are no names, and no error in the shell."""
    application.opening_error = StoreUnavailable(title="Gone")
    assert candidates("show", "") == []
    assert candidates("lanes", "") == []
