"""The figures of a job above its last runs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskcron.domain.run import Run
from deskcron.domain.statistics import JobStatistics
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import measured
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.statistics.cards import Cards
from deskcron.gui.statistics.runstrip import RunStrip
from deskcron.gui.statistics.words import figures, small_print
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S
from deskcron.gui.why.readable import readable_label


class JobView(QWidget):
    """Show what the runs of a job come to."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.cards = Cards()
        self.strip = RunStrip(context.clock.now, context.zones)
        self._legend = plain_label("", Tone.SOFT, wraps=True)
        self.words = readable_label()
        self.details = QPushButton(_("&Details"))
        self.details.setAutoDefault(False)
        self._last = self._last_runs()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP_S)
        column.addWidget(self.cards)
        column.addWidget(self._last)
        column.addSpacing(GAP)
        column.addWidget(plain_label(small_print(), Tone.SOFT, wraps=True))
        column.addStretch(1)
        self.strip.chosen.connect(self.tell_time)
        self.strip.activated.connect(self._open)
        self.details.clicked.connect(self._open)

    def show_statistics(self, statistics: JobStatistics, runs: Sequence[Run]) -> None:
        """Show what the runs come to, and the last of them, given newest first."""
        self.cards.show_figures(figures(statistics))
        self._last.setVisible(bool(runs))
        self.strip.show_runs(runs)
        longest_s = max((run.duration_s or 0.0 for run in runs), default=0.0)
        text = _(
            "The newest is at the right. The higher the bar, the longer it took: {length} at most."
        )
        self._legend.setText(text.format(length=measured(longest_s)))
        self.tell_time()

    def tell_time(self) -> None:
        """Say which run is chosen, in the words of this moment."""
        self.words.setText(self.strip.current_words())

    def _last_runs(self) -> QWidget:
        last = QWidget()
        column = QVBoxLayout(last)
        column.setContentsMargins(0, GAP_L + GAP, 0, 0)
        column.setSpacing(GAP_S)
        column.addWidget(plain_label(_("Last runs"), is_strong=True))
        column.addWidget(self._legend)
        column.addSpacing(GAP_S)
        column.addWidget(self.strip)
        column.addLayout(self._chosen())
        return last

    def _chosen(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.words, 1)
        row.addWidget(self.details)
        return row

    def _open(self) -> None:
        run = self.strip.current()
        if run is not None:
            self._context.signals.show_run.emit(run.id)
