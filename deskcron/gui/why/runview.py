"""The answer about one run: what became of it, what made it, and its times."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.domain.answers import RunDetail
from deskcron.gui.history.factlist import FactList
from deskcron.gui.history.facts import facts
from deskcron.gui.theme.labels import HEADING
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_S
from deskcron.gui.why.readable import readable_label
from deskcron.gui.why.words import cause_sentence, run_headline


class RunView(QWidget):
    """Say why a run went as it did."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline = readable_label(size=HEADING, is_strong=True)
        self._cause = readable_label(Tone.SOFT)
        self._facts = FactList()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        column.addWidget(self._headline)
        column.addWidget(self._cause)
        column.addSpacing(GAP)
        column.addWidget(self._facts, 1)

    def show_run(self, detail: RunDetail, now: datetime, zone: tzinfo | None) -> None:
        """Show what is known at this moment."""
        self._headline.setText(run_headline(detail.run, zone))
        self._cause.setText(cause_sentence(detail.run))
        self._facts.show_facts(facts(detail, now, zone, with_cause=False))
