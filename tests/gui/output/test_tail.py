"""The output of a run is read from its end on, and no more at once than can be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from deskcron.domain.errors import NotFound
from deskcron.domain.run import Status
from deskcron.engine.facade import Facade
from deskcron.gui.output.screen import Line
from deskcron.gui.output.style import NOTICE
from deskcron.gui.output.tail import PIECE_BYTES, PIECE_LINES, Tail

Run = Callable[[str], int]


def texts(lines: Sequence[Line]) -> list[str]:
    """Return lines without their styles."""
    return ["".join(span.text for span in line) for line in lines]


def notices(lines: Sequence[Line]) -> list[str]:
    """Return the remarks between the lines."""
    return [line[0].text for line in lines if line and line[0].style == NOTICE]


def test_a_run_that_is_over_is_shown_whole(facade: Facade, ended: Run) -> None:
    """A run that is over is shown whole by one look."""
    piece = Tail(ended("echo one; echo two >&2")).look(facade)
    assert texts(piece.lines) == ["one", "two", ""]
    assert piece.is_anew
    assert not piece.has_earlier
    assert piece.run.status is Status.SUCCEEDED


def test_of_a_long_log_the_end_is_shown_first_and_the_rest_on_demand(
    facade: Facade, ended: Run
) -> None:
    """Of a long log the end is shown first; what is before it fits to it without a gap."""
    tail = Tail(ended("seq 1 50000"))
    piece = tail.look(facade)
    shown = texts(piece.lines)
    assert shown[-2:] == ["50000", ""]
    has_earlier = piece.has_earlier
    while has_earlier:
        earlier = tail.earlier(facade)
        before = texts(earlier.lines)
        shown = [*before[:-1], before[-1] + shown[0], *shown[1:]]
        has_earlier = earlier.has_earlier
    assert shown == [*map(str, range(1, 50001)), ""]


def test_each_look_brings_what_is_new(facade: Facade, held: Any) -> None:
    """Each look at a run that goes on brings what is new, beginning with the last line."""
    tail = Tail(held.run_id)
    assert texts(tail.look(facade).lines) == []
    held.write(b"half a ")
    assert texts(tail.look(facade).lines) == ["half a "]
    assert tail.look(facade).lines == []
    held.write(b"line\nnext")
    assert texts(tail.look(facade).lines) == ["half a line", "next"]


def test_a_character_in_two_pieces_is_shown_once_it_is_whole(facade: Facade, held: Any) -> None:
    """A character of which only a part has been written is shown when it is whole."""
    tail = Tail(held.run_id)
    held.write("ä".encode()[:1])
    tail.look(facade)
    held.write("ä".encode()[1:])
    assert texts(tail.look(facade).lines) == ["ä"]


def test_what_is_written_faster_than_it_can_be_shown_is_left_out_with_a_remark(
    facade: Facade, held: Any
) -> None:
    """Of what is written too fast the newest is shown, with a remark on what is not."""
    tail = Tail(held.run_id)
    held.write(b"first\n")
    tail.look(facade)
    held.write(b"x" * 99 + b"\n" + b"y" * 100 * PIECE_BYTES)
    lines = tail.look(facade).lines
    assert notices(lines) == ["… 6.5 MB left out here; the log file has all of it …"]
    assert sum(map(len, texts(lines))) < PIECE_BYTES + 100


def test_very_many_short_lines_are_left_out_too(facade: Facade, held: Any) -> None:
    """Very many short lines are too much even where their bytes are few."""
    tail = Tail(held.run_id)
    held.write(b"first\n")
    tail.look(facade)
    held.write(b"y\n" * 30_000)
    lines = tail.look(facade).lines
    assert notices(lines) == ["… 56 KB left out here; the log file has all of it …"]
    assert len(lines) <= PIECE_LINES + 2


def test_colours_do_not_reach_over_what_was_left_out(facade: Facade, held: Any) -> None:
    """What follows a gap begins in plain text."""
    tail = Tail(held.run_id)
    held.write(b"\x1b[31mred")
    tail.look(facade)
    held.write(b"y" * 2 * PIECE_BYTES)
    assert tail.look(facade).lines[-1][0].style.colour is None


def test_a_log_that_was_cut_is_read_on_with_a_remark(facade: Facade, held: Any) -> None:
    """A log that was cut to stay within its limit is read on, and the cut is told."""
    tail = Tail(held.run_id)
    held.write(b"a long line before the cut\n")
    tail.look(facade)
    held.replace(b"after\n")
    piece = tail.look(facade)
    assert notices(piece.lines) == ["… the log was cut here to keep it within its limit …"]
    assert texts(piece.lines)[-2:] == ["after", ""]
    assert not piece.is_anew


def test_a_code_that_never_ends_is_shown_at_the_end_of_the_run(facade: Facade, held: Any) -> None:
    """What looks like the beginning of an escape code is shown when nothing follows it."""
    tail = Tail(held.run_id)
    held.write(b"cost: \x1b]5")
    assert texts(tail.look(facade).lines) == ["cost: "]
    held.let_go()
    assert texts(tail.look(facade).lines) == ["cost: ]5"]


def test_a_run_without_output_has_no_log(facade: Facade, ended: Run) -> None:
    """A run that printed nothing is told from one whose output is there."""
    piece = Tail(ended("true")).look(facade)
    assert texts(piece.lines) in ([], [""])
    assert not piece.is_there


def test_a_run_that_is_not_there_is_told(facade: Facade, engine: None) -> None:
    """A run that is not in the history is told."""
    with pytest.raises(NotFound):
        Tail(7).look(facade)
