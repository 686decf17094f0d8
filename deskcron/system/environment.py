"""Say which environment children get: the person's own, without what deskcron added to it."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Mapping
from pathlib import Path

_LIBRARY_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
_FROZEN_PREFIXES = ("_MEI", "_PYI_", "QML")
_FROZEN_NAMES = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")
# what was meant for this process alone: interpreter, service and window start
_OURS_ALONE = (
    "PYTHONHOME",
    "__PYVENV_LAUNCHER__",
    "NOTIFY_SOCKET",
    "WATCHDOG_PID",
    "WATCHDOG_USEC",
    "LISTEN_FDS",
    "LISTEN_FDNAMES",
    "LISTEN_PID",
    "DESKTOP_STARTUP_ID",
    "XDG_ACTIVATION_TOKEN",
)
_OF_A_RUN, _HOME = "DESKCRON_", "DESKCRON_HOME"

_OF_TERMINAL = (
    *("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV_PROMPT", "CONDA_DEFAULT_ENV", "CONDA_SHLVL"),
    *("CONDA_PROMPT_MODIFIER", "CONDA_PYTHON_EXE", "SHLVL", "OLDPWD", "PWD", "_", "TERM"),
)
_STANDARD_PATH = "/usr/local/bin:/usr/bin:/bin"
# DESKCRON_HOME stays, so that what calls deskcron reaches this one
_LEAST = ("HOME", "USER", "LOGNAME", "SHELL", "LANG", "PYTHONUNBUFFERED", _HOME)
_LEAST_OF_WINDOWS = (
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "PATH", "TEMP", "TMP"),
    *("USERNAME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA"),
    *("PROGRAMFILES", "PROGRAMDATA", "PYTHONUNBUFFERED", _HOME),
)


def base_environment(
    environ: Mapping[str, str],
    *,
    prefix: str = sys.prefix,
    is_frozen: bool = getattr(sys, "frozen", False),
) -> dict[str, str]:
    """Return what every child gets; `prefix` is the installation deskcron runs from.

    Of an outer run only DESKCRON_HOME stays, so that a job may call deskcron; it is made absolute,
    as jobs run in directories of their own. PYTHONUNBUFFERED makes the output of Python programs
    appear while they run.
    """
    child = dict(environ)
    if is_frozen:
        _undo_frozen(child)
    for name in _OURS_ALONE:
        child.pop(name, None)
    for name in list(child):
        if name.startswith(_OF_A_RUN) and name != _HOME:
            del child[name]
    _leave_virtual_environment(child, prefix)
    if home := child.get(_HOME):
        child[_HOME] = str(Path(home).expanduser().absolute())
    child.setdefault("PYTHONUNBUFFERED", "1")
    return child


def fresh_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what a login shell begins with: no Python of a terminal, no active environment.

    What the person's own files set of these comes back by the shell.
    """
    child = dict(environ)
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        if active := child.pop(name, ""):
            _leave_path(child, active)
    for name in _OF_TERMINAL:
        child.pop(name, None)
    return child


def minimal_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return as little as programs need, the same wherever deskcron was started from."""
    if os.name == "nt":
        return {name: environ[name] for name in _LEAST_OF_WINDOWS if name in environ}
    least = {name: environ[name] for name in _LEAST if environ.get(name)}
    user = least.get("USER") or least.get("LOGNAME") or getpass.getuser()
    return {
        "HOME": str(Path.home()),
        "USER": user,
        "LOGNAME": user,
        "SHELL": "/bin/sh",
        "LANG": "C.UTF-8",
        **least,
        "PATH": _STANDARD_PATH,
    }


def _undo_frozen(child: dict[str, str]) -> None:
    """Take out what the start of a frozen build put in, which breaks other programs."""
    for name in _LIBRARY_PATHS:
        original = child.pop(f"{name}_ORIG", None)
        child.pop(name, None)
        if original:
            child[name] = original
    for name in list(child):
        if name.startswith(_FROZEN_PREFIXES) or name in _FROZEN_NAMES:
            del child[name]


def _leave_virtual_environment(child: dict[str, str], prefix: str) -> None:
    """Leave the virtual environment if it is deskcron's own; one of the person's stays."""
    active = child.get("VIRTUAL_ENV")
    if not active or os.path.realpath(active) != os.path.realpath(prefix):
        return
    del child["VIRTUAL_ENV"]
    child.pop("VIRTUAL_ENV_PROMPT", None)
    _leave_path(child, active)


def _leave_path(child: dict[str, str], active: str) -> None:
    """Take the programs of an environment out of the PATH."""
    if "PATH" not in child:
        return
    programs = {os.path.realpath(os.path.join(active, name)) for name in ("bin", "Scripts")}  # noqa: PTH118 - paths as text
    path = child["PATH"].split(os.pathsep)
    child["PATH"] = os.pathsep.join(
        part for part in path if not part or os.path.realpath(part) not in programs
    )
