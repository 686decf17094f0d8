"""The light and the dark colours of the window, and what colour a status has."""

from __future__ import annotations

from enum import Enum, auto
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from deskcron.domain.run import Status
from deskcron.gui.theme.scheme import DARK, LIGHT, Scheme
from deskcron.gui.theme.stylesheet import sheet


class Tone(Enum):
    """What a colour is to say; never without a word or an icon that says it too."""

    PLAIN = auto()
    SOFT = auto()  # beside the point: captions, hints
    ACCENT = auto()
    ON_ACCENT = auto()  # on buttons in the accent colour
    INVERSE = auto()  # a ground that stands out from all else, such as that of a message
    ON_INVERSE = auto()
    GOOD = auto()
    WARN = auto()
    BAD = auto()


_MEDIUM = 127
_TONES = {
    Tone.PLAIN: "text",
    Tone.SOFT: "soft_text",
    Tone.ACCENT: "accent",
    Tone.ON_ACCENT: "on_accent",
    Tone.INVERSE: "inverse",
    Tone.ON_INVERSE: "on_inverse",
    Tone.GOOD: "good",
    Tone.WARN: "warn",
    Tone.BAD: "bad",
}


def palette(scheme: Scheme) -> QPalette:
    """Return the palette of a scheme."""
    role = QPalette.ColorRole
    colours = QPalette(QColor(scheme.button), QColor(scheme.window))
    for which, colour in {
        role.WindowText: scheme.text,
        role.Text: scheme.text,
        role.ButtonText: scheme.text,
        role.BrightText: scheme.bad,
        role.PlaceholderText: scheme.soft_text,
        role.Base: scheme.field,
        role.AlternateBase: scheme.stripe,
        role.ToolTipBase: scheme.tip,
        role.ToolTipText: scheme.text,
        role.Light: scheme.field,
        role.Midlight: scheme.stripe,
        role.Mid: scheme.hairline,
        role.Dark: scheme.edge,
        role.Highlight: scheme.selection,
        role.HighlightedText: scheme.text,
        role.Accent: scheme.accent,
        role.Link: scheme.accent,
        role.LinkVisited: scheme.accent,
    }.items():
        colours.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        colours.setColor(QPalette.ColorGroup.Disabled, which, QColor(scheme.disabled_text))
    return colours


def apply(app: QApplication, appearance: str) -> None:
    """Dress the application: "light", "dark", or "system" as the desktop says, if it does."""
    hints = app.styleHints()
    hints.setColorScheme(
        {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(
            appearance, Qt.ColorScheme.Unknown
        )
    )
    dark = appearance == "dark" or (
        appearance == "system" and hints.colorScheme() is Qt.ColorScheme.Dark
    )
    scheme = DARK if dark else LIGHT
    if app.style().name().casefold() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(scheme))
    app.setStyleSheet(sheet(scheme))


def is_dark(colours: QPalette) -> bool:
    """Tell whether the text is light; the ground says less, a style sheet may make it clear."""
    return colours.color(QPalette.ColorRole.WindowText).lightness() > _MEDIUM


def colour(colours: QPalette, tone: Tone) -> QColor:
    """Return the colour of a tone that is readable on windows, fields and selections."""
    return QColor(_colour(tone, is_dark=is_dark(colours)))


@cache
def _colour(tone: Tone, *, is_dark: bool) -> QColor:
    return QColor(str(getattr(DARK if is_dark else LIGHT, _TONES[tone])))


def status_tone(status: Status) -> Tone:
    """Return what the colour of a status says."""
    return {
        Status.RUNNING: Tone.ACCENT,
        Status.SUCCEEDED: Tone.GOOD,
        Status.FAILED: Tone.BAD,
        Status.TIMED_OUT: Tone.BAD,
        Status.INTERRUPTED: Tone.WARN,
        Status.UNKNOWN: Tone.WARN,
        Status.MISSED: Tone.WARN,
    }.get(status, Tone.SOFT)
