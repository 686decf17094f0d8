"""Starting at login: each system's entry, as the system itself would read it."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from deskcron.domain.errors import RequestFailed
from deskcron.system.autostart import autostart_for
from deskcron.system.autostart.program import Program, this_program
from deskcron.system.autostart.systemd import UserUnit, run_command
from deskcron.system.autostart.windows import APPROVED, RUN, RunKey
from deskcron.system.autostart.xdg import DesktopEntry, exec_line

ODD = '/opt/my $tuff/50% "off"/back\\slash`/desk\'cron'


def test_words_of_an_entry_are_quoted_by_the_rules_of_desktop_entries() -> None:
    """What desktops take for special is quoted, escaped twice where the rules say so."""
    program = Program((ODD, "--hidden"), (("DESKCRON_HOME", "/home/a b"),))
    assert exec_line(program) == (
        'env "DESKCRON_HOME=/home/a b" '
        '"/opt/my \\\\$tuff/50%% \\\\"off\\\\"/back\\\\\\\\slash\\\\`/desk\'cron" --hidden'
    )
    assert exec_line(Program(("/usr/bin/deskcron", "--hidden"))) == "/usr/bin/deskcron --hidden"


def test_an_entry_is_written_as_desktops_want_it(tmp_path: Path) -> None:
    """The entry names program, arguments and icon, and is removed without a trace."""
    entry = DesktopEntry(tmp_path, Program((sys.executable, "--hidden")))
    entry.enable()
    (path,) = (tmp_path / "autostart").iterdir()
    assert path.name == "org.deskcron.Deskcron.desktop"
    lines = path.read_text().splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert f"Exec={sys.executable} --hidden" in lines
    assert f"TryExec={sys.executable}" in lines
    entry.disable()
    assert not path.exists()


@pytest.mark.parametrize(
    ("key", "value"), [("Hidden", "true"), ("X-GNOME-Autostart-enabled", "false")]
)
def test_an_entry_switched_off_in_the_session_is_off(tmp_path: Path, key: str, value: str) -> None:
    """What the session's own settings have switched off is off, and the remark says so."""
    entry = DesktopEntry(tmp_path, Program((sys.executable,)))
    entry.enable()
    path = tmp_path / "autostart" / "org.deskcron.Deskcron.desktop"
    kept = [line for line in path.read_text().splitlines() if not line.startswith(key)]
    path.write_text("\n".join([*kept, f"{key}={value}"]))
    state = entry.state()
    assert not state.is_on
    assert "switched off" in state.remark
    entry.enable()
    assert entry.state().is_on


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"no section", b"[Desktop Entry]\nName=x\n"])
def test_an_entry_that_says_nothing_is_off(tmp_path: Path, content: bytes) -> None:
    """A file that cannot be understood starts nothing and is told of."""
    path = tmp_path / "autostart" / "org.deskcron.Deskcron.desktop"
    path.parent.mkdir()
    path.write_bytes(content)
    state = DesktopEntry(tmp_path, Program((sys.executable,))).state()
    assert (state.is_on, bool(state.remark)) == (False, True)


def test_a_unit_lets_jobs_live_and_is_enabled_by_systemd(tmp_path: Path) -> None:
    """The unit ends the engine alone, and systemd is asked to enable it."""
    asked = []

    def systemctl(words):
        asked.append(list(words))
        return ""

    program = Program((sys.executable, "daemon"), (("DESKCRON_HOME", '/a "b" %'),))
    UserUnit(tmp_path, program, systemctl).enable()
    text = (tmp_path / "systemd/user/deskcron.service").read_text()
    assert "KillMode=process\n" in text
    assert f'ExecStart=:"{sys.executable}" "daemon"\n' in text
    assert 'Environment="DESKCRON_HOME=/a \\"b\\" %%"\n' in text
    assert asked == [["systemctl", "--user", "enable", "deskcron.service"]]


def test_a_systemd_that_does_not_answer_is_told_of_in_words(tmp_path: Path) -> None:
    """Where systemd does not answer the unit is written, and the words say what is left to do."""
    unit = UserUnit(tmp_path, Program((sys.executable, "daemon")), lambda _words: "no bus")
    with pytest.raises(RequestFailed) as failure:
        unit.enable()
    assert "no bus" in str(failure.value)
    assert "systemctl --user enable --now deskcron.service" in failure.value.hint
    state = unit.state()
    assert not state.is_on
    assert "systemctl --user enable" in state.remark
    unit.disable()
    assert unit.state() == unit.state()._replace(is_on=False, starts="", remark="")


