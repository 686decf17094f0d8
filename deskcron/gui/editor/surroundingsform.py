"""Where a program or script runs, and what is added to its environment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.environmentfield import EnvironmentField
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.pathfield import PathField


class SurroundingsForm(Part):
    """Directory and environment, the same for scripts and commands."""

    def __init__(self) -> None:
        super().__init__()
        self._directory = PathField(_("Folder to run in"), folders=True, hint=_("Your home folder"))
        self._environment = EnvironmentField()
        self.add(
            "directory", Field(_("Fol&der to run in"), self._directory, self._directory.edited)
        )
        self.add(
            "environment",
            Field(_("Added to the en&vironment"), self._environment, self._environment.edited),
        )

    def load(self, values: Document) -> None:
        """Show the surroundings of an action."""
        self._directory.set_text(values.get("directory", ""))
        self._environment.set_variables(values.get("environment", {}))

    def values(self) -> dict[str, Any]:
        """Return the surroundings."""
        return {
            "directory": self._directory.text(),
            "environment": self._environment.variables(),
        }

    def own_problems(self) -> Sequence[Problem]:
        """Say what is wrong with the rows of the table."""
        problem = self._environment.problem()
        return [Problem("environment", problem)] if problem else []
