"""Start at login by an entry in the autostart directory that all Linux desktops read."""

from __future__ import annotations

import re
from configparser import Error, RawConfigParser
from pathlib import Path

from deskcron.domain.ports import AutostartState
from deskcron.domain.texts import gettext as _
from deskcron.system.autostart.entry import read, remove, state_of, write
from deskcron.system.autostart.program import Program

ID = "org.deskcron.Deskcron"
_SECTION = "Desktop Entry"
_PLAIN = re.compile(r"[A-Za-z0-9@%+=:,./_-]+")
_ESCAPED = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class DesktopEntry:
    """The Autostart of a desktop session; `config` is the person's XDG_CONFIG_HOME."""

    def __init__(self, config: Path, program: Program) -> None:
        self._path = config / "autostart" / f"{ID}.desktop"
        self._program = program

    def state(self) -> AutostartState:
        """Return what the session has; raises RequestFailed."""
        place = str(self._path)
        content = read(self._path)
        if content is None:
            return AutostartState(is_on=False, place=place)
        keys = _keys(content)
        starts = keys.get("Exec", "")
        if not starts:
            remark = _("The file that stands there cannot be understood.")
            return AutostartState(is_on=False, place=place, remark=remark)
        is_off = "true" in keys.get("Hidden", "") or "false" in keys.get(
            "X-GNOME-Autostart-enabled", ""
        )
        if is_off:
            remark = _("It was switched off in the settings of the session.")
            return AutostartState(is_on=False, place=place, starts=starts, remark=remark)
        program = _unescaped(keys.get("TryExec", self._program.path))
        return state_of(
            place=place, program=program, starts=starts, expected=exec_line(self._program)
        )

    def enable(self) -> None:
        """Have the session start the program; raises RequestFailed."""
        lines = (
            f"[{_SECTION}]",
            "Type=Application",
            "Name=deskcron",
            f"Comment={escaped(_('Runs jobs and reminders on a schedule'))}",
            f"Exec={exec_line(self._program)}",
            f"TryExec={escaped(self._program.path)}",
            f"Icon={ID}",
            "Terminal=false",
            "StartupNotify=false",
            "X-GNOME-Autostart-enabled=true",
        )
        write(self._path, "".join(f"{line}\n" for line in lines).encode())

    def disable(self) -> None:
        """Remove the entry; raises RequestFailed."""
        remove(self._path)


def exec_line(program: Program) -> str:
    """Return a command as the value of Exec, quoted by the rules of desktop entries."""
    words = list(program.command)
    if program.environment:
        words = ["env", *(f"{name}={value}" for name, value in program.environment), *words]
    return escaped(" ".join(_quoted(word) for word in words))


def escaped(value: str) -> str:
    """Return a text as a value of a desktop entry."""
    return "".join(_ESCAPED.get(letter, letter) for letter in value)


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    if _PLAIN.fullmatch(word):
        return word
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'


def _unescaped(value: str) -> str:
    plain = {"\\": "\\", "n": "\n", "t": "\t", "r": "\r", "s": " "}
    return re.sub(r"\\(.)", lambda match: plain.get(match[1], match[0]), value)


def _keys(content: bytes) -> dict[str, str]:
    parser = RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as its manual has it
    try:
        parser.read_string(content.decode("utf-8", "replace"))
    except Error:
        return {}
    return dict(parser[_SECTION]) if parser.has_section(_SECTION) else {}
