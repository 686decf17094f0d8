"""The light and the dark colours of the window, and what colour a status has."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from deskcron.domain.run import Status
from deskcron.gui.theme.sheet import sheet


class Tone(Enum):
    """What a colour is to say; never without a word or an icon that says it too."""

    PLAIN = auto()
    SOFT = auto()  # beside the point: captions, hints
    ACCENT = auto()
    ON_ACCENT = auto()  # on buttons in the accent colour
    GOOD = auto()
    WARN = auto()
    BAD = auto()


class Scheme(NamedTuple):
    """The colours of one appearance, by what they are for."""

    window: str
    field: str
    stripe: str
    button: str
    text: str
    soft_text: str
    disabled_text: str
    hairline: str
    edge: str
    accent: str
    on_accent: str
    selection: str
    tip: str
    good: str
    warn: str
    bad: str


LIGHT = Scheme(
    window="#f5f6f8",
    field="#ffffff",
    stripe="#f8f9fb",
    button="#ffffff",
    text="#1b222d",
    soft_text="#566171",
    disabled_text="#9aa3af",
    hairline="#e1e5ea",
    edge="#c6cdd6",
    accent="#3a5bd0",
    on_accent="#ffffff",
    selection="#dbe4fc",
    tip="#ffffff",
    good="#1c7440",
    warn="#8d5700",
    bad="#b8282e",
)
DARK = Scheme(
    window="#1b1e24",
    field="#22262d",
    stripe="#262a32",
    button="#2c313a",
    text="#e8ebf0",
    soft_text="#a5afbd",
    disabled_text="#69727f",
    hairline="#323842",
    edge="#454d59",
    accent="#8fa9ff",
    on_accent="#10162a",
    selection="#33436f",
    tip="#2c313a",
    good="#63cf8c",
    warn="#ecb355",
    bad="#ff8d8a",
)

_TONES = {
    Tone.PLAIN: "text",
    Tone.SOFT: "soft_text",
    Tone.ACCENT: "accent",
    Tone.ON_ACCENT: "on_accent",
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
        role.BrightText: scheme.on_accent,
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
    colours = palette(DARK if dark else LIGHT)
    if app.style().name().casefold() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(colours)
    app.setStyleSheet(sheet(colours))


def is_dark(colours: QPalette) -> bool:
    """Tell whether the text is lighter than what it stands on."""
    text = colours.color(QPalette.ColorRole.WindowText)
    return text.lightness() > colours.color(QPalette.ColorRole.Window).lightness()


def colour(colours: QPalette, tone: Tone) -> QColor:
    """Return the colour of a tone that is readable on windows, fields and selections."""
    scheme = DARK if is_dark(colours) else LIGHT
    return QColor(str(getattr(scheme, _TONES[tone])))


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
