"""Show the person a message."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from deskcron.actions.surroundings import place_of
from deskcron.domain.action import (
    ANYWHERE,
    Launch,
    Place,
    Presentation,
    RunContext,
    Urgency,
    Workspace,
)
from deskcron.domain.environment import Lookup
from deskcron.domain.errors import Problem


class Reminder(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="reminder"):
    """A message; without a title it goes under the job's name."""

    title: str = ""
    text: str = ""
    urgency: Urgency = Urgency.NORMAL

    @property
    def starts_process(self) -> bool:
        """Tell that nothing is started: it is a row in the inbox."""
        return False

    def place(self, run: RunContext) -> Place:
        """Say where programs of a run start and what they find."""
        return place_of(run)

    def prepare(self, run: RunContext, workspace: Workspace) -> Launch:
        """Return the message."""
        del workspace
        return Presentation(self.title.strip() or run.job_name, self.text, self.urgency)

    def problems(self) -> Sequence[Problem]:
        """Return nothing: the job's name is message enough."""
        return ()

    def warnings(self, lookup: Lookup = ANYWHERE) -> Sequence[str]:
        """Return nothing: the inbox is always there."""
        del lookup
        return ()

    def secrets(self) -> Sequence[str]:
        """Return none: it is given no secrets."""
        return ()

    def describe(self) -> str:
        """Return the message in one line, empty where it is the job's name alone."""
        return " — ".join(
            " ".join(part.split()) for part in (self.title, self.text) if part.strip()
        )
