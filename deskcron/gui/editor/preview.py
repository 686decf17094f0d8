"""Beside the form: the rules in words, the next runs, and what may surprise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskcron.domain.answers import Upcoming
from deskcron.domain.daywords import dated_in_its_zone, exact, weekday
from deskcron.domain.drafting import DraftCheck
from deskcron.domain.ports import Clock
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import relative
from deskcron.domain.words import capital, upcoming_words
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import HEADING, plain_label, tip
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S, GAP_XL

TICK_MS = 1000
_WORD = re.compile(r"\S+")
_LETTERS_OF_A_WORD = 24
_MAY_BREAK = "\u200b"


class Preview(QWidget):
    """Shows what the core says of the draft.

    `outdated` says that one of the next runs has its time behind it.
    """

    outdated = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.tell_time)
        self._rules = _lines()
        self._off = _Line(_("The job is off. It runs by hand only."), Tone.WARN, "power")
        self._ahead = plain_label("", Tone.SOFT, wraps=True)
        self._runs = _lines()
        self._without_times = plain_label("", Tone.SOFT, wraps=True)
        self._surprises = _lines()
        for part in (self._off, self._ahead, self._without_times):
            part.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_XL, GAP_L, GAP_XL, GAP_L)
        column.setSpacing(GAP)
        column.addWidget(plain_label(_("Preview"), size=HEADING, is_strong=True))
        column.addLayout(self._rules)
        column.addWidget(self._off)
        column.addSpacing(GAP)
        column.addWidget(self._ahead)
        column.addLayout(self._runs)
        column.addWidget(self._without_times)
        column.addSpacing(GAP)
        column.addLayout(self._surprises)
        column.addStretch(1)

    def show_look(self, look: DraftCheck) -> None:
        """Show what is said of the draft."""
        rules = [_rule(look, index) for index in range(len(look.rules))]
        _fill(self._rules, rules or [_Line(_("By hand only"))])
        self._off.setVisible(look.is_off)
        self._ahead.setText(_("Next runs when it is on") if look.is_off else _("Next runs"))
        self._ahead.setVisible(bool(look.upcoming))
        without_times = "" if look.upcoming or look.is_off else _why_no_times(look)
        self._without_times.setText(without_times)
        self._without_times.setVisible(bool(without_times))
        with_seconds = any(one.wall.second for one in look.upcoming)
        now = self._clock.now()
        _fill(self._runs, [_Time(one, now, with_seconds=with_seconds) for one in look.upcoming])
        _fill(self._surprises, [_Line(text, Tone.WARN, "warning") for text in look.warnings])

    def tell_time(self) -> None:
        """Say anew how far away the next runs are."""
        now = self._clock.now()
        for row in self._times():
            row.tell_time(now)
        if any(row.at <= now for row in self._times()):
            self.outdated.emit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - named by Qt
        """Follow the time."""
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - named by Qt
        """Follow it no longer."""
        super().hideEvent(event)
        self._tick.stop()

    def text(self) -> str:
        """Return the words of the rules."""
        return "\n".join(row.text for row in _widgets(self._rules) if isinstance(row, _Line))

    def says_off(self) -> bool:
        """Tell whether it is said that the job is off."""
        return not self._off.isHidden()

    def why_no_times(self) -> str:
        """Return why there are no next runs to be shown, "" where that has no words."""
        return self._without_times.text()

    def runs(self) -> Sequence[str]:
        """Return the next runs as they are shown."""
        return [row.text() for row in self._times()]

    def _times(self) -> Sequence[_Time]:
        return [row for row in _widgets(self._runs) if isinstance(row, _Time)]


class _Time(QWidget):
    def __init__(self, due: Upcoming, now: datetime, *, with_seconds: bool) -> None:
        super().__init__()
        self.at = due.at
        time = dated_in_its_zone(due.wall, with_seconds=with_seconds)
        self._when = _("{weekday} {time}").format(weekday=weekday(due.wall), time=time)
        self._marks = [capital(mark) for mark in upcoming_words(due)]
        self._distance = plain_label("", Tone.SOFT, wraps=True)
        self.tell_time(now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        words = plain_label(self._when, wraps=True)
        words.setToolTip(tip(exact(due.at)))
        row.addWidget(words, 1)
        row.addWidget(self._distance, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        for mark in self._marks:
            column.addWidget(_Line(mark, Tone.WARN, "clock"))

    def tell_time(self, now: datetime) -> None:
        """Say how far away it is."""
        self._distance.setText(relative(self.at, now))

    def text(self) -> str:
        """Return all that is shown."""
        return "\n".join((self._when, self._distance.text(), *self._marks))


class _Line(QWidget):
    """Words, after a sign where they are more than a description."""

    def __init__(self, text: str, tone: Tone = Tone.PLAIN, icon_name: str = "") -> None:
        super().__init__()
        self.text = text
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        if icon_name:
            row.addWidget(Picture(icon(icon_name, tone)), 0, Qt.AlignmentFlag.AlignTop)
        words = plain_label(tone=tone, wraps=True)
        words.setText(_breakable(text, words.fontMetrics()))
        words.setAccessibleName(text)
        row.addWidget(words, 1)


def _rule(look: DraftCheck, index: int) -> QWidget:
    """Return the words of a rule, or what is missing; what is wrong stands at its field."""
    if look.rules[index]:
        return _Line(look.rules[index])
    path = f"triggers.{index}."
    for problem in look.problems:
        if problem.field.startswith(path):
            return _Line(problem.message, Tone.SOFT)
    return _Line(_("The time is not complete yet."), Tone.SOFT)


def _why_no_times(look: DraftCheck) -> str:
    """Say why nobody can know when the job runs next, "" where that is known or said."""
    if look.listens:
        return _("When it runs next is not known: it waits for this to happen.")
    return ""


def _breakable(text: str, metrics: QFontMetrics) -> str:
    """Allow breaks inside of words that a line may have no room for, such as paths."""
    room = metrics.averageCharWidth() * _LETTERS_OF_A_WORD

    def broken(word: re.Match[str]) -> str:
        fits = metrics.horizontalAdvance(word[0]) <= room
        return word[0] if fits else _MAY_BREAK.join(word[0])

    return _WORD.sub(broken, text)


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
