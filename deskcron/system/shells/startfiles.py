"""Which files a login shell reads as it starts, and whether one has changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

_OF_ALL = (
    "/etc/environment",
    "/etc/profile",
    "/etc/profile.d",
    "~/.profile",
    "~/.pam_environment",
    "~/.config/environment.d",
)
_OF_SHELL = {
    "bash": (
        "/etc/bash.bashrc",
        "~/.bash_profile",
        "~/.bash_login",
        "~/.bashrc",
        "~/.bash_aliases",
    ),
    "zsh": (
        *("/etc/zsh/zshenv", "/etc/zsh/zprofile", "/etc/zsh/zshrc", "/etc/zshenv", "/etc/zshrc"),
        *("/etc/zprofile", "/etc/paths", "/etc/paths.d"),
        *("$ZDOTDIR/.zshenv", "$ZDOTDIR/.zprofile", "$ZDOTDIR/.zshrc", "$ZDOTDIR/.zlogin"),
        "~/.zshenv",
    ),
    "fish": (
        *("/etc/fish/config.fish", "/etc/fish/conf.d"),
        *("$XDG_CONFIG_HOME/fish/config.fish", "$XDG_CONFIG_HOME/fish/conf.d"),
        "$XDG_CONFIG_HOME/fish/fish_variables",
    ),
}


class FileState(NamedTuple):
    """A file as it was at a moment."""

    path: str
    mtime_ns: int
    size: int


def start_files(shell: str, environment: Mapping[str, str]) -> tuple[FileState, ...]:
    """Return the shell itself and the files and folders it reads that are there."""
    home = environment.get("HOME", "")
    places = {
        "$ZDOTDIR": environment.get("ZDOTDIR") or home,
        "$XDG_CONFIG_HOME": environment.get("XDG_CONFIG_HOME") or f"{home}/.config",
    }
    found = []
    name = os.path.basename(shell)  # noqa: PTH119 - done for each start of a run
    for pattern in (shell, *_OF_ALL, *_OF_SHELL.get(name, ())):
        head, slash, tail = pattern.partition("/")
        path = f"{home if head == '~' else places.get(head, head)}{slash}{tail}"
        try:
            state = os.stat(path)  # noqa: PTH116
        except OSError:
            continue
        found.append(FileState(path, state.st_mtime_ns, state.st_size))
    return tuple(dict.fromkeys(found))
