"""The icons: all there, drawn in one style, in the colours of the moment."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

import deskcron.gui
from deskcron.domain.run import Status
from deskcron.gui.theme.icons import application_icon, icon, panel_icon, status_icon
from deskcron.gui.theme.palette import Tone, palette
from deskcron.gui.theme.scheme import DARK, LIGHT
from deskcron.system.resources import resource

DRAWINGS = sorted(path.stem for path in resource("icons").glob("*.svg"))
TINTED = [name for name in DRAWINGS if not name.startswith(("org.", "field-"))]
MODES = list(QIcon.Mode)
TAKERS = {
    "icon",
    "icon_button",
    "button",
    "primary_button",
    "panel_icon",
    "status_icon",
    "EmptyState",
    "NavigationButton",
    "add_choice",
    "show_state",
    "StateLine",
}
"""What takes the name of an icon."""
_NAME = re.compile(r"[a-z][a-z-]*")


def is_seen(picture: QPixmap) -> bool:
    """Tell whether there is more than a breath of colour."""
    image = picture.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixelColor(x, y).alpha() > 100 for x, y in points) > 8


def named_in_code() -> set[str]:
    """Return the names of icons in the window's code: in calls, and in tables of icons."""
    root = Path(deskcron.gui.__file__).parent
    trees = (ast.parse(path.read_text("utf-8")) for path in root.rglob("*.py"))
    return {name for tree in trees for node in ast.walk(tree) for name in _names(node)}


def _names(node: ast.AST) -> Iterator[str]:
    """Yield the names in one call, or in a table whose name ends in ICONS."""
    if isinstance(node, ast.Call):
        taker = node.func
        called = taker.id if isinstance(taker, ast.Name) else getattr(taker, "attr", "")
        values = node.args[:2] if called in TAKERS else []
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
        names = [getattr(target, "id", "") for target in node.targets]
        values = node.value.values if any(name.endswith("ICONS") for name in names) else []
    else:
        values = []
    for value in values:
        name = value.value if isinstance(value, ast.Constant) else None
        if isinstance(name, str) and _NAME.fullmatch(name):
            yield name


def inks(picture: QPixmap) -> set[str]:
    """Return the colours of the opaque points."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {point.name() for point in points if point.alpha() == 255}


@pytest.mark.parametrize("mode", MODES, ids=[mode.name for mode in MODES])
@pytest.mark.parametrize("name", TINTED)
def test_icon_shows_something(qapp: QApplication, name: str, mode: QIcon.Mode) -> None:
    """Every icon is more than nothing in every mode, small and large."""
    for side in (16, 48):
        assert is_seen(icon(name).pixmap(QSize(side, side), mode))


@pytest.mark.parametrize("name", TINTED)
def test_icons_are_drawn_in_one_style(name: str) -> None:
    """Every icon has the same grid and kind of stroke, and no colour of its own."""
    drawing = resource("icons", f"{name}.svg").read_text("utf-8")
    width = "2" if name.startswith("tray-") else "1.75"
    assert 'viewBox="0 0 24 24"' in drawing
    assert f'stroke="currentColor" stroke-width="{width}"' in drawing
    assert 'stroke-linecap="round" stroke-linejoin="round"' in drawing
    assert "#" not in drawing


def test_every_icon_that_is_named_exists() -> None:
    """No page names an icon that nobody drew."""
    named = named_in_code()
    assert {"search", "close", "warning"} <= named
    assert named - set(DRAWINGS) == set()


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_an_icon(qapp: QApplication, status: Status) -> None:
    """Every status can be told by its icon."""
    assert is_seen(status_icon(status).pixmap(16, 16))


def test_states_that_differ_have_icons_that_differ(qapp: QApplication) -> None:
    """No two statuses have the same picture, colour left aside."""
    pictures = {status: bytes(_alpha(status_icon(status))) for status in Status}
    assert len(set(pictures.values())) == len(Status)


def test_missing_icon_is_an_error() -> None:
    """A name nobody drew is told at once."""
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_icon_follows_the_palette(qapp: QApplication) -> None:
    """An icon made in light is painted in the colour of dark after the change."""
    before = qapp.palette()
    try:
        qapp.setPalette(palette(LIGHT))
        picture = icon("stop")
        assert inks(picture.pixmap(48, 48)) == {LIGHT.text}
        qapp.setPalette(palette(DARK))
        assert inks(picture.pixmap(48, 48)) == {DARK.text}
        assert inks(icon("stop", Tone.BAD).pixmap(48, 48)) == {DARK.bad}
        disabled = DARK.disabled_text
        assert inks(picture.pixmap(QSize(48, 48), QIcon.Mode.Disabled)) == {disabled}
        role = QPalette.ColorRole.Window
        assert qapp.palette().color(role) == QColor(DARK.window)
    finally:
        qapp.setPalette(before)


def test_icon_of_a_panel_keeps_its_colour(qapp: QApplication) -> None:
    """A panel's icon has the ink it was given, whatever the palette says."""
    assert inks(panel_icon("tray-idle", QColor("#123456")).pixmap(48, 48)) == {"#123456"}


def test_icon_is_sharp_where_points_are_small(qapp: QApplication) -> None:
    """At a scale of 2 an icon has twice the points."""
    picture = icon("jobs").pixmap(QSize(16, 16), 2.0)
    assert picture.size() == QSize(32, 32)
    assert picture.devicePixelRatio() == 2.0


def test_icon_is_painted_where_it_is_told(qapp: QApplication) -> None:
    """Painting fills the middle of a wide place, not all of its width."""
    ground = QPixmap(64, 16)
    ground.fill(QColor(0, 0, 0, 0))
    painter = QPainter(ground)
    icon("stop").paint(painter, ground.rect())
    painter.end()
    image = ground.toImage()
    used = [x for x in range(64) if any(image.pixelColor(x, y).alpha() for y in range(16))]
    assert 24 <= min(used) <= max(used) < 40


def test_copy_of_an_icon_can_be_changed(qapp: QApplication) -> None:
    """Adding a picture to a copy leaves both usable."""
    first = icon("jobs")
    copy = QIcon(first)
    copy.addPixmap(QPixmap(4, 4))
    assert is_seen(first.pixmap(16, 16))
    assert is_seen(copy.pixmap(16, 16))


@pytest.mark.parametrize("side", [16, 256])
def test_application_icon_shows_its_colours(qapp: QApplication, side: int) -> None:
    """The program can be told by its icon from small to large."""
    assert len(inks(application_icon().pixmap(side, side))) > 3


def _alpha(picture: QIcon) -> memoryview:
    image = picture.pixmap(32, 32).toImage().convertToFormat(QImage.Format.Format_Alpha8)
    return image.constBits()


def test_an_icon_is_made_once(qapp: QApplication) -> None:
    """No widget has an icon of its own that could be collected with it."""
    assert icon("undo", Tone.SOFT) is icon("undo", Tone.SOFT)
