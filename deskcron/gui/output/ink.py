"""What styles look like with the palette of a widget."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QPalette, QTextCharFormat

from deskcron.gui.output.contrast import blended, on_paper, readable
from deskcron.gui.output.style import Rgb, Style
from deskcron.gui.theme.palette import Tone, colour

MOST_KEPT = 4096
_FAINT = 0.35


class Ink:
    """The text formats of styles, made once for each style and palette."""

    def __init__(self, colours: QPalette) -> None:
        self._paper = _rgb(colours.color(QPalette.ColorRole.Base))
        self._text = _rgb(colours.color(QPalette.ColorRole.Text))
        self._soft = colour(colours, Tone.SOFT)
        self._made: dict[Style, QTextCharFormat] = {}

    def is_like(self, other: Ink) -> bool:
        """Tell whether both are of the same palette."""
        return (self._paper, self._text) == (other._paper, other._text)

    def format(self, style: Style) -> QTextCharFormat:
        """Return how text of the style is drawn."""
        made = self._made.get(style)
        if made is None:
            if len(self._made) >= MOST_KEPT:  # a rainbow has no end
                self._made.clear()
            made = self._made[style] = self._notice() if style.is_notice else self._make(style)
        return made

    def _notice(self) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._soft)
        made.setFontItalic(True)
        return made

    def _make(self, style: Style) -> QTextCharFormat:
        made = QTextCharFormat()
        text, paper = self._colours(style)
        if text != self._text:
            made.setForeground(QColor(*text))
        if paper != self._paper:
            made.setBackground(QColor(*paper))
        if style.is_bold:
            made.setFontWeight(QFont.Weight.Bold)
        made.setFontItalic(style.is_italic)
        made.setFontUnderline(style.is_underlined)
        made.setFontStrikeOut(style.is_struck)
        return made

    def _colours(self, style: Style) -> tuple[Rgb, Rgb]:
        """Return the colours of text and paper, so that one can be read on the other."""
        text = self._text if style.colour is None else on_paper(style.colour, self._paper)
        paper = self._paper if style.background is None else on_paper(style.background, self._paper)
        if style.is_inverse:
            text, paper = paper, text
        if style.is_faint:
            text = blended(text, paper, _FAINT)
        return readable(text, paper), paper


def _rgb(made: QColor) -> Rgb:
    return Rgb(made.red(), made.green(), made.blue())
