"""What the core is asked about the environment of a run, and what comes of it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from deskcron.domain.errors import NotFound
from deskcron.domain.parity import JobEnvironment, compared
from deskcron.engine.facade import Facade
from deskcron.gui.environment.variables import Against, Variable, differing, every


class Asked(NamedTuple):
    """A run of a job, and what its environment is to be compared with."""

    job_id: str
    run_id: int
    against: Against


class Answer(NamedTuple):
    """The environment of the run, or what the job gets now where the run's was not kept.

    `missing` says in words that it was not; `remark` what else a person would not expect.
    """

    asked: Asked
    found: JobEnvironment
    rows: Sequence[Variable]
    missing: str = ""
    remark: str = ""


def answer(facade: Facade, asked: Asked) -> Answer:
    """Ask for an environment and for what differs; it may wait for the login shell.

    Raises NotFound.
    """
    found, missing = _given(facade, asked)
    if asked.against is Against.NOTHING:
        return Answer(asked, found, every(found.variables), missing, found.remark)
    if missing and asked.against is Against.PRESENT:  # that is the one that was found instead
        return Answer(asked, found, (), missing, found.remark)
    other, remark = _other(facade, asked)
    rows = differing(compared(found.variables, other, os.pathsep))
    return Answer(asked, found, rows, missing, remark)


def _given(facade: Facade, asked: Asked) -> tuple[JobEnvironment, str]:
    try:
        return facade.environment.of_run(asked.job_id, asked.run_id), ""
    except NotFound as missing:
        try:
            return facade.environment.of_job(asked.job_id), str(missing)
        except NotFound:
            raise missing from None  # it says more than that the job is gone


def _other(facade: Facade, asked: Asked) -> tuple[Mapping[str, str], str]:
    if asked.against is Against.TERMINAL:
        terminal = facade.environment.of_terminal()
        return terminal.variables, terminal.remark
    present = facade.environment.of_job(asked.job_id)
    return present.variables, present.remark
