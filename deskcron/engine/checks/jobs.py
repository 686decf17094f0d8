"""Look at the jobs: those that cannot run, are held, or would never be woken."""

from __future__ import annotations

from collections.abc import Iterator

from deskcron.domain.answers import Finding
from deskcron.domain.ports import Clock
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.engine.checks.finding import bad, mendable, note
from deskcron.engine.definitions import Definitions
from deskcron.engine.looseends import LooseEnds

MOST_NAMED = 5


class JobCheck:
    """Look at what would go unnoticed until it is missed."""

    def __init__(
        self, store: Store, definitions: Definitions, loose_ends: LooseEnds, clock: Clock
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._loose_ends = loose_ends
        self._clock = clock

    def findings(self) -> Iterator[Finding]:
        """Go through what there is to say; nothing where all is well."""
        yield from self._store.read(lambda tables: [*self._jobs(tables), *self._wakeups(tables)])

    def _jobs(self, tables: Tables) -> Iterator[Finding]:
        lines = list(tables.jobs.lines(finished=True, tag=None))
        broken = [line.job.name for line in lines if self._definitions.glimpse(line.job).fault]
        held = [line.job.name for line in lines if line.hold is not None]
        if broken:
            text = _("These jobs cannot be run as they are: {names}").format(names=_named(broken))
            why = _("They are kept, and nothing of them runs.")
            hint = _(
                "Why? in the list of jobs and 'deskcron why JOB' say why; "
                "a newer version of deskcron may know them."
            )
            yield bad("jobs", text, why, hint)
        if held:
            text = _("These jobs are held after failures: {names}").format(names=_named(held))
            why = _("What is due meanwhile is skipped.")
            yield note(
                "held",
                text,
                why,
                _("Let one run on in the list of jobs, or with 'deskcron resume JOB'."),
            )

    def _wakeups(self, tables: Tables) -> Iterator[Finding]:
        count = len(self._loose_ends.missing(tables, self._clock.now()))
        if count:
            text = ngettext(
                "{count} job or run would never be woken.",
                "{count} jobs or runs would never be woken.",
                count,
            )
            yield mendable("wakeups", text.format(count=count), _("They would wait for ever."))


def _named(names: list[str]) -> str:
    more = [_("and {count} more").format(count=len(names) - MOST_NAMED)]
    return ", ".join(names[:MOST_NAMED] + (more if len(names) > MOST_NAMED else []))
