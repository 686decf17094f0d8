"""Tidy a folder by rules, in a process of deskcron's own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from deskcron.actions.surroundings import (
    expanded,
    place_of,
    placed,
    text_problems,
    working_directory,
)
from deskcron.domain.action import (
    ANYWHERE,
    Launch,
    Place,
    ProcessLaunch,
    RunContext,
    StartFailed,
    Workspace,
)
from deskcron.domain.environment import Lookup
from deskcron.domain.errors import Problem
from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import Cause
from deskcron.domain.texts import gettext as _
from deskcron.domain.tidying import Tidying, TidyPlan, rule_problems
from deskcron.domain.tidywords import tidying_words


class Tidy(Tidying, frozen=True, kw_only=True, tag_field="kind", tag="tidy"):
    """A tidying as an action; a test run is always a rehearsal."""

    @property
    def starts_process(self) -> bool:
        """Tell that it starts a process."""
        return True

    def place(self, run: RunContext) -> Place:
        """Say where programs of a run start and what they find."""
        return place_of(run)

    def prepare(self, run: RunContext, workspace: Workspace) -> Launch:
        """Return the start of deskcron itself, which reads the plan from a file.

        Raises StartFailed when that file cannot be written.
        """
        own, base = run.environment(), run.base
        plan = TidyPlan(
            tidying=Tidying(
                folder=str(self._path(own, base)),
                rules=self.rules,
                is_recursive=self.is_recursive,
                conflict=self.conflict,
                error_folder=expanded(self.error_folder, own, base),
                rehearse=self.rehearse or run.cause == Cause.TEST,
            ),
            journals=str(workspace.journals()),
            own=str(workspace.own_folder()),
        )
        try:
            file = workspace.script_file(msgspec.json.encode(plan).decode(), ".json")
        except OSError as error:
            reason = error.strerror or str(error)
            raise StartFailed(Why(Reason.START_FAILED, {"error": reason})) from error
        return ProcessLaunch(
            argv=workspace.own_command("perform", "tidy", str(file)),
            directory=working_directory("", own, base),
            environment=own,
        )

    def problems(self) -> Sequence[Problem]:
        """Say what keeps the action from being saved, in words."""
        return tuple(self._problems())

    def warnings(self, lookup: Lookup = ANYWHERE) -> Sequence[str]:
        """Say what would keep the folder from being tidied on this machine now, in words."""
        return tuple(self._warnings(lookup))

    def secrets(self) -> Sequence[str]:
        """Return none: it is given no secrets."""
        return ()

    def describe(self) -> str:
        """Return folder and number of rules."""
        return tidying_words(self)

    def _path(self, own: Mapping[str, str], base: Mapping[str, str]) -> Path:
        return placed(self.folder.strip(), "", own, base)

    def _warnings(self, lookup: Lookup) -> Iterator[str]:
        folder = self._path({}, lookup.environment)
        if not folder.exists():
            yield _("The folder {path} does not exist.").format(path=folder)
        elif not folder.is_dir():
            yield _("{path} is not a folder.").format(path=folder)
        elif not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield _("The folder {path} may not be changed.").format(path=folder)
        home = Path(expanded("~", {}, lookup.environment))
        if self.is_recursive and home.resolve().is_relative_to(folder.resolve()):
            text = _("With the folders in {path} your whole home folder is tidied. Rehearse it.")
            yield text.format(path=folder)

    def _problems(self) -> Iterator[Problem]:
        if not self.folder.strip():
            yield Problem("folder", _("Name the folder to tidy."))
        if not self.rules:
            yield Problem("rules", _("Add a rule that says which files go where."))
        for number, rule in enumerate(self.rules, 1):
            for problem in rule_problems(rule):
                text = _("Rule {number}: {problem}")
                yield Problem("rules", text.format(number=number, problem=problem.message))
        yield from text_problems([("folder", self.folder), ("error_folder", self.error_folder)])
