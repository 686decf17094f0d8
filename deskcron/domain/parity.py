"""How the environment of a job differs from that of a terminal, fit to be shown."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from deskcron.domain.concealing import MASK, masked_value
from deskcron.domain.environment import Base
from deskcron.domain.secret import names_in

_OF_EACH_SHELL = frozenset({"_", "SHLVL", "PWD", "OLDPWD"})


class JobEnvironment(msgspec.Struct, frozen=True, kw_only=True):
    """What a job gets now, or what a run of it was started with; secrets are masked.

    What tells of the run, such as DESKCRON_RUN_ID, is left out. `remark` says in words what a
    person would not expect.
    """

    job: str
    run_id: int | None
    base: Base
    variables: dict[str, str]
    remark: str = ""


class TerminalEnvironment(msgspec.Struct, frozen=True, kw_only=True):
    """What a terminal would have that is opened now; secrets are masked, `remark` as above."""

    variables: dict[str, str]
    remark: str = ""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A variable that two environments have with different values, as they may be shown."""

    name: str
    here: str
    there: str


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between the job, "here", and the terminal, "there".

    Of the PATH, each folder is compared; `is_path_reordered` where only their order differs.
    """

    only_here: dict[str, str]
    only_there: dict[str, str]
    different: tuple[Difference, ...]
    path_only_here: tuple[str, ...] = ()
    path_only_there: tuple[str, ...] = ()
    is_path_reordered: bool = False

    @property
    def is_same(self) -> bool:
        """Tell whether nothing differs."""
        is_path_same = not (self.path_only_here or self.path_only_there or self.is_path_reordered)
        return is_path_same and not (self.only_here or self.only_there or self.different)


def compared(here: Mapping[str, str], there: Mapping[str, str], separator: str) -> Comparison:
    """Compare two environments; `here` may be masked already, and refer to secrets."""
    names = sorted((set(here) | set(there)) - _OF_EACH_SHELL)
    both = [name for name in names if name in here and name in there and name != "PATH"]
    folders_here = _folders(here, separator)
    folders_there = _folders(there, separator)
    only_here = tuple(one for one in folders_here if one not in folders_there)
    only_there = tuple(one for one in folders_there if one not in folders_here)
    return Comparison(
        only_here={one: masked_value(one, here[one]) for one in names if one not in there},
        only_there={one: masked_value(one, there[one]) for one in names if one not in here},
        different=tuple(
            _difference(name, here[name], there[name])
            for name in both
            if _is_different(name, here[name], there[name])
        ),
        path_only_here=only_here,
        path_only_there=only_there,
        is_path_reordered=not only_here and not only_there and folders_here != folders_there,
    )


def _folders(environment: Mapping[str, str], separator: str) -> tuple[str, ...]:
    """Return the folders of the PATH, each where it counts."""
    return tuple(dict.fromkeys(one for one in environment.get("PATH", "").split(separator) if one))


def _is_different(name: str, here: str, there: str) -> bool:
    """Tell whether values differ, as far as a masked one tells."""
    return here != there and (MASK not in here or here != masked_value(name, there))


def _difference(name: str, here: str, there: str) -> Difference:
    is_secret = bool(names_in([here]))  # then the other one may be its very value
    shown_there = MASK if is_secret else masked_value(name, there)
    return Difference(name=name, here=masked_value(name, here), there=shown_there)
