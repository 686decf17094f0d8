"""Rules: what the exit code of a program means."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from deskcron.domain.errors import Problem
from deskcron.domain.exitcodes import ExitCodes
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import Binding
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.numbersfield import NumbersField
from deskcron.gui.editor.part import typing_problems


class ExitCodesPart(BoundPart):
    """Codes that are a success, with a warning or without."""

    def __init__(self) -> None:
        super().__init__(msgspec.structs.asdict(ExitCodes()))
        self._success, self._warning = NumbersField(), NumbersField()
        self._warning.setPlaceholderText(_("None"))
        hint = _("With commas between them. All others are failures.")
        self.bind("success", _("Success"), _numbers(self._success), hint=hint)
        hint = _("The run succeeds, and its end says the code.")
        self.bind("warning", _("Success with a warning"), _numbers(self._warning), hint=hint)

    def own_problems(self) -> Sequence[Problem]:
        """Say what is no number."""
        return typing_problems(success=self._success, warning=self._warning)


def _numbers(control: NumbersField) -> Binding:
    return Binding(control, control.textChanged, control.numbers, control.set_numbers)
