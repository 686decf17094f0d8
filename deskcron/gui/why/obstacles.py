"""What keeps a job from running, each with a button that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.domain.explanation import Obstacle
from deskcron.domain.outlookwords import Note
from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP_S
from deskcron.gui.why.words import Answer, ahead_notes, obstacle_text


class Obstacles(QWidget):
    """Show what is in the way. `mend` carries the obstacle that is to be taken away."""

    mend = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_S)
        self._strips = {obstacle: self._strip(obstacle) for obstacle in Obstacle}
        self._others: list[Notice] = []

    def show_answer(self, answer: Answer, now: datetime) -> None:
        """Show the obstacles of a job, and what else may keep it from running."""
        for obstacle, strip in self._strips.items():
            strip.say(obstacle_text(obstacle, answer, now))
            strip.setVisible(obstacle in answer.job.obstacles)
        notes = ahead_notes(answer, now)
        self._show_others(notes)
        self.setVisible(bool(answer.job.obstacles or notes))

    def _show_others(self, notes: Sequence[Note]) -> None:
        while len(self._others) < len(notes):
            self._others.append(Notice())
            self._column.addWidget(self._others[-1])
        for number, strip in enumerate(self._others):
            strip.setVisible(number < len(notes))
        for strip, note in zip(self._others, notes, strict=False):
            strip.say(note.text, Tone.WARN if note.is_in_the_way else Tone.SOFT)

    def _strip(self, obstacle: Obstacle) -> Notice:
        is_note = obstacle in {Obstacle.STILL_RUNNING, Obstacle.NO_DUE_TIME}
        strip = Notice(tone=Tone.SOFT if is_note else Tone.WARN)
        strip.setObjectName(obstacle.value)
        remedy = _remedy(obstacle)
        if remedy:
            strip.add_button(remedy).clicked.connect(partial(self._mend, obstacle))
        self._column.addWidget(strip)
        return strip

    def _mend(self, obstacle: Obstacle, *_clicked: bool) -> None:
        self.mend.emit(obstacle)


def _remedy(obstacle: Obstacle) -> str:
    """Return what the button is called, empty where the window can do nothing."""
    return {
        Obstacle.DISABLED: _("Turn on"),
        Obstacle.PAUSED: _("Resume all jobs"),
        Obstacle.HELD: _("Resume job"),
        Obstacle.FINISHED: _("Schedule again"),
        Obstacle.NO_DUE_TIME: _("Give it a time"),
        Obstacle.STILL_RUNNING: _("Stop that run"),
    }.get(obstacle, "")
