"""Look whether everything is as it should be, say so in words, and mend what can be mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deskcron.domain.answers import Finding, Mended
from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.engine.checks.finding import Check, bad
from deskcron.engine.mending import Mending


class Doctor:
    """Examine one part after the other. Thread: any, not the GUI's: it may take seconds."""

    def __init__(self, checks: Sequence[Check], mending: Mending) -> None:
        self._checks = checks
        self._mending = mending

    def examine(self) -> Sequence[Finding]:
        """Return a finding for each thing looked at, with what to do where something is wrong."""
        return [finding for check in self._checks for finding in _found_by(check)]

    def mend(self) -> Mended:
        """Put right what can be put right safely, and say what was done."""
        return self._mending.mend()


def _found_by(check: Check) -> Iterator[Finding]:
    """Yield what a check finds; one that fails says so, and keeps no other from looking."""
    try:
        yield from check.findings()
    except (DeskcronError, OSError) as error:
        text = _("Not everything could be looked at: {error}").format(error=error)
        why = _("What is wrong there stays hidden.")
        yield bad("doctor", text, why, _("Put that right, and look again."))
