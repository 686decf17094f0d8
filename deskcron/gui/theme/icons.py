"""Draw the icons of resources/icons in the colours of the palette at the moment of painting."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer

from deskcron.domain.run import Status
from deskcron.gui.theme.palette import Tone, colour, status_tone
from deskcron.system.resources import resource

APPLICATION = "org.deskcron.Deskcron"
_INK = b"currentColor"


@cache
def icon(name: str, tone: Tone = Tone.PLAIN) -> QIcon:
    """Return an icon that follows the palette; raises FileNotFoundError if there is none.

    Each is made once: one that goes with a widget in cyclic garbage can end the process, as the
    collector may free what draws it before Qt does.
    """
    return QIcon(_Engine(name, tone))


def status_icon(status: Status) -> QIcon:
    """Return the icon of a status in its colour."""
    name = "success" if status is Status.SUCCEEDED else status.value
    return icon("error" if status is Status.FAILED else name, status_tone(status))


def panel_icon(name: str, ink: QColor) -> QIcon:
    """Return an icon in one colour, for panels that do not share our palette."""
    return QIcon(_Engine(name, ink))


def application_icon() -> QIcon:
    """Return the coloured icon of the program."""
    return QIcon(str(resource("icons", f"{APPLICATION}.svg")))


@cache
def _drawing(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


class _Engine(QIconEngine):
    """One drawing, rendered once for each size and colour that is asked for."""

    _clones: ClassVar[list[QIconEngine]] = []
    """Qt owns a clone but does not tell the binding, which would free it: keep each for good.
    Qt clones only when somebody adds pictures to an icon."""

    def __init__(self, name: str, ink: Tone | QColor) -> None:
        super().__init__()
        self._name = name
        self._ink = ink
        _drawing(name)

    def clone(self) -> QIconEngine:
        clone = _Engine(self._name, self._ink)
        self._clones.append(clone)
        return clone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(  # noqa: N802 - named by Qt
        self,
        size: QSize,
        mode: QIcon.Mode,
        state: QIcon.State,  # noqa: ARG002 - one drawing for on and off
        scale: float,
    ) -> QPixmap:
        """Return a picture that covers `size` on a screen of that scale."""
        ink = self._colour(mode)
        key = f"deskcron/{self._name}/{ink.name()}/{size.width()}x{size.height()}@{scale}"
        picture = QPixmap()
        if not QPixmapCache.find(key, picture):
            picture = _render(_drawing(self._name), ink, size * scale)
            picture.setDevicePixelRatio(scale)
            QPixmapCache.insert(key, picture)
        return picture

    def _colour(self, mode: QIcon.Mode) -> QColor:
        if isinstance(self._ink, QColor):
            return self._ink
        colours = QGuiApplication.palette()
        if mode is QIcon.Mode.Disabled:
            return colours.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
        return colour(colours, self._ink)


def _render(drawing: bytes, ink: QColor, size: QSize) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(drawing.replace(_INK, ink.name().encode())))
    picture = QPixmap(size)
    picture.fill(Qt.GlobalColor.transparent)
    side = min(size.width(), size.height())
    square = QRect(QPoint(), QSize(side, side))
    square.moveCenter(QRect(QPoint(), size).center())
    painter = QPainter(picture)
    renderer.render(painter, QRectF(square))
    painter.end()
    return picture
