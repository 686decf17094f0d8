"""Beside the form: the rules in words, the next runs, and what may surprise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskcron.domain.answers import Upcoming
from deskcron.domain.daywords import dated_in_its_zone, exact, weekday
from deskcron.domain.drafting import DraftCheck
from deskcron.domain.ports import Clock
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import relative
from deskcron.domain.words import mark_words
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import HEADING, plain_label, tip
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S

_LONG_PIECE = re.compile(r"\S{24}(?=\S)")
_MAY_BREAK = "\u200b"


class Preview(QWidget):
    """Shows what the core says of the draft."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._words = plain_label("", wraps=True)
        self._ahead = plain_label(_("Next runs"), Tone.SOFT)
        self._runs = _lines()
        self._without_times = plain_label("", Tone.SOFT, wraps=True)
        self._surprises = _lines()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP)
        column.addWidget(plain_label(_("Preview"), size=HEADING, is_strong=True))
        column.addWidget(self._words)
        column.addSpacing(GAP)
        column.addWidget(self._ahead)
        column.addLayout(self._runs)
        column.addWidget(self._without_times)
        column.addSpacing(GAP)
        column.addLayout(self._surprises)
        column.addStretch(1)

    def show_look(self, look: DraftCheck) -> None:
        """Show what is said of the draft."""
        words = [rule or _missing(look, index) for index, rule in enumerate(look.rules)]
        self._words.setText(_breakable("\n".join(words) or _("By hand only")))
        self._ahead.setVisible(bool(look.upcoming))
        without_times = "" if look.upcoming else _why_no_times(look)
        self._without_times.setText(without_times)
        self._without_times.setVisible(bool(without_times))
        now = self._clock.now()
        _fill(self._runs, [_Time(one, relative(one.at, now)) for one in look.upcoming])
        _fill(self._surprises, [_Noted("warning", text) for text in look.warnings])

    def text(self) -> str:
        """Return the words of the rules."""
        return self._words.text().replace(_MAY_BREAK, "")

    def why_no_times(self) -> str:
        """Return why there are no next runs to be shown, "" where that has no words."""
        return self._without_times.text()

    def runs(self) -> Sequence[str]:
        """Return the next runs as they are shown."""
        return [row.text for row in _widgets(self._runs) if isinstance(row, _Time)]


class _Time(QWidget):
    def __init__(self, due: Upcoming, distance: str) -> None:
        super().__init__()
        day = weekday(due.wall)
        when = _("{weekday} {time}").format(weekday=day, time=dated_in_its_zone(due.wall))
        marks = [mark_words(mark) for mark in due.marks]
        self.text = "\n".join((when, distance, *marks))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        words = plain_label(when, wraps=True)
        words.setToolTip(tip(exact(due.at)))
        row.addWidget(words, 1)
        row.addWidget(plain_label(distance, Tone.SOFT))
        column.addLayout(row)
        for mark in marks:
            column.addWidget(_Noted("clock", mark))


class _Noted(QWidget):
    def __init__(self, icon_name: str, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        row.addWidget(Picture(icon(icon_name, Tone.WARN)))
        row.addWidget(plain_label(_breakable(text), Tone.WARN, wraps=True), 1)


def _missing(look: DraftCheck, index: int) -> str:
    """Return what keeps the words of a rule from being known."""
    path = f"triggers.{index}."
    said = (problem.message for problem in look.problems if problem.field.startswith(path))
    return next(said, _("The time is not complete yet."))


def _why_no_times(look: DraftCheck) -> str:
    """Say why nobody can know when the job runs next, "" where that is known."""
    if not look.rules:
        return _("It runs when you start it.")
    if look.listens:
        return _("When it runs next is not known: it waits for this to happen.")
    return ""


def _breakable(text: str) -> str:
    """Allow a break inside of words that no line has room for, such as paths."""
    return _LONG_PIECE.sub(lambda piece: f"{piece[0]}{_MAY_BREAK}", text)


def _lines() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(GAP_S)
    return column


def _fill(column: QVBoxLayout, rows: Sequence[QWidget]) -> None:
    """Put rows in the place of those that are there."""
    for row in _widgets(column):
        column.removeWidget(row)
        row.hide()
        row.deleteLater()
    for row in rows:
        column.addWidget(row)


def _widgets(column: QVBoxLayout) -> list[QWidget]:
    items = (column.itemAt(index) for index in range(column.count()))
    return [widget for item in items if item is not None and (widget := item.widget())]
