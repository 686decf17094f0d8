"""A program and its arguments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.arguments import ArgumentsField
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.pathfield import PathField


class CommandForm(Part):
    """No shell reads it: the program gets the arguments as they are shown."""

    def __init__(self) -> None:
        super().__init__()
        self._program = PathField(_("Program"), files=True)
        self._arguments = ArgumentsField()
        self.add("program", Field(_("&Program"), self._program, self._program.edited))
        self.add("arguments", Field(_("&Arguments"), self._arguments, self._arguments.edited))

    def load(self, values: Document) -> None:
        """Show a command."""
        self._program.set_text(values.get("program", ""))
        self._arguments.set_arguments(values.get("arguments", ()))

    def values(self) -> dict[str, Any]:
        """Return the command."""
        return {"program": self._program.text(), "arguments": self._arguments.arguments()}

    def own_problems(self) -> Sequence[Problem]:
        """Say what is wrong with the arguments."""
        problem = self._arguments.problem()
        return [Problem("arguments", problem)] if problem else []
