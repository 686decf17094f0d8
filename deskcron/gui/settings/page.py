"""The page of settings: everything that can be preferred, stored as soon as it is set."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from deskcron.domain.ports import Autostart
from deskcron.domain.texts import gettext as _
from deskcron.gui.later import Throttle
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.settings.aboutsection import AboutSection
from deskcron.gui.settings.datasection import DataSection
from deskcron.gui.settings.healthsection import HealthSection
from deskcron.gui.settings.keeper import Keeper
from deskcron.gui.settings.looksection import LookSection
from deskcron.gui.settings.noticesection import NoticeSection
from deskcron.gui.settings.retentionsection import RetentionSection
from deskcron.gui.settings.secretssection import SecretsSection
from deskcron.gui.settings.startsection import StartSection
from deskcron.gui.theme.heading import PageHeader
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_XL
from deskcron.system.paths import Paths

_LETTERS = 130
"""Wider lines are hard to follow from a name to its control."""


class SettingsPage(QWidget):
    """Show what is set and follow it; what the system decides is read when the page is shown."""

    def __init__(
        self,
        context: PageContext,
        login: Autostart,
        headless: Autostart,
        paths: Paths,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = Keeper(context.bridge, self)
        sections = self._lay_out()
        body = sections.parentWidget()
        self.start = StartSection(context.bridge, login, headless, body)
        self.notices = NoticeSection(context.bridge, self._keeper, body)
        self.look = LookSection(self._keeper, context.clock, body)
        self.retention = RetentionSection(context.bridge, self._keeper, paths.logs, body)
        self.secrets = SecretsSection(context.bridge, body)
        self.data = DataSection(context, paths.data, body)
        self.health = HealthSection(context.bridge, body)
        self.about = AboutSection(body)
        self._looks = Throttle(self, self._keeper.look)
        context.bridge.changed.connect(self._looks.changed)
        for section in (
            self.start,
            self.notices,
            self.look,
            self.retention,
            self.secrets,
            self.data,
            self.health,
            self.about,
        ):
            sections.addWidget(section)
        sections.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read everything anew."""
        super().showEvent(event)
        self._looks.now()
        for section in (self.start, self.notices, self.look, self.retention, self.secrets):
            section.look()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Store what was changed a moment ago."""
        super().hideEvent(event)
        self.retention.finish()

    def _lay_out(self) -> QVBoxLayout:
        """Make the page, return the place of its sections: each move of a full page costs time."""
        scroll = QScrollArea(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(PageHeader(_("Settings"), parent=self))
        column.addWidget(scroll, 1)
        holder = QWidget(scroll.viewport())
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget(holder)
        body.setMaximumWidth(_LETTERS * self.fontMetrics().averageCharWidth())
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(body, 1000)
        across.addStretch(1)
        sections = QVBoxLayout(body)
        sections.setContentsMargins(0, GAP, GAP_L, GAP_XL)
        sections.setSpacing(GAP_XL)
        return sections

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the keyboard on; Tab would skip what comes before the proxy that Qt offers."""
        self.start.login.switch.setFocus(event.reason())
