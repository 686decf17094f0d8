"""How much of the past is kept, and what that means in words."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from deskcron.domain.sizewords import size_words
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.bridge import Bridge
from deskcron.gui.settings.keeper import Keeper
from deskcron.gui.settings.numberrow import NumberRow
from deskcron.gui.settings.section import Section
from deskcron.system.runlog import FileRunLogs

_STEP_MB = 256


class Taken(NamedTuple):
    """How many logs there are, and their size."""

    logs: int
    size_bytes: int


class RetentionSection(Section):
    """Days, runs of each job, and the size of all logs."""

    def __init__(
        self, bridge: Bridge, keeper: Keeper, directory: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("History"), parent=parent)
        self._bridge = bridge
        self._directory = directory
        self.days = NumberRow(
            keeper,
            "history_days",
            _("Keep runs for"),
            lambda n: ngettext("{count} day", "{count} days", n),
        )
        self.runs = NumberRow(
            keeper,
            "runs_per_job",
            _("Keep of each job at least the newest"),
            lambda n: ngettext("{count} run", "{count} runs", n),
        )
        self.logs = NumberRow(
            keeper,
            "logs_mb",
            _("Output of all runs together"),
            lambda _n: _("{count} MB"),
            _STEP_MB,
        )
        for row in self._numbers():
            row.changed.connect(self._say)
            self.add_row(row)
        self._say()

    def look(self) -> None:
        """Look how much there is."""
        directory = self._directory
        self._bridge.ask(self, lambda _facade: taken_by(directory), self._show_taken)

    def finish(self) -> None:
        """Store now what was changed a moment ago."""
        for row in self._numbers():
            row.finish()

    def _numbers(self) -> tuple[NumberRow, NumberRow, NumberRow]:
        return self.days, self.runs, self.logs

    def _say(self) -> None:
        self.set_hint(
            meaning(self.days.number.value(), self.runs.number.value(), self.logs.number.value())
        )

    def _show_taken(self, taken: Taken) -> None:
        text = ngettext(
            "Now {count} log takes {size}.", "Now {count} logs take {size}.", taken.logs
        )
        size = size_words(taken.size_bytes)
        self.logs.set_hint(
            text.format(count=taken.logs, size=size) if taken.logs else _("There is none yet.")
        )


def taken_by(directory: Path) -> Taken:
    """Return how many logs are in a directory, and their size. Thread: a worker's."""
    sizes = [size for _run, _attempt, size in FileRunLogs(directory).all_logs()]
    return Taken(len(sizes), sum(sizes))


def meaning(days: int, runs: int, logs_mb: int) -> str:
    """Say what is deleted, and what stays."""
    text = ngettext(
        "Runs older than {count} day are deleted with their output.",
        "Runs older than {count} days are deleted with their output.",
        days,
    ).format(count=days)
    if runs:
        more = ngettext(
            "The newest run of each job stays, however old it is.",
            "The newest {count} runs of each job stay, however old they are.",
            runs,
        )
        text = f"{text} {more.format(count=runs)}"
    last = _("Beyond {size:,} MB of output the oldest goes first.")
    return f"{text} {last.format(size=logs_mb)}"
