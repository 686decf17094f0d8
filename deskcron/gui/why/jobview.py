"""The answer about a job: when it runs next, what is in the way, recent decisions."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.labels import HEADING, plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_S
from deskcron.gui.why.obstacles import Obstacles
from deskcron.gui.why.readable import readable_label
from deskcron.gui.why.runlist import RunList
from deskcron.gui.why.words import (
    Answer,
    headline,
    heard_lines,
    last_apart,
    silence_text,
    time_line,
)


class JobView(QWidget):
    """Say why a job does or does not run.

    `mend` carries an obstacle to take away, `run_wanted` the number of a run to look at.
    """

    mend = Signal(object)
    run_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline = readable_label(size=HEADING, is_strong=True)
        self._time = readable_label(Tone.SOFT)
        self._silence = readable_label(Tone.SOFT)
        self._heard = readable_label(Tone.SOFT)
        self._obstacles = Obstacles()
        self._last_heading = plain_label(_("Last run"), is_strong=True)
        self._last = RunList()
        self._decided_heading = plain_label(_("Recent decisions"), is_strong=True)
        self._decided = RunList()
        self._nothing = readable_label(Tone.SOFT)
        self._nothing.setText(_("The history has no run of it."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP_S)
        for part, space in (
            (self._headline, 0),
            (self._time, 0),
            (self._heard, 0),
            (self._silence, GAP),
            (self._obstacles, GAP),
            (self._last_heading, 0),
            (self._last, GAP),
            (self._decided_heading, 0),
            (self._decided, 0),
            (self._nothing, 0),
        ):
            column.addWidget(part)
            column.addSpacing(space)
        column.addStretch(1)
        self._obstacles.mend.connect(self.mend)
        self._last.opened.connect(self.run_wanted)
        self._decided.opened.connect(self.run_wanted)

    def show_answer(self, answer: Answer, now: datetime) -> None:
        """Show what is known at this moment."""
        last, decided, time = last_apart(answer.job), answer.job.decisions, time_line(answer)
        self._headline.setText(headline(answer, now))
        self._time.setText(time)
        self._time.setVisible(bool(time))
        self._silence.setText(silence_text(answer))
        self._silence.setVisible(answer.job.job.muted)
        self._heard.setText("\n".join(heard_lines(answer, now)))
        self._heard.setVisible(bool(answer.job.listening))
        self._obstacles.show_answer(answer, now)
        self._last.show_runs([] if last is None else [last], answer, now)
        self._last_heading.setVisible(last is not None)
        self._decided.show_runs(decided, answer, now)
        self._decided_heading.setVisible(bool(decided))
        self._nothing.setVisible(last is None and not decided)
