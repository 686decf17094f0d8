"""Follow the output of one run piece by piece: the end first, what is too much left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from deskcron.domain.run import Run
from deskcron.domain.sizewords import size_words
from deskcron.domain.texts import gettext as _
from deskcron.engine.facade import Facade
from deskcron.gui.output.screen import Line, Screen

PIECE_BYTES = 64 * 1024
PIECE_LINES = 2_000
"""At most so much is shown for one look."""
_BEHIND_THE_END = 2**62


class Piece(NamedTuple):
    """What one look at the output has found.

    The first line takes the place of the one that was last; with `is_anew` all others go, too.
    """

    run: Run
    lines: Sequence[Line]
    is_anew: bool
    has_earlier: bool
    is_there: bool


class Tail:
    """How far the output of a run's latest attempt, or of one of its attempts, has been read.

    Thread: any but the GUI's, one call at a time.
    """

    def __init__(self, run_id: int, attempt: int | None = None) -> None:
        self._run_id = run_id
        self._wanted = attempt
        self._attempt = 0
        self._offset = 0
        self._first = 0
        self._is_begun = False
        self._screen = Screen()

    def look(self, facade: Facade) -> Piece:
        """Return what has been written since the last look; raises NotFound."""
        # Asked before reading: what was written until the end is then read for certain.
        run = facade.history.get(self._run_id)
        size = facade.history.read_log(
            self._run_id, _BEHIND_THE_END, attempt=self._wanted
        ).next_offset
        attempt = self._wanted or run.attempt
        is_anew = attempt != self._attempt
        if is_anew:
            self._begin(attempt)
        lines = self._note_cut(size) if size < self._offset else []
        _join(lines, self._new_lines(facade, run, size))
        return Piece(run, lines, is_anew, has_earlier=self._first > 0, is_there=size > 0)

    def earlier(self, facade: Facade) -> Piece:
        """Return the lines before the first one that was returned, which the last one goes on."""
        run = facade.history.get(self._run_id)
        start = max(0, self._first - PIECE_BYTES)
        chunk = facade.history.read_log(
            self._run_id, start, self._first - start, attempt=self._wanted
        )
        self._first = start
        screen = Screen()
        lines = screen.feed(chunk.text)
        _join(lines, screen.finish())
        return Piece(run, lines, is_anew=False, has_earlier=start > 0, is_there=True)

    def _begin(self, attempt: int) -> None:
        self._attempt = attempt
        self._offset = 0
        self._first = 0
        self._is_begun = False
        self._screen = Screen()

    def _note_cut(self, size: int) -> list[Line]:
        """Go on in a log that was cut at its front, of which nobody knows how much."""
        self._offset = max(0, size - PIECE_BYTES)
        self._first = 0
        return self._screen.note(_("… the log was cut here to keep it within its limit …"))

    def _new_lines(self, facade: Facade, run: Run, size: int) -> list[Line]:
        lines: list[Line] = []
        left_out = max(0, size - PIECE_BYTES - self._offset)
        self._offset += left_out
        chunk = facade.history.read_log(
            self._run_id, self._offset, PIECE_BYTES, attempt=self._wanted
        )
        self._offset = max(self._offset, chunk.next_offset)
        text = chunk.text
        if not self._is_begun:
            self._first = left_out
        else:
            too_many, text = _divided(text)
            left_out += len(too_many.encode())
            if left_out:
                lines = self._screen.note(_left_out(left_out))
        if text:
            self._is_begun = True
            _join(lines, self._screen.feed(text))
        if not run.status.is_open or self._attempt < run.attempt:
            _join(lines, self._screen.finish())
        return lines


def _join(lines: list[Line], more: list[Line]) -> None:
    """Add what a screen has returned to what it returned before."""
    if more:
        lines[-1:] = more


def _divided(text: str) -> tuple[str, str]:
    """Return what is before the newest lines, and those."""
    older, *newest = text.rsplit("\n", PIECE_LINES)
    if len(newest) < PIECE_LINES:
        return "", text
    return older + "\n", "\n".join(newest)


def _left_out(count: int) -> str:
    return _("… {size} left out here; the log file has all of it …").format(size=size_words(count))
