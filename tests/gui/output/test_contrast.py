"""Colours of programs can be read on light and on dark paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deskcron.gui.output.contrast import READABLE, contrast, on_paper, readable
from deskcron.gui.output.style import Rgb

WHITE, DARK = Rgb(255, 255, 255), Rgb(0x22, 0x26, 0x2D)
PARTS = st.integers(0, 255)
COLOURS = st.builds(Rgb, PARTS, PARTS, PARTS)


@given(COLOURS, COLOURS)
def test_any_colour_becomes_readable_on_any_other(colour: Rgb, background: Rgb) -> None:
    """Any colour becomes readable on any background."""
    assert contrast(readable(colour, background), background) >= READABLE


@given(COLOURS)
def test_a_colour_that_can_be_read_stays(colour: Rgb) -> None:
    """A colour that can be read stays as it is."""
    if contrast(colour, WHITE) >= READABLE:
        assert readable(colour, WHITE) == colour


def test_black_on_white_has_the_greatest_contrast() -> None:
    """The contrast is that of WCAG."""
    assert round(contrast(Rgb(0, 0, 0), WHITE), 1) == 21.0
    assert contrast(WHITE, WHITE) == 1.0


def test_the_sixteen_colours_differ_on_light_and_dark_paper() -> None:
    """The sixteen colours that have names are others on light than on dark paper."""
    for paper in (WHITE, DARK):
        shown = [readable(on_paper(number, paper), paper) for number in range(1, 7)]
        assert len(set(shown)) == 6
    assert on_paper(4, WHITE) != on_paper(4, DARK)
