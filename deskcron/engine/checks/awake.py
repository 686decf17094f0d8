"""Look at whether the computer can be kept awake for the jobs that want it."""

from __future__ import annotations

from collections.abc import Iterator

from deskcron.domain.answers import Finding
from deskcron.domain.machine import Wakefulness
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.checks.finding import good, note
from deskcron.engine.definitions import Definitions
from deskcron.engine.wakewarnings import Try, cannot_words


class AwakeCheck:
    """Try it, where a job wants it."""

    def __init__(self, store: Store, definitions: Definitions, try_it: Try) -> None:
        self._store = store
        self._definitions = definitions
        self._try = try_it

    def findings(self) -> Iterator[Finding]:
        """Go through what there is to say; nothing where no job wants it."""
        if self._store.read(self._is_wanted):
            yield _finding(self._try())

    def _is_wanted(self, tables: Tables) -> bool:
        return any(self._definitions.present(job).policy.keep_awake for job in tables.jobs.live())


def _finding(reached: Wakefulness) -> Finding:
    if reached is Wakefulness.WHATEVER_HAPPENS:
        return good("awake", _("The computer can be kept awake while jobs run."))
    hint = _("Run deskcron in a session of systemd-logind or elogind that may forbid sleep.")
    if reached is Wakefulness.UNLESS_TOLD:
        text = _("The computer can be kept from falling asleep by itself, but obeys who orders it.")
        why = _("A job may be interrupted by a closed lid or a press on Sleep.")
        return note("awake", text, why, hint)
    why = _("It may fall asleep while jobs run that want it awake.")
    return note("awake", cannot_words(), why, hint)