@pytest.mark.skipif(sys.platform != "linux", reason="systemd is of Linux")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    """The real systemd finds nothing to complain about in a unit for an oddly named program."""
    odd = tmp_path / 'a "b" $HOME %h' / "deskcron"
    odd.parent.mkdir()
    odd.write_text("#!/bin/sh\n")
    odd.chmod(0o755)
    unit = UserUnit(tmp_path, Program((str(odd), "daemon")), lambda _words: "")
    unit.enable()
    path = tmp_path / "systemd/user/deskcron.service"
    try:
        checked = subprocess.run(
            ["systemd-analyze", "--user", "--man=no", "verify", str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("systemd is not installed")
    complaints = [line for line in checked.stderr.splitlines() if "deskcron" in line]
    assert complaints == []


def test_a_command_tells_why_it_failed() -> None:
    """A command answers nothing where it worked, else its last words."""
    assert run_command(["true"]) == ""
    assert run_command(["sh", "-c", "echo first >&2; echo last >&2; exit 1"]) == "last"
    assert run_command(["sh", "-c", "exit 3"]) == "exit code 3"
    assert "No such file" in run_command(["/nowhere/systemctl"])


def test_a_command_gets_no_environment_of_ours(monkeypatch) -> None:
    """What is meant for this process alone does not reach the programs it asks."""
    monkeypatch.setenv("DESKCRON_RUN_ID", "7")
    assert run_command(["sh", "-c", 'echo "run $DESKCRON_RUN_ID." >&2; exit 1']) == "run ."


class FakeRegistry:
    """The registry of a machine without one."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}
        self.error: OSError | None = None

    def get(self, key: str, name: str) -> str | bytes | None:
        self._fail()
        return self.values.get((key, name))

    def set(self, key: str, name: str, value: str) -> None:
        self._fail()
        self.values[key, name] = value

    def delete(self, key: str, name: str) -> None:
        self._fail()
        self.values.pop((key, name), None)

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


def test_the_switch_of_the_task_manager_is_obeyed(tmp_path: Path) -> None:
    """An entry that the person has switched off in Windows is off, and stays so."""
    registry = FakeRegistry()
    program = tmp_path / "desk cron"
    program.touch(stat.S_IRWXU)
    key = RunKey(registry, "deskcron", Program((str(program), "--hidden")))
    key.enable()
    assert registry.values[RUN, "deskcron"] == f'"{program}" --hidden'
    registry.values[APPROVED, "deskcron"] = bytes([2] + [0] * 11)
    assert key.state().is_on
    registry.values[APPROVED, "deskcron"] = bytes([3] + [0] * 11)
    state = key.state()
    assert not state.is_on
    assert "Windows" in state.remark


def test_a_registry_that_refuses_is_told_of_in_words() -> None:
    """Each refusal of the registry becomes an error in words."""
    registry = FakeRegistry()
    registry.error = PermissionError(13, "Access is denied")
    key = RunKey(registry, "deskcron", Program((sys.executable,)))
    for act in (key.state, key.enable, key.disable):
        with pytest.raises(RequestFailed, match="start at login"):
            act()


def test_the_running_program_is_named_with_its_data_directory() -> None:
    """What starts at login is this installation on this data directory."""
    program = this_program({"DESKCRON_HOME": "/data", "PATH": "/bin"})
    assert Path(program.path).is_absolute()
    assert program.environment == (("DESKCRON_HOME", "/data"),)
    version = subprocess.run(
        [*program.command, "--version"], capture_output=True, text=True, check=True
    )
    assert version.stdout.startswith("deskcron ")


def test_a_bundled_program_names_the_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    """A frozen program names itself, an AppImage the image and not its mount."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert this_program({}).command == (sys.executable,)
    assert this_program({"APPIMAGE": "/opt/d.AppImage"}).command == ("/opt/d.AppImage",)


@pytest.mark.skipif(sys.platform != "linux", reason="the way of Linux")
@pytest.mark.parametrize(("headless", "end"), [(True, "deskcron.service"), (False, ".desktop")])
def test_linux_has_an_entry_and_a_unit(tmp_path: Path, headless: bool, end: str) -> None:  # noqa: FBT001
    """On Linux the window starts by a desktop entry and the engine by a unit."""
    autostart = autostart_for({"XDG_CONFIG_HOME": str(tmp_path)}, headless=headless)
    assert autostart.state().place.startswith(str(tmp_path))
    assert autostart.state().place.endswith(end)
