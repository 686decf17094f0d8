"""Start a program under one of ours that masks its output before it is in the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from deskcron.domain.action import ProcessLaunch
from deskcron.system.processes.tree import RUN_KEY

_GIVEN = "DESKCRON_GIVEN:"
_SECRET = "DESKCRON_SECRET:"  # noqa: S105 - a name


class Handover(NamedTuple):
    """What the masking process is told: the program's environment, and the secrets by name."""

    environment: Mapping[str, str]
    values: Mapping[str, str]


def masked(
    launch: ProcessLaunch,
    own: Mapping[str, str],
    values: Mapping[str, str],
    own_command: Callable[..., tuple[str, ...]],
    *,
    is_apart: bool,
) -> ProcessLaunch:
    """Return the launch of `deskcron masked` with the program; `own` is what all children get.

    `is_apart` says that errors go elsewhere than the other output. Variables of the program are
    handed over under other names: a PYTHONPATH or LC_ALL of the job is not for our process, and
    what our process adds to its environment is not for the program.
    """
    given = {f"{_GIVEN}{name}": value for name, value in launch.over(own).items()}
    secrets = {f"{_SECRET}{name}": value for name, value in values.items()}
    options = ("--apart",) if is_apart else ()
    return launch._replace(
        argv=own_command("masked", *options, "--", *launch.argv),
        environment={**given, **secrets},
        base=None,
    )


def taken_over(environment: Mapping[str, str]) -> Handover:
    """Return what stands in the environment of the masking process."""
    given = _under(_GIVEN, environment)
    if key := environment.get(RUN_KEY):
        given[RUN_KEY] = key
    return Handover(given, _under(_SECRET, environment))


def _under(prefix: str, environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value
        for name, value in environment.items()
        if name.startswith(prefix)
    }
