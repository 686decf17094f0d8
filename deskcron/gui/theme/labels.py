"""Labels that show what is given to them as it is: never markup, never cut without saying so."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QHelpEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.palette import Tone, colour

TITLE = 1.4
"""The size of a page's title, as a factor of the application's font."""
HEADING = 1.12
"""The size of headings inside a page."""


def plain_label(
    text: str = "",
    tone: Tone = Tone.PLAIN,
    *,
    size: float = 1.0,
    is_strong: bool = False,
    wraps: bool = False,
) -> ToneLabel:
    """Return a label for plain text; `size` is a factor of the application's font."""
    label = ToneLabel(text, tone)
    if is_strong or size != 1.0:
        label.setFont(scaled(label.font(), size, is_strong=is_strong))
    label.setWordWrap(wraps)
    return label


def scaled(font: QFont, size: float, *, is_strong: bool = False) -> QFont:
    """Return the font in another size and weight."""
    other = QFont(font)
    if font.pointSizeF() > 0:
        other.setPointSizeF(font.pointSizeF() * size)
    else:
        other.setPixelSize(round(font.pixelSize() * size))
    if is_strong:
        other.setWeight(QFont.Weight.DemiBold)
    return other


def tip(text: str) -> str:
    """Return plain text as a tooltip, which Qt would otherwise search for markup."""
    lines = html.escape(text).replace("\n", "<br>")
    return f"<span>{lines}</span>" if text else ""


def with_keys(name: str, keys: QKeySequence) -> str:
    """Return what a control is called with its keys, as this system writes them."""
    native = keys.toString(QKeySequence.SequenceFormat.NativeText)
    return _("{name} ({keys})").format(name=name, keys=native) if native else name


_INKS = (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText)
"""What a label is written in, the second inside a button."""


class ToneLabel(QLabel):
    """A label of plain text in the colour of a tone, in light and in dark."""

    def __init__(
        self, text: str = "", tone: Tone = Tone.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self._paint_tone()

    def set_tone(self, tone: Tone) -> None:
        """Change what the colour says."""
        self._tone = tone
        self._paint_tone()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - named by Qt
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_tone()

    def _paint_tone(self) -> None:
        ink = colour(QGuiApplication.palette(), self._tone)
        if any(self.palette().color(role) != ink for role in _INKS):
            own = QPalette()  # the rest goes on to follow the application
            for role in _INKS:
                own.setColor(role, ink)
            self.setPalette(own)


class ElidedLabel(ToneLabel):
    """One line that is shortened to the room there is; the tooltip then has all of it."""

    def __init__(
        self, text: str = "", tone: Tone = Tone.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, tone, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return room for a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return room for all of it."""
        width = self.fontMetrics().horizontalAdvance(self._line()) + 2 * self.margin() + 2
        return QSize(width, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - named by Qt
        """Draw what fits."""
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            self.alignment(),
            self.palette(),
            self.isEnabled(),
            self._shown(),
            self.foregroundRole(),
        )

    def event(self, event: QEvent) -> bool:
        """Show all of the text under the pointer where it was shortened."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            own = self.toolTip()
            rest = tip(self.text()) if self._shown() != self.text() else ""
            QToolTip.showText(event.globalPos(), own or rest, self)
            return True
        return super().event(event)

    def _line(self) -> str:
        return self.text().replace("\n", " ")

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(
            self._line(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
