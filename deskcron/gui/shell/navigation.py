"""The column of pages at the left: where one is, where one can go, what waits there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.shell.places import Place
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import scaled, tip, with_keys
from deskcron.gui.theme.palette import Tone, colour
from deskcron.gui.theme.spacing import GAP, GAP_S, ICON_L

_LETTERS = 16
"""The least width with words."""
_BADGE_LETTERS = 5
_MOST = 99
_BADGE_SCALE = 0.85


class NavigationButton(QToolButton):
    """A button with icon and word; a number at its right says how much waits."""

    def __init__(self, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = text
        self._badge = 0
        self.setText(text)
        self.setIcon(icon(name))
        self.setIconSize(QSize(ICON_L, ICON_L))
        self.setProperty("navigation", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_narrow(is_narrow=False)

    def set_badge(self, count: int) -> None:
        """Show a number; none at zero."""
        self._badge = count
        waiting = ngettext("{title}, {count} waits", "{title}, {count} wait", count)
        name = waiting.format(title=self._title, count=count) if count else self._title
        self.setAccessibleName(name)
        self.update()

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Show the icon alone, or the word too."""
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonIconOnly if is_narrow else style.ToolButtonTextBesideIcon
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - named by Qt
        """Draw the number over the button."""
        super().paintEvent(event)
        if self._badge:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        text = str(self._badge) if self._badge <= _MOST else _("{most}+").format(most=_MOST)
        painter.setFont(scaled(self.font(), _BADGE_SCALE, is_strong=True))
        metrics = painter.fontMetrics()
        height = metrics.height() + 2.0
        width = max(height, metrics.horizontalAdvance(text) + 2.0 * GAP_S + 2)
        pill = QRectF(0, 0, width, height)
        if self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            pill.moveTopRight(QRectF(self.rect()).topRight())
        else:
            pill.moveRight(self.width() - GAP)
            pill.moveTop((self.height() - height) / 2)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(colour(self.palette(), Tone.ACCENT))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(colour(self.palette(), Tone.ON_ACCENT))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class Navigation(QWidget):
    """The buttons of the pages, and one for what is not a page.

    Tab stops at the page that is shown; the arrows go from page to page.
    """

    chosen = Signal(object)  # a Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("sidebar", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._is_narrow = False
        self._group = QButtonGroup(self)
        self._buttons = {place: NavigationButton(place.icon, place.title) for place in Place}
        self._group.idClicked.connect(lambda number: self.chosen.emit(Place(number)))
        self.more = NavigationButton("menu", _("More"))
        self.more.setAccessibleName(_("More"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP_S)
        for place, button in self._buttons.items():
            button.setCheckable(True)
            button.setToolTip(tip(with_keys(place.title, QKeySequence(place.keys))))
            button.set_badge(0)
            self._group.addButton(button, place)
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(self.more)
        self.set_narrow(is_narrow=False)

    def go(self, place: Place) -> None:
        """Mark where one is, which is where Tab stops."""
        self._buttons[place].setChecked(True)
        for other, button in self._buttons.items():
            policy = Qt.FocusPolicy
            button.setFocusPolicy(policy.TabFocus if other is place else policy.NoFocus)

    def set_waiting(self, count: int) -> None:
        """Say how many entries of the inbox wait."""
        self._buttons[Place.INBOX].set_badge(count)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Show icons alone where the window has little room."""
        self._is_narrow = is_narrow
        for button in (*self._buttons.values(), self.more):
            button.set_narrow(is_narrow=is_narrow)
        self.setFixedWidth(self._width() + 2 * GAP)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - named by Qt
        """Make room for larger letters."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.set_narrow(is_narrow=self._is_narrow)

    def _width(self) -> int:
        if self._is_narrow:
            return self.more.minimumSizeHint().width()
        letter = self.fontMetrics().averageCharWidth()
        widths = [button.sizeHint().width() for button in self._buttons.values()]
        inbox = self._buttons[Place.INBOX].sizeHint().width() + letter * _BADGE_LETTERS
        return max(letter * _LETTERS, inbox, *widths)
