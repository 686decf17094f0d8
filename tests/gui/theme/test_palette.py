"""The colours: readable in light and dark, and what the desktop says is followed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from shiboken6 import delete

from deskcron.domain.run import Status
from deskcron.gui.theme.palette import Tone, apply, colour, is_dark, palette, status_tone
from deskcron.gui.theme.scheme import DARK, LIGHT, Scheme
from deskcron.gui.theme.themecontroller import ThemeController

TEXT_RATIO = 4.5
"""WCAG AA for text."""
SHAPE_RATIO = 3.0
"""WCAG AA for the shape of a control."""

GROUNDS = ("window", "field", "stripe", "button", "selection", "tip")
INKS = ("text", "soft_text", "accent", "good", "warn", "bad")


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """Return the application; afterwards it looks as before."""
    colours, style, sheet = qapp.palette(), qapp.style().name(), qapp.styleSheet()
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setStyle(style)
    qapp.setPalette(colours)


@pytest.fixture
def look(app: QApplication) -> Iterator[ThemeController]:
    """Return what keeps the appearance; afterwards nobody follows the desktop."""
    look = ThemeController(app)
    yield look
    delete(look)


def luminance(colour: QColor) -> float:
    """Return how light a colour is to the eye, as WCAG counts it."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), list(product(INKS, GROUNDS)))
def test_text_is_readable_on_every_ground(scheme: Scheme, ink: str, ground: str) -> None:
    """Every colour of text has the contrast of WCAG AA on every ground it may stand on."""
    assert contrast(getattr(scheme, ink), getattr(scheme, ground)) >= TEXT_RATIO


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_what_stands_out(scheme: Scheme) -> None:
    """Buttons in the accent colour and messages are readable too."""
    assert contrast(scheme.on_accent, scheme.accent) >= TEXT_RATIO
    assert contrast(scheme.on_inverse, scheme.inverse) >= TEXT_RATIO
    assert contrast(scheme.inverse_accent, scheme.inverse) >= TEXT_RATIO


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_accent_and_outlines_can_be_seen(scheme: Scheme) -> None:
    """What shows the keyboard's place, and the outline of a box to tick, can be made out."""
    for ground in (scheme.window, scheme.field):
        assert contrast(scheme.accent, ground) >= SHAPE_RATIO
        assert contrast(scheme.soft_text, ground) >= SHAPE_RATIO


@pytest.mark.parametrize(("appearance", "dark"), [("light", False), ("dark", True)])
def test_appearance_is_worn(app: QApplication, appearance: str, *, dark: bool) -> None:
    """The application takes the palette that was chosen, and labels its text colour."""
    apply(app, appearance)
    assert is_dark(app.palette()) is dark
    assert is_dark(QLabel("text").palette()) is dark


def test_system_without_a_word_is_light(app: QApplication) -> None:
    """Where the desktop says nothing, the window is light."""
    apply(app, "dark")
    apply(app, "system")
    assert not is_dark(app.palette())


def test_tone_is_told_from_buttons_with_a_clear_ground(app: QApplication) -> None:
    """A style sheet that makes a ground clear does not turn light into dark."""
    apply(app, "light")
    button = QPushButton("flat")
    button.setFlat(True)
    button.ensurePolished()
    assert colour(button.palette(), Tone.ACCENT) == QColor(LIGHT.accent)


def test_look_changes_once_for_each_choice(app: QApplication, look: ThemeController) -> None:
    """The same appearance again does not dress the application anew."""
    look.apply("dark")
    app.setPalette(palette(LIGHT))
    look.apply("dark")
    assert not is_dark(app.palette())
    look.apply("system")
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)


def test_look_follows_the_desktop_only_where_that_is_chosen(
    app: QApplication, look: ThemeController
) -> None:
    """A desktop that changes its mind dresses the window anew under "system", else not."""
    for appearance, follows in (("light", False), ("system", True)):
        look.apply(appearance)
        app.setPalette(palette(DARK))
        app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
        assert is_dark(app.palette()) != follows


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_colour_of_text(status: Status) -> None:
    """The colour of a status is one that is readable on every ground."""
    inks = {QColor(getattr(LIGHT, ink)).name() for ink in INKS}
    assert colour(palette(LIGHT), status_tone(status)).name() in inks


def test_trouble_does_not_look_like_success() -> None:
    """Whatever a person should look at has another colour than what went well."""
    for status in Status:
        if status.is_trouble:
            assert status_tone(status) in {Tone.BAD, Tone.WARN}
