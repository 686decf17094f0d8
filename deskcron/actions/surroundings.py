"""Where and in which environment a program is started: shared by the kinds that start one."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from deskcron.domain.action import Place, RunContext
from deskcron.domain.environment import Lookup
from deskcron.domain.errors import Problem
from deskcron.domain.secret import is_name, names_in, reference
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext

_VARIABLE = re.compile(r"\$(?:(\w+)|\{([^}]*)\})", re.ASCII)
_OF_A_RUN = re.compile(r"\$\{?DESKCRON_")
NOTHING: Mapping[str, str] = MappingProxyType({})
_NAME = re.compile(r"[^=\0\s][^=\0]*")


def expanded(text: str, own: Mapping[str, str], base: Mapping[str, str]) -> str:
    """Return a path as text with ~ and $VARIABLES replaced; unknown ones stay as they are.

    They have the values that the program finds: the job's `own` over the `base`, or over the
    environment of this process where that is empty.
    """
    if not any(sign in text for sign in "~$%"):
        return text
    variables = {**(base or os.environ), **own}
    filled = _VARIABLE.sub(lambda found: variables.get(found[1] or found[2], found[0]), text)
    if os.name == "nt":
        return os.path.expanduser(os.path.expandvars(filled))  # noqa: PTH111 - "~" may be anywhere
    home = variables.get("HOME")
    if home and (filled == "~" or filled.startswith("~/")):
        return home.rstrip("/") + filled[1:] or "/"
    return os.path.expanduser(filled)  # noqa: PTH111


def working_directory(directory: str, own: Mapping[str, str], base: Mapping[str, str]) -> str:
    """Return where a program starts: the directory asked for, else the person's home."""
    return expanded(directory or "~", own, base)


def placed(text: str, directory: str, own: Mapping[str, str], base: Mapping[str, str]) -> Path:
    """Return the path of a file, which counts from where the program starts."""
    path = Path(expanded(text, own, base))
    return path if path.is_absolute() else Path(working_directory(directory, own, base), path)


def environment_for(own: Mapping[str, str], run: RunContext) -> dict[str, str]:
    """Return what is added to the environment: the job's own, then what tells of the run."""
    return {**own, **run.environment()}


def place_of(run: RunContext, directory: str = "", own: Mapping[str, str] = NOTHING) -> Place:
    """Return where the programs of a run start, and what they find."""
    added = environment_for(own, run)
    return Place(working_directory(directory, added, run.base), added, run.base)


def found_program(
    name: str, directory: str, own: Mapping[str, str], base: Mapping[str, str]
) -> Path | None:
    """Return the file of a program, executable or not; None where there is none."""
    if _is_path(name):
        path = placed(name, directory, own, base)
        return path if path.exists() else None
    path_variable = _search_path(own, base)
    found = shutil.which(name, path=path_variable) or shutil.which(
        name, mode=os.F_OK, path=path_variable
    )
    return Path(found) if found else None


def where_looked(name: str, own: Mapping[str, str], lookup: Lookup) -> str:
    """Say where a missing program was looked for, and who finds it; a sentence to append."""
    if _is_path(name) or not name.strip():
        return ""
    path_variable = _search_path(own, lookup.environment)
    folders = dict.fromkeys(folder for folder in path_variable.split(os.pathsep) if folder)
    told = " " + _("It is looked for in {folders}.").format(folders=", ".join(folders))
    for place, path in lookup.elsewhere():
        if found := shutil.which(name, path=path):
            told += " " + _(
                "{place} has {path}: put {folder} before the PATH of the job, or name the program "
                "by its whole path."
            ).format(place=place, path=found, folder=os.path.dirname(found))  # noqa: PTH120 - text
            break
    return told


def _is_path(name: str) -> bool:
    return os.sep in name or bool(os.altsep and os.altsep in name)


def _search_path(own: Mapping[str, str], base: Mapping[str, str]) -> str:
    return own.get("PATH") or base.get("PATH") or os.environ.get("PATH") or os.defpath


def first_line(file: Path) -> str:
    """Return the first line of a file as far as the kernel reads it; "" if it is unreadable."""
    try:
        with file.open("rb") as opened:
            return os.fsdecode(opened.readline(256))
    except OSError:
        return ""


def telling_lines(text: str) -> list[str]:
    """Return the lines of a script that do something, without the blanks around them."""
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def first_words(text: str) -> str:
    """Return the first line of a script that does something, "" where none does."""
    telling = telling_lines(text)
    if len(telling) < 2:
        return "".join(telling)
    more = len(telling) - 1
    words = ngettext("{line} (and {more} more line)", "{line} (and {more} more lines)", more)
    return words.format(line=telling[0], more=more)


def text_problems(values: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a problem for each (field, value) with a NUL character, which no program can get."""
    for field, value in values:
        if "\0" in value:
            yield Problem(field, _("A NUL character cannot be passed to a program."))


def environment_problems(own: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each variable that cannot be set."""
    for name, value in own.items():
        if not _NAME.fullmatch(name):
            yield Problem(
                "environment",
                _("“{name}” cannot be the name of an environment variable.").format(
                    name=name.replace("\0", "␀")
                ),
            )
        yield from text_problems([("environment", value)])
        yield from secret_problems([("environment", value)])


def secret_problems(values: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a problem for each (field, value) that refers to what cannot be a secret."""
    for field, value in values:
        for name in names_in([value]):
            if not is_name(name):
                text = _("“{name}” cannot be the name of a secret: letters, digits and “_-.”.")
                yield Problem(field, text.format(name=name))


def secret_warnings(arguments: Sequence[str]) -> Iterator[str]:
    """Yield a warning for each secret where it stays a reference."""
    for name in names_in(arguments):
        yield _(
            "{reference} among the arguments is passed on as it is written, as everyone could "
            "read the secret there. Put it into the environment."
        ).format(reference=reference(name))


def directory_warnings(directory: str, own: Mapping[str, str], lookup: Lookup) -> Iterator[str]:
    """Yield what keeps a program from starting in its directory now, if it is known by now."""
    if not directory or _OF_A_RUN.search(directory):
        return
    path = Path(working_directory(directory, own, lookup.environment))
    if not path.exists():
        yield _("The folder {path} does not exist.").format(path=path)
    elif not path.is_dir():
        yield _("{path} is not a folder.").format(path=path)
    elif not os.access(path, os.X_OK):
        yield _("The folder {path} may not be entered.").format(path=path)
